"""The same client against the twin, as a process of its own; each request it got is held against Graph's contract."""

import asyncio
import base64
import contextlib
import json
import re
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any, Self

import aiohttp
import pytest

from graph.account import Account
from graph.client import GraphClient
from graph.errors import (
    BusyError,
    ConsentMissingError,
    GraphError,
    NotSignedInError,
    RefusedError,
    UnreachableError,
)
from graph.presence import OwnPresence
from graph.sandbox.people import TWO, Person
from graph.types import Draft, Mailbox, Presence, StatusMessage, UserToken, WorkingHours
from graph.user_tokens import Owner, UserTokens
from tests.graph import contract
from tests.stack import ROOT

pytestmark = pytest.mark.process

_, JORIS = TWO
# A process takes seconds to start, so one serves all tests, and each has somebody to itself.
PEOPLE = [
    Person(
        f"6f0b4c52-7d1e-4a38-9c05-2be41d70b{number:03}", f"29:1-{number}", f"Anneke {number}", f"a{number}@x.example"
    )
    for number in range(40)
]
NOW = datetime.now(UTC).replace(microsecond=0)
HOUR = timedelta(hours=1)
DRAFT = Draft("bezwaarschrift", NOW + HOUR, NOW + 2 * HOUR, "Focus")
WEEK = (NOW - 24 * HOUR, NOW + 7 * 24 * HOUR)


