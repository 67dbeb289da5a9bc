"""The board: one team, one day, for the asker alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from microsoft_teams.cards.core import Action, ColumnSet

from cards.catalogue import Texts, texts
from cards.dates import long_day, short_day, working_day_after, working_day_before
from cards.drawing import Drawn
from cards.elements import Sheet, button, column, row, words
from cards.names import plain
from cards.where.typed import board_example, or_type, plan_example, set_example, share_example
from cards.where.verbs import BOARD, PLAN, SHARE, day_text
from cards.where.views import BoardView, KindRows, PlaceRow, Spot, TeamChoice, Who
from cards.where.wording import capital, half_words, kind_words, spot_words, stay_words, team_words

MOST_NAMES = 60  # above this the overview counts and a page shows names
PAGE = 40
MOST_TEAMS = 5
MOST_PLACES = 6  # a kind, on the overview of a large team
PLACE_WIDTH = "110px"
NOT_WORKING = "not_working"


@dataclass(frozen=True, slots=True)
class Entry:
    """One name on the board, with the kind and place it stands under."""

    kind: str | None
    spot: Spot
    who: Who


def draw_board(view: BoardView, language: str) -> Drawn:
    """The board with what the asker can do from it."""
    sheet = Sheet(texts(language))
    board_body(sheet, view)
    sheet.buttons(_ways_on(sheet.t, view))
    sheet.buttons(team_buttons(sheet.t, view.others, view))
    sharing_line(sheet, view)
    sheet.hint(or_type(sheet.t, _typed(sheet.t, view)))
    return sheet.done()


def board_body(sheet: Sheet, view: BoardView) -> None:
    """Title, and who is where: names to 60 people, above that counts, or a page of names."""
    t = sheet.t
    sheet.title(t("Board of {team}", team=team_words(view.team)), capital(long_day(t, view.day, view.today)))
    if view.looked_up_name:
        sheet.say(t("I do not look up where one person is. This is the team's board."))
    entries = [Entry(k.kind, row.spot, who) for k in view.kinds for row in k.places for who in row.people]
    if not entries:
        _empty(sheet, view)
    elif len(entries) <= MOST_NAMES:
        _names(sheet, view.kinds)
    elif view.page is None:
        _counts(sheet, view)
    else:
        _page(sheet, view, entries)


def sharing_line(sheet: Sheet, view: BoardView) -> None:
    """Whether the team sees my plan, with the button to change it."""
    t, team = sheet.t, team_words(view.team)
    if view.sharing:
        sheet.say(t("{team} sees your plan.", team=team), subtle=True)
        title = t("Stop showing my plan")
    else:
        sheet.say(t("{team} does not see your plan.", team=team), subtle=True)
        title = t("Show it to {team}", team=team)
    sheet.buttons([button(t, title, SHARE, team=view.team.id, on=not view.sharing)])


def team_buttons(t: Texts, teams: Sequence[TeamChoice], view: BoardView | None = None) -> list[Action]:
    """Boards of other teams, for the same day."""
    day = {"day": day_text(view.day)} if view else {}
    return [button(t, team_words(team), BOARD, team=team.id, **day) for team in teams[:MOST_TEAMS]]


def day_buttons(t: Texts, view: BoardView) -> list[Action]:
    """The working day before, never in the past, and after."""
    before, after = working_day_before(view.day), working_day_after(view.day)
    found: list[Action] = []
    if before >= view.today:
        found.append(button(t, f"‹ {short_day(t, before)}", BOARD, team=view.team.id, day=day_text(before)))
    found.append(button(t, f"{short_day(t, after)} ›", BOARD, team=view.team.id, day=day_text(after)))
    return found


def _ways_on(t: Texts, view: BoardView) -> list[Action]:
    return [*day_buttons(t, view), button(t, t("My plan"), PLAN)]


def _typed(t: Texts, view: BoardView) -> list[str]:
    return [
        set_example(t, view.day, view.today),
        board_example(t, working_day_after(view.day), view.today),
        plan_example(t),
        share_example(t, not view.sharing),
    ]


def _empty(sheet: Sheet, view: BoardView) -> None:
    t = sheet.t
    sheet.say(
        t(
            "There is nothing on this board yet. Be the first: choose your place, or type {example}",
            example=set_example(t, view.day, view.today),
        )
    )
    sheet.buttons([button(t, t("Choose my place"), PLAN, slot=day_text(view.day))])


def _names(sheet: Sheet, kinds: Sequence[KindRows]) -> None:
    for kind in kinds:
        sheet.heading(_heading(sheet.t, kind.kind))
        if kind.kind == NOT_WORKING:
            names = _people(sheet.t, kind.kind, [who for place in kind.places for who in place.people], None)
            sheet.add(words(names, spacing="Small"))
            sheet.write([names])
        else:
            _place_rows(sheet, kind)


def _place_rows(sheet: Sheet, kind: KindRows) -> None:
    lines = [
        (capital(spot_words(sheet.t, at.spot)), _people(sheet.t, kind.kind, at.people, at.spot)) for at in kind.places
    ]
    sheet.add(*(_two_columns(place, names) for place, names in lines))
    sheet.write([f"{place}: {names}" for place, names in lines])


def _two_columns(place: str, names: str) -> ColumnSet:
    return row(column(PLACE_WIDTH, words(place, subtle=True)), column("stretch", words(names)))


def _heading(t: Texts, kind: str | None) -> str:
    if kind is None:
        return t("At work")
    return capital(t("not at work") if kind == NOT_WORKING else kind_words(t, kind))


def _people(t: Texts, kind: str | None, people: Sequence[Who], spot: Spot | None) -> str:
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
    stay = (
        spot_words(t, who.other.spot)
        if who.other.kind == kind
        else stay_words(t, who.other).replace(" (", ", ").rstrip(")")
    )
    return f"{name} ({half}: {stay})"


def _counts(sheet: Sheet, view: BoardView) -> None:
    """A large team: about how many, by kind and place. Rounded, so that no sum says how many share."""
    t = sheet.t
    for kind in view.kinds:
        if kind.kind == NOT_WORKING:
            # How many are away is nobody's question; their names stand on the pages.
            sheet.paragraphs.append(_heading(t, kind.kind))
        else:
            sheet.heading(f"{_heading(t, kind.kind)}: {_about(t, sum(len(at.people) for at in kind.places))}")
            busiest = sorted(kind.places, key=lambda at: -len(at.people))[:MOST_PLACES]
            sheet.add(*(_two_columns(capital(spot_words(t, at.spot)), _about(t, len(at.people))) for at in busiest))
        sheet.write([_place_text(t, kind.kind, at) for at in kind.places])
    sheet.buttons([button(t, t("Names"), BOARD, team=view.team.id, day=day_text(view.day), page=0)])


def _place_text(t: Texts, kind: str | None, at: PlaceRow) -> str:
    if kind == NOT_WORKING:
        return _people(t, kind, at.people, None)
    return f"{capital(spot_words(t, at.spot))}: {_people(t, kind, at.people, at.spot)}"


def _about(t: Texts, count: int) -> str:
    rounded = 5 * round(count / 5)
    return t("about {count} people", count=rounded) if rounded else t("a few people")


def _page(sheet: Sheet, view: BoardView, entries: Sequence[Entry]) -> None:
    t = sheet.t
    pages = -(-len(entries) // PAGE)
    page = min(view.page or 0, pages - 1)
    sheet.say(t("Names, page {page} of {pages}", page=page + 1, pages=pages), subtle=True)
    _names(sheet, _regrouped(entries[page * PAGE : (page + 1) * PAGE]))
    here = {"team": view.team.id, "day": day_text(view.day)}
    turns: list[Action] = []
    if page > 0:
        turns.append(button(t, t("‹ Previous page"), BOARD, **here, page=page - 1))
    if page + 1 < pages:
        turns.append(button(t, t("Next page ›"), BOARD, **here, page=page + 1))
    sheet.buttons([*turns, button(t, t("Overview"), BOARD, **here)])


def _regrouped(entries: Sequence[Entry]) -> list[KindRows]:
    kinds: dict[str | None, dict[Spot, list[Who]]] = {}
    for entry in entries:
        kinds.setdefault(entry.kind, {}).setdefault(entry.spot, []).append(entry.who)
    return [
        KindRows(kind, tuple(PlaceRow(spot, tuple(people)) for spot, people in places.items()))
        for kind, places in kinds.items()
    ]
