"""Nothing is kept longer than promised: what is past its time is found every minute and deleted.

Made from what the tables declare (`info["expires"]`, `info["goes_with"]`): a new table is included by itself.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, Date, Delete, Select, Table, bindparam, delete, func, select, tuple_

from bot.domain.days import NIGHT
from bot.domain.health import Failure
from bot.errors import Overtaken
from bot.logs import get_logger
from bot.store.engines import Engines
from bot.store.health import ADD_FAILURES
from bot.store.overtaken import overtaken
from bot.store.owndata import OwnDataRows
from bot.store.rows import TENANT, USER, Rows
from bot.store.tables import Expires, delivery, metadata, person, team
from bot.store.tenants import ACROSS_TENANTS

# How many rows one transaction deletes: some 10 ms, in which on SQLite nobody else can write.
BATCH = 1000
# How many go at once of what takes other tables' rows along.
FEW = 20

log = get_logger(__name__)

_BEFORE: BindParameter[Any] = bindparam("before")
_TENANT: BindParameter[str] = bindparam("of_tenant")
_TEAM: BindParameter[str] = bindparam("of_team")

TABLES = metadata.sorted_tables
EXPIRES: Mapping[Table, Expires] = {table: table.info["expires"] for table in TABLES if "expires" in table.info}
# A person goes with everything about them, a team with everything that names it; the rest goes alone.
_WITH_OTHERS = (person, team)
ZONED = {table: rule for table, rule in EXPIRES.items() if rule.zone}
TIMED = {table: rule for table, rule in EXPIRES.items() if not rule.zone}
FOLLOWERS = {table: [other for other in TABLES if other.info.get("goes_with") == table.name] for table in EXPIRES}
OF_A_TEAM = [table for table in TABLES if "team_id" in table.c]


def _some(table: Table, most: int, *past: Any) -> Select[Any]:
    """The keys of some rows that are past their time, but for those that another replica is deleting now."""
    return select(*table.primary_key).where(*past).limit(most).with_for_update(skip_locked=True)


def _batch(table: Table, *past: Any) -> Delete:
    return delete(table).where(tuple_(*table.primary_key).in_(_some(table, BATCH, *past)))


def _oldest_days(table: Table, rule: Expires) -> Select[Any]:
    """Every zone in use with its oldest day, hopping over the index (zone, day) instead of reading every row."""
    zone, day = table.c[str(rule.zone)], table.c[rule.column]
    zones = select(func.min(zone).label("zone")).cte("zones", recursive=True)
    following = select(func.min(zone)).where(zone > zones.c.zone).scalar_subquery()
    zones = zones.union_all(select(following).where(zones.c.zone.is_not(None)))
    oldest = select(func.min(day)).where(zone == zones.c.zone).scalar_subquery()
    return select(zones.c.zone, oldest).where(zones.c.zone.is_not(None))


_OLDEST_DAYS = {table: _oldest_days(table, rule) for table, rule in ZONED.items()}
_OLDEST = select(*(select(func.min(table.c[rule.column])).scalar_subquery() for table, rule in TIMED.items()))
_PAST_IN_ZONE = {
    table: _batch(table, table.c[str(rule.zone)] == bindparam("zone"), table.c[rule.column] < _BEFORE)
    for table, rule in ZONED.items()
}
_PAST = {
    table: _batch(table, table.c[rule.column] < _BEFORE)
    for table, rule in TIMED.items()
    if table not in _WITH_OTHERS and not FOLLOWERS[table]
}
_FEW_PAST = {table: _some(table, FEW, table.c[rule.column] < _BEFORE) for table, rule in TIMED.items()}
_LEAVERS = select(person.c.tenant, person.c.user_id).where(person.c.leaving_since < _BEFORE).limit(FEW)
_LEFT = _FEW_PAST[person].where(person.c.tenant == TENANT, person.c.user_id == USER)


def _of_key(table: Table, key: Sequence[str]) -> Delete:
    """Delete the rows with these values in the columns of another table's key."""
    return delete(table).where(*(table.c[name] == bindparam(f"its_{name}") for name in key))


_OF_TEAM = [delete(table).where(table.c.tenant == _TENANT, table.c.team_id == _TEAM) for table in OF_A_TEAM]
_OF_TEAM.append(delete(team).where(team.c.tenant == _TENANT, team.c.id == _TEAM))


def first_kept_day(now: datetime, zone: ZoneInfo) -> date:
    """The oldest day whose plans are kept: until 03:00 local yesterday, then today. Never later than today."""
    local = now.astimezone(zone)
    return local.date() if local.time() >= NIGHT else local.date() - timedelta(days=1)


