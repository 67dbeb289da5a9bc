"""Whatever Microsoft answers becomes what Samen knows of, or an error of ours: never anything else."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.account import Account, me
from graph.client import GraphClient
from graph.errors import GraphError, UnreachableError
from graph.events import event
from graph.mailbox import mailbox
from graph.presence import presence
from graph.refusals import graph_refusal, token_refusal
from graph.types import UserToken
from graph.user_tokens import sign_in, user_token
from tests.graph.conftest import USER
from tests.graph.stage import Next, Stage
from tests.graph.test_calendar import HALF_PAST, NINE, ROW

MOMENT = {"dateTime": "2026-11-23T08:00:00", "timeZone": "UTC"}
GOOD: dict[Callable[[Any], Any], dict[str, Any]] = {
    event: ROW,
    presence: {
        "availability": "Busy",
        "activity": "Busy",
        "sequenceNumber": "5",
        "statusMessage": {"message": {"content": "x"}, "expiryDateTime": MOMENT},
    },
    mailbox: {
        "timeZone": "UTC",
        "workingHours": {
            "daysOfWeek": ["monday"],
            "startTime": "08:00:00",
            "endTime": "17:00:00",
            "timeZone": {"name": "UTC"},
        },
    },
    me: {"id": USER},
    user_token: {"token": "abc", "expiration": "2026-11-23T08:00:00Z"},
    sign_in: {"signInLink": "https://x", "tokenExchangeResource": {"id": "1", "uri": "api://x", "providerId": "2"}},
}
# What has crashed something once, or is likely to: half a character, years without a time, files of the zone database.
ODD = st.sampled_from([
    "\ud800", "", "0001-01-01T00:00:00", "0001-01-01T00:00:00+23:00", "9999-12-31T23:59:59-23:00", "08:00:00+01:00", "Europe",
    "tzdata.zi", "../../etc/passwd", "\0", "a" * 5000, "W. Europe Standard Time", "Pacific/Kiritimati", 10**400, 5, True,
])  # fmt: skip
LETTERS = st.text(st.characters(exclude_categories=()), max_size=8)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | LETTERS | ODD,
    lambda some: st.lists(some, max_size=3) | st.dictionaries(LETTERS, some, max_size=3),
    max_leaves=6,
)


@st.composite
def mended(draw: st.DrawFn, good: Any) -> Any:
    """The answer as promised, but for some of it."""
    if draw(st.integers(0, 3)) == 0:
        return draw(JSON)
    if isinstance(good, dict):
        return {name: draw(mended(value)) for name, value in good.items() if draw(st.integers(0, 9))}
    return [draw(mended(value)) for value in good] if isinstance(good, list) else good


@pytest.mark.parametrize("parse", list(GOOD))
def test_what_is_as_promised_is_read(parse: Callable[[Any], Any]) -> None:
    parse(GOOD[parse])


@pytest.mark.parametrize("parse", list(GOOD))
@settings(max_examples=400)
@given(data=st.data())
def test_any_json_is_read_or_unreachable(parse: Callable[[Any], Any], data: st.DataObject) -> None:
    answer = data.draw(mended(GOOD[parse]))
    with suppress(UnreachableError):
        parse(answer)


@given(
    st.integers(300, 599),
    st.binary(max_size=40) | st.just(b"[" * 100_000) | st.just(b'{"error": {"code": []}}'),
    st.text(max_size=20)
    | st.sampled_from(["1e999", "nan", "Mon, 01 Jan 99999999999999999999 00:00:00 GMT", "Mon, 01 Jan 0001 00:00:00 +2359"])
    | st.builds("Mon, 01 Jan {} 00:00:00 {}".format, st.integers(), st.sampled_from(["GMT", "+2359", "-99999999999"])),
)  # fmt: skip
def test_any_refusal_is_an_error_of_ours(status: int, raw: bytes, wait: str) -> None:
    for refusal in (graph_refusal, token_refusal):
        error = refusal(status, {"Retry-After": wait}, raw)
        assert error.status == status
        assert error.retry_after is None or 0 <= error.retry_after <= 3600


@pytest.mark.parametrize(
    "odd",
    [
        {"attendees": 5},
        {"categories": 5},
        {"singleValueExtendedProperties": 5},
        {"subject": "\ud800", "transactionId": {}},
        {"lastModifiedDateTime": "0001-01-01T00:00:00+23:00"},
    ],
)
def test_of_an_event_what_is_not_as_promised_is_left_out(odd: dict[str, Any]) -> None:
    assert event({**ROW, **odd}).id == ROW["id"]


@pytest.mark.parametrize("zone", ["Europe", "a" * 5000, "tzone://Microsoft/Custom", "\ud800", "\0"])
def test_an_event_at_nobody_knows_what_time_cannot_be_read(zone: str) -> None:
    with pytest.raises(UnreachableError):
        event({**ROW, "start": {"dateTime": "2026-11-23T09:00:00", "timeZone": zone}})


@pytest.mark.parametrize("zone", ["W. Europe Standard Time", "Asia/Tokyo"])
def test_year_1_is_no_time(zone: str) -> None:
    year_1 = {"dateTime": "0001-01-01T00:00:00", "timeZone": zone}
    with pytest.raises(UnreachableError):
        event({**ROW, "start": year_1})
    found = presence({"availability": "Busy", "statusMessage": {"message": {"content": "x"}, "expiryDateTime": year_1}})
    assert found.status is not None
    assert found.status.until is None


@pytest.mark.parametrize("token", ["a\r\nX: y", "\ud800", "é", ""])
def test_what_cannot_stand_in_a_header_is_no_token(token: str) -> None:
    with pytest.raises(UnreachableError):
        user_token({"token": token})


@pytest.mark.parametrize("path", ["http://[", "\0", "{url}/\0", "http://\ud800"])
async def test_a_next_page_that_is_nowhere(account: Account, stage: Stage, path: str) -> None:
    link = path.replace("{url}", stage.url)
    stage.answers(Next({"value": [ROW], "@odata.nextLink": link}))
    with pytest.raises(GraphError):
        await account.calendar.view(NINE, HALF_PAST)
    assert len(stage.asked) == 1


async def test_a_list_that_goes_on_and_on_is_given_up_in_time() -> None:
    """Twenty pages, each just in time, would take longer than anybody has a session for."""

    async def page(request: web.Request) -> web.Response:
        await asyncio.sleep(0.3)
        return web.json_response({"value": [ROW], "@odata.nextLink": str(request.url)})

    application = web.Application()
    application.router.add_get("/{path:.*}", page)
    async with TestServer(application) as server:
        client = GraphClient(str(server.make_url("/v1.0")), patience=0.7)
        await client.warm_up()
        begun = time.monotonic()
        with pytest.raises(UnreachableError):
            await Account(client, USER, UserToken("abc")).calendar.view(NINE, HALF_PAST)
        assert time.monotonic() - begun < 5.5  # all twenty take six seconds
        await client.close()
