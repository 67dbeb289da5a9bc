"""The door's limits: which status says what, and never a 5xx for what somebody sent."""

import asyncio
import functools
import gzip
import json
import time
import zlib
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.adapter.http import LARGEST
from tests.fakes.botframework import TENANT
from tests.fakes.doors import Doors, House
from tests.fakes.teams_client import BOT, PERSONAL

MALFORMED_JSON = {
    "empty": b"",
    "no json": b"waar morgen thuis",
    "cut off": b'{"type": "message"',
    "two": b'{"type":"message"} {"type":"message"}',
    "list": b"[]",
    "text": b'"message"',
    "number": b"5",
    "null": b"null",
    "utf-16": '{"type":"message"}'.encode("utf-16"),
    "byte order mark": b'\xef\xbb\xbf{"type":"message"}',
    "not utf-8": b'{"type":"\xff\xfe"}',
    "too deep": b"[" * 5000 + b"]" * 5000,
    "far too deep": b"[" * 100_000,
    "trailing comma": b'{"type":"message",}',
    "comment": b'{"type":"message"} // hoi',
}


@pytest.mark.parametrize("case", MALFORMED_JSON)
async def test_what_is_no_json_object_is_400(sandbox: House, case: str) -> None:
    assert (await sandbox.client.post_raw(MALFORMED_JSON[case])).status == 400
    assert sandbox.handler.turns == []


# Put in the place of a good activity's text, each of these spoils it.
SPOILED_VALUES = {
    "nan": b"NaN",
    "infinity": b"Infinity",
    "minus infinity": b"-Infinity",
    "a number beyond all": b"1e999",
    "a number of 5000 digits": b"1" * 5000,
    "a lone surrogate": b'"\\ud83d"',
    "a lone surrogate in a key": b'{"\\ud83d": 1}',
    "a null character": b'"a\\u0000b"',
    "a control character": b'"a\nb"',
    "a repeated key": b'{"a": 1, "a": 2}',
    "a key repeated deep down": b'[[{"x": [{"a": 1, "a": 1}]}]]',
    "a key repeated by escape": b'{"a": 1, "\\u0061": 2}',
    "depth": b"[" * 70 + b"]" * 70,
}


@pytest.mark.parametrize("case", SPOILED_VALUES)
async def test_json_that_two_readers_could_read_differently_is_400(sandbox: House, case: str) -> None:
    good = json.dumps(sandbox.client.activity(text="waar", value="HERE")).encode()
    assert (await sandbox.client.post_raw(good)).status == 200
    assert (await sandbox.client.post_raw(good.replace(b'"HERE"', SPOILED_VALUES[case]))).status == 400
    assert len(sandbox.handler.turns) == 1


async def test_a_key_repeated_at_the_top_is_400(sandbox: House) -> None:
    good = json.dumps(sandbox.client.activity(text="waar")).encode()
    assert (await sandbox.client.post_raw(good[:-1] + b', "text": "thuis"}')).status == 400


@pytest.mark.parametrize(
    "changed",
    [
        {"type": None},
        {"type": ""},
        {"type": 5},
        {"type": ["message"]},
        {"channelId": None},
        {"channelId": 5},
        {"serviceUrl": None},
        {"serviceUrl": {"a": 1}},
        {"id": 5},
        {"id": {"a": 1}},
        {"text": 5},
        {"text": ["waar"]},
        {"from": None},
        {"from": "29:anouk"},
        {"from": {}},
        {"from": {"id": 5}},
        {"from": {"id": "29:x", "aadObjectId": 5}},
        {"from": {"id": "29:x", "name": {}}},
        {"recipient": None},
        {"recipient": []},
        {"recipient": {"name": "Samen"}},
        {"conversation": None},
        {"conversation": "19:x"},
        {"conversation": {}},
        {"conversation": {"id": 5}},
        {"conversation": {"id": "x", "tenantId": 5}},
        {"conversation": {"id": "x", "isGroup": "yes"}},
        {"conversation": {"id": "x", "conversationType": 1}},
        {"conversation": {"id": "x"}, "channelData": {"tenant": "t"}},
        {"conversation": {"id": "x"}, "channelData": {"tenant": {"id": 5}}},
        {"channelData": []},
        {"channelData": "x"},
        {"entities": {}},
        {"entities": ["mention"]},
        {"entities": [None]},
        {"entities": [{"type": 5}]},
        {"attachments": 5},
        {"attachments": [{"contentType": 5}]},
        {"membersAdded": [5]},
        {"locale": 5},
        {"localTimezone": 5},
        {"timestamp": 5},
        {"timestamp": "yesterday"},
        {"deliveryMode": 5},
        {"type": "invoke"},
        {"type": "invoke", "name": 5},
        {"type": "conversationUpdate", "membersAdded": "29:bart"},
    ],
    ids=json.dumps,
)
async def test_a_wrong_type_or_a_missing_part_is_400(sandbox: House, changed: dict[str, Any]) -> None:
    assert (await sandbox.client.post(sandbox.client.activity(**{"text": "waar"} | changed))).status == 400
    assert sandbox.handler.turns == []


