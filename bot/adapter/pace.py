"""How long things may take, and the work that outlives its request."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.logs import get_logger, where_it_failed

log = get_logger(__name__)
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds. Teams gives up on a press after 5; the Bot Framework on a message after 15."""

    typing: float = 2.0
    press: float = 4.5
    message: float = 10.0
    longest: float = 60.0
    goodbye: float = 5.0


class Background:
    """Work that its request no longer waits for; it is finished, or ended, before the door closes."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
        """Begin; an error that nobody waits for is logged."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    async def rest(self) -> None:
        """Wait until all work is done, also what begins meanwhile."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def close(self, grace: float) -> None:
        """Let the work finish within `grace` seconds, then end it."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("work_failed", error=type(error).__name__, where=where_it_failed(error))
