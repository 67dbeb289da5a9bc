"""The engine of jobs (DBOS): it does by name what units of work ask for, and ticks once a minute.

Timed work is found by asking `due(now)` with our own clock, so tests move our clock and never the engine's.
"""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from bot.domain.health import Failure
from bot.domain.jobs import MESSAGES, QUEUE, Work, sync_url
from bot.jobs.liveness import Liveness
from bot.jobs.tries import PAUSES, Tries
from bot.logs import get_logger, where_it_failed
from bot.services.clock import Clock
from bot.services.health import Health

Due = Callable[[datetime], Awaitable[object]]
Do = Callable[..., Awaitable[None]]

# Raised only when running work cannot go on under the new code: work of another version is left alone.
VERSION = "jobs-1"
MINUTE = "* * * * *"
POLL_S = 0.5
# Jobs wait for Teams (0.1-8 s a call) and for the pace, not for this machine. Asked for twice a second this begins 32
# jobs a second in each queue: batches for more than the highest pace (250 messages a second), and cards for more than
# the usual one. More would only be claimed early, and late when this process dies. No card or tick waits for a batch.
AT_ONCE = {MESSAGES: 16, QUEUE: 16}
THREADS = 8
CONNECTIONS = 4
# Each job writes down its end in one of the loop's own threads, and waits there while the database is away.
LOOP_THREADS = sum(AT_ONCE.values()) + 8
PATIENCE_S = 4.0
# Finished jobs are of no use; the engine's own clock decides. Bounded, so that a tick stays short: 288,000 a day.
FINISHED = timedelta(days=1)
_FINISHED_AT_ONCE = 200
# A job that was begun so often and never ended kills whoever does it.
_MOST_BEGINNINGS = 100

log = get_logger(__name__)


class Jobs:
    """The process's engine of jobs: does `work` that was asked for, and calls `due` at the start and 0-10 s after each
    minute, by one of all replicas.

    `database` is the store's SQLAlchemy URL: the engine's tables stand in the same database, made by `migrate`. `life`
    names this run of the process: on PostgreSQL the others take over its work when it dies; on SQLite the next process
    that starts does. `pauses` are the seconds before each further try of a job that failed.
    """

    def __init__(  # noqa: PLR0913 - what it does, and by which clock, name and count
        self,
        database: str,
        work: Mapping[Work, Do],
        due: Due,
        clock: Clock,
        *,
        life: str,
        health: Health,
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        self._database, self._work, self._due, self._clock, self._health = sync_url(database), work, due, clock, health
        # On SQLite there is one process, and under one name it takes up its own unfinished work again.
        self._name = "local" if database.startswith("sqlite") else life
        self._alive = None if self._name == "local" else Liveness(database, life, VERSION, _put_back)
        self._tries = Tries(health, pauses)
        self._ticks = asyncio.Lock()
        self._engine: Any = None

    async def start(self) -> None:
        """Start on the running loop (blocks it for 0.03-0.8 s) and tick once for what was missed."""
        # Imported here: it costs 17 MB and a second, and a role without jobs does not need it.
        from dbos import DBOS

        _through_our_logs()
        if self._alive:
            await self._alive.start()
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(LOOP_THREADS))
        self._engine = DBOS(config=config(self._database, self._name))
        for work, do in self._work.items():
            DBOS.workflow(name=work.value, max_recovery_attempts=_MOST_BEGINNINGS)(self._job(work.value, do))
        tick = DBOS.workflow(name="tick")(self._ticking())
        DBOS.launch()
        await asyncio.to_thread(_arrange, DBOS, tick)
        self._tries.begin(self._tick())

    async def stop(self, patience: float = PATIENCE_S) -> None:
        """Begin nothing more; what is under way gets `patience` seconds, and what is not done then is put back."""
        if self._engine is None:
            if self._alive:
                await self._alive.stop()
            return
        engine, self._engine = self._engine, None
        self._tries.close()
        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(1) as own:
            await loop.run_in_executor(own, _take_no_more, engine)
            await self._tries.end(patience)
            await loop.run_in_executor(own, self._hand_over)
            if self._alive:
                await self._alive.stop()
            await loop.run_in_executor(own, lambda: type(engine).destroy(destroy_registry=True))
        # The engine may have made its own threads the loop's, and those are gone.
        loop.set_default_executor(ThreadPoolExecutor())

    def ready(self) -> bool:
        """Whether the engine runs and others can see it. Which replica a tick falls to is chance: it says nothing."""
        return self._engine is not None and (self._alive is None or self._alive.held)

    def _job(self, name: str, do: Do) -> Callable[..., Awaitable[None]]:
        async def job(*arguments: str) -> None:
            await self._tries.run(name, partial(self._begin, do, arguments))

        return job

    def _ticking(self) -> Callable[..., Awaitable[None]]:
        async def tick(_at: object, _context: object) -> None:
            await self._tries.run("tick", self._tick)

        return tick

    async def _begin(self, do: Do, arguments: tuple[str, ...]) -> None:
        if self._alive:
            await self._alive.until_held()
        await do(*arguments)

    async def _tick(self) -> None:
        if self._alive:
            await self._alive.until_held()
        engine = self._engine
        if engine is None or self._ticks.locked():
            return  # one that takes longer than a minute does the next one's part too
        try:
            async with self._ticks:
                await self._due(self._clock.now())
                if self._engine is engine:  # else it is being stopped, and another tick forgets
                    # Unlike `to_thread` this leaves the tick's context behind, so the engine keeps no record of it.
                    await asyncio.get_running_loop().run_in_executor(None, _forget_finished, engine)
        except Exception as error:  # noqa: BLE001 - the engine would keep the message, which may name people
            kind, where = type(error).__name__, where_it_failed(error)
            log.error("tick_failed", kind=kind, where=where)  # noqa: TRY400 - for the same reason
            self._health.count(Failure.TICK)

    def _hand_over(self) -> None:
        """Put back what is not done: on PostgreSQL others go on at once, on SQLite the next start does."""
        try:
            _put_back(self._name)
        except Exception as error:  # noqa: BLE001 - the others find it when this process is gone
            log.warning("not_handed_over", error=type(error).__name__)


