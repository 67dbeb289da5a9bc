"""The rows of the board: a heading per kind of work, below it each place with the names of who is there."""

from collections.abc import Sequence

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


def fits(t: Texts, kinds: Sequence[KindRows]) -> bool:
    """Whether the rows of names have room on a card."""
    rows = [place_text(t, kind.kind, at) for kind in kinds for at in kind.places]
    return sum(ROW_BYTES + len(line.encode()) for line in rows) <= MOST_BYTES


def write_names(sheet: Sheet, kinds: Sequence[KindRows], *, narrow: bool) -> None:
    """Everybody's name; `narrow`: without columns, where these would not fit."""
    for kind in kinds:
        sheet.heading(heading(sheet.t, kind.kind))
        if kind.kind == NOT_WORKING:
            names = people_words(sheet.t, kind.kind, [who for place in kind.places for who in place.people], None)
            sheet.add(words(names, spacing="Small"))
            sheet.write([names])
        elif narrow:
            sheet.say("; ".join(place_text(sheet.t, kind.kind, at) for at in kind.places))
        else:
            _place_rows(sheet, kind)


def _place_rows(sheet: Sheet, kind: KindRows) -> None:
    lines = [
        (capital(spot_words(sheet.t, at.spot)), people_words(sheet.t, kind.kind, at.people, at.spot))
        for at in kind.places
    ]
    sheet.add(*(two_columns(place, names) for place, names in lines))
    sheet.write([f"{place}: {names}" for place, names in lines])


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


def place_text(t: Texts, kind: str | None, at: PlaceRow) -> str:
    if kind == NOT_WORKING:
        return people_words(t, kind, at.people, None)
    return f"{capital(spot_words(t, at.spot))}: {people_words(t, kind, at.people, at.spot)}"
