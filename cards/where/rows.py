"""The rows of the board: a heading per kind of work, below it each place with the names of who is there."""

from collections.abc import Sequence
from dataclasses import dataclass

from cards.catalogue import Texts
from cards.elements import Element, Sheet, column, row, words
from cards.names import plain
from cards.where.stays import KindRows, PlaceRow, Spot, Who
from cards.where.wording import capital, half_words, kind_words, spot_words

NOT_WORKING = "not_working"
PLACE_WIDTH = "110px"
# Very long names in very many places: the rows would outgrow a card, so the board counts, and a page has no columns.
MOST_BYTES = 12_000
ROW_BYTES = 300


@dataclass(frozen=True, slots=True)
class Rows:
    """A kind of work in words: each place, and the names of who is there. Who does not work is at no place: ""."""

    kind: str | None
    places: tuple[tuple[str, str], ...]

    @property
    def lines(self) -> list[str]:
        """The rows as text."""
        return [f"{place}: {names}" if place else names for place, names in self.places]


def rows_of(t: Texts, kinds: Sequence[KindRows]) -> list[Rows]:
    """The rows in words, made once: their length says how they are shown."""
    return [Rows(kind.kind, tuple(_place(t, kind.kind, at) for at in kind.places)) for kind in kinds]


def fits(kinds: Sequence[Rows]) -> bool:
    """Whether the rows of names have room on a card."""
    return sum(ROW_BYTES + len(line.encode()) for kind in kinds for line in kind.lines) <= MOST_BYTES


def write_names(sheet: Sheet, kinds: Sequence[Rows], *, narrow: bool) -> None:
    """Everybody's name; `narrow`: without columns, where these would not fit."""
    for kind in kinds:
        sheet.heading(heading(sheet.t, kind.kind))
        if kind.kind == NOT_WORKING:
            names = ", ".join(kind.lines)
            sheet.add(words(names, spacing="Small"))
            sheet.write([names])
        elif narrow:
            sheet.say("; ".join(kind.lines))
        else:
            sheet.add(*(two_columns(place, names) for place, names in kind.places))
            sheet.write(kind.lines)


def two_columns(place: str, names: str) -> Element:
    return row(column(PLACE_WIDTH, words(place, subtle=True)), column("stretch", words(names)))


def heading(t: Texts, kind: str | None) -> str:
    if kind is None:
        return t("At work")
    return capital(t("not at work") if kind == NOT_WORKING else kind_words(t, kind))


def people_words(t: Texts, kind: str | None, people: Sequence[Who], spot: Spot | None) -> str:
    """The names at a place, each with what is different in the other half of the day."""
    return ", ".join(_person(t, kind, who, spot) for who in people)


def _person(t: Texts, kind: str | None, who: Who, spot: Spot | None) -> str:
    """A name, and behind it what is different in the other half of the day."""
    name = plain(who.name)
    if who.half is None:
        return name
    if who.other is None:
        return f"{name} ({half_words(t, who.half)})"
    half = half_words(t, "afternoon" if who.half == "morning" else "morning")
    if who.other.spot == spot and who.other.kind:
        return f"{name} ({half}: {kind_words(t, who.other.kind)})"
    stay = spot_words(t, who.other.spot)
    if who.other.kind and who.other.kind != kind:
        stay = f"{stay}, {kind_words(t, who.other.kind)}"
    return f"{name} ({half}: {stay})"


def _place(t: Texts, kind: str | None, at: PlaceRow) -> tuple[str, str]:
    if kind == NOT_WORKING:
        return "", people_words(t, kind, at.people, None)
    return capital(spot_words(t, at.spot)), people_words(t, kind, at.people, at.spot)
