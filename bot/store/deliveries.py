"""Messages that Samen will send by itself: ids only, until they are sent."""

from collections.abc import Sequence
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import bindparam, delete

from bot.store.claims import Claims
from bot.store.engines import Engines
from bot.store.rows import TENANT, Rows, insert_once
from bot.store.tables import delivery
from bot.turn import Delivery

_ADD = insert_once(delivery)
_FIELDS = ("tenant", "id", "kind", "subject", "user_id", "team_id", "made_at", "attempts")
_DONE = delete(delivery).where(delivery.c.tenant == TENANT, delivery.c.id == bindparam("id"))


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
        self._write, self._claims = engines.write, Claims(engines, delivery)

    async def take(self, now: datetime, until: datetime, most: int) -> Sequence[Delivery]:
        rows = await self._claims.take(now, until, most)
        return tuple(Delivery(**{name: row[name] for name in _FIELDS}) for row in rows)

    async def done(self, taken: Delivery) -> None:
        async with Rows(self._write, taken.tenant) as rows:
            await rows.run(_DONE, id=taken.id)
            await rows.commit()

    async def wait(self, taken: Delivery, until: datetime) -> None:
        first = {"made_at": until} if taken.attempts == 1 else {}
        await self._change(taken, due_at=until, attempts=taken.attempts - 1, **first)

    async def later(self, taken: Delivery, due_at: datetime, *, attempts: int) -> None:
        await self._change(taken, due_at=due_at, attempts=attempts)

    async def _change(self, taken: Delivery, **values: object) -> None:
        # Only while nobody took it over: whoever slept through its turn has no say any more.
        mine = (delivery.c.id == taken.id, delivery.c.attempts == taken.attempts)
        async with Rows(self._write, taken.tenant) as rows:
            await rows.change(delivery, *mine, **values)
            await rows.commit()