def config(database: str, name: str) -> Any:
    """The engine's configuration: no pickles, no servers, few threads, quiet."""
    from dbos import DBOSPortableJSONSerializer

    return {
        "name": "samen",
        "system_database_url": database,
        "run_migrations": False,
        "serializer": DBOSPortableJSONSerializer(),
        "application_version": VERSION,
        "executor_id": name,
        "max_executor_threads": THREADS,
        "sys_db_pool_size": CONNECTIONS,
        "log_level": "WARNING",
        "enable_otlp": False,
    }


def _arrange(engine: Any, tick: object) -> None:
    for name, most in AT_ONCE.items():
        engine.register_queue(name, worker_concurrency=most, polling_interval_sec=POLL_S, on_conflict="always_update")
    schedule: Any = {"schedule_name": "minute", "workflow_fn": tick, "schedule": MINUTE, "cron_timezone": "UTC"}
    engine.apply_schedules([schedule])


def _put_back(name: str) -> None:
    """Put the unfinished jobs of a process back into their queues. Only jobs that nobody is doing any more."""
    from dbos import DBOS

    DBOS._recover_pending_workflows([name])  # noqa: SLF001 - the engine's only way to recover another's work


def _take_no_more(engine: Any) -> None:
    """Have the engine's queues and schedules begin nothing more; what is being begun is under way on return."""
    for stop in engine.background_thread_stop_events:
        stop.set()
    for thread in threading.enumerate():
        if thread.name.startswith("queue-worker-") and thread.is_alive():
            thread.join(timeout=1)


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


def _through_our_logs() -> None:
    """Keep the engine from writing to the console by itself: it does unless it finds a handler."""
    logger = logging.getLogger("dbos")
    if not logger.handlers:
        logger.addHandler(logging.NullHandler())
    logger.propagate = True
