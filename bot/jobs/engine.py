"""The engine of jobs (DBOS) with the one schedule it has: the minute tick.

Timed work is found by asking `due(now)` with our own clock, so tests move our clock and never the engine's.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from bot.domain.jobs import sync_url
from bot.logs import get_logger
from bot.services.clock import Clock

Due = Callable[[datetime], Awaitable[object]]

# Raised only when running work cannot go on under the new code: work of another version is left alone.
VERSION = "jobs-1"
MINUTE = "* * * * *"
THREADS = 8
PATIENCE_S = 3
CONNECTIONS = 4
# Finished ticks are of no use; the engine's own clock decides.
FINISHED = timedelta(days=1)
_FINISHED_AT_ONCE = 200

log = get_logger(__name__)


class Jobs:
    """The process's engine of jobs; `due` is called at the start and 0-10 s after each minute, by one of all replicas.

    `database` is the store's SQLAlchemy URL: the engine keeps its tables in the same database.
    """

    def __init__(self, database: str, due: Due, clock: Clock) -> None:
        self._database, self._due, self._clock = sync_url(database), due, clock
        self._dbos: Any = None
        self._first: asyncio.Task[None] | None = None
        self._busy = asyncio.Lock()

    async def start(self) -> None:
        """Start on the running loop (blocks it for 0.03-0.8 s) and tick once for what was missed."""
        # Imported here: it costs 17 MB and a second, and a role without jobs does not need it.
        from dbos import DBOS

        _through_our_logs()
        self._dbos = DBOS
        DBOS(config=config(self._database))

        @DBOS.workflow(name="tick")
        async def tick(_at: object, _context: object) -> None:
            await self._tick()

        DBOS.launch()
        schedule: Any = {"schedule_name": "minute", "workflow_fn": tick, "schedule": MINUTE, "cron_timezone": "UTC"}
        await asyncio.to_thread(DBOS.apply_schedules, [schedule])
        self._first = asyncio.create_task(self._tick())

    async def stop(self) -> None:
        """Stop within a few seconds; a tick that is under way gets a moment to end, the next one does the rest."""
        if self._dbos is None:
            return
        engine, self._dbos = self._dbos, None
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_S), self._busy:
                pass
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(1) as own:
            await loop.run_in_executor(own, lambda: engine.destroy(destroy_registry=True))
        # The engine may have made its own threads the loop's, and those are gone.
        loop.set_default_executor(ThreadPoolExecutor())
        if self._first:
            self._first.cancel()
            await asyncio.gather(self._first, return_exceptions=True)

    def ready(self) -> bool:
        """Whether the engine runs. Which replica a tick falls to is chance: its absence here says nothing."""
        return self._dbos is not None

    async def _tick(self) -> None:
        async with self._busy:
            if self._dbos is None:
                return
            try:
                await self._due(self._clock.now())
                # Unlike `to_thread` this leaves the tick's context behind, so the engine keeps no record of it.
                await asyncio.get_running_loop().run_in_executor(None, self._forget_finished, self._dbos)
            except Exception as error:  # noqa: BLE001 - the engine would keep the message, which may name people
                log.error("tick_failed", kind=type(error).__name__)  # noqa: TRY400 - for the same reason

    @staticmethod
    def _forget_finished(engine: Any) -> None:
        before = (datetime.now(UTC) - FINISHED).isoformat()
        finished = engine.list_workflows(
            status=["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"],
            end_time=before,
            limit=_FINISHED_AT_ONCE,
            load_input=False,
            load_output=False,
        )
        if finished:
            engine.delete_workflows([workflow.workflow_id for workflow in finished])


def config(database: str) -> Any:
    """The engine's configuration: no pickles, no servers, few threads, quiet."""
    from dbos import DBOSPortableJSONSerializer

    return {
        "name": "samen",
        "system_database_url": database,
        "serializer": DBOSPortableJSONSerializer(),
        "application_version": VERSION,
        # On SQLite there is one process, and under one name it takes up its own unfinished work again.
        "executor_id": "local" if database.startswith("sqlite") else uuid4().hex,
        "max_executor_threads": THREADS,
        "sys_db_pool_size": CONNECTIONS,
        "log_level": "WARNING",
        "enable_otlp": False,
    }


def _through_our_logs() -> None:
    """Keep the engine from writing to the console by itself: it does unless it finds a handler."""
    logger = logging.getLogger("dbos")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    logger.propagate = True
