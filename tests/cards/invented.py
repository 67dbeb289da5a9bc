"""The days, teams, places and people that the golden cards share. All of them are invented."""

from collections.abc import Mapping
from datetime import date, timedelta

from cards.where import PartStay, Spot, Stay, TeamChoice

TODAY = date(2026, 11, 24)  # a Tuesday
TEAM = TeamChoice("19:team-omgeving@thread.tacv2", "Team Omgeving")
GROUP = TeamChoice("19:overleg-vergunningen@thread.v2", "Overleg Vergunningen")
TOWN_HALL = Spot("site", "Stadskantoor", "k3f9")
BRANCH = Spot("site", "Stadskantoor Noord", "p0a2")
LIBRARY = Spot("library", "Bibliotheek Rozet", "z81x")
CAFE = Spot("third", "Café De Waag", "m4q7")
HOME, RESIDENT, CENTRE = Spot("home"), Spot("resident"), Spot("neighbourhood")
ROAD, OFF = Spot("road"), Spot("not_working")
SPOTS = (
    TOWN_HALL,
    BRANCH,
    HOME,
    RESIDENT,
    CENTRE,
    LIBRARY,
    Spot("library"),
    CAFE,
    Spot("third"),
    Spot("partner"),
    ROAD,
    Spot("walking"),
    Spot("elsewhere"),
    OFF,
)
MANY_SPOTS = SPOTS + tuple(Spot("library", f"Bibliotheek Wijk {n}", f"b{n}") for n in range(1, 31))
FIRST_NAMES = ("Anneke", "Joris", "Fatima", "Bram", "Lotte", "Sevda", "Wout", "Imane", "Pieter", "Noor")
LAST_NAMES = ("Visser", "Peeters", "El Amrani", "de Wit", "Claes", "Yıldız", "van den Berg", "Jacobs", "Bakker", "Maes")


def person(number: int) -> str:
    """An invented name; the first hundred differ, later ones carry a number."""
    name = f"{FIRST_NAMES[number % 10]} {LAST_NAMES[(number // 10 + number) % 10]}"
    return f"{name} {number // 100 + 1}" if number >= 100 else name


def parts(first: date, days: int, stays: Mapping[tuple[int, str], Stay] | None = None) -> tuple[PartStay, ...]:
    """The day-parts of so many working days; `stays` by day number and part."""
    found: list[PartStay] = []
    day = first
    for number in range(days):
        while day.weekday() > 4:
            day += timedelta(days=1)
        found += [PartStay(day, part, (stays or {}).get((number, part))) for part in ("morning", "afternoon")]
        day += timedelta(days=1)
    return tuple(found)