@pytest.mark.parametrize("part", ["id", "conversation", "from", "recipient"])
async def test_an_id_may_be_long_and_not_longer(sandbox: House, part: str) -> None:
    def activity(length: int) -> dict[str, Any]:
        usual = sandbox.client.activity(text="waar")
        long = ("a:" + "x" * length)[:length]
        return usual | {part: long if part == "id" else usual[part] | {"id": long}}

    sandbox.handler.shows(None)
    assert (await sandbox.client.post(activity(1000))).status == 200
    assert (await sandbox.client.post(activity(1001))).status == 400
    assert len(sandbox.handler.turns) == 1


async def test_null_is_absent(sandbox: House) -> None:
    activity = sandbox.client.activity(text="waar") | dict.fromkeys(("entities", "attachments", "value", "locale"))
    assert (await sandbox.client.post(activity)).status == 200


async def test_unknown_fields_are_welcome_and_come_back(sandbox: House) -> None:
    activity = sandbox.client.activity(text="waar", rawTimestamp="x", newNextYear={"a": [1]})
    activity["conversation"]["threadType"] = "topic"
    assert (await sandbox.client.post(activity)).status == 200
    assert sandbox.framework.sent()[0]["conversation"]["threadType"] == "topic"


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00", "2026-11-23"]
)
async def test_moments_at_the_edge_of_time(sandbox: House, moment: str) -> None:
    assert (await sandbox.client.write("waar", timestamp=moment, localTimestamp=moment)).status == 200
    assert sandbox.handler.turn.time.tzinfo is not None


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonp",
        "",
        "application/json; charset=utf-16",
        "x",
    ],
)
async def test_another_content_type_is_415(sandbox: House, content_type: str) -> None:
    raw = json.dumps(sandbox.client.activity(text="waar")).encode()
    assert (await sandbox.client.post_raw(raw, Content_Type=content_type)).status == 415
    assert sandbox.handler.turns == []


async def test_utf_8_said_aloud_is_fine(sandbox: House) -> None:
    raw = json.dumps(sandbox.client.activity(text="waar")).encode()
    assert (await sandbox.client.post_raw(raw, Content_Type='application/json; charset="UTF-8"')).status == 200


async def test_a_compressed_body_is_415(sandbox: House) -> None:
    raw = gzip.compress(json.dumps(sandbox.client.activity(text="waar")).encode())
    assert (await sandbox.client.post_raw(raw, Content_Encoding="gzip")).status == 415


@functools.cache
def bomb() -> bytes:
    """200 KB that unpack to 200 MB."""
    packed = zlib.compressobj(wbits=31)
    return b"".join(packed.compress(bytes(1_000_000)) for _ in range(200)) + packed.flush()


@pytest.mark.parametrize(
    ("path", "status"), [("/api/messages", 415), ("/healthz", 405), ("/readyz", 405), ("/elsewhere", 404)]
)
async def test_a_compressed_body_is_never_unpacked(office: House, path: str, status: int) -> None:
    port = int(office.client.url.rpartition(":")[2])
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
    raw = f"{head}Content-Length: {len(bomb())}\r\n\r\n".encode() + bomb()
    connections = [await asyncio.open_connection("127.0.0.1", port) for _ in range(4)]
    asked, worked = time.monotonic(), time.process_time()
    for _, writer in connections:
        writer.write(raw)
    async with asyncio.timeout(10):
        assert (await office.client.get("/healthz")).status == 200
        for reader, writer in connections:
            assert f" {status} ".encode() in await reader.readline()
            assert (await office.client.get("/healthz")).status == 200
            writer.close()
            await writer.wait_closed()
    assert time.monotonic() - asked < 1
    assert time.process_time() - worked < 0.5  # unpacking them takes seconds


async def test_a_refused_body_is_not_read_for_long(office: House) -> None:
    port = int(office.client.url.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        b"POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n"
    )
    async with asyncio.timeout(4):
        assert b" 401 " in await reader.readline()
        await reader.read()  # until the door hangs up
    writer.close()
    await writer.wait_closed()


def _of_size(house: House, size: int) -> bytes:
    raw = json.dumps(house.client.activity(text="")).encode()
    return raw.replace(b'"text": ""', b'"text": "' + b"a" * (size - len(raw)) + b'"')


async def test_a_body_of_the_largest_size_is_taken_and_one_byte_more_is_413(sandbox: House) -> None:
    assert (await sandbox.client.post_raw(_of_size(sandbox, LARGEST))).status == 200
    assert (await sandbox.client.post_raw(_of_size(sandbox, LARGEST + 1))).status == 413
    assert len(sandbox.handler.turns) == 1


