"""The managed identity, against an identity endpoint on loopback as Azure's own App Service offers one."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from graph.credential import PATIENCE, managed_identity
from graph.errors import TokenUnavailableError


class Identity:
    """Azure's identity endpoint: `asked` holds the queries it got."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        self.status = 200
        self.open = asyncio.Event()
        self.open.set()

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(dict(request.query))
        assert request.headers["X-IDENTITY-HEADER"] == "header"
        await self.open.wait()
        later = int(datetime.now(UTC).timestamp()) + 86_400
        body = {
            "access_token": "identity-token",
            "expires_on": str(later),
            "resource": request.query["resource"],
            "token_type": "Bearer",
        }
        return web.json_response(body if self.status == 200 else {"error": "no such identity"}, status=self.status)


@pytest.fixture
async def identity(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Identity]:
    identity = Identity()
    application = web.Application()
    application.router.add_get("/token", identity.answer)
    server = TestServer(application)
    await server.start_server()
    monkeypatch.setenv("IDENTITY_ENDPOINT", str(server.make_url("/token")))
    monkeypatch.setenv("IDENTITY_HEADER", "header")
    yield identity
    await server.close()


async def test_a_token_is_asked_for_once(identity: Identity) -> None:
    source = managed_identity("client-1")
    assert set(await asyncio.gather(*(source.token() for _ in range(10)))) == {"identity-token"}
    assert await source.token() == "identity-token"
    source.forget("identity-token")
    await source.close()
    (query,) = identity.asked
    assert query["resource"] == "https://api.botframework.com"
    assert query["client_id"] == "client-1"


async def test_no_identity_is_one_named_error(identity: Identity) -> None:
    identity.status = 400
    source = managed_identity("client-1")
    with pytest.raises(TokenUnavailableError):
        await source.token()
    await source.close()


async def test_an_identity_that_hangs_is_given_up_in_time(identity: Identity) -> None:
    identity.open.clear()
    source = managed_identity("client-1")
    async with asyncio.timeout(PATIENCE + 10):  # azure-identity itself tries for more than a minute
        with pytest.raises(TokenUnavailableError):
            await source.token()
    identity.open.set()
    await source.close()
