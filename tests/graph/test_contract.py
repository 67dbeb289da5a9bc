"""The contract bites: each kind of wrong request is complained about, so that silence means something."""

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.graph.contract import Answer, Request, contract

JSON = {"Content-Type": "application/json", "Authorization": "Bearer token"}
PREFER = "/users/u-1/presence/setUserPreferredPresence"
VIEW = "/users/u-1/calendarView"
WEEK = [("startDateTime", "2026-11-23T00:00:00Z"), ("endDateTime", "2026-11-30T00:00:00Z")]


def asked(method: str, path: str, query: Any = (), body: Any = None, headers: Any = JSON) -> list[str]:
    return contract().complaints(Request(method, path, query, headers, json.dumps(body).encode() if body else None))


def test_what_is_right_passes() -> None:
    assert asked("get", VIEW, [*WEEK, ("$select", "id,subject"), ("$top", "100")]) == []
    body = {"availability": "Busy", "activity": "Busy", "expirationDuration": "PT50M"}
    assert asked("post", PREFER, body=body) == []


@pytest.mark.parametrize(
    ("method", "path", "query", "body", "words"),
    [
        ("get", "/me/presence", (), None, "Path not found"),
        ("delete", VIEW, (), None, "not found"),
        ("get", VIEW, (), None, "startDateTime"),
        ("get", VIEW, [("startDateTime", "gisteren"), WEEK[1]], None, "gisteren"),
        ("get", VIEW, [*WEEK, ("$select", "id,mood")], None, "mood is nothing to select"),
        ("get", VIEW, [*WEEK, ("top", "5")], None, "top is no parameter"),
        ("get", VIEW, [*WEEK, ("$top", "5000")], None, "5000"),
        ("post", PREFER, (), None, "body"),
        ("post", PREFER, (), {"availability": "Busy", "activity": "Away"}, "Busy"),
        ("post", PREFER, (), {"availability": "Busy", "activity": "Busy", "expirationDuration": "1:00:00"}, "1:00:00"),
        ("post", PREFER, (), {"availability": "Busy", "activity": "Busy", "until": "12:00"}, "until"),
        ("post", "/users/u-1/events", (), {"subject": "Focus"}, "start"),
    ],
)
def test_what_is_wrong_is_complained_about(method: str, path: str, query: Any, body: Any, words: str) -> None:
    (complaint,) = asked(method, path, query, body)
    assert words in complaint


def test_without_a_token_nothing_is_right() -> None:
    (complaint,) = asked("get", "/users/u-1/presence", headers={})
    assert "Security" in complaint


def test_an_answer_is_held_against_it_too() -> None:
    request = Request("get", "/users/u-1/presence", (), JSON)
    assert contract().answer_complaints(request, Answer(200, b'{"availability": "Busy"}')) == []
    assert contract().answer_complaints(request, Answer(200, b'{"mood": "fine"}')) != []


def test_it_refuses_what_the_sdk_makes_of_a_timedelta() -> None:
    """Why graph.wire writes durations as text; gone when this fails."""
    from kiota_serialization_json.json_serialization_writer import JsonSerializationWriter
    from msgraph.generated.users.item.presence.set_user_preferred_presence import (
        set_user_preferred_presence_post_request_body as preferred,
    )

    writer = JsonSerializationWriter()
    body = preferred.SetUserPreferredPresencePostRequestBody(
        availability="Busy", activity="Busy", expiration_duration=timedelta(hours=1)
    )
    writer.write_object_value(None, body)
    written = json.loads(writer.get_serialized_content())
    (complaint,) = asked("post", PREFER, body=written)
    assert "1:00:00" in complaint
