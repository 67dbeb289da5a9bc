"""The views of the weekly question that golden cards and pictures are made of."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from cards.drawing import View
from cards.weekask import WeekAskedView, WeekAskView
from cards.where import PartStay, Spot, Stay, TeamChoice
from tests.cards.invented import TEAM

MONDAY = date(2026, 11, 30)
GROUP = TeamChoice("19:overleg-vergunningen@thread.v2", "")
HOME, OFF = Stay(Spot("home"), "focus"), Stay(Spot("not_working"))
OFFICE = Stay(Spot("site", "Stadskantoor", "s1"))
SPOTS = (Spot("home"), Spot("site", "Stadskantoor", "s1"), Spot("not_working"))
LONG_SPOTS = (
    Spot("home"),
    *(Spot("site", f"Dienstencentrum De Oude Bibliotheek aan het water {n}", f"site-{n}") for n in range(4)),
    Spot("not_working"),
)


def week(*days: Stay | None) -> tuple[PartStay, ...]:
    """Whole days from Monday on."""
    return tuple(
        PartStay(MONDAY + timedelta(days=n), part, stay)
        for n, stay in enumerate(days)
        for part in ("morning", "afternoon")
    )


FULL = WeekAskedView(MONDAY, week(HOME, HOME, OFFICE, OFFICE, OFF), SPOTS, shown_to=(TEAM, GROUP))
HALF = replace(
    FULL,
    parts=(
        *week(HOME, None, OFFICE),
        PartStay(MONDAY + timedelta(days=3), "morning", OFFICE),
        PartStay(MONDAY + timedelta(days=3), "afternoon", None),
        *week(HOME, None, OFFICE, None, OFF)[8:],
    ),
    shown_to=(),
)

WEEKASK: Mapping[str, Callable[[], View]] = {
    "weekask_on": lambda: WeekAskView(on=True, at="14:00", first=date(2026, 11, 27)),
    "weekask_on_later": lambda: WeekAskView(on=True, weekday=3, at="9:30"),
    "weekask_on_quiet": lambda: WeekAskView(on=True, at="14:00", first=date(2026, 11, 27), quiet=True),
    "weekask_off": lambda: WeekAskView(on=False),
    "weekask_unclear": lambda: WeekAskView(on=True, at="14:00", problem="unclear"),
    "weekask_time": lambda: WeekAskView(on=False, problem="time"),
    "weekask_hours": lambda: WeekAskView(on=False, problem="hours"),
    "weekask_asked": lambda: FULL,
    "weekask_asked_half": lambda: HALF,
    "weekask_asked_empty": lambda: WeekAskedView(MONDAY, week(*[None] * 5), SPOTS),
    "weekask_asked_empty_long": lambda: WeekAskedView(MONDAY, week(*[None] * 5), LONG_SPOTS, shown_to=(TEAM,)),
    "weekask_asked_weekend": lambda: replace(FULL, parts=week(OFF, HOME, HOME, OFFICE, OFFICE, HOME)),
    "weekask_confirmed": lambda: replace(FULL, confirmed=True),
    "weekask_confirmed_differing": lambda: replace(
        HALF, confirmed=True, differing=(*week(HOME)[:1], *week(HOME, OFF)[2:])
    ),
    "weekask_confirmed_quiet": lambda: replace(FULL, confirmed=True, quiet=True),
}
