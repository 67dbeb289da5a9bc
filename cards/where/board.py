"""The board: one team, one day, for the asker alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cards.catalogue import Texts, texts
from cards.dates import SATURDAY, long_day, short_day, working_day_after, working_day_before
from cards.drawing import Drawn
from cards.elements import Action, Sheet, button
from cards.where.quiet import quiet_line
from cards.where.rows import NOT_WORKING, fits, heading, rows_of, two_columns, write_names
from cards.where.stays import KindRows, PlaceRow, Spot, TeamChoice, Who
from cards.where.together import together_line
from cards.where.typed import board_example, or_type, plan_example, set_example, share_example, week_example
from cards.where.verbs import BOARD, PLAN, SHARE, WEEK, day_text
from cards.where.views import BoardView, WeekView
from cards.where.wording import HALVES, capital, half_words, spot_words, team_words

MOST_NAMES = 60  # above this the overview counts and a page shows names
PAGE = 40
MOST_TEAMS = 5
MOST_PLACES = 6  # a kind, on the overview of a large team


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
    sheet.buttons(team_buttons(sheet.t, view.others, view.day))
    sharing_line(sheet, view)
    sheet.hint(or_type(sheet.t, _typed(sheet.t, view)))
    return sheet.done()


def board_body(sheet: Sheet, view: BoardView, *, planned: bool = False) -> None:
    """Title, and who is where: names to 60 people, above that counts, or a page of names.

    `planned`: the asker has filled in this day already, so being the first on the board takes sharing it.
    """
    t = sheet.t
    sheet.title(t("Board of {team}", team=team_words(t, view.team)), capital(long_day(t, view.day, view.today)))
    together_line(sheet, view.day, view.together)
    _closed(sheet, view)
    if view.looked_up_name:
        sheet.say(t("I do not look up one person; here is the team's board."))
    count = sum(len(at.people) for kind in view.kinds for at in kind.places)
    if not count and planned and view.quiet:
        sheet.say(t("There is nothing on this board yet."))
    elif not count and planned:
        sheet.say(t("There is nothing on this board yet. Be the first and share your plan."))
    elif not count:
        _empty(sheet, view)
    elif count <= MOST_NAMES and fits(rows := rows_of(t, view.kinds)):
        write_names(sheet, rows, narrow=False)
    elif view.page is None:
        _counts(sheet, view)
    else:
        _page(sheet, view)


def _closed(sheet: Sheet, view: BoardView) -> None:
    """Which sites are closed that day: nobody should travel to a closed door."""
    t = sheet.t
    halves: dict[str, list[str]] = {}
    for part in view.closed:
        if part.stay:
            halves.setdefault(spot_words(t, part.stay.spot), []).append(part.part)
    for site, parts in halves.items():
        when = t("all day") if len(parts) == len(HALVES) else half_words(t, parts[0])
        sheet.say(t("Closed: {site} ({when})", site=site, when=when))


def sharing_line(sheet: Sheet, view: BoardView | WeekView) -> None:
    """Whether the team sees my plan, with the button to change it."""
    t = sheet.t
    if view.quiet:
        quiet_line(sheet)
        return
    team = team_words(t, view.team)
    if view.sharing:
        sheet.say(capital(t("{team} sees your plan.", team=team)), subtle=True)
        title = t("Stop sharing my plan")
    else:
        sheet.say(capital(t("{team} does not see your plan.", team=team)), subtle=True)
        title = t("Share it with {team}", team=team)
    sheet.buttons([button(t, title, SHARE, team=view.team.id, on=not view.sharing)])


def team_buttons(t: Texts, teams: Sequence[TeamChoice], day: date | None = None) -> list[Action]:
    """Boards of these teams, for a day or for today."""
    on_day = {"day": day_text(day)} if day else {}
    return [
        button(t, t("Board of {team}", team=team_words(t, team)), BOARD, team=team.id, **on_day)
        for team in teams[:MOST_TEAMS]
    ]


def day_buttons(t: Texts, view: BoardView) -> list[Action]:
    """The working day before, never in the past, and after."""
    before, after = working_day_before(view.day), working_day_after(view.day)
    found: list[Action] = []
    if before >= view.today:
        found.append(button(t, f"‹ {short_day(t, before)}", BOARD, team=view.team.id, day=day_text(before)))
    found.append(button(t, f"{short_day(t, after)} ›", BOARD, team=view.team.id, day=day_text(after)))
    return found


def _ways_on(t: Texts, view: BoardView) -> list[Action]:
    # A weekend belongs to the week that comes: the one before has nothing left.
    working = view.day if view.day.weekday() < SATURDAY else working_day_after(view.day)
    week = button(t, t("The week"), WEEK, team=view.team.id, day=day_text(working))
    return [*day_buttons(t, view), week, button(t, t("My plan"), PLAN)]


def _typed(t: Texts, view: BoardView) -> list[str]:
    return [
        set_example(t, view.day, view.today),
        board_example(t, working_day_after(view.day), view.today),
        week_example(t, None, view.today),
        plan_example(t),
        t("/start") if view.quiet else share_example(t, not view.sharing),
    ]


def _empty(sheet: Sheet, view: BoardView) -> None:
    t = sheet.t
    if view.quiet:
        sheet.say(t("There is nothing on this board yet."))
    else:
        sheet.say(
            t(
                "There is nothing on this board yet. Be the first: choose your place, or type {example}",
                example=set_example(t, view.day, view.today),
            )
        )
    sheet.buttons([button(t, t("Choose my place"), PLAN, slot=day_text(view.day))])


def _counts(sheet: Sheet, view: BoardView) -> None:
    """A large team: about how many, by kind and place. Rounded, so that no sum says how many share."""
    t = sheet.t
    for kind, rows in zip(view.kinds, rows_of(t, view.kinds), strict=True):
        if kind.kind == NOT_WORKING:
            # How many are away is nobody's question; their names stand on the pages.
            sheet.paragraphs.append(heading(t, kind.kind))
        else:
            sheet.heading(f"{heading(t, kind.kind)}: {about(t, sum(len(at.people) for at in kind.places))}")
            busiest = sorted(kind.places, key=lambda at: -len(at.people))[:MOST_PLACES]
            sheet.add(*(two_columns(capital(spot_words(t, at.spot)), about(t, len(at.people))) for at in busiest))
        sheet.write(rows.lines)
    sheet.buttons([button(t, t("Names"), BOARD, team=view.team.id, day=day_text(view.day), page=0)])


def about(t: Texts, count: int) -> str:
    """How many people, rounded to five."""
    rounded = 5 * round(count / 5)
    return t("about {count} people", count=rounded) if rounded else t("a few people")


def _page(sheet: Sheet, view: BoardView) -> None:
    t = sheet.t
    entries = [Entry(k.kind, at.spot, who) for k in view.kinds for at in k.places for who in at.people]
    pages = -(-len(entries) // PAGE)
    page = min(view.page or 0, pages - 1)
    sheet.say(t("Names, page {page} of {pages}", page=page + 1, pages=pages), subtle=True)
    rows = rows_of(t, _regrouped(entries[page * PAGE : (page + 1) * PAGE]))
    write_names(sheet, rows, narrow=not fits(rows))
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
