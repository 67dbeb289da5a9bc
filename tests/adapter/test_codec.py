"""What is read as an activity, and what is refused as none."""

import json
from typing import Any

import pytest

from tests.fakes.doors import House

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
    "a number just beyond 64 bits": b"-9223372036854775809",
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
