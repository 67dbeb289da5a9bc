"""The sandbox's demo municipality: fictional people who show where they work, so that a first board is not empty."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.days import DayPart, Slot
from bot.domain.people import Contact, Member, Team, TeamKind
from bot.domain.places import Kind, NamedPlace, Place, WorkLocation
from bot.domain.reach.rules import Hours, Route, Rule, Rules, Urgency
from bot.domain.where.intents import Change
from bot.services import Clock, Units
from bot.turn import Reference, Scope

PLACES = (
    NamedPlace("demo1", "Stadskantoor", Place.SITE),
    NamedPlace("demo2", "Wijkpost Noord", Place.SITE),
    NamedPlace("demo3", "Bibliotheek De Kade", Place.LIBRARY),
    NamedPlace("demo4", "Café De Brug", Place.THIRD),
)
HOME = WorkLocation(Place.HOME, kind=Kind.FOCUS)
OFFICE = WorkLocation(Place.SITE, "demo1", Kind.TOGETHER)
COUNTER = WorkLocation(Place.SITE, "demo1", Kind.COUNTER)
NORTH = WorkLocation(Place.SITE, "demo2", Kind.TOGETHER)
LIBRARY = WorkLocation(Place.LIBRARY, "demo3", Kind.FOCUS)
CAFE = WorkLocation(Place.THIRD, "demo4", Kind.LEARNING)
RESIDENT = WorkLocation(Place.RESIDENT, kind=Kind.CONSULTATION)
FIELD = WorkLocation(Place.WALKING, kind=Kind.FIELD)
OFF = WorkLocation(Place.NOT_WORKING)

# One row a colleague: Monday to Sunday, a place for the whole day or (morning, afternoon); None = not filled in.
Day = WorkLocation | tuple[WorkLocation | None, WorkLocation | None] | None
WEEKS: tuple[tuple[Day, ...], ...] = (
    (OFFICE, HOME, OFFICE, (HOME, OFFICE), OFF, None, None),
    (COUNTER, COUNTER, OFF, COUNTER, (COUNTER, HOME), COUNTER, None),
    (FIELD, (FIELD, NORTH), FIELD, (OFFICE, FIELD), OFFICE, FIELD, FIELD),
    ((HOME, RESIDENT), OFFICE, RESIDENT, LIBRARY, HOME, None, None),
    (NORTH, OFFICE, (CAFE, OFFICE), OFFICE, None, None, HOME),
)
DAYS_AHEAD = 14
# How they want to be reached; who shows nothing looks like everybody who shows nothing.
CHAT = Rule(Route.CHAT, within=240)
CALL = Rule(Route.CALL, hours=Hours(9 * 60, 17 * 60))
REACH: tuple[Rules, ...] = (
    {Urgency.NORMAL: CHAT, Urgency.URGENT: CALL},
    {Urgency.NORMAL: Rule(Route.DESK)},
    {Urgency.URGENT: CALL},
    {},
    {Urgency.NORMAL: CHAT},
)


def load_demo(path: Path) -> Mapping[str, Any]:
    """The demo's people, team and chats, as the Playground is told too."""
    demo: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return demo


async def seed(demo: Mapping[str, Any], units: Units, clock: Clock, zone: str, service_url: str) -> None:
    """Fill what is not there yet; what anybody changed in the Playground meanwhile stays as it is."""
    tenant = demo["tenantId"]
    team = Team(demo["team"]["id"], demo["team"]["name"], TeamKind.TEAM)
    today = clock.now().astimezone(ZoneInfo(zone)).date()
    async with units.mirror(tenant) as unit:
        if await unit.teams.get(team.id) is None:
            await unit.teams.save(team, _reference(demo, service_url))
        for place in PLACES:
            if place.id not in {known.id for known in await unit.places.all(retired=True)}:
                await unit.places.save(place)
        people = [demo["currentUser"], *demo["users"]]
        await unit.members.replace(team.id, [_member(person) for person in people], clock.now())
        for person, week, rules in zip(demo["users"], WEEKS, REACH, strict=True):
            user_id = person["aadObjectId"]
            if await unit.people.get(user_id) is None:
                await unit.people.change(user_id, contact=_contact(demo, person, service_url))
                await unit.reach.put(user_id, tuple(rules.items()))
                await unit.reach_sharing.set(user_id, team.id, on=bool(rules))
            plan = await unit.plans.of(user_id, today, today + timedelta(days=DAYS_AHEAD))
            if not plan:
                await unit.sharing.set(user_id, team.id, on=True)
            planned = {slot.day for slot in plan}
            changes = [change for change in _changes(week, today) if change.slot.day not in planned]
            await unit.plans.put(user_id, changes, zone=zone)


def _changes(week: tuple[Day, ...], today: date) -> Iterator[Change]:
    for day in (today + timedelta(days=n) for n in range(DAYS_AHEAD)):
        where = week[day.weekday()]
        halves = where if isinstance(where, tuple) else (where, where)
        for part, location in zip(DayPart, halves, strict=True):
            if location:
                yield Change(Slot(day, part), location)


def _contact(demo: Mapping[str, Any], person: Mapping[str, str], service_url: str) -> Contact:
    return Contact(person["id"], service_url, "msteams", demo["bot"]["id"], demo["bot"]["name"])


def _member(person: Mapping[str, str]) -> Member:
    return Member(person["id"], person["aadObjectId"], person["name"])


def _reference(demo: Mapping[str, Any], service_url: str) -> Reference:
    bot = demo["bot"]
    return Reference(
        demo["tenantId"], demo["team"]["id"], service_url, "msteams", bot["id"], bot["name"], Scope.CHANNEL
    )
