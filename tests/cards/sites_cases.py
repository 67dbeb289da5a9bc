"""The views of sites that close, for golden cards and pictures. Everybody in them is invented."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from cards.drawing import View
from cards.locations import LocationsView, NamedSpot
from cards.sites import (
    ClosedSite,
    Expected,
    MoveLaterView,
    NumbersView,
    Reading,
    SiteClosedView,
    SiteName,
    SiteOpenedView,
    SitesView,
    Switched,
)
from cards.where import AtClosed, ChangedView, PartStay, Stay
from tests.cards.invented import BRANCH, HOME, LIBRARY, TEAM, TODAY, TOWN_HALL

PLACES = (NamedSpot("k3f9", "Stadskantoor", "site"), NamedSpot("z81x", "Bibliotheek Rozet", "library"))


def parts(first: date, days: int) -> tuple[PartStay, ...]:
    """Both day-parts of so many days, weekends too."""
    every = [first + timedelta(days=n) for n in range(days)]
    return tuple(PartStay(day, part, None) for day in every for part in ("morning", "afternoon"))


HALL_NAME = SiteName("k3f9", "Stadskantoor")
NORTH_NAME = SiteName("p0a2", "Stadskantoor Noord")
TOMORROW = TODAY + timedelta(days=1)
MORNING_OFF = parts(TOMORROW, 1)[:1]
LATER_OFF = parts(TODAY + timedelta(days=2), 2)
AT_HALL = Stay(TOWN_HALL, "counter")
AT_CLOSED = AtClosed(
    tuple(replace(part, stay=AT_HALL) for part in MORNING_OFF),
    tuple(
        tuple(replace(part, stay=Stay(spot, "counter" if spot is BRANCH else None)) for part in MORNING_OFF)
        for spot in (BRANCH, HOME, LIBRARY)
    ),
)
CLOSED_SITES = (
    ClosedSite(HALL_NAME, MORNING_OFF, "2026-11-25.1", may_open=True),
    ClosedSite(NORTH_NAME, LATER_OFF, "2026-11-26.f", may_open=True, moved=15),
)
OVERVIEW = SitesView(
    TODAY, CLOSED_SITES, ("Stadskantoor", "Stadskantoor Noord"), ("Stadskantoor", "Stadskantoor Noord")
)
EXPECTED = (
    Expected("Stadskantoor", 45),
    Expected("Stadskantoor Noord", None),
    Expected("Gemeentewerf", None, closed=True),
)


def opened_again(days: int) -> SiteOpenedView:
    """A site that is open again, for somebody who works elsewhere on all of its days."""
    again = parts(TOMORROW, days)
    back = tuple(replace(part, stay=Stay(TOWN_HALL)) for part in again)
    return SiteOpenedView(TODAY, "Stadskantoor", again, back=tuple(back[n : n + 2] for n in range(0, 2 * days, 2)))


SITES: Mapping[str, Callable[[], View]] = {
    "locations_keeper": lambda: LocationsView(
        (replace(PLACES[0], keeper="Joris Peeters"), *PLACES[1:]),
        ("keeper_set", replace(PLACES[0], keeper="Joris Peeters")),
    ),
    "locations_which_keeper": lambda: LocationsView(
        PLACES, problem="which_keeper", choosing=(PLACES[0], (("u1", "Joris Peeters"), ("u2", "Joris Claes")))
    ),
    "sites": lambda: OVERVIEW,
    "sites_seen_by_all": lambda: replace(
        OVERVIEW, closed=tuple(replace(one, may_open=False, moved=None) for one in CLOSED_SITES), keeps=()
    ),
    "sites_none": lambda: replace(OVERVIEW, closed=(), keeps=()),
    "sites_closed": lambda: replace(
        OVERVIEW, switched=Switched(HALL_NAME, MORNING_OFF, closed=True, undo="2026-11-25.1"), closed=CLOSED_SITES[:1]
    ),
    "sites_opened": lambda: replace(
        OVERVIEW, switched=Switched(NORTH_NAME, LATER_OFF, closed=False, undo="2026-11-26.f"), closed=()
    ),
    "sites_unknown": lambda: replace(OVERVIEW, problem="unknown_site", closed=()),
    "sites_which": lambda: replace(
        OVERVIEW,
        problem="which",
        closed=(),
        readings=tuple(Reading(HALL_NAME, (part,), "2026-11-25.1", close=True) for part in parts(TOMORROW, 1)),
    ),
    "sites_not_keeper": lambda: replace(OVERVIEW, problem="not_keeper", closed=(), keeps=()),
    "site_closed": lambda: SiteClosedView(TODAY, "Stadskantoor", AT_CLOSED),
    "site_opened": lambda: opened_again(1),
    "site_opened_week": lambda: opened_again(3),
    "site_opened_here": lambda: replace(opened_again(1), here=True, back=()),
    "site_later": lambda: MoveLaterView(TODAY),
    "numbers": lambda: NumbersView(
        TODAY, ((TODAY, EXPECTED), (TOMORROW, (EXPECTED[1], replace(EXPECTED[0], people=50)))), 5
    ),
    "numbers_pending": lambda: NumbersView(TODAY, (), 10, pending=TOMORROW),
    "numbers_not_allowed": lambda: NumbersView(TODAY, (), 5, allowed=False),
    "changed_closed": lambda: ChangedView(TODAY, AT_CLOSED.parts, closed=AT_CLOSED, offer=(TEAM,)),
}
