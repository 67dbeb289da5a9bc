"""How a request leaves for Graph, and what becomes of each way it can go wrong. Nothing of it may name anybody."""

import asyncio
import gc
import logging
import socket
import time
import traceback
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from graph.account import Account
from graph.client import GraphClient
from graph.errors import (
    BusyError,
    ConsentMissingError,
    GraphError,
    NoMailboxError,
    NotSignedInError,
    RefusedError,
    UnreachableError,
)
from graph.types import Draft, UserToken
from tests.graph.conftest import TOKEN, USER
from tests.graph.stage import DROPPED, Next, Stage

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NAME, SUBJECT = "Anouk de Wit", "bezwaarschrift"
PERSONAL = (TOKEN, USER, NAME, SUBJECT, "Anouk")
CALLS: dict[str, Callable[[Account], Awaitable[Any]]] = {
    "me": lambda account: account.me(),
    "read": lambda account: account.presence.read(),
    "prefer": lambda account: account.presence.prefer("Busy", "Busy", timedelta(hours=1)),
    "clear": lambda account: account.presence.clear_preferred(),
    "say": lambda account: account.presence.say(SUBJECT, NOW),
    "view": lambda account: account.calendar.view(NOW, NOW),
    "marked": lambda account: account.calendar.marked("s-1"),
    "get": lambda account: account.calendar.get("e-1"),
    "create": lambda account: account.calendar.create(Draft(SUBJECT, NOW, NOW, "Focus"), "t-1", "s-1"),
    "move_end": lambda account: account.calendar.move_end("e-1", NOW, NOW),
    "delete": lambda account: account.calendar.delete("e-1"),
    "mailbox": lambda account: account.mailbox.read(),
}
every_call = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)


def error(code: str, status: int, **headers: str) -> Next:
    message = f"{NAME} <anouk@example.org> may not: {SUBJECT}, token {TOKEN}"
    return Next({"error": {"code": code, "message": message}}, status, headers)


async def refused(call: Awaitable[Any]) -> GraphError:
    with pytest.raises(GraphError) as caught:
        await call
    told = "".join(traceback.format_exception(caught.value))
    assert not [word for word in PERSONAL if word in told]
    return caught.value


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (error("InvalidAuthenticationToken", 401), NotSignedInError),
        (error("ErrorAccessDenied", 403), ConsentMissingError),
        (error("Authorization_RequestDenied", 403), ConsentMissingError),
        (error("Forbidden", 403), ConsentMissingError),
        (error("accessDenied", 403), ConsentMissingError),
        (error("MailboxNotLicensed", 403), NoMailboxError),
        (error("MailboxNotEnabledForRESTAPI", 404), NoMailboxError),
        (error("OrganizationFromTenantGuidNotFound", 404), NoMailboxError),
        (error("ErrorInvalidRequest", 400), RefusedError),
        (error("Conflict", 409), RefusedError),
        (error("TooManyRequests", 429), BusyError),
        (error("serviceUnavailable", 503), BusyError),
        (error("GatewayTimeout", 504), BusyError),
        (error("InternalServerError", 500), UnreachableError),
        (error("BadGateway", 502), UnreachableError),
    ],
    ids=lambda value: value.body["error"]["code"] if isinstance(value, Next) else "",
)
async def test_each_refusal_has_its_name(account: Account, stage: Stage, answer: Next, kind: type[GraphError]) -> None:
    stage.answers(answer)
    found = await refused(account.presence.say(SUBJECT, NOW))
    assert type(found) is kind
    assert (found.status, found.code) == (answer.status, answer.body["error"]["code"])


@every_call
@pytest.mark.parametrize("status", [429, 503, 504])
async def test_nothing_is_tried_again_here(
    account: Account, stage: Stage, call: Callable[[Account], Awaitable[Any]], status: int
) -> None:
    """The SDK would try each three times more, POST too, and wait as long as Graph says: minutes."""
    stage.answers(error("TooManyRequests", status, **{"Retry-After": "3"}))
    found = await refused(call(account))
    assert (type(found), found.status, found.retry_after) == (BusyError, status, 3.0)
    assert len(stage.asked) == 1


@pytest.mark.parametrize("name", [name for name in CALLS if name not in {"get", "move_end", "delete"}])
async def test_not_found_is_refused(account: Account, stage: Stage, name: str) -> None:
    stage.answers(error("ResourceNotFound", 404))
    found = await refused(CALLS[name](account))
    assert (type(found), found.status) == (RefusedError, 404)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7.0), ("0", 0.0), ("-5", 0.0), ("99999", 3600.0), ("soon", None), ("nan", None), (None, None)],
)
async def test_how_long_to_wait(account: Account, stage: Stage, header: str | None, seconds: float | None) -> None:
    stage.answers(error("TooManyRequests", 429, **({"Retry-After": header} if header else {})))
    assert (await refused(account.presence.read())).retry_after == seconds


