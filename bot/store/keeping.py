"""Nothing is kept longer than promised: what is past its time is found every minute and deleted."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, Delete, Table, bindparam, delete, func, select, tuple_

from bot.logs import get_logger
from bot.store.engines import Engines
from bot.store.tables import audit, plan, roster, roster_member, seen_activity
from bot.store.tenants import ACROSS_TENANTS

# Design, section 9.
NIGHT = time(3)  # local: the day before is gone by then
ROSTERS = timedelta(days=1)
SEEN = timedelta(days=3)
AUDIT = timedelta(days=365)

# How many rows one transaction deletes: some 10 ms, in which on SQLite nobody else can write.
BATCH = 1000
ROSTER_BATCH = 20

log = get_logger(__name__)

# Every zone in use with its oldest day, hopping over the index (zone, day) instead of reading every plan.
_zones = select(func.min(plan.c.zone).label("zone")).cte("zones", recursive=True)
_zones = _zones.union_all(
    select(select(func.min(plan.c.zone)).where(plan.c.zone > _zones.c.zone).scalar_subquery()).where(
        _zones.c.zone.is_not(None)
    )
)
_OLDEST_DAYS = select(
    _zones.c.zone, select(func.min(plan.c.day)).where(plan.c.zone == _zones.c.zone).scalar_subquery()
).where(_zones.c.zone.is_not(None))
_OLDEST_MOMENTS = select(
    select(func.min(roster.c.fetched_at)).scalar_subquery(),
    select(func.min(seen_activity.c.seen_at)).scalar_subquery(),
    select(func.min(audit.c.at)).scalar_subquery(),
)


def _batch(table: Table, *past: Any) -> Delete:
    """Delete some rows that are past their time, leaving those that another replica is deleting now."""
    keys = list(table.primary_key)
    some = select(*keys).where(*past).limit(BATCH).with_for_update(skip_locked=True)
    return delete(table).where(tuple_(*keys).in_(some))


_BEFORE: BindParameter[Any] = bindparam("before")
_PLANS = _batch(plan, plan.c.zone == bindparam("zone"), plan.c.day < _BEFORE)
_ACTIVITIES = _batch(seen_activity, seen_activity.c.seen_at < _BEFORE)
_ACTS = _batch(audit, audit.c.at < _BEFORE)
_STALE_ROSTERS = (
    select(roster.c.tenant, roster.c.team_id)
    .where(roster.c.fetched_at < _BEFORE)
    .limit(ROSTER_BATCH)
    .with_for_update(skip_locked=True)
)
_ROSTER = delete(roster).where(
    roster.c.tenant == bindparam("roster_tenant"), roster.c.team_id == bindparam("roster_team")
)
_MEMBERS = delete(roster_member).where(
    roster_member.c.tenant == bindparam("roster_tenant"), roster_member.c.team_id == bindparam("roster_team")
)


def first_kept_day(now: datetime, zone: ZoneInfo) -> date:
    """The oldest day whose plans are kept: until 03:00 local yesterday, then today. Never later than today."""
    local = now.astimezone(zone)
    return local.date() if local.time() >= NIGHT else local.date() - timedelta(days=1)


class Deletion:
    """Deletes what is past its time, of all tenants. Two at once, or one that was away for days, do no harm.

    `zone` is where a plan's day ends when the plan's own zone does not exist.
    """

    def __init__(self, engines: Engines, zone: str) -> None:
        self._zone = ZoneInfo(zone)
        everybody = {ACROSS_TENANTS: True}
        self._read = engines.read.execution_options(**everybody)
        self._write = engines.write.execution_options(**everybody)

    async def due(self, now: datetime) -> int:
        """Delete what is past its time at `now` (aware); how many rows that were. Cheap when there is nothing."""
        async with self._read.connect() as connection:
            days = (await connection.execute(_OLDEST_DAYS)).all()
            fetched, seen, acted = (await connection.execute(_OLDEST_MOMENTS)).one()
        deleted = await self._plans(days, now)
        if fetched and fetched < now - ROSTERS:
            deleted += await self._rosters(now - ROSTERS)
        if seen and seen < now - SEEN:
            deleted += await self._all(_ACTIVITIES, before=now - SEEN)
        if acted and acted < now - AUDIT:
            deleted += await self._all(_ACTS, before=now - AUDIT)
        if deleted:
            log.info("deleted_what_is_past", rows=deleted)
        return deleted

    async def _plans(self, days: Sequence[Any], now: datetime) -> int:
        deleted = 0
        for name, oldest in days:
            before = first_kept_day(now, self._named(name))
            if oldest < before:
                deleted += await self._all(_PLANS, zone=name, before=before)
        return deleted

    def _named(self, name: str) -> ZoneInfo:
        try:
            return ZoneInfo(name)
        except (ValueError, LookupError, OSError):
            log.warning("unknown_zone")
            return self._zone

    async def _all(self, statement: Delete, **values: Any) -> int:
        """Run a batch until it finds nothing, each in a transaction of its own."""
        deleted = 0
        while True:
            async with self._write.begin() as connection:
                rows = (await connection.execute(statement, values)).rowcount
            if not rows:
                return deleted
            deleted += rows

    async def _rosters(self, before: datetime) -> int:
        deleted = 0
        while True:
            async with self._write.begin() as connection:
                stale = (await connection.execute(_STALE_ROSTERS, {"before": before})).all()
                keys = [{"roster_tenant": tenant, "roster_team": team} for tenant, team in stale]
                if not keys:
                    return deleted
                for statement in (_MEMBERS, _ROSTER):
                    await connection.execute(statement, keys)
            deleted += len(keys)
