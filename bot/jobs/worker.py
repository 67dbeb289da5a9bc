"""Working off what waits in a table: some at a time, a few at once, for a bounded time."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Generic, Protocol, TypeVar

Row = TypeVar("Row")
Row_co = TypeVar("Row_co", covariant=True)

# What one replica took is left alone so long; one call to Teams takes 8 s at most.
LEASE = timedelta(minutes=2)
BATCH = 20
AT_ONCE = 5
LONGEST_S = 25.0  # per round: the next minute goes on


class Queue(Protocol[Row_co]):
    async def take(self, now: datetime, until: datetime, most: int) -> Sequence[Row_co]: ...


class Worker(Generic[Row]):
    """Hands rows to `work`, which must not raise. Closed, it takes no more and lets what is under way end."""

    def __init__(self, queue: Queue[Row], work: Callable[[Row, datetime], Awaitable[None]]) -> None:
        self._queue, self._work = queue, work
        self._under_way: set[asyncio.Task[None]] = set()
        self._closed = False

    async def due(self, now: datetime) -> None:
        """Work off what is due at `now`, for LONGEST_S at most."""
        loop = asyncio.get_running_loop()
        end = loop.time() + LONGEST_S
        places = asyncio.Semaphore(AT_ONCE)
        while not self._closed and loop.time() < end:
            rows = await self._queue.take(now, now + LEASE, BATCH)
            if not rows:
                return
            # Tasks of their own, and waited for without `gather`: ending the tick must not cut a message in two.
            tasks = [asyncio.create_task(self._one(row, now, places)) for row in rows]
            self._under_way.update(tasks)
            for task in tasks:
                task.add_done_callback(self._under_way.discard)
            await asyncio.wait(tasks)
            errors = [error for task in tasks if (error := task.exception())]
            if errors:
                raise errors[0]

    async def close(self, grace: float) -> None:
        """Take no more; wait up to `grace` seconds for what is under way."""
        self._closed = True
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=grace)

    async def _one(self, row: Row, now: datetime, places: asyncio.Semaphore) -> None:
        async with places:
            if not self._closed:  # else it is taken again when the lease ends
                await self._work(row, now)
