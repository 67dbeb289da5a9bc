"""One's own presence through the real SDK: what is asked of Graph, to the letter, and what is made of its answers."""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.account import Account
from graph.errors import UnreachableError
from graph.types import Presence, StatusMessage
from graph.wire import duration
from tests.graph.conftest import TOKEN, USER
from tests.graph.stage import Next, Stage

HALF_PAST = datetime(2026, 11, 23, 11, 30, tzinfo=timezone(timedelta(hours=1)))


def said(text: str, until: str | None, zone: str = "UTC") -> dict[str, Any]:
    expiry = {"dateTime": until, "timeZone": zone} if until else None
    return {"message": {"content": text, "contentType": "text"}, "expiryDateTime": expiry}


async def test_reading(account: Account, stage: Stage) -> None:
    stage.answers(Next({"availability": "DoNotDisturb", "activity": "Presenting", "statusMessage": None}))
    assert await account.presence.read() == Presence("DoNotDisturb", "Presenting", None)
    (asked,) = stage.asked
    assert (asked.method, asked.path) == ("GET", f"/users/{USER}/presence")
    assert asked.headers["Authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize(
    ("told", "status"),
    [
        (said("Focus", None), StatusMessage("Focus")),
        (said("Focus", "2026-11-23T10:30:00.0000000"), StatusMessage("Focus", HALF_PAST.astimezone(UTC))),
        (said("Focus", "2026-11-23T11:30:00", "W. Europe Standard Time"), StatusMessage("Focus", HALF_PAST)),
        (said("Focus", "2026-11-23T11:30:00", "Europe/Brussels"), StatusMessage("Focus", HALF_PAST)),
        (said("Focus", "2026-11-23T11:30:00", "Customized Time Zone"), StatusMessage("Focus")),
        (said("", None), None),
        ({"message": None}, None),
    ],
)
async def test_the_status_message(account: Account, stage: Stage, told: Any, status: StatusMessage | None) -> None:
    stage.answers(Next({"availability": "Busy", "activity": "Busy", "statusMessage": told}))
    read = (await account.presence.read()).status
    assert read == status
    assert read is None or read.until is None or read.until.tzinfo is UTC


async def test_preferring_lasts_as_long_as_asked(account: Account, stage: Stage) -> None:
    await account.presence.prefer("DoNotDisturb", "DoNotDisturb", timedelta(minutes=90))
    (asked,) = stage.asked
    assert (asked.method, asked.path) == ("POST", f"/users/{USER}/presence/setUserPreferredPresence")
    assert asked.body == {
        "availability": "DoNotDisturb",
        "activity": "DoNotDisturb",
        "expirationDuration": "PT90M",
    }


async def test_clearing(account: Account, stage: Stage) -> None:
    await account.presence.clear_preferred()
    (asked,) = stage.asked
    assert (asked.method, asked.path) == ("POST", f"/users/{USER}/presence/clearUserPreferredPresence")
    assert asked.body is None


async def test_saying_until(account: Account, stage: Stage) -> None:
    await account.presence.say("Focus tot 11:30", HALF_PAST)
    (asked,) = stage.asked
    assert asked.path == f"/users/{USER}/presence/setStatusMessage"
    message = {"content": "Focus tot 11:30", "contentType": "text"}
    expiry = {"dateTime": "2026-11-23T10:30:00", "timeZone": "UTC"}
    assert asked.body == {"statusMessage": {"message": message, "expiryDateTime": expiry}}


async def test_unsaying(account: Account, stage: Stage) -> None:
    await account.presence.unsay()
    (asked,) = stage.asked
    assert asked.body == {"statusMessage": {"message": {"content": "", "contentType": "text"}}}


@pytest.mark.parametrize("junk", [b"[]", b"null", b'{"activity": "Busy"}', b'{"availability": 4}', b"<html>", b""])
async def test_junk_is_no_presence(account: Account, stage: Stage, junk: bytes) -> None:
    stage.answers(Next(raw=junk))
    with pytest.raises(UnreachableError):
        await account.presence.read()


@given(st.integers(1, 14 * 24 * 3600))
def test_a_duration_is_text_that_says_the_same(seconds: int) -> None:
    found = re.fullmatch(r"PT(\d+)M(?:(\d+)S)?", duration(timedelta(seconds=seconds)))
    assert found
    assert int(found[1]) * 60 + int(found[2] or 0) == seconds
