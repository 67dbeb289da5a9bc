"""Load: so many connections, each with one request under way always, and how long the answers take."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from tests.bench.microsoft import length_of

DRAIN_SECONDS = 30.0
LONGER = 20  # quarters of a window

Next = Callable[[], bytes]


@dataclass
class Window:
    """What was seen between its beginning and its end: the answers' times in seconds, and their statuses."""

    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    sample: bytes = b""

    @property
    def rate(self) -> float:
        """Answers per second."""
        return len(self.times) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """Seconds within which this share of the answers came."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")

    @property
    def good(self) -> bool:
        """Whether every answer was a yes, and there was one."""
        return bool(self.times) and all(200 <= status < 300 for status in self.statuses)


class Load:
    """Keeps `connections` requests under way at a bot on loopback; `make` gives each next request."""

    def __init__(self, port: int, make: Next, connections: int) -> None:
        self._port, self._make, self._count = port, make, connections
        self._callers: list[_Caller] = []
        self.window: Window | None = None
        self._most = self._sent = 0  # requests to send in all; 0 = no end
        self._busy = 0
        self._rested = asyncio.Event()

    async def open(self) -> None:
        loop = asyncio.get_running_loop()
        for _ in range(self._count):
            _, caller = await loop.create_connection(lambda: _Caller(self), "127.0.0.1", self._port)
            self._callers.append(caller)

    def begin(self) -> None:
        """Let every connection ask, and ask again with each answer."""
        self._busy = len(self._callers)
        self._rested.clear()
        for caller in self._callers:
            caller.ask()

    async def measure(self, seconds: float) -> Window:
        """What comes in the next `seconds`, and in some more where a slow bot's first wave is still to come."""
        window = self.window = Window()
        began = time.perf_counter()
        await asyncio.sleep(seconds)
        for _ in range(LONGER):
            if len(window.times) >= self._count:
                break
            await asyncio.sleep(seconds / 4)
        window.seconds = time.perf_counter() - began
        self.window = None
        return window

    async def send(self, count: int) -> None:
        """Ask so many times in all, then rest. For counting on, not for measuring."""
        self._most, self._sent = count, 0
        self.begin()
        await self._rested.wait()

    async def close(self) -> None:
        """Ask no more, wait for the answers under way, and hang up."""
        self._most = self._sent = 1
        with suppress(TimeoutError):
            await asyncio.wait_for(self._rested.wait(), DRAIN_SECONDS)
        for caller in self._callers:
            caller.hang_up()
        await asyncio.sleep(0)

    def next(self) -> bytes | None:
        """The next request, None when enough was sent."""
        if self._most and self._sent >= self._most:
            self.rest()
            return None
        self._sent += 1
        return self._make()

    def rest(self) -> None:
        """One connection has nothing under way any more."""
        self._busy -= 1
        if self._busy <= 0:
            self._rested.set()

    def came(self, head: bytes, body: bytes, seconds: float) -> None:
        """An answer."""
        window = self.window
        if window is not None:
            window.times.append(seconds)
            window.statuses[int(head[9:12])] += 1
            window.sample = window.sample or body


class _Caller(asyncio.Protocol):
    """One connection of a load."""

    def __init__(self, load: Load) -> None:
        self._load, self._buffer, self._asked = load, b"", 0.0
        self._busy = self._lost = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def connection_lost(self, _: Exception | None) -> None:
        self._lost = True
        if self._busy:
            self._busy = False
            self._load.rest()

    def ask(self) -> None:
        request = None if self._lost else self._load.next()
        self._busy = request is not None
        if request is not None:
            self._asked = time.perf_counter()
            self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self._buffer[:end]
        whole = end + 4 + length_of(head)
        if len(self._buffer) < whole:
            return
        self._load.came(head, self._buffer[end + 4 : whole], time.perf_counter() - self._asked)
        self._buffer = self._buffer[whole:]
        self.ask()

    def hang_up(self) -> None:
        self._transport.abort()
