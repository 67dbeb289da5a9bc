"""Faults, the journal, the clock, what people do themselves, and who may knock."""

import asyncio
import time
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from tests.graph.sandbox.served import ANNEKE, JORIS, START, Served, block, sso


async def breaks(served: Served, **fault: Any) -> None:
    status, told = await served.own("POST", "/_twin/faults", json=fault)
    assert status == 204, told


async def journal(served: Served, after: int = 0) -> list[dict[str, Any]]:
    return (await served.own("GET", "/_twin/journal", params={"after": str(after)}))[1]["value"]


async def subjects(served: Served) -> list[str]:
    _, world = await served.own("GET", "/_twin/world")
    return [event["subject"] for event in world["people"][0]["events"]]


async def test_a_fault_hits_as_often_as_asked_where_it_fits(served: Served) -> None:
    await breaks(served, kind="throttled", method="POST", path="/v1.0/users/*/events", times=2, skip=1, retryAfter=7)
    statuses = [(await served.ask("POST", "/events", block()))[0] for _ in range(4)]
    assert statuses == [201, 429, 429, 201]
    assert len(await subjects(served)) == 2
    await breaks(served, kind="throttled", path="/v1.0/users/*/events", retryAfter=7)
    await served.ask("GET", "/presence")
    assert (await served.ask("GET", "/events"))[0] == 429
    assert served.headers["Retry-After"] == "7"


async def test_unavailable_and_any_other_status(served: Served) -> None:
    await breaks(served, kind="unavailable", path="/v1.0/*")
    await breaks(served, kind="status", status=504, path="/v1.0/*")
    assert [(await served.ask("GET", "/presence"))[0] for _ in range(3)] == [503, 504, 200]


@pytest.mark.parametrize(("kind", "done"), [("dropped", []), ("dropped_after", ["bezwaarschrift"])])
async def test_a_dropped_request_is_done_or_not_and_never_answered(served: Served, kind: str, done: list[str]) -> None:
    await breaks(served, kind=kind, method="POST", path="*/events")
    with pytest.raises(aiohttp.ClientError):
        await served.ask("POST", "/events", block())
    assert await subjects(served) == done
    entry = (await journal(served))[-1]
    assert (entry["status"], entry["done"], entry["fault"]) == (None, bool(done), kind)


@pytest.mark.parametrize(("kind", "done"), [("slow", []), ("slow_after", ["bezwaarschrift"])])
async def test_a_slow_request_is_done_before_or_after_the_wait(served: Served, kind: str, done: list[str]) -> None:
    await breaks(served, kind=kind, method="POST", path="*/events", seconds=0.3)
    began = time.monotonic()
    asked = asyncio.create_task(served.ask("POST", "/events", block()))
    while not any(entry["method"] == "POST" for entry in await journal(served)):
        pass  # each look is a request of its own
    assert await subjects(served) == done
    assert (await asked)[0] == 201
    assert time.monotonic() - began >= 0.3


async def test_faults_without_an_end_last_until_they_are_taken_away(served: Served) -> None:
    await breaks(served, kind="unavailable", path="/api/*", times=None)
    assert [(await served.tokens("GET", "GetToken"))[0] for _ in range(3)] == [503] * 3
    assert len((await served.own("GET", "/_twin/faults"))[1]["value"]) == 1
    await served.own("DELETE", "/_twin/faults")
    assert (await served.tokens("GET", "GetToken"))[0] == 200


async def test_the_next_failure_comes_before_what_is_always_so(served: Served) -> None:
    await breaks(served, kind="slow", path="/v1.0/*", seconds=0.01, times=None)
    await breaks(served, kind="unavailable", path="/v1.0/*", skip=1)
    assert [(await served.ask("GET", "/presence"))[0] for _ in range(3)] == [200, 503, 200]
    assert [entry["fault"] for entry in await journal(served) if "v1.0" in entry["path"]] == [
        "slow",
        "unavailable",
        "slow",
    ]


async def test_the_journal_has_every_request_and_no_token(served: Served) -> None:
    token = sso(ANNEKE.user_id)
    await served.tokens("POST", "exchange", json={"token": token})
    given = await served.token()
    await served.ask("POST", "/events", block(transactionId="t1"))
    await served.own("GET", "/_twin/world")
    entries = await journal(served)
    assert [entry["path"].rpartition("/")[2] for entry in entries] == ["exchange", "GetToken", "GetToken", "events"]
    last = entries[-1]
    assert (last["method"], last["body"]["transactionId"], last["status"], last["authorized"]) == (
        "POST",
        "t1",
        201,
        True,
    )
    assert token not in str(entries)
    assert given not in str(entries)
    assert await journal(served, after=entries[2]["number"]) == entries[3:]
    await served.own("GET", "/api/usertoken/GetAadTokens")
    assert (await journal(served))[-1]["status"] == 404
    await served.own("DELETE", "/_twin/journal")
    assert await journal(served) == []


