"""Graph's side of the wire on loopback: answers what it is told to, and holds every request against the contract."""

import asyncio
import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.graph import contract

DROPPED = 0  # no answer: the connection goes, after the request was read


@dataclass(frozen=True)
class Asked:
    """One request. `path` stands below /v1.0, as it came."""

    method: str
    path: str
    query: Mapping[str, str]
    body: Any
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Next:
    """An answer. `raw` instead of JSON; junk is not held against the contract."""

    body: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None

    @property
    def bytes(self) -> bytes:
        if self.raw is not None:
            return self.raw
        return b"" if self.body is None else json.dumps(self.body).encode()


class Stage:
    """`asked` is what came, `complaints` what was wrong with it; `open` lets answers go out, `waiting` is how many wait for that."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.complaints: list[str] = []
        self.open = asyncio.Event()
        self.open.set()
        self.waiting = 0
        self._changed = asyncio.Condition()
        self._next: deque[Next] = deque()
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self._answer)
        self._server = TestServer(application)

    def clear(self) -> None:
        """Forget what was asked and what was still to be said."""
        self.asked.clear()
        self.complaints.clear()
        self._next.clear()
        self.open.set()

    async def start(self) -> None:
        await self._server.start_server()

    async def stop(self) -> None:
        self.open.set()
        await self._server.close()

    @property
    def url(self) -> str:
        return str(self._server.make_url("/v1.0"))

    def answers(self, *answers: Next) -> None:
        """What to say to the next requests; after that an empty 204."""
        self._next.extend(answers)

    async def until_waiting(self, count: int) -> None:
        """Until so many requests wait for their answer at once."""
        async with self._changed:
            await self._changed.wait_for(lambda: self.waiting == count)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        raw = await request.read()
        path = request.rel_url.raw_path.removeprefix("/v1.0")
        asked = Asked(request.method, path, request.query, json.loads(raw) if raw else None, request.headers)
        self.asked.append(asked)
        answer = self._next.popleft() if self._next else Next(status=204)
        self._hold_against_contract(request, asked, raw, answer)
        await self._wait()
        if answer.status == DROPPED:
            request.transport.abort()
        told = {"Content-Type": "application/json", **answer.headers}
        return web.Response(status=answer.status or 500, body=answer.bytes, headers=told)

    async def _wait(self) -> None:
        async with self._changed:
            self.waiting += 1
            self._changed.notify_all()
        try:
            await self.open.wait()
        finally:
            self.waiting -= 1

    def _hold_against_contract(self, request: web.Request, asked: Asked, raw: bytes, answer: Next) -> None:
        if not contract.SLICE.exists():
            return  # tests/graph/test_contract.py says so
        held = contract.Request(
            asked.method.lower(), asked.path, list(request.query.items()), request.headers, raw or None
        )
        told = contract.Answer(answer.status, answer.bytes)
        wrong = contract.contract().complaints(held)
        if answer.raw is None and answer.status not in (DROPPED, 302):
            wrong = wrong or contract.contract().answer_complaints(held, told)
        self.complaints += [f"{asked.method} {asked.path}: {complaint}" for complaint in wrong]
