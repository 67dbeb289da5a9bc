"""The token service over HTTP: every call, every way it says no, and the app's own token with each."""

import asyncio
import base64
import json
import time
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from graph.errors import (
    BusyError,
    ConsentMissingError,
    GraphError,
    NotSignedInError,
    RefusedError,
    TokenUnavailableError,
    UnreachableError,
)
from graph.types import ExchangeResource, SignIn, UserToken
from graph.user_tokens import PATIENCE, Owner, UserTokens

ANOUK = Owner("29:1-anouk")
TOKEN, ASSERTION, APP = "eyJ0-token", "eyJ0-from-teams", "eyJ0-app"
SECRETS = (TOKEN, ASSERTION, APP, ANOUK.channel_user_id, "Anouk de Wit")
HERS = {"userId": "29:1-anouk", "connectionName": "graph", "channelId": "msteams"}
GIVEN = {"channelId": "msteams", "connectionName": "graph", "token": TOKEN, "expiration": "2026-11-23T10:00:00Z"}
CONVERSATION = {"conversation": {"id": "a:1"}, "user": {"id": "29:1-anouk"}, "channelId": "msteams"}
CALLS: dict[str, Callable[[UserTokens], Awaitable[Any]]] = {
    "token": lambda tokens: tokens.token(ANOUK),
    "code": lambda tokens: tokens.token(ANOUK, "123456"),
    "exchange": lambda tokens: tokens.exchange(ANOUK, ASSERTION),
    "sign_in": lambda tokens: tokens.sign_in("app-1", CONVERSATION),
    "sign_out": lambda tokens: tokens.sign_out(ANOUK),
}
every_call = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)


