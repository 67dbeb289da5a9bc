"""Jobs enqueued in the transaction that asks for them: there with its commit, and not there without it."""

from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.jobs import QUEUE, Job, sync_url


class Outbox(Protocol):
    async def put(self, connection: AsyncConnection, job: Job) -> None:
        """Enqueue a job in the connection's transaction; asked for before under the same key, it is not again."""


class EngineOutbox:
    """The outbox that the engine of jobs (DBOS) works off, in its tables beside ours in the same database."""

    def __init__(self, database: str) -> None:
        self._database = database
        self._client: Any = None

    async def put(self, connection: AsyncConnection, job: Job) -> None:
        client = self._client or self._open()
        options: dict[str, Any] = {"workflow_name": job.work.value, "queue_name": QUEUE, "workflow_id": job.key}
        if job.delay:
            options["delay_seconds"] = job.delay
        await connection.run_sync(lambda sync: client.enqueue_in_transaction(sync, options, *job.arguments))

    def close(self) -> None:
        if self._client:
            self._client.destroy()

    def _open(self) -> Any:
        # Imported here: it costs 17 MB and a second.
        from dbos import DBOSClient, DBOSPortableJSONSerializer

        self._client = DBOSClient(
            system_database_url=sync_url(self._database),
            serializer=DBOSPortableJSONSerializer(),
            application_name="samen",
            lazy=True,
        )
        return self._client


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
