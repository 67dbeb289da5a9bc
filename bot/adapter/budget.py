"""What answers cost a conversation of its 60 messages in 30 s: told to the other processes, not waited for."""

import asyncio
from collections import Counter
from contextlib import suppress

from bot.logs import get_logger, where_it_failed
from bot.services.pacing import Pacing, pace_name
from bot.turn import Reference, Scope

EVERY = 1.0  # seconds

log = get_logger(__name__)


class Budget:
    """Notes what was said in groups, channels and meetings, written down together about once a second.

    In somebody's own chat nobody says so much. Without `pacing` nothing is noted.
    """

    def __init__(self, pacing: Pacing | None, every: float = EVERY) -> None:
        self._pacing, self._every = pacing, every
        self._counts: Counter[str] = Counter()
        self._soon: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()

    def spoken(self, to: Reference) -> None:
        """Something was said there just now."""
        if self._pacing is None or to.scope is Scope.PERSONAL:
            return
        self._counts[pace_name(to)] += 1
        if self._soon is None or self._soon.done():
            self._soon = asyncio.create_task(self._write(self._pacing))

    async def close(self) -> None:
        """Write down what is not written yet."""
        self._closing.set()
        if self._soon:
            await self._soon

    async def _write(self, pacing: Pacing) -> None:
        while self._counts:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), self._every)
            counts, self._counts = self._counts, Counter()
            try:
                await pacing.note(counts)
            except Exception as error:  # noqa: BLE001 - it is a courtesy to others: Teams itself still says when it is too much
                log.warning("budget_not_noted", error=type(error).__name__, where=where_it_failed(error))
