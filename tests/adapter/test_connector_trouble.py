"""What the bot does where Teams does not answer as it should: tries, waits, and errors by name."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import aiohttp
import pytest

from bot.adapter.calls import Calls
from bot.adapter.connector import Connector
from bot.adapter.network import Network
from bot.errors import (
    Blocked,
    ConnectorError,
    CredentialRefused,
    NotFound,
    Refused,
    Throttled,
    TooLarge,
    Transient,
)
from bot.turn import Reference
from tests.fakes.botframework import BotFramework
from tests.fakes.doors import House, production_config
from tests.in_line import in_line

BODY = {"type": "message", "text": "hoi"}


@pytest.mark.parametrize("status", [412, 429, 502, 504])
async def test_a_moments_trouble_is_tried_again(
    connector: Connector, here: Reference, framework: BotFramework, status: int
) -> None:
    framework.script(status)
    framework.script(status)
    assert await connector.send(here, BODY) == "message-1"
    first, second, third = (asked.at for asked in framework.asked)
    assert second - first >= 0.2
    assert third - second >= 0.4


async def test_a_short_wait_that_teams_asks_for_is_kept(
    connector: Connector, here: Reference, framework: BotFramework
) -> None:
    framework.script(429, Retry_After="1")
    assert await connector.send(here, BODY) == "message-1"
    first, second = (asked.at for asked in framework.asked)
    assert second - first >= 1.0


async def test_a_long_wait_is_the_callers_to_plan(
    connector: Connector, here: Reference, framework: BotFramework
) -> None:
    framework.script(429, Retry_After="17")
    started = time.monotonic()
    with pytest.raises(Throttled) as caught:
        await connector.send(here, BODY)
    assert (caught.value.seconds, caught.value.status) == (17.0, 429)
    assert time.monotonic() - started < 10  # of seventeen
    assert len(framework.asked) == 1


async def test_a_wait_in_any_form(connector: Connector, here: Reference, framework: BotFramework) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=900), usegmt=True)
    for header, low, high in ((moment, 600, 900), ("999999999", 3600, 3600)):
        framework.script(429, Retry_After=header)
        with pytest.raises(Throttled) as caught:
            await connector.send(here, BODY)
        assert low <= caught.value.seconds <= high


@pytest.mark.parametrize("header", ["", "soon", "nan", "inf", "-5"])
async def test_a_wait_that_says_nothing_is_about_a_second(
    connector: Connector, here: Reference, framework: BotFramework, header: str
) -> None:
    framework.script(429, Retry_After=header)
    stood = in_line()
    assert await connector.send(here, BODY) == "message-1"
    first, second = (asked.at for asked in framework.asked)
    assert 0.2 <= second - first < 1.5 + in_line() - stood


async def test_trouble_that_stays_is_named_after_three_tries(
    connector: Connector, here: Reference, framework: BotFramework
) -> None:
    for _ in range(5):
        framework.script(502)
    with pytest.raises(Transient) as caught:
        await connector.send(here, BODY)
    assert (caught.value.status, len(framework.asked)) == (502, 3)


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (400, {"error": {"code": "BadSyntax"}}, Refused),
        (400, {"error": {"code": "MessageSizeTooBig"}}, TooLarge),
        (401, None, Refused),
        (403, {"error": {"code": "Forbidden", "subCode": "MessageWritesBlocked"}}, Blocked),
        (404, {"error": {"code": "ConversationNotFound"}}, NotFound),
        (405, None, Refused),
        (413, {"error": {"code": "MessageSizeTooBig"}}, TooLarge),
        (500, None, Transient),
        (501, {"error": {"code": "NotImplemented"}}, Transient),
        (503, None, Transient),
    ],
)
async def test_errors_by_name_and_never_tried_again(
    connector: Connector,
    here: Reference,
    framework: BotFramework,
    status: int,
    body: object,
    error: type[ConnectorError],
) -> None:
    framework.script(status, body)
    if status == 401:
        framework.script(status, body)  # one more try with a fresh token
    with pytest.raises(ConnectorError) as caught:
        await connector.update(here, "message-1", BODY)
    assert type(caught.value) is error
    assert caught.value.status == status
    assert len(framework.asked) == (2 if status == 401 else 1)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_no_redirect_is_followed(
    connector: Connector, here: Reference, framework: BotFramework, status: int
) -> None:
    framework.script(status, Location=f"{framework.url}/elsewhere")
    with pytest.raises(Refused):
        await connector.send(here, BODY)
    assert framework.foreign == []


async def test_an_answer_that_is_no_json(connector: Connector, here: Reference, framework: BotFramework) -> None:
    framework.script(200, [1])
    assert await connector.send(here, BODY) is None
    framework.script(200, "text")
    with pytest.raises(Transient):
        await connector.member(here, "29:x")


async def test_no_answer_is_not_sent_again(framework: BotFramework, here: Reference) -> None:
    network = Network(aiohttp.ClientTimeout(total=0.3))
    network.open()
    framework.script(0)
    with pytest.raises(Transient) as caught:
        await Connector(Calls(network, production_config(framework), None)).send(here, BODY)
    await network.close()
    assert caught.value.status is None
    assert len(framework.asked) == 1


async def test_nobody_there(connector: Connector, here: Reference, office: House) -> None:
    await office.framework.__aexit__()
    with pytest.raises(Transient):
        await connector.send(here, BODY)


async def test_a_refused_credential_is_named(connector: Connector, here: Reference, framework: BotFramework) -> None:
    framework.login_answer.status = 401
    with pytest.raises(CredentialRefused):
        await connector.send(here, BODY)
    framework.login_answer.status = 503
    with pytest.raises(Transient):
        await connector.send(here, BODY)
