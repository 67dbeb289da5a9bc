"""Messages that Samen will send by itself: ids only, until they are sent."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import bindparam, delete, update

from bot.store.claims import claim
from bot.store.engines import Engines
from bot.store.rows import Rows, insert_once
from bot.store.tables import delivery
from bot.store.tenants import ACROSS_TENANTS
from bot.turn import Delivery

_ADD = insert_once(delivery)
_FIELDS = ("tenant", "id", "kind", "subject", "user_id", "team_id", "made_at", "attempts")
_TAKE = claim(delivery)
_THIS = (delivery.c.tenant == bindparam("own_tenant"), delivery.c.id == bindparam("own_id"))
_DONE = delete(delivery).where(*_THIS)
# Only while nobody took it over: whoever slept through its turn has no say any more.
_LATER = (
    update(delivery)
    .where(*_THIS, delivery.c.attempts == bindparam("taken"))
    .values(due_at=bindparam("at"), attempts=bindparam("tried"))
)


class DeliveryRows:
    """`Deliveries` in a database; `due` says whether one was added that can be sent at once."""

    def __init__(self, rows: Rows, now: datetime) -> None:
        self._rows, self._now = rows, now
        self.due = False

    async def add(
        self, kind: str, subject: str, *, user_id: str | None = None, team_id: str | None = None, due_at: datetime
    ) -> None:
        own_id = uuid5(NAMESPACE_URL, "\n".join((kind, subject, user_id or "", team_id or ""))).hex
        await self._rows.run(
            _ADD,
            id=own_id,
            kind=kind,
            subject=subject,
            user_id=user_id,
            team_id=team_id,
            made_at=self._now,
            due_at=due_at,
        )
        self.due = self.due or due_at <= self._now


class DueDeliveryRows:
    """`DueDeliveries` in a database: each call is a transaction of its own."""

    def __init__(self, engines: Engines) -> None:
        self._write = engines.write.execution_options(**{ACROSS_TENANTS: True})

    async def take(self, now: datetime, until: datetime, most: int) -> Sequence[Delivery]:
        async with self._write.begin() as connection:
            rows = (await connection.execute(_TAKE, {"now": now, "until": until, "most": most})).mappings().all()
        return tuple(Delivery(**{name: row[name] for name in _FIELDS}) for row in rows)

    async def done(self, taken: Delivery) -> None:
        await self._run(_DONE, _key(taken))

    async def later(self, taken: Delivery, due_at: datetime, *, tried: bool) -> None:
        attempts = taken.attempts if tried else taken.attempts - 1
        await self._run(_LATER, {**_key(taken), "taken": taken.attempts, "tried": attempts, "at": due_at})

    async def _run(self, statement: Any, values: Mapping[str, Any]) -> None:
        async with self._write.begin() as connection:
            await connection.execute(statement, values)


def _key(taken: Delivery) -> dict[str, str]:
    return {"own_tenant": taken.tenant, "own_id": taken.id}
