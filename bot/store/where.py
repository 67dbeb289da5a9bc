"""Plans, and with whom they are shared."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Row, bindparam, delete, select

from bot.domain.days import DayPart, Slot
from bot.domain.places import Kind, Place, WorkLocation
from bot.domain.where.board import Plan
from bot.domain.where.intents import Change
from bot.store.rows import TEAM, TENANT, USER, Rows, insert_once, upsert
from bot.store.tables import plan, sharing

_LOCATION = (plan.c.day, plan.c.part, plan.c.place, plan.c.named, plan.c.kind)

_OF = select(*_LOCATION).where(
    plan.c.tenant == TENANT,
    plan.c.user_id == USER,
    plan.c.day.between(bindparam("first"), bindparam("last")),
)
_SET = upsert(plan)
_EMPTY = delete(plan).where(
    plan.c.tenant == TENANT,
    plan.c.user_id == USER,
    plan.c.day == bindparam("day"),
    plan.c.part == bindparam("part"),
)
_KEY = ("user_id", "day", "part")
# Stands in a row that is deleted in the same transaction.
_NOWHERE = WorkLocation(Place.NOT_WORKING)
# Not a join: SQLite would start from all of the plans of the tenant (14 ms instead of 3 with 90,000 of them).
_WHO_SHARES = select(sharing.c.user_id).where(sharing.c.tenant == TENANT, sharing.c.team_id == TEAM)
_SHARED = select(plan.c.user_id, *_LOCATION).where(
    plan.c.tenant == TENANT, plan.c.user_id.in_(_WHO_SHARES), plan.c.day == bindparam("day")
)

_TEAMS_OF = select(sharing.c.team_id).where(sharing.c.tenant == TENANT, sharing.c.user_id == USER)
_SHARE = insert_once(sharing)
_UNSHARE = delete(sharing).where(sharing.c.tenant == TENANT, sharing.c.team_id == TEAM, sharing.c.user_id == USER)


class PlanRows:
    """`Plans` in a database."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def of(self, user_id: str, first: date, last: date) -> Plan:
        return _plan((await self._rows.run(_OF, user_id=user_id, first=first, last=last)).all())

    async def put(self, user_id: str, changes: Sequence[Change], *, zone: str) -> None:
        # Rows are always locked in order of time: two presses at once then wait for each other instead of deadlocking.
        in_order = sorted(changes, key=lambda change: change.slot.sort_key())
        for empties, run in groupby(in_order, key=lambda change: change.location is None):
            rows = [_row(user_id, change, zone) for change in run]
            # Deleting a row that another press is just inserting would find nothing: emptied ones are written first.
            await self._rows.run_each(_SET, rows)
            if empties:
                await self._rows.run_each(_EMPTY, [{name: row[name] for name in _KEY} for row in rows])

    async def shared_with(self, team_id: str, day: date) -> Mapping[str, Plan]:
        shared: dict[str, dict[Slot, WorkLocation]] = {}
        for row in await self._rows.run(_SHARED, team_id=team_id, day=day):
            shared.setdefault(row.user_id, {}).update([_location(row[1:])])
        return shared


class SharingRows:
    """`Sharing` in a database."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def teams_of(self, user_id: str) -> frozenset[str]:
        return frozenset((await self._rows.run(_TEAMS_OF, user_id=user_id)).scalars())

    async def set(self, user_id: str, team_id: str, on: bool) -> None:
        await self._rows.run(_SHARE if on else _UNSHARE, user_id=user_id, team_id=team_id)


def _plan(rows: Iterable[Row[Any]]) -> Plan:
    return dict(_location(row) for row in rows)


def _location(row: Sequence[Any]) -> tuple[Slot, WorkLocation]:
    day, part, place, named, kind = row
    return Slot(day, DayPart(part)), WorkLocation(Place(place), named, Kind(kind) if kind else None)


def _row(user_id: str, change: Change, zone: str) -> dict[str, Any]:
    location = change.location or _NOWHERE
    return {
        "user_id": user_id,
        "day": change.slot.day,
        "part": change.slot.part.value,
        "place": location.place.value,
        "named": location.named,
        "kind": location.kind.value if location.kind else None,
        "zone": zone,
    }