async def test_the_clock_goes_forward_only(served: Served) -> None:
    await served.does("prefer", availability="Busy", until=(START + timedelta(hours=1)).isoformat())
    assert (await served.own("POST", "/_twin/clock", json={"seconds": -1}))[0] == 400
    assert await served.seen() == ("Busy", "Busy")
    assert (await served.own("POST", "/_twin/clock", json={"seconds": 3600}))[0] == 200
    assert await served.seen() == ("Available", "Available")


async def test_what_a_person_does_themselves(served: Served) -> None:
    await served.does("prefer", availability="BeRightBack")
    assert await served.seen() == ("BeRightBack", "BeRightBack")
    await served.does("reset")
    await served.does("appear", availability="Busy", activity="InACall")
    assert await served.seen() == ("Busy", "InACall")
    await served.does("say", text="Mijn bericht")
    assert (await served.ask("GET", "/presence"))[1]["statusMessage"]["message"]["content"] == "Mijn bericht"
    later = {"start": (START + timedelta(hours=3)).isoformat(), "end": (START + timedelta(hours=4)).isoformat()}
    who = [{"emailAddress": {"name": JORIS.name, "address": JORIS.address}}]
    (made,) = await served.does("book", subject="Overleg", attendees=who, **later)
    await served.does("edit", event=made, subject="Werkoverleg", start=START.isoformat(), end=later["start"])
    _, event = await served.ask("GET", f"/events/{made}")
    assert (event["subject"], event["start"]["dateTime"][11:13], event["end"]["dateTime"][11:13]) == (
        "Werkoverleg",
        "09",
        "12",
    )
    assert len(event["attendees"]) == 1
    await served.does("delete", event=made)
    assert await subjects(served) == []


async def test_working_hours_are_told_as_outlook_does(served: Served) -> None:
    await served.does("working_hours", zone="Romance Standard Time", days=["monday"], start="09:00:00")
    _, told = await served.ask("GET", "/mailboxSettings", query={"$select": "timeZone,workingHours"})
    assert told["timeZone"] == "Romance Standard Time"
    assert told["workingHours"]["daysOfWeek"] == ["monday"]
    assert told["workingHours"]["startTime"] == "09:00:00.0000000"


async def test_tokens_can_end_while_the_sign_in_stays(served: Served) -> None:
    before = await served.token()
    await served.does("expire_tokens")
    assert await served.token() != before


@pytest.mark.parametrize(
    "act",
    [
        {"act": "fly"},
        {"act": "prefer", "availability": "Focusing"},
        {"act": "delete", "event": "x"},
        {"act": "prefer", "availability": "Busy", "until": "2026-11-23T08:00:00Z"},
        {"act": "prefer", "availability": "Busy", "until": "2026-11-23T12:00:00"},
        {"act": "say", "text": "x", "mood": "good"},
        {"act": "working_hours", "zone": "Amsterdam"},
        {"act": "book", "subject": "x", "start": "2026-11-23T12:00:00Z", "end": "2026-11-23T11:00:00Z"},
    ],
)
async def test_what_nobody_can_do_is_refused(served: Served, act: dict[str, str]) -> None:
    status, _ = await served.own("POST", f"/_twin/people/{ANNEKE.user_id}/acts", json=act)
    assert status in {400, 404}


async def test_who_somebody_is(served: Served) -> None:
    status, told = await served.ask("GET", "", query={"$select": "id,displayName"})
    assert (status, told) == (200, {"id": ANNEKE.user_id, "displayName": "Anneke Visser"})
    headers = {"Authorization": f"Bearer {await served.token()}"}
    assert (await served.own("GET", "/v1.0/users/nobody", headers=headers))[0] == 404
    assert (await served.own("GET", "/v1.0/me/messages", headers=headers))[0] == 400


@pytest.mark.parametrize(
    "headers", [{"Host": "elsewhere.example"}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}]
)
@pytest.mark.parametrize("path", ["/", "/_twin/world", "/api/usertoken/GetToken", "/v1.0/users"])
async def test_a_page_from_elsewhere_gets_nothing(served: Served, headers: dict[str, str], path: str) -> None:
    assert (await served.own("GET", path, headers=headers))[0] == 403
