"""What the store's tests speak about: a team, its people and their day-parts."""

from datetime import date

from sqlalchemy import func, select

from bot.domain.days import DayPart, Slot, whole_day
from bot.domain.people import Member, Team, TeamKind
from bot.domain.places import Kind, Place, WorkLocation
from bot.domain.where.intents import Change
from bot.store import Store
from bot.store.tables import metadata
from bot.store.tenants import ACROSS_TENANTS
from bot.turn import Reference, Scope, TurnKey

MONDAY = date(2026, 11, 23)
ZONE = "Europe/Amsterdam"
HERE, ELSEWHERE = "tenant-here", "tenant-elsewhere"
SAM, NOOR, JO = "user-sam", "user-noor", "user-jo"
WIJK, BEHEER = "team-wijk", "team-beheer"

HOME = WorkLocation(Place.HOME, kind=Kind.FOCUS)
OFFICE = WorkLocation(Place.SITE, named="stadhuis", kind=Kind.TOGETHER)
MORNING, AFTERNOON = DayPart.MORNING, DayPart.AFTERNOON


def key(activity: str = "activity-1", tenant: str = HERE) -> TurnKey:
    return TurnKey(tenant, "conversation-1", activity)


def day(location: WorkLocation | None, on: date = MONDAY) -> list[Change]:
    return [Change(slot, location) for slot in whole_day(on)]


def plan(location: WorkLocation, on: date = MONDAY) -> dict[Slot, WorkLocation]:
    return dict.fromkeys(whole_day(on), location)


def team(team_id: str = WIJK, name: str = "Wijkteam", **settings: str) -> Team:
    return Team(team_id, name, TeamKind.TEAM, **settings)


def reference(tenant: str = HERE) -> Reference:
    return Reference(
        tenant,
        "19:wijk@thread.tacv2;messageid=1",
        "https://smba.example/emea/",
        "msteams",
        "28:bot",
        "Samen",
        Scope.CHANNEL,
    )


def member(user_id: str, *, guest: bool = False) -> Member:
    return Member(f"29:{user_id}", user_id, f"Name of {user_id}", guest)


async def rows(store: Store) -> dict[str, int]:
    """How many rows each table has, in all tenants; tables without rows are left out."""
    counts = {}
    async with store.engines.read.execution_options(**{ACROSS_TENANTS: True}).connect() as connection:
        for table in metadata.sorted_tables:
            counts[table.name] = (await connection.execute(select(func.count()).select_from(table))).scalar_one()
    return {name: count for name, count in counts.items() if count}