class Deletion:
    """Deletes what is past its time, of all tenants. Two at once, or one that was away for days, do no harm.

    `zone` is where a day ends that has no zone of its own, or one that does not exist.
    """

    def __init__(self, engines: Engines, zone: str) -> None:
        self._zone = ZoneInfo(zone)
        everybody = {ACROSS_TENANTS: True}
        self._read = engines.read.execution_options(**everybody)
        self._write = engines.write.execution_options(**everybody)
        self._whole = engines.whole

    async def due(self, now: datetime) -> int:
        """Delete what is past its time at `now` (aware); how many rows that were. Cheap when there is nothing."""
        async with self._read.connect() as connection:
            days = {table: (await connection.execute(ask)).all() for table, ask in _OLDEST_DAYS.items()}
            oldest = (await connection.execute(_OLDEST)).one()
        deleted = 0
        for table, zones in days.items():
            deleted += await self._in_zones(table, zones, now)
        for (table, rule), first in zip(TIMED.items(), oldest, strict=True):
            before = self._before(table, rule, now)
            if first is not None and first < before:
                deleted += await self._past(table, before, now)
        if deleted:
            log.info("deleted_what_is_past", rows=deleted)
        return deleted

    def _before(self, table: Table, rule: Expires, now: datetime) -> Any:
        """The oldest moment or day of this table that is still kept."""
        if isinstance(table.c[rule.column].type, Date):
            return first_kept_day(now, self._zone) - rule.after
        return now - rule.after

    async def _past(self, table: Table, before: Any, now: datetime) -> int:
        if table is person:
            return await self._people(before, now)
        if table is team:
            return await self._few(team, before, {"of_tenant": "tenant", "of_team": "id"}, _OF_TEAM)
        if FOLLOWERS[table]:
            key = [column.name for column in table.primary_key]
            goes = [_of_key(one, key) for one in (*FOLLOWERS[table], table)]
            return await self._few(table, before, {f"its_{name}": name for name in key}, goes)
        if table is delivery:
            return await self._unsent(before, now)
        return await self._all(_PAST[table], before=before)

    async def _in_zones(self, table: Table, zones: Sequence[Any], now: datetime) -> int:
        deleted = 0
        for name, oldest in zones:
            before = first_kept_day(now, self._named(name)) - ZONED[table].after
            if oldest < before:
                deleted += await self._all(_PAST_IN_ZONE[table], zone=name, before=before)
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

    async def _unsent(self, before: Any, now: datetime) -> int:
        """Delete messages whose days passed while nobody could send them, and count them with it: none goes unseen."""
        deleted = 0
        while True:
            async with self._write.begin() as connection:
                rows = (await connection.execute(_PAST[delivery], {"before": before})).rowcount
                if not rows:
                    return deleted
                expired = {"day": now.date(), "kind": Failure.DELIVERY_EXPIRED.value, "count": rows}
                await connection.execute(ADD_FAILURES[self._write.dialect.name], [expired])
            log.warning("delivery_dropped", reason=Failure.DELIVERY_EXPIRED.value, dropped=rows)
            deleted += rows

    async def _few(self, table: Table, before: Any, names: Mapping[str, str], goes: Sequence[Delete]) -> int:
        """Delete rows with all that goes with them, a few at a time; `names` are the parameters for their keys."""
        deleted = 0
        while True:
            async with self._write.begin() as connection:
                past = (await connection.execute(_FEW_PAST[table], {"before": before})).mappings().all()
                if not past:
                    return deleted
                keys = [{name: row[column] for name, column in names.items()} for row in past]
                for statement in goes:
                    await connection.execute(statement, keys)
            deleted += len(keys)

    async def _people(self, before: Any, now: datetime) -> int:
        """Forget who left, as `/forget` does; one whose rows are in use is left for the next minute."""
        forgotten = 0
        while True:
            async with self._read.connect() as connection:
                left = (await connection.execute(_LEAVERS, {"before": before})).all()
            now_gone = sum([await self._forget(tenant, user_id, before, now) for tenant, user_id in left])
            if not now_gone:
                return forgotten
            forgotten += now_gone

    async def _forget(self, tenant: str, user_id: str, before: Any, now: datetime) -> int:
        try:
            async with Rows(self._whole, tenant) as rows:
                with overtaken():
                    if (await rows.run(_LEFT, user_id=user_id, before=before)).first() is None:
                        return 0  # came back, or another replica is at it
                    await OwnDataRows(rows, now).forget(user_id)
                    await rows.commit()
        except Overtaken:
            return 0
        return 1
