"""A team's week, Monday to Friday, for the asker alone: who is where in each day-part."""

from collections.abc import Mapping, Sequence
from itertools import groupby

from cards.catalogue import Texts, texts
from cards.dates import long_day, short_day, span
from cards.drawing import Drawn
from cards.elements import Action, Column, Sheet, button, column, heading, row, small, words
from cards.names import plain
from cards.where.board import MOST_NAMES, MOST_TEAMS, about, sharing_line
from cards.where.rows import MOST_BYTES, NOT_WORKING, ROW_BYTES, two_columns
from cards.where.stays import PlaceRow, Spot
from cards.where.together import together_line
from cards.where.typed import board_example, or_type, plan_example, set_example, share_example, week_example
from cards.where.verbs import BOARD, PLAN, WEEK, day_text
from cards.where.views import WeekDay, WeekView
from cards.where.wording import capital, spot_words, team_words

HALVES = ("morning", "afternoon")
Lines = Mapping[str, Sequence[tuple[str, str]]]  # "whole" or a half of a day: its places, and the names of who is there
COLUMNS, LINES, COUNTS = "columns", "lines", "counts"
LINE_BYTES = 80  # of a line, beside its words
MOST_LINE_BYTES = 15_000


def draw_week(view: WeekView, language: str) -> Drawn:
    """The days that are still to come, each with its places and names; for a large team about how many."""
    sheet = Sheet(texts(language))
    t = sheet.t
    first, last = view.days[0].day, view.days[-1].day
    sheet.title(t("Week of {team}", team=team_words(t, view.team)), span(t, first, last))
    if any(_places(day) for day in view.days):
        sheet.hint(t("Choose a day to see its board, with the kinds of work."))
        large = len({who.name for day in view.days for at in _places(day) for who in at.people}) > MOST_NAMES
        written = [None if large else _written(t, day) for day in view.days]
        form = _form(written)
        for day, lines in zip(view.days, written, strict=True):
            _day(sheet, view, day, None if form == COUNTS else lines, columns=form == COLUMNS)
    else:
        _empty(sheet, view)
    sheet.buttons(_other_weeks(t, view))
    sheet.buttons(_other_teams(t, view))
    sharing_line(sheet, view)
    sheet.hint(or_type(t, _typed(t, view)))
    return sheet.done()


def _places(day: WeekDay) -> Sequence[PlaceRow]:
    return (*day.whole, *day.morning, *day.afternoon)


def _written(t: Texts, day: WeekDay) -> Lines:
    """A day in words, made once: its length says how it is shown."""
    parts = {"whole": day.whole, "morning": day.morning, "afternoon": day.afternoon}
    return {part: [(_place(t, at.spot), _names(at)) for at in places] for part, places in parts.items()}


def _form(days: Sequence[Lines | None]) -> str:
    """How the names fit: places beside names, as lines, or not at all, and then about how many stand there."""
    lines = [line for day in days if day for places in day.values() for line in _as_text(places)]
    text = sum(len(line.encode()) for line in lines)
    if None in days:
        return COUNTS
    if text + ROW_BYTES * len(lines) <= MOST_BYTES:
        return COLUMNS
    return LINES if text + LINE_BYTES * len(lines) <= MOST_LINE_BYTES else COUNTS


def _empty(sheet: Sheet, view: WeekView) -> None:
    t, first = sheet.t, view.days[0].day
    for day in view.days:
        together_line(sheet, day.day, day.together)
    if view.quiet:
        sheet.say(t("There is nothing in this week yet."))
    else:
        sheet.say(
            t(
                "There is nothing in this week yet. Be the first: choose your place, or type {example}",
                example=set_example(t, first, view.today),
            )
        )
    sheet.buttons([button(t, t("Choose my place"), PLAN, slot=day_text(first))])


