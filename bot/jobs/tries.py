"""Doing jobs: each some tries, what fails logged and counted, and all of them ended in an orderly way."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Coroutine, Sequence

from bot.domain.health import Failure
from bot.logs import get_logger, where_it_failed
from bot.services.health import Health
from bot.telemetry import JOB, timed

# Seconds before each further try, up to half as much again. What still fails then, the minute tick finds again.
PAUSES = (0.5, 2.0, 8.0)
LAST_MOMENT_S = 1.0

log = get_logger(__name__)


class Tries:
    """The jobs under way in this process."""

    def __init__(self, health: Health, pauses: Sequence[float] = PAUSES) -> None:
        self._health, self._pauses = health, pauses
        self._under_way: set[asyncio.Task[object]] = set()
        self._closed = False

    async def run(self, name: str, job: Callable[[], Awaitable[None]]) -> None:
        """Do a job, as the engine's task. Whatever it raises stays here: the engine would keep the words of it.

        Raises CancelledError once closed, also where the job came to its end: whether it did all it should or saw that
        things close, nobody knows, and doing it twice does no harm. The engine leaves such a job unfinished.
        """
        self._track(asyncio.current_task())
        if not self._closed:
            await self._some_tries(name, job)
        if self._closed:
            raise asyncio.CancelledError

    def begin(self, job: Coroutine[object, object, None]) -> None:
        """Do something once that is no job of the engine's."""
        self._track(asyncio.create_task(job))

    def close(self) -> None:
        """Begin no more."""
        self._closed = True

    async def end(self, patience: float) -> None:
        """Wait up to `patience` seconds for what is under way, then end it."""
        if not self._under_way:
            return
        _, late = await asyncio.wait(self._under_way, timeout=patience)
        for task in late:
            task.cancel()
        if late:
            log.info("jobs_put_back", jobs=len(late))
            await asyncio.wait(late, timeout=LAST_MOMENT_S)

    def _track(self, task: asyncio.Task[object] | None) -> None:
        if task is not None:
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _some_tries(self, name: str, job: Callable[[], Awaitable[None]]) -> None:
        for pause in (*self._pauses, None):
            try:
                with timed(JOB, work=name):
                    await job()
            except Exception as error:  # noqa: BLE001 - whatever it was, it must not reach the engine
                kind, where = type(error).__name__, where_it_failed(error)
                log.error("job_failed", job=name, error=kind, where=where, last=pause is None)  # noqa: TRY400 - a traceback quotes values
            else:
                return
            if pause is None:
                self._health.count(Failure.JOB)
            elif not self._closed:
                await asyncio.sleep(pause * (1 + random.random() / 2))  # noqa: S311 - jitter needs no secrecy
