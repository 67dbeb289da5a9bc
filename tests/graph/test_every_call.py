"""Every call that Samen can make of Microsoft, made for real against the twin: each passes Graph's contract."""

import inspect
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from graph.account import Account
from graph.client import GraphClient
from graph.types import Draft
from graph.user_tokens import Owner, UserTokens
from graph.wire import Wire
from tests.graph.sandbox.served import ANNEKE, CONNECTION, START, Served, sso

HOUR = timedelta(hours=1)
OWNER = Owner(ANNEKE.channel_user_id)
DRAFT = Draft("rapport", START, START + HOUR, "Focus")
CALLS: dict[str, Callable[[Account, str], Awaitable[Any]]] = {
    "me": lambda account, _: account.me(),
    "presence": lambda account, _: account.presence.read(),
    "prefer": lambda account, _: account.presence.prefer("DoNotDisturb", "DoNotDisturb", HOUR),
    "clear_preferred": lambda account, _: account.presence.clear_preferred(),
    "say": lambda account, _: account.presence.say("Focus", START + HOUR),
    "view": lambda account, _: account.calendar.view(START, START + HOUR),
    "marked": lambda account, _: account.calendar.marked("s-1"),
    "event": lambda account, event: account.calendar.get(event),
    "create": lambda account, _: account.calendar.create(DRAFT, "t-2", "s-2"),
    "move_end": lambda account, event: account.calendar.move_end(event, START, START + 2 * HOUR),
    "delete": lambda account, event: account.calendar.delete(event),
    "mailbox": lambda account, _: account.mailbox.read(),
}
# botframework-connector 4.17.1, token_api/operations: method, path and what the query must hold.
TOKENS: dict[str, tuple[Callable[[UserTokens], Awaitable[Any]], str, set[str]]] = {
    "token": (lambda tokens: tokens.token(OWNER), "GET /api/usertoken/GetToken", {"userId", "connectionName"}),
    "exchange": (
        lambda tokens: tokens.exchange(OWNER, sso(ANNEKE.user_id)),
        "POST /api/usertoken/exchange",
        {"userId", "connectionName", "channelId"},
    ),
    "sign_in": (
        lambda tokens: tokens.sign_in(None, {"user": {"id": ANNEKE.channel_user_id}}),
        "GET /api/botsignin/GetSignInResource",
        {"state"},
    ),
    "sign_out": (lambda tokens: tokens.sign_out(OWNER), "DELETE /api/usertoken/SignOut", {"userId"}),
}


@pytest.fixture
async def served(tmp_path: Any) -> AsyncIterator[Served]:
    async with Served(tmp_path) as served:
        yield served


@pytest.fixture
async def tokens(served: Served) -> AsyncIterator[UserTokens]:
    async with UserTokens(CONNECTION, base_url=served.url) as tokens:
        yield tokens


@pytest.fixture
async def account(served: Served, tokens: UserTokens) -> AsyncIterator[Account]:
    client = GraphClient(f"{served.url}/v1.0")
    yield Account(client, ANNEKE.user_id, await tokens.token(OWNER))
    await client.close()


async def journal(served: Served, below: str) -> list[dict[str, Any]]:
    _, told = await served.own("GET", "/_twin/journal")
    return [one for one in told["value"] if one["path"].startswith(below)]


def methods(kind: type) -> set[str]:
    return {name for name, _ in inspect.getmembers(kind, inspect.isfunction) if not name.startswith("_")}


def test_no_call_is_left_out() -> None:
    """Whoever adds one adds it here; `page` follows a list's own link, and has a test of its own below."""
    assert set(CALLS) | {"page"} == methods(Wire)
    assert set(TOKENS) | {"close"} == methods(UserTokens)


@pytest.mark.parametrize("name", CALLS)
async def test_each_call_passes_the_contract_and_the_twin(account: Account, served: Served, name: str) -> None:
    """`Served` holds each exchange against the contract and fails at its end; here it is seen to have been asked."""
    made = await account.calendar.create(DRAFT, "t-1", "s-1")
    await served.own("DELETE", "/_twin/journal")
    await CALLS[name](account, made.id)
    (asked,) = await journal(served, "/v1.0/")
    assert asked["status"] < 300
    assert asked["path"].startswith(f"/v1.0/users/{ANNEKE.user_id}")
    assert asked["authorized"]


async def test_a_lists_next_page_passes_it_too(account: Account, served: Served) -> None:
    for minute in range(101):
        at = (START + timedelta(minutes=minute % 60)).isoformat()
        await served.does("book", subject="x", start=at, end=at)
    await served.own("DELETE", "/_twin/journal")
    assert len(await account.calendar.view(START, START + HOUR)) == 101
    assert [one["status"] for one in await journal(served, "/v1.0/")] == [200, 200]


@pytest.mark.parametrize("name", TOKENS)
async def test_each_call_to_the_token_service_is_as_bot_framework_has_it(
    tokens: UserTokens, served: Served, name: str
) -> None:
    call, wanted, query = TOKENS[name]
    await call(tokens)
    (asked,) = await journal(served, "/api/")
    assert f"{asked['method']} {asked['path']}" == wanted
    assert query <= set(asked["query"])
    assert asked["status"] == 200
    assert "token" not in json.dumps(asked["query"]).replace("connectionName", "")