def _day(sheet: Sheet, view: WeekView, day: WeekDay, lines: Lines | None, *, columns: bool) -> None:
    """A day with its names, or with `lines` None about how many are where."""
    t = sheet.t
    _day_heading(sheet, view, day)
    together_line(sheet, day.day, day.together)
    if not _places(day):
        sheet.say(t("Nothing yet"), subtle=True)
    elif lines is None:
        counts = {half: _counts(t, (*day.whole, *getattr(day, half))) for half in HALVES}
        _halves(sheet, {half: lines for half, lines in counts.items() if lines})
    else:
        _all_day(sheet, lines["whole"], columns=columns)
        _halves(sheet, {half: _as_text(lines[half]) for half in HALVES if lines[half]})


def _day_heading(sheet: Sheet, view: WeekView, day: WeekDay) -> None:
    """The day, to be tapped for its board."""
    t = sheet.t
    title = f"{capital(long_day(t, day.day, view.today))} ›"
    action = button(t, t("Board of {day}", day=short_day(t, day.day)), BOARD, team=view.team.id, day=day_text(day.day))
    sheet.add(row(column("stretch", heading(title), select_action=action), spacing="Medium", separator=True))
    sheet.paragraphs.append(title)


def _all_day(sheet: Sheet, places: Sequence[tuple[str, str]], *, columns: bool) -> None:
    t = sheet.t
    if places:
        sheet.add(small(t("All day"), spacing="Small"))
        lines = _as_text(places)
        if columns:
            sheet.add(*(two_columns(place, names) for place, names in places))
        else:
            sheet.add(*(words(line, spacing="Small") for line in lines))
        sheet.write([f"{t('All day')}, {line}" for line in lines])


def _halves(sheet: Sheet, halves: dict[str, list[str]]) -> None:
    """Morning and afternoon beside each other, each with its own places."""
    t = sheet.t
    titles = {"morning": t("Morning"), "afternoon": t("Afternoon")}
    columns: list[Column] = [
        column("stretch", small(titles[half]), *(words(line, spacing="Small") for line in lines))
        for half, lines in halves.items()
    ]
    if columns:
        sheet.add(row(*columns))
    sheet.write([f"{titles[half]}, {line}" for half, lines in halves.items() for line in lines])


def _counts(t: Texts, places: Sequence[PlaceRow]) -> list[str]:
    """About how many are at each class of places. How many are away is nobody's question."""
    at_work = [at for at in places if at.spot.place != NOT_WORKING]
    classes = groupby(sorted(at_work, key=lambda at: at.spot.place), key=lambda at: at.spot.place)
    sizes = {place: sum(len(at.people) for at in rows) for place, rows in classes}
    busiest = sorted(sizes, key=lambda place: (-sizes[place], place))
    return [f"{_place(t, Spot(place))}: {about(t, sizes[place])}" for place in busiest]


def _place(t: Texts, spot: Spot) -> str:
    return capital(spot_words(t, spot))


def _names(at: PlaceRow) -> str:
    return ", ".join(plain(who.name) for who in at.people)


def _as_text(places: Sequence[tuple[str, str]]) -> list[str]:
    return [f"{place}: {names}" for place, names in places]


def _other_weeks(t: Texts, view: WeekView) -> list[Action]:
    """The week before, never one that is over, and the week after."""
    here = {"team": view.team.id}
    found: list[Action] = []
    if view.before:
        found.append(button(t, t("‹ Week before"), WEEK, **here, day=day_text(view.before)))
    if view.after:
        found.append(button(t, t("Week after ›"), WEEK, **here, day=day_text(view.after)))
    return [*found, button(t, t("My plan"), PLAN)]


def _other_teams(t: Texts, view: WeekView) -> list[Action]:
    day = day_text(view.days[0].day)
    return [
        button(t, t("Week of {team}", team=team_words(t, team)), WEEK, team=team.id, day=day)
        for team in view.others[:MOST_TEAMS]
    ]


def _typed(t: Texts, view: WeekView) -> list[str]:
    other = view.after or view.before
    return [
        *([week_example(t, other, view.today)] if other else []),
        board_example(t, view.days[0].day, view.today),
        plan_example(t),
        t("/start") if view.quiet else share_example(t, not view.sharing),
    ]
