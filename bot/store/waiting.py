"""How much waits to be sent, of all tenants together, as whoever runs Samen watches it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from bot.store.engines import Engines
from bot.store.tables import delivery
from bot.store.tenants import ACROSS_TENANTS

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
