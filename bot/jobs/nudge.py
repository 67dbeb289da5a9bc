"""Sending within a moment: a message that can go at once does not wait for the next minute."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime

from bot.logs import get_logger, where_it_failed
from bot.services.clock import Clock

log = get_logger(__name__)


class Nudge:
    """Calls `due` when it is nudged; nudged again meanwhile, once more after it. What it misses the tick finds."""

    def __init__(self, due: Callable[[datetime], Awaitable[None]], clock: Clock) -> None:
        self._due, self._clock = due, clock
        self._nudged = asyncio.Event()
        self._loop: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._loop = asyncio.create_task(self._run())

    async def stop(self) -> None:
        if self._loop:
            self._loop.cancel()
            with suppress(asyncio.CancelledError):
                await self._loop

    def __call__(self) -> None:
        """There is something to send."""
        self._nudged.set()

    async def _run(self) -> None:
        while True:
            await self._nudged.wait()
            self._nudged.clear()
            try:
                await self._due(self._clock.now())
            except Exception as error:  # noqa: BLE001 - the tick tries again
                log.error("nudge_failed", error=type(error).__name__, where=where_it_failed(error))  # noqa: TRY400 - a traceback quotes values
