"""A twin behind a real port, with a clock that tests move, every exchange held against Graph's contract."""

import base64
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from graph.sandbox.people import TWO
from graph.sandbox.server import application, twin
from tests.graph import contract

ANNEKE, JORIS = TWO
START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday, ten o'clock in Amsterdam
CONNECTION = "graph"


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)


class Served:
    """`ask` speaks to Graph as a person, `tokens` to the token service, `own` to the twin itself."""

    def __init__(self, folder: Path, sign_in: str = "signed_in") -> None:
        self.clock = Clock()
        self.state = folder / "twin.json"
        self.twin = twin(self.state, TWO, self.clock, sign_in)
        self.complaints: list[str] = []
        app = application(self.twin)
        app.middlewares.insert(0, self._held)
        self._server = TestServer(app)

    async def __aenter__(self) -> Self:
        await self._server.start_server()
        self.url = str(self._server.make_url("")).rstrip("/")
        self.session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.session.close()
        await self._server.close()
        assert self.complaints == []

    async def tokens(self, method: str, path: str, person: Any = ANNEKE, **more: Any) -> tuple[int, Any]:
        query = {"userId": person.channel_user_id, "connectionName": CONNECTION, "channelId": "msteams"}
        query |= more.pop("query", {})
        return await self.own(method, f"/api/usertoken/{path}", params=query, **more)

    async def token(self, person: Any = ANNEKE) -> str:
        status, told = await self.tokens("GET", "GetToken", person)
        assert status == 200, told
        return told["token"]

    async def ask(
        self, method: str, path: str, body: Any = None, person: Any = ANNEKE, query: Any = None, **headers: str
    ) -> tuple[int, Any]:
        """`path` stands below the person's own."""
        headers = {"Authorization": f"Bearer {await self.token(person)}"} | headers
        url = f"/v1.0/users/{person.user_id}{path}"
        return await self.own(method, url, json=body, params=query, headers=headers)

    async def own(self, method: str, path: str, **more: Any) -> tuple[int, Any]:
        async with self.session.request(method, self.url + path, allow_redirects=False, **more) as answer:
            raw = await answer.read()
            self.headers = answer.headers
            return answer.status, json.loads(raw) if answer.content_type == "application/json" and raw else raw

    async def does(self, act: str, person: Any = ANNEKE, **told: Any) -> list[str]:
        status, answer = await self.own("POST", f"/_twin/people/{person.user_id}/acts", json={"act": act, **told})
        assert status == 200, answer
        return answer["made"]

    async def seen(self, person: Any = ANNEKE) -> tuple[str, str]:
        _, told = await self.ask("GET", "/presence", person=person)
        return told["availability"], told["activity"]

    @web.middleware
    async def _held(self, request: web.Request, handler: Any) -> web.StreamResponse:
        answer = await handler(request)
        arrives = request.transport is not None and not request.transport.is_closing()
        if request.path.startswith("/v1.0/") and contract.SLICE.exists() and arrives:
            await self._hold(request, answer)
        return answer

    async def _hold(self, request: web.Request, answer: web.Response) -> None:
        raw = await request.read()
        path = request.rel_url.raw_path.removeprefix("/v1.0")
        held = contract.Request(request.method.lower(), path, list(request.query.items()), request.headers, raw or None)
        wrong = contract.contract().complaints(held)
        told = contract.Answer(answer.status, answer.body, content_type=answer.content_type)
        # A request that the twin takes must be one that Graph takes; one that it refuses may be wrong.
        found = contract.contract().answer_complaints(held, told) if not wrong else wrong * (answer.status < 400)
        self.complaints += [f"{request.method} {path} {answer.status}: {one}" for one in found]


def when(at: datetime, zone: str = "UTC") -> dict[str, str]:
    return {"dateTime": at.replace(tzinfo=None).isoformat(), "timeZone": zone}


def block(start: datetime = START, minutes: int = 90, **more: Any) -> dict[str, Any]:
    end = start + timedelta(minutes=minutes)
    return {"subject": "bezwaarschrift", "start": when(start), "end": when(end), **more}


def sso(user_id: str) -> str:
    payload = base64.urlsafe_b64encode(json.dumps({"oid": user_id}).encode()).decode().rstrip("=")
    return f"e30.{payload}.signature"
