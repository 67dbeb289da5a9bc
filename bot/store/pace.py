"""`Pacing` in a database: the next free moment of all of Teams and of each conversation, one row each."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from time import monotonic, time
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.pace import ALL, GAP, Slot, Wanted, allot, beyond_belief, window_of
from bot.logs import get_logger
from bot.store.engines import Engines
from bot.store.tables import pace
from bot.store.tenants import ACROSS_TENANTS

log = get_logger(__name__)

# Seconds. What the database's clock said so long ago is not compared any more: two clocks may part by a few ms a minute.
COMPARED = 60.0
MOST_COMPARED = 20

_CLOCK = func.date_part("epoch", func.clock_timestamp())
_NOW = select(_CLOCK)
_FREE = select(pace.c.name, pace.c.free_at).where(pace.c.name.in_(bindparam("names", expanding=True)))

_FORGET = update(pace).where(pace.c.name.in_(bindparam("names", expanding=True))).values(free_at=0.0)


def _lock(insert: Callable[..., Any], *told: ColumnElement[float]) -> Any:
    """Whoever reserves moments waits here for whoever is doing so: nobody else's are changed without it.

    What is `told` besides is told after the wait.
    """
    new = insert(pace)
    locked = new.on_conflict_do_update(index_elements=["name"], set_={"used_at": new.excluded.used_at})
    return locked.returning(pace.c.free_at, *told)


def _free_later(insert: Callable[..., Any], most: Callable[..., Any]) -> Any:
    new = insert(pace)
    later = {"free_at": most(pace.c.free_at, new.excluded.free_at), "used_at": new.excluded.used_at}
    return new.on_conflict_do_update(index_elements=["name"], set_=later)


def _note(insert: Callable[..., Any], most: Callable[..., Any]) -> Any:
    """`free_at` of the new row is its cost ahead of now."""
    new = insert(pace)
    cost = new.excluded.free_at - bindparam("now")
    later = {"free_at": most(pace.c.free_at, bindparam("now")) + cost, "used_at": new.excluded.used_at}
    return new.on_conflict_do_update(index_elements=["name"], set_=later)


_LOCK = {"sqlite": _lock(sqlite.insert), "postgresql": _lock(postgresql.insert, _CLOCK)}
_FREE_LATER = {
    "sqlite": _free_later(sqlite.insert, func.max),
    "postgresql": _free_later(postgresql.insert, func.greatest),
}
_NOTE = {"sqlite": _note(sqlite.insert, func.max), "postgresql": _note(postgresql.insert, func.greatest)}


class DatabaseClock:
    """PostgreSQL's clock in seconds since 1970, as a process knows it that asks now and then: the same one for all.

    `own` is the process's own clock: how far it goes counts, and not what it says.
    """

    def __init__(self, own: Callable[[], float] = monotonic) -> None:
        self._own = own
        self._ahead = time() - own()  # until it is asked for the first time
        self._seen: deque[tuple[float, float]] = deque(maxlen=MOST_COMPARED)

    def __call__(self) -> float:
        return self._own() + self._ahead

    def heard(self, told: float) -> None:
        """It has just said so: compare it with the process's own."""
        own = self._own()
        while self._seen and self._seen[0][0] < own - COMPARED:
            self._seen.popleft()
        self._seen.append((own, told - own))
        # Each answer was on its way for a while: the one that says most was so for the shortest.
        self._ahead = max(ahead for _, ahead in self._seen)


class PaceRows:
    """`Pacing`: each call is a transaction of its own; `clock` = the database's own, and where it has none, the machine's."""

    def __init__(self, engines: Engines, clock: Callable[[], float] | None = None) -> None:
        self._write = engines.write.execution_options(**{ACROSS_TENANTS: True})  # these rows belong to no tenant
        self._dialect = engines.write.dialect.name
        self._clock = clock or (DatabaseClock() if self._dialect == "postgresql" else time)

    def now(self) -> float:
        return self._clock()

    async def reserve(self, wanted: Sequence[Wanted], rate: float) -> Sequence[Slot]:
        names = sorted({name for one in wanted for name in (one.name, window_of(one.name))})
        async with self._write.begin() as connection:
            found = await connection.execute(_LOCK[self._dialect], self._row(ALL, 0.0))
            all_free_at, *told = found.one()
            now = self._heard(*told)
            rows = await connection.execute(_FREE, {"names": names})
            free = {ALL: all_free_at} | {row.name: row.free_at for row in rows}
            if wrong := beyond_belief(free, now):
                # Else nobody would speak until the clocks are so far.
                log.warning("pace_forgotten", conversations=len(wrong))
                await connection.execute(_FORGET, {"names": wrong})
                free |= dict.fromkeys(wrong, 0.0)
            allotted = allot(wanted, free, now, rate)
            if allotted.free:
                await connection.execute(_FREE_LATER[self._dialect], self._rows(allotted.free))
        return allotted.slots

    async def note(self, counts: Mapping[str, int]) -> None:
        if not counts:
            return
        async with self._write.begin() as connection:
            now = await self._now(connection)
            said = sorted(counts.items())
            rows = [{**self._row(window_of(name), now + count * GAP), "now": now} for name, count in said]
            await connection.execute(_NOTE[self._dialect], rows)

    async def hold(self, name: str, seconds: float) -> None:
        async with self._write.begin() as connection:
            now = await self._now(connection)
            await connection.execute(_FREE_LATER[self._dialect], self._row(name, now + seconds))

    async def _now(self, connection: AsyncConnection) -> float:
        told = (await connection.execute(_NOW)).one() if isinstance(self._clock, DatabaseClock) else ()
        return self._heard(*told)

    def _heard(self, *told: float) -> float:
        """This moment, with what the database's clock has just said."""
        if isinstance(self._clock, DatabaseClock) and told:
            self._clock.heard(*told)
        return self._clock()

    def _rows(self, free: Mapping[str, float]) -> list[dict[str, Any]]:
        # In one order, so that two processes never wait for each other's rows.
        return [self._row(name, free[name]) for name in sorted(free)]

    def _row(self, name: str, free_at: float) -> dict[str, Any]:
        return {"name": name, "free_at": free_at, "used_at": datetime.now(UTC)}