class Twin:
    """The twin's process, and the way to it: `account` as the bot has one, `does` what people do themselves."""

    def __init__(self, folder: Path) -> None:
        self._state, self._people = folder / "twin.json", folder / "people.json"
        shown = [
            {"aadObjectId": one.user_id, "id": one.channel_user_id, "name": one.name, "email": one.address}
            for one in (*PEOPLE, JORIS)
        ]
        self._people.write_text(json.dumps({"currentUser": shown[0], "users": shown[1:]}), "utf-8")
        self._fresh = iter(PEOPLE)

    async def next_test(self) -> None:
        """Somebody to whom nothing has happened yet, and nothing asked or wrong."""
        self.anneke = next(self._fresh)
        self.owner = Owner(self.anneke.channel_user_id)
        await self.own("DELETE", "journal")
        await self.own("DELETE", "faults")

    async def __aenter__(self) -> Self:
        self.session = aiohttp.ClientSession()
        await self.start("0")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()
        await self.session.close()

    async def start(self, port: str) -> None:
        command = (sys.executable, "-m", "graph.sandbox", "--port", port, "--state", str(self._state))
        more = ("--people", str(self._people))
        self._process = await asyncio.create_subprocess_exec(*command, *more, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
        said = (await asyncio.wait_for(self._process.stdout.readline(), 30)).decode()
        self.url, self.port = re.search(r"(http://[^ ]*:(\d+))/", said).groups()
        self.client = GraphClient(f"{self.url}/v1.0", patience=1.0)
        await self.client.warm_up()
        self.tokens = UserTokens("graph", base_url=self.url)

    async def stop(self, how: int = signal.SIGTERM) -> None:
        await self.tokens.close()
        await self.client.close()
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(how)
        await self._process.wait()
        self._process._transport.close()

    async def own(self, method: str, path: str, body: Any = None) -> Any:
        async with self.session.request(method, f"{self.url}/_twin/{path}", json=body) as answer:
            assert answer.ok, await answer.text()
            return await answer.json() if answer.status == 200 else None

    async def fault(self, path: str, kind: str, **more: Any) -> None:
        await self.own("POST", "faults", {"path": path, "kind": kind, **more})

    async def does(self, act: str, **told: Any) -> list[str]:
        return (await self.own("POST", f"people/{self.anneke.user_id}/acts", {"act": act, **told}))["made"]

    async def account(self) -> Account:
        return Account(self.client, self.anneke.user_id, await self.tokens.token(self.owner))

    async def asked(self) -> list[dict[str, Any]]:
        """What Graph was asked."""
        return [entry for entry in (await self.own("GET", "journal"))["value"] if entry["path"].startswith("/v1.0/")]


@pytest.fixture(scope="module")
async def running(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Twin]:
    async with Twin(tmp_path_factory.mktemp("twin")) as running:
        yield running


@pytest.fixture
async def twin(running: Twin) -> AsyncIterator[Twin]:
    """Fails the test at its end if anything that was asked broke the contract."""
    await running.next_test()
    yield running
    asked = await running.asked()
    if contract.SLICE.exists():
        assert [complaint for entry in asked for complaint in complaints(entry)] == []


def complaints(entry: dict[str, Any]) -> list[str]:
    headers = entry["headers"] | ({"Authorization": "Bearer not-kept"} if entry["authorized"] else {})
    body = json.dumps(entry["body"]).encode() if entry["body"] is not None else None
    path = entry["path"].removeprefix("/v1.0")
    request = contract.Request(entry["method"].lower(), path, list(entry["query"].items()), headers, body)
    return contract.contract().complaints(request)


async def refused(call: Any) -> GraphError:
    with pytest.raises(GraphError) as caught:
        await call
    return caught.value


async def read(presence: OwnPresence) -> Presence:
    """Presence without its version, which is one for each change."""
    first, second = await presence.read(), await presence.read()
    assert first.version
    assert first == second
    return replace(first, version=None)


async def test_presence_from_start_to_end(twin: Twin) -> None:
    await twin.does("appear", availability="Available")
    presence = (await twin.account()).presence
    assert await read(presence) == Presence("Available", "Available", None)
    await presence.prefer("DoNotDisturb", "DoNotDisturb", timedelta(minutes=90))
    await presence.say("Focus tot 11:30", NOW + HOUR)
    said = StatusMessage("Focus tot 11:30", NOW + HOUR)
    assert await read(presence) == Presence("DoNotDisturb", "DoNotDisturb", said)
    await presence.clear_preferred()
    await presence.unsay()
    assert await read(presence) == Presence("Available", "Available", None)


async def test_presence_ends_by_itself(twin: Twin) -> None:
    await twin.does("appear", availability="Available")
    presence = (await twin.account()).presence
    await presence.prefer("Busy", "Busy", timedelta(minutes=10))
    now = datetime.now(UTC)  # the module's may be long ago by now
    await presence.say("Focus", now + timedelta(minutes=10))
    await twin.own("POST", "clock", {"seconds": 630})
    assert await read(presence) == Presence("Available", "Available", None)


async def test_an_event_from_start_to_end(twin: Twin) -> None:
    calendar = (await twin.account()).calendar
    made = await calendar.create(DRAFT, "t-1", "s-1")
    assert (made.subject, made.start, made.end) == (DRAFT.subject, DRAFT.start, DRAFT.end)
    assert (made.show_as, made.sensitivity, made.reminder, made.categories) == ("busy", "private", False, ("Focus",))
    assert (made.transaction_id, made.mark, made.attendees) == ("t-1", "s-1", 0)
    assert await calendar.get(made.id) == made
    assert list(await calendar.marked("s-1")) == [made]
    assert list(await calendar.marked("s-2")) == []
    moved = await calendar.move_end(made.id, DRAFT.start, DRAFT.end + HOUR)
    assert moved is not None
    assert moved.end == DRAFT.end + HOUR
    assert [(event.id, event.mark, event.end) for event in await calendar.view(*WEEK)] == [
        (made.id, "s-1", DRAFT.end + HOUR)
    ]
    await calendar.delete(made.id)
    await calendar.delete(made.id)
    assert await calendar.get(made.id) is None
    assert await calendar.move_end(made.id, DRAFT.start, DRAFT.end) is None
    assert list(await calendar.view(*WEEK)) == []


async def test_made_twice_is_made_once(twin: Twin) -> None:
    calendar = (await twin.account()).calendar
    first, second = await calendar.create(DRAFT, "t-1", "s-1"), await calendar.create(DRAFT, "t-1", "s-1")
    assert first.id == second.id
    assert len(await calendar.view(*WEEK)) == 1


async def test_what_people_do_themselves_is_seen(twin: Twin) -> None:
    calendar = (await twin.account()).calendar
    made = await calendar.create(DRAFT, "t-1", "s-1")
    told = {"start": (NOW + 3 * HOUR).isoformat(), "end": (NOW + 4 * HOUR).isoformat()}
    who = {"emailAddress": {"name": JORIS.name, "address": JORIS.address}}
    (meeting,) = await twin.does("book", subject="Overleg", attendees=[who], **told)
    await twin.does("edit", event=made.id, subject="zelf veranderd")
    seen = {event.id: event for event in await calendar.view(*WEEK)}
    assert seen[meeting].mark is None
    assert seen[meeting].attendees == 1
    assert (seen[made.id].subject, seen[made.id].mark) == ("zelf veranderd", "s-1")


async def test_a_full_calendar_comes_in_pages(twin: Twin) -> None:
    account = await twin.account()
    for number in range(105):
        moment = NOW + timedelta(minutes=number)
        await twin.does("book", subject=str(number), start=moment.isoformat(), end=(moment + HOUR).isoformat())
    found = await account.calendar.view(*WEEK)
    assert [event.subject for event in found] == [str(number) for number in range(105)]
    assert len(await twin.asked()) == 2


async def test_who_and_when(twin: Twin) -> None:
    account = await twin.account()
    assert await account.me() == twin.anneke.user_id
    await twin.does("working_hours", zone="W. Europe Standard Time", days=["monday", "friday"], start="09:00:00")
    hours = WorkingHours(frozenset({0, 4}), time(9), time(17), "Europe/Berlin")
    assert await account.mailbox.read() == Mailbox("Europe/Berlin", hours)


@pytest.mark.parametrize(
    ("fault", "kind", "done"),
    [
        ({"kind": "throttled", "retryAfter": 7}, BusyError, False),
        ({"kind": "unavailable"}, BusyError, False),
        ({"kind": "status", "status": 500}, UnreachableError, False),
        ({"kind": "status", "status": 400}, RefusedError, False),
        ({"kind": "dropped"}, UnreachableError, False),
        ({"kind": "dropped_after"}, UnreachableError, True),
        ({"kind": "slow_after", "seconds": 3}, UnreachableError, True),
    ],
)
async def test_what_goes_wrong_with_a_write(twin: Twin, fault: Any, kind: type[GraphError], done: bool) -> None:
    """Whether it was done is known by its mark afterwards; asked again, it is there once."""
    calendar = (await twin.account()).calendar
    await twin.fault("*/events", **fault)
    found = await refused(calendar.create(DRAFT, "t-1", "s-1"))
    assert type(found) is kind
    assert found.retry_after == (7.0 if fault["kind"] == "throttled" else None)
    assert len(await calendar.marked("s-1")) == (1 if done else 0)
    await calendar.create(DRAFT, "t-1", "s-1")
    assert len(await calendar.marked("s-1")) == 1


async def test_a_token_is_good_for_its_own_person_alone(twin: Twin) -> None:
    token = await twin.tokens.token(twin.owner)
    other = Account(twin.client, JORIS.user_id, token)
    for call in (other.calendar.view(*WEEK), other.presence.clear_preferred(), other.mailbox.read()):
        assert (await refused(call)).status == 403
    nobody = Account(twin.client, twin.anneke.user_id, UserToken("made-up"))
    assert type(await refused(nobody.presence.read())) is NotSignedInError


async def test_a_token_that_ends_meanwhile(twin: Twin) -> None:
    account = await twin.account()
    await twin.does("expire_tokens")
    assert type(await refused(account.presence.read())) is NotSignedInError
    await (await twin.account()).presence.read()  # the token service gives another: they are still signed in


async def test_signing_in_and_out(twin: Twin) -> None:
    await twin.tokens.sign_out(twin.owner)
    assert type(await refused(twin.tokens.token(twin.owner))) is NotSignedInError
    token = await twin.tokens.exchange(twin.owner, assertion(twin.anneke))
    assert await Account(twin.client, twin.anneke.user_id, token).me() == twin.anneke.user_id
    await twin.tokens.sign_out(twin.owner)
    await twin.tokens.sign_out(twin.owner)


@pytest.mark.parametrize(("state", "admin"), [("needs_consent", False), ("revoked", False), ("needs_admin", True)])
async def test_consent_is_missing(twin: Twin, state: str, admin: bool) -> None:
    before = await twin.account()
    await twin.does("consent", connection="graph", state=state)
    found = await refused(twin.tokens.exchange(twin.owner, assertion(twin.anneke)))
    assert isinstance(found, ConsentMissingError)
    assert found.admin is admin
    assert type(await refused(twin.tokens.token(twin.owner))) is NotSignedInError
    assert type(await refused(before.presence.read())) is NotSignedInError


async def test_a_scope_that_was_not_given(twin: Twin) -> None:
    await twin.does("consent", connection="graph", state="signed_in", scopes=["Presence.ReadWrite"])
    account = await twin.account()
    await account.presence.read()
    for call in (account.calendar.view(*WEEK), account.mailbox.read()):
        found = await refused(call)
        assert isinstance(found, ConsentMissingError)
        assert not found.admin


async def test_signing_in_by_hand_with_a_code(twin: Twin) -> None:
    await twin.does("consent", connection="graph", state="needs_consent")
    conversation = {"user": {"id": twin.anneke.channel_user_id}, "conversation": {"id": "a:1"}, "channelId": "msteams"}
    link = (await twin.tokens.sign_in(None, conversation)).link
    async with twin.session.post(link) as page:
        (code,) = re.findall(r'class="code">(\d+)<', await page.text())
    assert type(await refused(twin.tokens.token(twin.owner, "not-it"))) is NotSignedInError
    await twin.tokens.token(twin.owner, code)
    await twin.tokens.token(twin.owner)


async def test_killed_and_started_again_it_knows_everything(twin: Twin) -> None:
    made = await (await twin.account()).calendar.create(DRAFT, "t-1", "s-1")
    await twin.stop(signal.SIGKILL)
    await twin.start(twin.port)
    calendar = (await twin.account()).calendar
    assert (await calendar.create(DRAFT, "t-1", "s-1")).id == made.id
    assert len(await calendar.marked("s-1")) == 1


def assertion(person: Person) -> str:
    """What a Teams client gives for single sign-on; the twin looks at whose it is."""
    payload = base64.urlsafe_b64encode(json.dumps({"oid": person.user_id}).encode()).decode().rstrip("=")
    return f"e30.{payload}.signature"
