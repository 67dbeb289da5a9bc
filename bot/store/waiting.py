"""How much waits to be sent, of all tenants together, as whoever runs Samen watches it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from bot.logs import get_logger
from bot.store.engines import Engines
from bot.store.tables import delivery
from bot.store.tenants import ACROSS_TENANTS
from bot.telemetry import OLDEST, WAITING, level

WATCH_SECONDS = 15.0

log = get_logger(__name__)

_NOW = bindparam("now", type_=delivery.c.due_at.type)
_IS_DUE = delivery.c.due_at <= _NOW
_WAITING = select(
    func.count().filter(_IS_DUE).label("now"),
    func.count().filter(~_IS_DUE).label("later"),
    func.min(delivery.c.due_at, type_=delivery.c.due_at.type).filter(_IS_DUE).label("oldest"),
).select_from(delivery)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Messages that may be sent now, those whose time comes later, and for how many seconds the oldest may be sent."""

    now: int
    later: int
    oldest_s: float


async def waiting(engines: Engines, now: datetime) -> Waiting:
    """What waits at `now` (aware, UTC)."""
    async with engines.read.execution_options(**{ACROSS_TENANTS: True}).connect() as connection:
        row = (await connection.execute(_WAITING, {"now": now})).one()
    return Waiting(row.now, row.later, (now - row.oldest).total_seconds() if row.oldest else 0.0)


async def watch_waiting(engines: Engines, now: Callable[[], datetime]) -> None:
    """Tell telemetry what waits to be sent, until cancelled; every replica tells the same."""
    while True:
        try:
            found = await waiting(engines, now())
        except Exception as error:  # noqa: BLE001 - the next time tries again, and nobody waits for it
            log.warning("waiting_not_counted", error=type(error).__name__)
        else:
            level(WAITING, found.now, due="now")
            level(WAITING, found.later, due="later")
            level(OLDEST, found.oldest_s)
        await asyncio.sleep(WATCH_SECONDS)
