"""Messages that Samen will send by itself, as units of work add them: ids only, until they are sent."""

from collections.abc import Collection
from datetime import datetime
from uuid import NAMESPACE_URL, uuid4, uuid5

from bot.domain.jobs import Job, Work
from bot.store.rows import Rows, insert_once
from bot.store.tables import delivery

# Deliveries in one job: small enough for many replicas to share the work, large enough to cost few jobs.
BATCH = 100

_ADD = insert_once(delivery)


class DeliveryRows:
    """`Deliveries` in a database."""

    def __init__(self, rows: Rows, now: datetime) -> None:
        self._rows, self._now = rows, now
        self._batch, self._room = "", 0

    async def add(
        self, kind: str, subject: str, *, user_id: str | None = None, team_id: str | None = None, due_at: datetime
    ) -> None:
        await self._rows.run(_ADD, **self._row(kind, subject, user_id, team_id, due_at))

    async def add_each(self, kind: str, subject: str, user_ids: Collection[str], due_at: datetime) -> None:
        # In one order, so that two units never wait for each other's rows.
        await self._rows.run_each(_ADD, [self._row(kind, subject, each, None, due_at) for each in sorted(user_ids)])

    def _row(
        self, kind: str, subject: str, user_id: str | None, team_id: str | None, due_at: datetime
    ) -> dict[str, object]:
        return {
            "id": uuid5(NAMESPACE_URL, "\n".join((kind, subject, user_id or "", team_id or ""))).hex,
            "kind": kind,
            "subject": subject,
            "user_id": user_id,
            "team_id": team_id,
            # Its days count from the moment that it may be sent.
            "made_at": max(self._now, due_at),
            "due_at": due_at,
            "batch": self._next_batch() if due_at <= self._now else None,
        }

    def _next_batch(self) -> str:
        """The batch for one more that can go at once; its job comes with the unit's commit."""
        if not self._room:
            self._batch, self._room = uuid4().hex, BATCH
            self._rows.enqueue(job_for(self._rows.tenant, self._batch))
        self._room -= 1
        return self._batch


def job_for(tenant: str, batch: str) -> Job:
    """The job that sends a batch."""
    return Job(Work.DELIVER, f"deliver.{batch}", (tenant, batch))
