"""The views of the weekly pattern that golden cards and pictures are made of."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from cards.drawing import View
from cards.where import ChangedPattern, PartStay, PatternView, Spot, Stay, UnclearPatternView, UsualStay
from tests.cards.invented import HOME, LIBRARY, OFF, TEAM, TODAY, TOWN_HALL

FRIDAY = date(2026, 12, 4)
SPOTS = (TOWN_HALL, HOME, LIBRARY, Spot("road"), OFF)
MANY_SPOTS = SPOTS + tuple(Spot("library", f"Bibliotheek Wijk {n}", f"b{n}") for n in range(1, 31))


def usually(weekday: int, stay: Stay, weeks: str = "every") -> tuple[UsualStay, ...]:
    """A whole day of a pattern."""
    soonest = {"even": date(2026, 11, 27), "odd": FRIDAY}.get(weeks)
    return tuple(UsualStay(weekday, part, stay, weeks, soonest) for part in ("morning", "afternoon"))


ODD_FRIDAY = usually(4, Stay(OFF), "odd")
WEEK = (
    *usually(0, Stay(HOME, "focus")),
    *usually(1, Stay(HOME, "focus")),
    UsualStay(2, "morning", Stay(TOWN_HALL, "counter")),
    UsualStay(2, "afternoon", Stay(LIBRARY)),
    *usually(3, Stay(TOWN_HALL, "together")),
    *usually(4, Stay(HOME)),
    *ODD_FRIDAY,
)
SHOWN = PatternView(TODAY, WEEK, shown_to=(TEAM,), odd_twice=(53, 1))
SET = ChangedPattern(lines=ODD_FRIDAY, undo=tuple(replace(line, stay=None) for line in ODD_FRIDAY), was=ODD_FRIDAY)
READINGS = {
    "which_weeks": ((*usually(0, Stay(HOME)), *ODD_FRIDAY), (*usually(0, Stay(HOME), "odd"), *ODD_FRIDAY)),
    "two_places": (usually(0, Stay(HOME)), usually(0, Stay(TOWN_HALL))),
}
PATTERN: Mapping[str, Callable[[], View]] = {
    "pattern_empty": lambda: PatternView(TODAY, ()),
    "pattern": lambda: SHOWN,
    "pattern_not_shared": lambda: replace(SHOWN, shown_to=(), offer=(TEAM,)),
    "pattern_quiet": lambda: replace(SHOWN, quiet=True),
    "pattern_open": lambda: replace(SHOWN, opened=WEEK[4:5], kind="counter", spots=SPOTS, suggested=2),
    "pattern_open_odd": lambda: replace(SHOWN, opened=ODD_FRIDAY, spots=MANY_SPOTS),
    "pattern_set": lambda: replace(
        SHOWN, changed=SET, differing=tuple(PartStay(FRIDAY, part, Stay(HOME)) for part in ("morning", "afternoon"))
    ),
    "pattern_put_back": lambda: replace(SHOWN, changed=ChangedPattern(WEEK[-4:-2], undone=True, kept_newer=True)),
    **{
        f"pattern_unclear_{problem}": partial(UnclearPatternView, problem, TODAY, READINGS.get(problem, ()))
        for problem in ("dated", "no_weekday", "which_weeks", "two_places", "address", "leftover")
    },
}
