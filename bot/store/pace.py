"""`Pacing` in a database: the next free moment of all of Teams and of each conversation, one row each."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from time import time
from typing import Any

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.pace import ALL, GAP, Slot, Wanted, allot, beyond_belief, window_of
from bot.logs import get_logger
from bot.store.engines import Engines
from bot.store.tables import pace
from bot.store.tenants import ACROSS_TENANTS

log = get_logger(__name__)

_FREE = select(pace.c.name, pace.c.free_at).where(pace.c.name.in_(bindparam("names", expanding=True)))

_FORGET = update(pace).where(pace.c.name.in_(bindparam("names", expanding=True))).values(free_at=0.0)


def _lock(insert: Callable[..., Any]) -> Any:
    """Whoever reserves moments waits here for whoever is doing so: nobody else's are changed without it."""
    new = insert(pace)
    return new.on_conflict_do_update(index_elements=["name"], set_={"used_at": new.excluded.used_at}).returning(
        pace.c.free_at
    )


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


_LOCK = {"sqlite": _lock(sqlite.insert), "postgresql": _lock(postgresql.insert)}
_FREE_LATER = {
    "sqlite": _free_later(sqlite.insert, func.max),
    "postgresql": _free_later(postgresql.insert, func.greatest),
}
_NOTE = {"sqlite": _note(sqlite.insert, func.max), "postgresql": _note(postgresql.insert, func.greatest)}


class PaceRows:
    """`Pacing`: each call is a transaction of its own; `wall` tells seconds since 1970."""

    def __init__(self, engines: Engines, wall: Callable[[], float] = time) -> None:
        self._write = engines.write.execution_options(**{ACROSS_TENANTS: True})  # these rows belong to no tenant
        self._dialect, self._wall = engines.write.dialect.name, wall

    async def reserve(self, wanted: Sequence[Wanted], rate: float) -> Sequence[Slot]:
        names = sorted({name for one in wanted for name in (one.name, window_of(one.name))})
        async with self._write.begin() as connection:
            found = await connection.execute(_LOCK[self._dialect], self._row(ALL, 0.0))
            free = {ALL: found.scalar_one()}
            rows = await connection.execute(_FREE, {"names": names})
            free |= {row.name: row.free_at for row in rows}
            now = self._wall()
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
        now = self._wall()
        rows = [{**self._row(window_of(name), now + count * GAP), "now": now} for name, count in sorted(counts.items())]
        if rows:
            async with self._write.begin() as connection:
                await connection.execute(_NOTE[self._dialect], rows)

    async def hold(self, name: str, seconds: float) -> None:
        async with self._write.begin() as connection:
            await connection.execute(_FREE_LATER[self._dialect], self._row(name, self._wall() + seconds))

    def _rows(self, free: Mapping[str, float]) -> list[dict[str, Any]]:
        # In one order, so that two processes never wait for each other's rows.
        return [self._row(name, free[name]) for name in sorted(free)]

    def _row(self, name: str, free_at: float) -> dict[str, Any]:
        return {"name": name, "free_at": free_at, "used_at": datetime.now(UTC)}
