"""Between the bots and their twins of Microsoft Graph: passes every request on, and ends a bot at the one it was told.

Each run has a house of its own, and each life in it a number: these are the first parts of its address. A step is a request that arrives, and is not
passed on yet, or one that the twin has done, and whose answer has not gone out yet.
"""

import asyncio
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web
from yarl import URL

# What stands for one connection only.
_HOP = {"host", "connection", "content-length", "transfer-encoding", "keep-alive"}


@dataclass
class House:
    """One run's way to its twin, for the `life` that it is in: what an earlier one still had under way never arrives.

    `pid` is the bot to end at the `kill_at`th step, counted while it is `armed`.
    """

    twin_port: int
    kill_at: int | None = None
    life: int = 0
    pid: int = 0
    armed: bool = False
    under_way: int = 0
    steps: list[str] = field(default_factory=list)

    def step(self, told: str) -> bool:
        """Whether this was the last one."""
        if not self.armed:
            return False
        self.steps.append(told)
        if len(self.steps) != self.kill_at or not self.pid:
            return False
        self.armed = False
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        return True


class Gate:
    """One server in a thread of its own, for all houses."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._houses: dict[str, House] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._runner = asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)

    @contextmanager
    def house(self, name: str, twin_port: int, kill_at: int | None) -> Iterator[House]:
        self._houses[name] = House(twin_port, kill_at)
        try:
            yield self._houses[name]
        finally:
            del self._houses[name]

    def url(self, name: str, life: int = 0) -> str:
        return f"http://127.0.0.1:{self.port}/{name}/{life}"

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _start(self) -> web.AppRunner:
        self._session = aiohttp.ClientSession(auto_decompress=False)
        application = web.Application()
        application.router.add_route("*", "/{house}/{life}/{path:.*}", self._pass)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self.port).start()
        return runner

    async def _stop(self) -> None:
        await self._runner.cleanup()
        await self._session.close()

    async def _pass(self, request: web.Request) -> web.StreamResponse:
        house = self._houses[request.match_info["house"]]
        house.under_way += 1
        try:
            return await self._passed(request, house)
        finally:
            house.under_way -= 1

    async def _passed(self, request: web.Request, house: House) -> web.StreamResponse:
        rest, body = request.raw_path.split("/", 3)[3], await request.read()
        told = f"{request.method} {_what(request.path)}"
        if int(request.match_info["life"]) != house.life or house.step(f"asking {told}"):
            return web.Response(status=502)  # to a process that is gone
        url = URL(f"http://127.0.0.1:{house.twin_port}/{rest}", encoded=True)
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _HOP}
        async with self._session.request(
            request.method, url, data=body, headers=headers, allow_redirects=False
        ) as answer:
            raw = await answer.read()
            kept = {name: value for name, value in answer.headers.items() if name.lower() not in _HOP}
        house.step(f"answered {told}")
        return web.Response(status=answer.status, headers=kept, body=raw)


def _what(path: str) -> str:
    """What a request is about, without whose and which."""
    parts = path.split("/")
    return "event" if parts[-2:-1] == ["events"] else parts[-1]
