"""`Health` in a database: a heartbeat, and failures counted by day and kind."""

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Insert, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.health import Failure, Report
from bot.logs import get_logger
from bot.settings import VERSION
from bot.store.engines import Engines
from bot.store.rows import upsert
from bot.store.tables import failure, heartbeat
from bot.store.tenants import ACROSS_TENANTS

TICK = "tick"
WEEK = timedelta(days=7)
KEEP_SECONDS = 60.0

log = get_logger(__name__)


def _add(insert: Callable[..., sqlite.Insert | postgresql.Insert]) -> Insert:
    statement = insert(failure)
    return statement.on_conflict_do_update(
        index_elements=["day", "kind"], set_={"count": failure.c.count + statement.excluded["count"]}
    )


# Add to what is counted, in whatever transaction.
ADD_FAILURES = {"sqlite": _add(sqlite.insert), "postgresql": _add(postgresql.insert)}
_BEAT = upsert(heartbeat)
_BEATEN = select(heartbeat.c.at).where(heartbeat.c.name == TICK)
_COUNTS = (
    select(failure.c.kind, func.sum(failure.c.count))
    .where(failure.c.day > bindparam("before"))
    .group_by(failure.c.kind)
)


class HealthRows:
    """Counts in memory until it is flushed: a fault must not cost the one who met it a write."""

    def __init__(self, engines: Engines, now: Callable[[], datetime]) -> None:
        everybody = {ACROSS_TENANTS: True}  # these tables belong to no tenant
        self._read = engines.read.execution_options(**everybody)
        self._write = engines.write.execution_options(**everybody)
        self._now = now
        self._counted: Counter[Failure] = Counter()

    def count(self, failure: Failure) -> None:
        self._counted[failure] += 1

    async def flush(self) -> None:
        counted, self._counted = self._counted, Counter()
        if not counted:
            return
        day = self._now().date()
        # In one order, so that two processes never wait for each other's rows.
        rows = [{"day": day, "kind": kind.value, "count": counted[kind]} for kind in sorted(counted)]
        try:
            async with self._write.begin() as connection:
                await connection.execute(ADD_FAILURES[self._write.dialect.name], rows)
        except BaseException:
            self._counted.update(counted)
            raise

    async def keep(self, every: float = KEEP_SECONDS) -> None:
        """Flush every so many seconds until cancelled: timed work, which flushes too, may be another process's."""
        while True:
            await asyncio.sleep(every)
            try:
                await self.flush()
            except Exception as error:  # noqa: BLE001 - the counts stay in memory, and the next minute tries again
                log.warning("counts_not_kept", error=type(error).__name__)

    async def beat(self, now: datetime) -> None:
        async with self._write.begin() as connection:
            await connection.execute(_BEAT[self._write.dialect.name], {"name": TICK, "at": now})

    async def report(self) -> Report:
        async with self._read.connect() as connection:
            ticked_at = (await connection.execute(_BEATEN)).scalar()
            rows = (await connection.execute(_COUNTS, {"before": self._now().date() - WEEK})).all()
        known = {kind: int(count) for kind, count in rows}
        counts = {each: known.get(each.value, 0) + self._counted[each] for each in Failure}
        return Report(VERSION, self._write.dialect.name, ticked_at, {kind: n for kind, n in counts.items() if n})
