"""Who is alive: a process holds a lock as long as it lives, and takes over the work of those whose lock is free.

PostgreSQL only. The engine itself takes up again only what a process of the same name left; a replica that died has no
namesake. A SQLite file has one process, under one name.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from typing import Any

from bot.domain.jobs import sync_url
from bot.logs import get_logger, where_it_failed

# Design, section 7: the class of our advisory locks. Any number that nothing else in the same database locks.
LOCKS = 7701
# Two sightings, so a dead process's work is taken 2-4 s after its session ended. A living one whose session was cut has
# that long to come back.
SWEEP_S = 2.0
AGAIN_S = 0.2
PATIENCE_S = 5.0  # for a connection or an answer
LONGEST_S = 60.0  # for thousands of jobs
# A peer that is gone without a word (its host died) is noticed after 5 + 3 * 2 s, by the server and by us.
_KEEPALIVE: dict[str, Any] = {
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 11_000,
}
_SERVER_KEEPALIVE = (
    "select set_config('tcp_keepalives_idle', '5', false), set_config('tcp_keepalives_interval', '2', false),"
    " set_config('tcp_keepalives_count', '3', false), set_config('tcp_user_timeout', '11000', false)"
)
_TRY = f"select pg_try_advisory_lock({LOCKS}, hashtext(%s))"
_FREE = f"select pg_advisory_unlock({LOCKS}, hashtext(%s))"
# A session of ours that we lost and the server has not missed yet: only it can hold this lock under this number.
_END_OLD = (
    "select pg_terminate_backend(pid) from pg_locks where pid = %s and locktype = 'advisory' and granted"  # noqa: S608 - a constant
    f" and classid = {LOCKS} and objid = hashtext(%s)::oid"
)
_OTHERS = (
    "select distinct executor_id from dbos.workflow_status"
    " where status = 'PENDING' and executor_id <> %s and application_version = %s"
)

log = get_logger(__name__)


class Liveness:
    """Shows that this process lives, and finds out who does not.

    `life` names this run of the process; `recover` puts the unfinished work of another life, of the engine's `version`,
    back into the queues. It blocks, and is called in a thread of its own. Raises nothing: what goes wrong is logged, and
    tried again.
    """

    def __init__(self, database: str, life: str, version: str, recover: Callable[[str], object]) -> None:
        self._url, self._life, self._version, self._recover = sync_url(database), life, version, recover
        self._held = asyncio.Event()
        self._loop: asyncio.Task[None] | None = None
        self._pid: int | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="liveness")

    @property
    def held(self) -> bool:
        """Whether the others can see that this process lives, as far as it knows."""
        return self._held.is_set()

    async def until_held(self) -> None:
        """Wait until the others can see it; what is begun before would be taken for a dead process's."""
        await self._held.wait()

    async def start(self) -> None:
        """Take the lock, however long that takes, and watch the others from then on."""
        self._loop = asyncio.create_task(self._run())
        await self._held.wait()

    async def stop(self) -> None:
        """Let go: what this process still has is the others' now."""
        if self._loop:
            self._loop.cancel()
            with suppress(asyncio.CancelledError):
                await self._loop
        self._thread.shutdown(wait=False)

    async def _run(self) -> None:
        lost = False
        while True:
            try:
                async with self._session() as session:
                    if lost:
                        log.info("liveness_back")
                    lost = False
                    self._held.set()
                    await self._watch(session)
            except Exception as error:  # noqa: BLE001 - without its lock this process does nothing: it tries on
                if not lost:
                    kind, where = type(error).__name__, where_it_failed(error)
                    log.error("liveness_lost", error=kind, where=where)  # noqa: TRY400 - a traceback quotes values
                lost = True
            finally:
                self._held.clear()
            await asyncio.sleep(AGAIN_S)

    @asynccontextmanager
    async def _session(self) -> AsyncIterator[Any]:
        """A connection of its own that holds our lock; never one of a pool, which may be handed on or reset."""
        from psycopg import AsyncConnection

        async with asyncio.timeout(PATIENCE_S):
            session = await AsyncConnection.connect(
                self._url, autocommit=True, application_name="samen-liveness", **_KEEPALIVE
            )
        try:
            await _ask(session, _SERVER_KEEPALIVE)
            if self._pid:
                await _ask(session, _END_OLD, self._pid, self._life)
            while not (await _ask(session, _TRY, self._life))[0][0]:  # noqa: ASYNC110 - it is elsewhere that it changes
                # Somebody is looking whether we live, or the server has not missed our old session yet.
                await asyncio.sleep(AGAIN_S)
            self._pid = session.info.backend_pid
            yield session
        finally:
            await session.close()

    async def _watch(self, session: Any) -> None:
        seen: frozenset[str] = frozenset()
        while True:
            # Nobody notifies us; unlike a sleep this ends at once, with an error, when the session does: long before
            # somebody has missed us twice.
            async for _ in session.notifies(timeout=SWEEP_S):
                pass
            seen = await self._sweep(session, seen)

    async def _sweep(self, session: Any, seen: frozenset[str]) -> frozenset[str]:
        """Those without a lock now; the work of those that had none the last time either is taken over."""
        free = set()
        for (other,) in await _ask(session, _OTHERS, self._life, self._version):
            if (await _ask(session, _TRY, other))[0][0]:
                free.add(other)
                if other in seen:
                    log.warning("taking_over")
                    async with asyncio.timeout(LONGEST_S):
                        await asyncio.get_running_loop().run_in_executor(self._thread, self._recover, other)
                # Held meanwhile, so that only one of us does it. Where something fails it goes with the session.
                await _ask(session, _FREE, other)
        return frozenset(free)


async def _ask(session: Any, question: str, *values: object) -> Any:
    async with asyncio.timeout(PATIENCE_S):
        return await (await session.execute(question, values)).fetchall()
