"""Jobs enqueued in the transaction that asks for them: there with its commit, and not there without it."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.jobs import Job, sync_url
from bot.store.tenants import ACROSS_TENANTS

# The engine begins with the lowest number; what has none has 0.
_LAST = 1


class Outbox(Protocol):
    async def put(self, connection: AsyncConnection, job: Job) -> None:
        """Enqueue a job in the connection's transaction; asked for before under the same key, it is not again."""


class EngineOutbox:
    """The outbox that the engine of jobs (DBOS) works off, in its tables beside ours in the same database."""

    def __init__(self, database: str) -> None:
        self._database = database
        self._client: Any = None

    def open(self) -> None:
        """Get ready, so that the first job costs no more than the others. Blocks for up to a second; no connection."""
        # Imported here: it costs 17 MB and a second.
        from dbos import DBOSClient, DBOSPortableJSONSerializer

        self._client = DBOSClient(
            system_database_url=sync_url(self._database),
            serializer=DBOSPortableJSONSerializer(),
            application_name="samen",
            lazy=True,
        )

    async def put(self, connection: AsyncConnection, job: Job) -> None:
        if self._client is None:
            await asyncio.to_thread(self.open)
        client = self._client
        work = job.work
        options: dict[str, Any] = {"workflow_name": work.value, "queue_name": work.queue, "workflow_id": job.key}
        if job.delay:
            options["delay_seconds"] = job.delay
        if job.patient:
            options["priority"] = _LAST

        def enqueue(sync: Connection) -> None:
            # The engine's tables know no tenants: who asked is among the job's arguments.
            before = sync.get_execution_options().get(ACROSS_TENANTS, False)
            sync.execution_options(**{ACROSS_TENANTS: True})
            try:
                client.enqueue_in_transaction(sync, options, *job.arguments)
            finally:
                sync.execution_options(**{ACROSS_TENANTS: before})

        await connection.run_sync(enqueue)

    def close(self) -> None:
        if self._client:
            self._client.destroy()
            self._client = None


def make_engine_tables(database: str) -> None:
    """Make or change the engine's own tables (DBOS's migrations). Blocks; one process at a time."""
    from dbos import DBOS

    DBOS.migrate(sync_url(database))


@dataclass
class FakeOutbox:
    """Remembers what was asked for, once a key, until it is taken."""

    jobs: list[Job] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)

    async def put(self, connection: AsyncConnection, job: Job) -> None:  # noqa: ARG002
        if job.key not in self.keys:
            self.keys.add(job.key)
            self.jobs.append(job)

    def take(self) -> list[Job]:
        """What was asked for since."""
        taken, self.jobs = self.jobs, []
        return taken