class Service:
    """The token service: `asked` holds what it got, `says` what it answers, None that it hangs up."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, dict[str, str], Any, str | None]] = []
        self.says: Callable[[], web.Response] | None = web.Response
        self.open = asyncio.Event()
        self.open.set()

    async def answer(self, request: web.Request) -> web.Response:
        body = await request.json() if request.can_read_body else None
        bearer = request.headers.get("Authorization")
        self.asked.append((request.method, request.path, dict(request.query), body, bearer))
        await self.open.wait()
        if self.says is None:
            request.transport.abort()
        return self.says() if self.says else web.Response()


@pytest.fixture
async def service() -> AsyncIterator[tuple[Service, str]]:
    service = Service()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", service.answer)
    server = TestServer(application)
    await server.start_server()
    yield service, str(server.make_url(""))
    service.open.set()
    await server.close()


@pytest.fixture
def teams(service: tuple[Service, str]) -> Service:
    return service[0]


@pytest.fixture
async def tokens(service: tuple[Service, str]) -> AsyncIterator[UserTokens]:
    async def bearer() -> str:
        return APP

    async with UserTokens("graph", bearer, service[1]) as tokens:
        yield tokens


def says(status: int, body: Any = None, **headers: str) -> Callable[[], web.Response]:
    return lambda: web.json_response(body, status=status, headers=headers)


def consent(code: str) -> dict[str, Any]:
    message = f"{code}: Anouk de Wit (29:1-anouk) has not consented, assertion {ASSERTION}"
    return {"error": {"code": "BadRequest", "message": message}}


async def refused(call: Awaitable[Any]) -> GraphError:
    with pytest.raises(GraphError) as caught:
        await call
    told = "".join(traceback.format_exception(caught.value))
    assert not [word for word in SECRETS if word in told]
    return caught.value


async def test_a_token(tokens: UserTokens, teams: Service) -> None:
    teams.says = says(200, GIVEN)
    token = await tokens.token(ANOUK)
    assert token == UserToken(TOKEN)
    assert TOKEN not in repr(token)
    assert teams.asked == [("GET", "/api/usertoken/GetToken", HERS, None, f"Bearer {APP}")]


async def test_a_token_for_the_code_that_a_client_brings(tokens: UserTokens, teams: Service) -> None:
    teams.says = says(200, GIVEN)
    await tokens.token(ANOUK, "123456")
    assert teams.asked == [("GET", "/api/usertoken/GetToken", HERS | {"code": "123456"}, None, f"Bearer {APP}")]


async def test_exchange(tokens: UserTokens, teams: Service) -> None:
    teams.says = says(200, {k: v for k, v in GIVEN.items() if k != "expiration"})
    assert await tokens.exchange(ANOUK, ASSERTION) == UserToken(TOKEN)
    assert teams.asked == [("POST", "/api/usertoken/exchange", HERS, {"token": ASSERTION}, f"Bearer {APP}")]


async def test_how_to_sign_in(tokens: UserTokens, teams: Service) -> None:
    resource = {"id": "r-1", "uri": "api://samen.example/app-1", "providerId": "30dd229c"}
    teams.says = says(200, {"signInLink": "https://token.example/?secret", "tokenExchangeResource": resource})
    found = await tokens.sign_in("app-1", CONVERSATION)
    expected = SignIn("https://token.example/?secret", ExchangeResource("r-1", resource["uri"], "30dd229c"))
    assert found == expected
    assert "secret" not in repr(found)
    ((method, path, query, _, _),) = teams.asked
    assert (method, path) == ("GET", "/api/botsignin/GetSignInResource")
    state = {"connectionName": "graph", "conversation": CONVERSATION, "msAppId": "app-1"}
    assert json.loads(base64.b64decode(query["state"])) == state


async def test_without_single_sign_on_there_is_a_link(tokens: UserTokens, teams: Service) -> None:
    teams.says = says(200, {"signInLink": "https://token.example/", "tokenExchangeResource": None})
    assert (await tokens.sign_in(None, CONVERSATION)).exchange is None


@pytest.mark.parametrize("status", [200, 204, 404])
async def test_sign_out(tokens: UserTokens, teams: Service, status: int) -> None:
    teams.says = lambda: web.Response(status=status)
    await tokens.sign_out(ANOUK)
    assert teams.asked == [("DELETE", "/api/usertoken/SignOut", HERS, None, f"Bearer {APP}")]


async def test_nobody_signed_in(tokens: UserTokens, teams: Service) -> None:
    teams.says = says(404)
    for call in (tokens.token(ANOUK), tokens.token(ANOUK, "000000"), tokens.exchange(ANOUK, ASSERTION)):
        assert type(await refused(call)) is NotSignedInError


@every_call
@pytest.mark.parametrize(
    ("status", "code", "admin"),
    [
        (400, "AADSTS65001", False),
        (400, "AADSTS65004", False),
        (403, "consent_required", False),
        (412, "anything", False),
        (400, "AADSTS90094", True),
        (400, "AADSTS90095", True),
        (403, "AADSTS65001, AdminConsentRequired", True),
    ],
)
async def test_consent_is_missing(
    tokens: UserTokens,
    teams: Service,
    call: Callable[[UserTokens], Awaitable[Any]],
    status: int,
    code: str,
    admin: bool,
) -> None:
    teams.says = says(status, consent(code))
    found = await refused(call(tokens))
    assert isinstance(found, ConsentMissingError)
    assert (found.admin, found.status) == (admin, status)


@every_call
@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, {"error": "invalid_grant", "error_description": "AADSTS70008: expired"}, NotSignedInError),
        (400, {"error": {"code": "BadArgument", "message": "AADSTS650011 is another number"}}, RefusedError),
        (401, {"error": {"code": "Unauthorized", "message": "the app's own token"}}, RefusedError),
        (403, {"error": {"code": "Forbidden", "message": "no"}}, RefusedError),
        (302, None, RefusedError),
        (429, None, BusyError),
        (503, None, BusyError),
        (500, {"error": {"code": "ServiceError", "message": "AADSTS65001"}}, UnreachableError),
    ],
)
async def test_each_other_refusal_has_its_name(
    tokens: UserTokens,
    teams: Service,
    call: Callable[[UserTokens], Awaitable[Any]],
    status: int,
    body: Any,
    kind: type[GraphError],
) -> None:
    teams.says = says(status, body, **{"Retry-After": "4", "Location": "/api/usertoken/GetToken"})
    found = await refused(call(tokens))
    assert type(found) is kind
    assert found.status == status
    assert found.retry_after == (4.0 if kind is BusyError else None)
    assert len(teams.asked) == 1


@pytest.mark.parametrize("name", CALLS)
async def test_it_hangs_up(tokens: UserTokens, teams: Service, name: str) -> None:
    teams.says = None
    assert type(await refused(CALLS[name](tokens))) is UnreachableError
    if name == "exchange":  # one that may have been done is not asked for twice
        assert len(teams.asked) == 1


async def test_it_does_not_answer(tokens: UserTokens, teams: Service) -> None:
    teams.open.clear()
    began = time.monotonic()
    kinds = {type(found) for found in await asyncio.gather(*(refused(call(tokens)) for call in CALLS.values()))}
    assert kinds == {UnreachableError}
    assert time.monotonic() - began < (PATIENCE.total or 0) + 5  # aiohttp itself waits for five minutes


@pytest.mark.parametrize("raw", [b"", b"<html>", b"[]", b"{}", b'{"token": ""}', b'{"token": 4}', b'{"signInLink": 4}'])
@pytest.mark.parametrize("name", ["token", "exchange", "sign_in"])
async def test_junk_is_no_token(tokens: UserTokens, teams: Service, name: str, raw: bytes) -> None:
    teams.says = lambda: web.Response(body=raw, content_type="application/json")
    assert type(await refused(CALLS[name](tokens))) is UnreachableError


REFUSED = says(401, {"error": {"code": "Unauthorized"}})
FRESH = {
    "token": says(200, GIVEN),
    "code": says(200, GIVEN),
    "exchange": says(200, GIVEN),
    "sign_in": says(200, {"signInLink": "https://token.example/"}),
    "sign_out": web.Response,
}


@pytest.mark.parametrize("name", CALLS)
async def test_an_app_token_that_is_refused_is_dropped_and_asked_for_once_more(
    service: tuple[Service, str], name: str
) -> None:
    """A key was rolled: without this nobody signs in until the token that is kept ends by itself, within the hour."""
    teams, url = service
    kept = ["old", "fresh"]

    async def bearer() -> str:
        return kept[0]

    def answer() -> web.Response:
        return REFUSED() if teams.asked[-1][4] == "Bearer old" else FRESH[name]()

    teams.says = answer
    async with UserTokens("graph", bearer, url, forget=kept.remove) as tokens:
        await CALLS[name](tokens)
    assert [bearer for *_, bearer in teams.asked] == ["Bearer old", "Bearer fresh"]
    assert teams.asked[0][:4] == teams.asked[1][:4]


async def test_a_fresh_app_token_is_asked_for_once_only(service: tuple[Service, str]) -> None:
    teams, url = service
    given: list[str] = []

    async def bearer() -> str:
        return f"token-{len(given)}"

    teams.says = REFUSED
    async with UserTokens("graph", bearer, url, forget=given.append) as tokens:
        assert type(await refused(tokens.token(ANOUK))) is RefusedError
    assert given == ["token-0"]
    assert len(teams.asked) == 2


async def test_in_the_sandbox_there_is_no_app_token(service: tuple[Service, str]) -> None:
    teams, url = service
    teams.says = says(200, GIVEN)
    async with UserTokens("graph", base_url=f"{url}/") as tokens:
        await tokens.token(ANOUK)
    assert teams.asked == [("GET", "/api/usertoken/GetToken", HERS, None, None)]


async def test_without_an_app_token_nothing_is_asked(service: tuple[Service, str]) -> None:
    async def bearer() -> str:
        raise TokenUnavailableError("no identity")

    teams, url = service
    async with UserTokens("graph", bearer, url) as tokens:
        for call in CALLS.values():
            with pytest.raises(TokenUnavailableError):
                await call(tokens)
    assert teams.asked == []


async def test_many_at_once(tokens: UserTokens, teams: Service) -> None:
    teams.says = None
    teams.open.clear()
    asked = [asyncio.ensure_future(tokens.token(Owner(f"29:{number}"))) for number in range(32)]
    while len(teams.asked) < len(asked):  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    for task in asked:
        task.cancel()
    await asyncio.gather(*asked, return_exceptions=True)
    assert {query["userId"] for _, _, query, _, _ in teams.asked} == {f"29:{number}" for number in range(32)}
