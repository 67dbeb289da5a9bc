"""Graph's presence paths, over HTTP."""

from datetime import timedelta
from typing import Any

import pytest

from graph.sandbox.sign_in import SCOPES
from tests.graph.sandbox.served import ANNEKE, CONNECTION, JORIS, START, Served, when

PREFER, CLEAR, SAY = (
    f"/presence/{one}" for one in ("setUserPreferredPresence", "clearUserPreferredPresence", "setStatusMessage")
)
QUIET = {"availability": "DoNotDisturb", "activity": "DoNotDisturb"}


def saying(text: str, **more: Any) -> dict[str, Any]:
    return {"statusMessage": {"message": {"content": text, "contentType": "text"}, **more}}


async def test_do_not_disturb_lasts_as_long_as_asked(served: Served) -> None:
    assert await served.seen() == ("Available", "Available")
    assert (await served.ask("POST", PREFER, {**QUIET, "expirationDuration": "PT90M"}))[0] == 200
    assert await served.seen() == ("DoNotDisturb", "DoNotDisturb")
    served.clock.passes(minutes=90)
    assert await served.seen() == ("Available", "Available")


async def test_clearing_brings_back_what_teams_sees(served: Served) -> None:
    await served.ask("POST", PREFER, QUIET)
    assert (await served.ask("POST", CLEAR))[0] == 200
    assert await served.seen() == ("Available", "Available")
    assert (await served.ask("POST", CLEAR))[0] == 200


async def test_a_preference_does_not_count_while_teams_is_closed(served: Served) -> None:
    await served.ask("POST", PREFER, QUIET)
    await served.does("appear", availability=None)
    assert await served.seen() == ("Offline", "Offline")
    await served.does("appear", availability="Away")
    assert await served.seen() == ("DoNotDisturb", "DoNotDisturb")


@pytest.mark.parametrize(
    "body",
    [
        {"availability": "DoNotDisturb", "activity": "Busy"},
        {"availability": "DoNotDisturb"},
        {**QUIET, "expirationDuration": "1:00:00"},
        {**QUIET, "expirationDuration": 3600},
        {**QUIET, "sessionId": "x"},
        {"availability": "Offline", "activity": "Offline"},
        [],
    ],
)
async def test_what_is_no_preference_is_refused(served: Served, body: Any) -> None:
    status, told = await served.ask("POST", PREFER, body)
    assert (status, set(told["error"])) == (400, {"code", "message", "innerError"})
    assert await served.seen() == ("Available", "Available")


async def test_a_status_message_is_there_until_its_end(served: Served) -> None:
    until = START + timedelta(minutes=90)
    body = saying("Focus tot 11:30.", expiryDateTime=when(until))
    assert (await served.ask("POST", SAY, body))[0] == 200
    _, told = await served.ask("GET", "/presence")
    assert told["statusMessage"]["message"]["content"] == "Focus tot 11:30."
    assert told["statusMessage"]["expiryDateTime"] == {"dateTime": "2026-11-23T10:30:00.0000000", "timeZone": "UTC"}
    served.clock.passes(minutes=90)
    assert (await served.ask("GET", "/presence"))[1]["statusMessage"] is None


async def test_an_empty_status_message_takes_it_away(served: Served) -> None:
    await served.does("say", text="Mijn eigen bericht")
    await served.ask("POST", SAY, saying(""))
    assert (await served.ask("GET", "/presence"))[1]["statusMessage"] is None


@pytest.mark.parametrize(
    "body",
    [
        saying("x", expiryDateTime={"dateTime": "2026-11-23T12:00:00Z", "timeZone": "UTC"}),
        saying("x", expiryDateTime={"dateTime": "2026-11-23T08:00:00", "timeZone": "UTC"}),
        saying("x", expiryDateTime={"dateTime": "2026-11-23T12:00:00", "timeZone": "Amsterdam"}),
        {"statusMessage": {"message": {"content": "<b>x</b>", "contentType": "html"}}},
        saying("x" * 281),
        {"statusMessage": None},
        {},
    ],
)
async def test_what_is_no_status_message_is_refused(served: Served, body: Any) -> None:
    assert (await served.ask("POST", SAY, body))[0] == 400


async def test_others_are_refused_without_the_scope_and_see_no_end_with_it(served: Served) -> None:
    await served.does("say", person=JORIS, text="Tot morgen", until=(START + timedelta(days=1)).isoformat())
    path = f"/v1.0/users/{JORIS.user_id}/presence"
    headers = {"Authorization": f"Bearer {await served.token()}"}
    assert (await served.own("GET", path, headers=headers))[0] == 403
    await served.does("consent", connection=CONNECTION, state="signed_in", scopes=[*SCOPES, "Presence.Read.All"])
    headers = {"Authorization": f"Bearer {await served.token()}"}
    status, told = await served.own("GET", path, headers=headers)
    assert (status, told["statusMessage"]) == (200, {"message": {"content": "Tot morgen", "contentType": "text"}})
    prefer = f"/v1.0/users/{JORIS.user_id}{PREFER}"
    assert (await served.own("POST", prefer, headers=headers, json=QUIET))[0] == 403


async def test_select_leaves_the_rest_out_and_refuses_what_is_not_there(served: Served) -> None:
    _, told = await served.ask("GET", "/presence", query={"$select": "availability"})
    assert told == {"id": ANNEKE.user_id, "availability": "Available"}
    assert (await served.ask("GET", "/presence", query={"$select": "mood"}))[0] == 400