async def test_a_large_body_is_refused_by_its_length_alone(sandbox: House) -> None:
    port = int(sandbox.client.url.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {LARGEST + 1}"
    writer.write(f"{head}\r\n\r\n".encode())
    async with asyncio.timeout(2):
        assert b" 413 " in await reader.readline()
    writer.close()
    await writer.wait_closed()


async def test_a_large_body_without_a_length_is_413(sandbox: House) -> None:
    async def pieces() -> Any:
        for _ in range(40):
            yield b" " * 8192

    assert (await sandbox.client.post_raw(pieces())).status == 413
    assert sandbox.handler.turns == []


async def test_a_large_body_without_a_token_is_not_read(office: House) -> None:
    office.client.token = None
    read = []

    async def pieces() -> Any:
        for number in range(1000):
            read.append(number)
            yield b" " * 8192
            await asyncio.sleep(0.001)

    try:
        answer = await office.client.post_raw(pieces())
        assert answer.status == 401
    except ConnectionError:
        pass  # the door hung up while we were still sending
    assert len(read) < 1000


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
async def test_another_method_is_405(sandbox: House, method: str) -> None:
    async with sandbox.client._session.request(method, f"{sandbox.client.url}/api/messages") as answer:
        assert answer.status == 405


@pytest.mark.parametrize("path", ["/", "/api", "/api/messages/", "/api/messages/x", "/.env", "/api%2Fmessages"])
async def test_another_path_is_404(sandbox: House, path: str) -> None:
    async with sandbox.client._session.post(f"{sandbox.client.url}{path}") as answer:
        assert answer.status == 404


async def test_health_and_readiness_need_no_token_and_tell_nothing(office: House) -> None:
    office.client.token = None
    health, ready = await office.client.get("/healthz"), await office.client.get("/readyz")
    assert (health.status, health.body) == (200, {})
    assert (ready.status, ready.body) == (200, {"ready": True})


@pytest.mark.parametrize("parts", [{"database": False, "jobs": True}, RuntimeError("postgres://user:password@host")])
async def test_not_ready_is_503_and_says_no_more(doors: Doors, parts: Any, capsys: pytest.CaptureFixture[str]) -> None:
    async def ready() -> Any:
        if isinstance(parts, Exception):
            raise parts
        return parts

    house = await doors.open(ready=ready)
    answer = await house.client.get("/readyz")
    assert (answer.status, answer.body) == (503, {"ready": False})
    assert (await house.client.get("/healthz")).status == 200
    said = "".join(capsys.readouterr())
    assert "not_ready" in said
    assert "password" not in said


async def test_a_readiness_that_hangs_is_not_ready(doors: Doors) -> None:
    async def ready() -> Any:
        await asyncio.sleep(30)

    assert (await (await doors.open(ready=ready)).client.get("/readyz")).status == 503


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=12,
)
ENOUGH = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@ENOUGH
@given(raw=st.binary(max_size=200))
async def test_any_bytes_are_answered_below_500(sandbox: House, raw: bytes) -> None:
    assert (await sandbox.client.post_raw(raw)).status == 400


@ENOUGH
@given(body=ANYTHING)
async def test_any_json_is_answered_below_500(sandbox: House, body: Any) -> None:
    assert (await sandbox.client.post(body)).status == 400


FIELDS = [
    "id",
    "type",
    "text",
    "name",
    "value",
    "from",
    "recipient",
    "conversation",
    "channelData",
    "entities",
    "attachments",
    "timestamp",
    "localTimestamp",
    "locale",
    "localTimezone",
    "deliveryMode",
    "membersAdded",
    "membersRemoved",
    "replyToId",
    "action",
    "reactionsAdded",
    "suggestedActions",
    "relatesTo",
]
KINDS = [
    "message",
    "invoke",
    "conversationUpdate",
    "installationUpdate",
    "messageReaction",
    "event",
    "endOfConversation",
]
NAMES = [
    "adaptiveCard/action",
    "task/fetch",
    "signin/tokenExchange",
    "signin/failure",
    "config/fetch",
    "application/search",
]


@ENOUGH
@given(
    kind=st.sampled_from(KINDS),
    name=st.sampled_from(NAMES) | st.text(max_size=20),
    changed=st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=3),
    value=st.fixed_dictionaries({}, optional={"action": ANYTHING, "data": ANYTHING, "id": ANYTHING, "verb": ANYTHING}),
)
async def test_any_activity_with_any_parts_is_answered_below_500(
    sandbox: House, kind: str, name: str, changed: dict[str, Any], value: dict[str, Any]
) -> None:
    activity = {
        "type": kind,
        "name": name,
        "value": value,
        "channelId": "msteams",
        "serviceUrl": sandbox.client.service_url,
        "from": {"id": "29:anouk", "aadObjectId": "a"},
        "recipient": BOT,
        "conversation": {"id": PERSONAL.id, "conversationType": "personal", "tenantId": TENANT},
    }
    assert (await sandbox.client.post(activity | changed)).status in (200, 400, 412)
