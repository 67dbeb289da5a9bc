"""The views of `/today` and `/done` that golden cards and pictures are made of."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from cards.drawing import View
from cards.today import Choosing, DailyView, DoneView, HelpAsked, Near, TeamTime, TodayView
from cards.where import AtClosed, ChangedView, PartStay, PlaceRow, Spot, Stay, TeamChoice, Who
from tests.cards.invented import BRANCH, GROUP, HOME, LIBRARY, OFF, TEAM, TODAY, TOWN_HALL

TOMORROW, MONDAY = TODAY + timedelta(days=1), date(2026, 11, 30)
SPOTS = (TOWN_HALL, HOME, BRANCH, LIBRARY, Spot("road"), OFF)
LONG = "Samenwerkingsverband Vergunningen, Toezicht en Handhaving Noord"


def day(when: date, morning: Stay | None, afternoon: Stay | None) -> tuple[PartStay, ...]:
    return (PartStay(when, "morning", morning), PartStay(when, "afternoon", afternoon))


def people(*names: str) -> tuple[Who, ...]:
    return tuple(Who(name) for name in names)


def closed(when: date) -> AtClosed:
    instead = tuple(day(when, Stay(spot), Stay(spot)) for spot in (BRANCH, HOME, LIBRARY))
    return AtClosed(day(when, Stay(TOWN_HALL), Stay(TOWN_HALL)), instead)


def chosen(when: date, stay: Stay | None, **more: tuple[TeamChoice, ...]) -> ChangedView:
    """A whole day that was empty, just set."""
    return ChangedView(TODAY, day(when, stay, stay), day(when, None, None), **more)


FULL = TodayView(
    TODAY,
    day(TODAY, Stay(TOWN_HALL), Stay(TOWN_HALL, "counter")),
    together=(TeamTime(TEAM, ("morning",)),),
    near=(Near(TOWN_HALL, None, (Who("Anneke Visser"), Who("Joris Peeters", "morning"), Who("Fatima El Amrani"))),),
    others=(
        PlaceRow(HOME, (Who("Bram de Wit"), Who("Lotte Claes", "afternoon"))),
        PlaceRow(LIBRARY, people("Sevda Yıldız")),
    ),
    teams=(TEAM, GROUP),
    sharing=True,
)
EMPTY = TodayView(TODAY, day(TODAY, None, None), Choosing(day(TODAY, None, None), SPOTS), teams=(TEAM,))
WAITING = replace(
    FULL,
    together=(),
    helps=(HelpAsked(TEAM, "morning", "Stadskantoor"), HelpAsked(GROUP, "afternoon")),
    later_closed=closed(date(2026, 11, 26)),
    open_days=(MONDAY, MONDAY + timedelta(days=3)),
    daily="8:30",
)
LARGE = replace(
    FULL,
    near=(Near(TOWN_HALL, "morning", tuple(Who(f"{LONG} {n}") for n in range(30))),),
    others=tuple(PlaceRow(Spot("site", f"{LONG} {n}", f"x{n}"), people(*"abcdef"[: n % 6 + 1])) for n in range(25)),
)
NAMES = replace(
    FULL,
    near=(Near(TOWN_HALL, "afternoon", tuple(Who(f"{n} {LONG}", "morning") for n in range(10))),),
    others=tuple(PlaceRow(Spot("site", f"{n} {LONG}", f"x{n}"), people(f"{n} {LONG}")) for n in range(10)),
    helps=tuple(HelpAsked(TeamChoice(f"19:{n:032}@thread.tacv2", f"{n} {LONG}"), "morning", LONG) for n in range(5)),
    together=tuple(TeamTime(TeamChoice(f"19:{n:032}@thread.tacv2", f"{n} {LONG}"), ("morning",)) for n in range(5)),
    closed=closed(TODAY),
    later_closed=closed(date(2026, 11, 26)),
    open_days=(MONDAY,),
)
DONE = DoneView(TODAY, "done", day(TOMORROW, Stay(HOME, "focus"), Stay(TOWN_HALL)), silent=True)
UNFILLED = day(TOMORROW, None, None)

TODAY_CASES: Mapping[str, Callable[[], View]] = {
    "today": lambda: FULL,
    "today_empty": lambda: EMPTY,
    "today_half": lambda: replace(
        FULL,
        parts=day(TODAY, Stay(HOME), None),
        choosing=Choosing((PartStay(TODAY, "afternoon", None),), SPOTS),
        near=(),
    ),
    "today_waiting": lambda: WAITING,
    "today_chosen": lambda: replace(
        EMPTY,
        parts=day(TODAY, Stay(HOME), Stay(HOME)),
        choosing=None,
        changed=chosen(TODAY, Stay(HOME), offer=(TEAM,)),
        late=True,
    ),
    "today_put_back": lambda: replace(EMPTY, changed=replace(chosen(TODAY, None), undo=(), undone=True)),
    "today_closed": lambda: replace(
        FULL, closed=closed(TODAY), near=tuple(replace(at, closed=True) for at in FULL.near)
    ),
    "today_large": lambda: LARGE,
    "today_long_names": lambda: NAMES,
    "today_alone": lambda: TodayView(
        TODAY, day(TODAY, Stay(HOME), Stay(HOME)), together=(TeamTime(GROUP, ("morning", "afternoon")),)
    ),
    "today_weekend": lambda: TodayView(
        date(2026, 11, 28),
        day(date(2026, 11, 28), None, None),
        free="weekend",
        next=day(MONDAY, Stay(HOME), Stay(TOWN_HALL)),
    ),
    "today_off": lambda: TodayView(
        TODAY,
        day(TODAY, Stay(OFF), Stay(OFF)),
        free="off",
        next=day(TOMORROW, None, None),
        later_closed=closed(date(2026, 11, 26)),
    ),
    "today_quiet": lambda: replace(FULL, quiet=True, daily="9:00"),
    **{f"today_problem_{problem}": partial(replace, FULL, problem=problem) for problem in ("time", "hours", "words")},
    "today_daily": lambda: DailyView(TODAY, "8:30", TOMORROW),
    "today_daily_quiet": lambda: DailyView(TODAY, "9:00", TOMORROW, quiet=True),
    "today_daily_off": lambda: DailyView(TODAY, None),
    "done": lambda: DONE,
    "done_unfilled": lambda: replace(DONE, next=UNFILLED, choosing=Choosing(UNFILLED, SPOTS), kind=1),
    "done_half": lambda: replace(
        DONE,
        next=day(MONDAY, Stay(HOME), None),
        choosing=Choosing((PartStay(MONDAY, "afternoon", None),), SPOTS),
        kind=2,
    ),
    "done_chosen": lambda: replace(
        DONE,
        next=day(TOMORROW, Stay(HOME), Stay(HOME)),
        changed=chosen(TOMORROW, Stay(HOME), shown_to=(TEAM,)),
    ),
    "done_chosen_closed": lambda: replace(
        DONE,
        next=day(TOMORROW, Stay(TOWN_HALL), Stay(TOWN_HALL)),
        changed=replace(chosen(TOMORROW, Stay(TOWN_HALL)), closed=closed(TOMORROW)),
    ),
    "done_far": lambda: replace(DONE, next=day(date(2026, 12, 7), Stay(HOME), Stay(HOME)), kind=3),
    "done_away": lambda: replace(DONE, next=(), kind=4),
    "done_nothing_to_silence": lambda: replace(DONE, silent=False, kind=5),
    "done_quiet": lambda: replace(DONE, silent=False, quiet=True),
    "done_where_off": lambda: replace(DONE, next=(), where=False),
    "done_asked": lambda: DoneView(TODAY, "asked", silent=True),
    "done_asked_words": lambda: DoneView(TODAY, "asked", words=True, silent=True),
    "done_asked_new": lambda: DoneView(TODAY, "asked"),
    "done_asked_quiet": lambda: DoneView(TODAY, "asked", quiet=True),
    "done_asked_where_off": lambda: DoneView(TODAY, "asked", where=False, silent=True),
    "done_asked_nothing": lambda: DoneView(TODAY, "asked", where=False),
    "done_undone": lambda: DoneView(TODAY, "undone"),
    "done_undone_quiet": lambda: DoneView(TODAY, "undone", quiet=True),
}
