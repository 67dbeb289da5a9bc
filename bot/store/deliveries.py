"""Messages that Samen will send by itself."""

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from bot.store.rows import Rows, insert_once
from bot.store.tables import delivery

_ADD = insert_once(delivery)


class DeliveryRows:
    """`Deliveries` in a database."""

    def __init__(self, rows: Rows, now: datetime) -> None:
        self._rows, self._now = rows, now

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