async def test_a_date_to_wait_for(account: Account, stage: Stage) -> None:
    stage.answers(error("TooManyRequests", 429, **{"Retry-After": "Mon, 23 Nov 2020 09:00:00 GMT"}))
    assert (await refused(account.presence.read())).retry_after == 0.0


@every_call
async def test_a_dropped_connection(account: Account, stage: Stage, call: Callable[[Account], Awaitable[Any]]) -> None:
    stage.answers(Next(status=DROPPED))
    found = await refused(call(account))
    assert (type(found), found.status) == (UnreachableError, None)
    assert len(stage.asked) == 1


@every_call
async def test_no_answer_in_time(stage: Stage, call: Callable[[Account], Awaitable[Any]]) -> None:
    client = GraphClient(stage.url, patience=0.2)
    await client.warm_up()
    stage.open.clear()
    stage.answers(Next(raw=b""))
    began = time.monotonic()
    found = await refused(call(Account(client, USER, UserToken(TOKEN))))
    assert (type(found), found.status) == (UnreachableError, None)
    assert time.monotonic() - began < 5  # the SDK alone waits for minutes
    await client.close()


async def test_drop_by_drop_is_no_answer_either(client: GraphClient) -> None:
    """A time limit per read is renewed by every byte, so there is one for the whole call too."""

    async def drip(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
            while not writer.is_closing():
                writer.write(b" ")
                await asyncio.sleep(0.02)
        finally:
            writer.close()

    server = await asyncio.start_server(drip, "127.0.0.1", 0)
    slow = GraphClient(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1.0", patience=0.3)
    await slow.warm_up()
    began = time.monotonic()
    assert type(await refused(Account(slow, USER, UserToken(TOKEN)).presence.read())) is UnreachableError
    assert time.monotonic() - began < 8  # all of it would take twenty seconds
    await slow.close()
    server.close()


async def test_nobody_there() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        client = GraphClient(f"http://127.0.0.1:{taken.getsockname()[1]}/v1.0")
        assert type(await refused(Account(client, USER, UserToken(TOKEN)).presence.read())) is UnreachableError
        await client.close()


@every_call
async def test_a_redirect_is_not_followed_and_not_taken_for_done(
    account: Account, stage: Stage, call: Callable[[Account], Awaitable[Any]]
) -> None:
    stage.answers(Next(status=302, headers={"Location": f"{stage.url}/users/{USER}/presence"}))
    found = await refused(call(account))
    assert (type(found), found.status) == (RefusedError, 302)
    assert len(stage.asked) == 1


@pytest.mark.parametrize("raw", [b"<html>Bad gateway</html>", b"", b"{", b'{"error": "x"}', b'{"error": []}', b"\xff"])
async def test_an_error_in_other_words(account: Account, stage: Stage, raw: bytes) -> None:
    stage.answers(Next(status=502, raw=raw, headers={"Content-Type": "text/html"}))
    assert (await refused(account.presence.read())).status == 502


@every_call
async def test_a_page_is_no_answer(account: Account, stage: Stage, call: Callable[[Account], Awaitable[Any]]) -> None:
    """As a proxy in between gives with status 200; what was asked was not done, for all we know."""
    stage.answers(Next(raw=b"<html>Sign in to the guest network</html>", headers={"Content-Type": "text/html"}))
    found = await refused(call(account))
    assert (type(found), found.status) == (UnreachableError, 200)


async def test_a_code_that_is_a_sentence_is_not_repeated(account: Account, stage: Stage) -> None:
    stage.answers(error(f"{NAME} may not", 400))
    assert (await refused(account.presence.read())).code is None


async def test_a_refused_token_is_not_sent_again(account: Account, stage: Stage) -> None:
    """The SDK repeats a request, POST too, when Graph asks for claims; the token would be the same."""
    challenge = {"WWW-Authenticate": 'Bearer error="insufficient_claims", claims="eyJhY2Nlc3M="'}
    stage.answers(error("InvalidAuthenticationToken", 401, **challenge))
    assert type(await refused(account.presence.clear_preferred())) is NotSignedInError
    assert len(stage.asked) == 1


async def test_each_request_carries_its_own_persons_token(client: GraphClient, stage: Stage) -> None:
    people = [Account(client, f"user-{number}", UserToken(f"token-{number}")) for number in range(20)]
    await asyncio.gather(*(person.presence.clear_preferred() for person in people))
    bearers = {asked.path.split("/")[2]: asked.headers["Authorization"] for asked in stage.asked}
    assert bearers == {f"user-{number}": f"Bearer token-{number}" for number in range(20)}


async def test_nothing_is_kept_between_people(client: GraphClient, stage: Stage) -> None:
    stage.answers(Next(status=204, headers={"Set-Cookie": "who=anouk"}))
    await Account(client, USER, UserToken(TOKEN)).presence.clear_preferred()
    await Account(client, "user-2", UserToken("token-2")).presence.clear_preferred()
    assert "Cookie" not in stage.asked[1].headers


async def test_outlook_serves_four_at_a_time(account: Account, stage: Stage) -> None:
    stage.open.clear()
    asked = [asyncio.ensure_future(account.calendar.delete(f"e-{number}")) for number in range(9)]
    quick = asyncio.ensure_future(account.presence.clear_preferred())
    await stage.until_waiting(5)
    await asyncio.sleep(0.1)
    assert stage.waiting == 5  # four of Outlook's, and presence beside them
    stage.open.set()
    await asyncio.gather(*asked, quick)
    assert len(stage.asked) == 10


async def test_each_mailbox_has_turns_of_its_own(client: GraphClient, stage: Stage) -> None:
    """At nine o'clock everybody begins: nobody waits for a colleague's calendar."""
    stage.open.clear()
    people = [Account(client, f"user-{number}", UserToken(TOKEN)) for number in range(12)]
    asked = [asyncio.ensure_future(person.calendar.delete(f"e-{each}")) for person in people for each in range(5)]
    async with asyncio.timeout(30):
        await stage.until_waiting(4 * len(people))
    await asyncio.sleep(0.1)
    assert stage.waiting == 4 * len(people)
    stage.open.set()
    await asyncio.gather(*asked)
    del asked
    gc.collect()
    assert not client._turns  # nothing is kept of a mailbox that nobody asks


async def test_whose_turn_does_not_come_is_told_so(stage: Stage) -> None:
    client = GraphClient(stage.url, patience=1.0)  # in which a busy machine has sent four
    await client.warm_up()
    account = Account(client, USER, UserToken(TOKEN))
    stage.open.clear()
    asked = [asyncio.ensure_future(account.calendar.delete(f"e-{number}")) for number in range(5)]
    kinds = [type(found) for found in await asyncio.gather(*asked, return_exceptions=True)]
    assert kinds == [UnreachableError] * 4 + [BusyError]
    assert len(stage.asked) == 4  # the fifth was never sent, so it is not "unreachable"
    stage.open.set()
    await account.calendar.delete("e-9")  # every turn was given back
    await client.close()


async def test_somebody_who_gives_up_gives_their_turn_back(account: Account, stage: Stage) -> None:
    stage.open.clear()
    asked = [asyncio.ensure_future(account.calendar.delete(f"e-{number}")) for number in range(8)]
    await stage.until_waiting(4)
    for task in asked:
        task.cancel()
    await asyncio.gather(*asked, return_exceptions=True)
    stage.open.set()
    await asyncio.gather(*(account.calendar.delete(f"e-{number}") for number in range(8)))


async def test_logs_name_nobody(account: Account, stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    await account.presence.clear_preferred()
    caplog.set_level(logging.DEBUG)
    stage.answers(error("ErrorInvalidRequest", 400))
    await refused(account.presence.say(SUBJECT, NOW))
    await account.calendar.delete("e-1")
    ours = [record for record in caplog.records if not record.name.startswith(("asyncio", "aiohttp"))]
    told = "".join(f"{record.name} {record.getMessage()}" for record in ours)
    assert not [word for word in PERSONAL if word in told]


async def test_traces_name_nobody(account: Account, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """msgraph-sdk makes spans of its own, and by default puts the whole address in them."""
    kept = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    for module in ("httpx_request_adapter", "middleware.middleware"):
        monkeypatch.setattr(f"kiota_http.{module}.tracer", provider.get_tracer("test"))
    stage.answers(error("ErrorInvalidRequest", 400))
    await refused(account.presence.say(SUBJECT, NOW))
    told = "".join(span.to_json() for span in kept.get_finished_spans())
    assert "setStatusMessage" in told
    assert not [word for word in PERSONAL if word in told]
