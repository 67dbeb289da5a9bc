"""`/focus` for whom Microsoft does half of it: no mailbox in the cloud, or an Outlook or a Teams that fails by itself."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.services import FakeClock
from bot.store import Store
from bot.store.outbox import FakeOutbox
from graph.accounts import MicrosoftAccounts
from graph.client import GraphClient
from graph.marks import MARK, SUBJECT, TIMES
from graph.user_tokens import UserTokens
from tests.conversations.focus_steps import ME, OTHER, Place
from tests.conversations.town import CHANNEL, Town, personal
from tests.fakes.botframework import BotFramework, utc
from tests.graph.sandbox.served import CONNECTION, Served

OUTLOOK = ("/calendarView", "/events", "/mailboxSettings")
NO_MAILBOX = {"error": {"code": "MailboxNotEnabledForRESTAPI", "message": "REST API is not yet supported here."}}
ABSENT = "je agenda staat niet in Microsoft 365; ik zet er niets in"


class OnPremises:
    """Graph in front of the twin, for whoever has their mailbox elsewhere; `asked` is what it was asked of Outlook."""

    def __init__(self, behind: str) -> None:
        self.behind, self.asked = behind, 0
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self._answer)
        self.server = TestServer(application)

    async def _answer(self, request: web.Request) -> web.Response:
        if any(part in request.path for part in OUTLOOK):
            self.asked += 1
            return web.json_response(NO_MAILBOX, status=404)
        headers = {name: request.headers[name] for name in ("Authorization", "Content-Type") if name in request.headers}
        what = {"data": await request.read(), "headers": headers}
        async with (
            ClientSession() as session,
            session.request(request.method, f"{self.behind}{request.rel_url}", **what) as answer,
        ):
            return web.Response(status=answer.status, body=await answer.read(), content_type="application/json")


@pytest.fixture
async def somewhere(sqlite_files, tmp_path: Path) -> AsyncIterator[tuple[Place, OnPremises]]:
    clock = FakeClock(utc())
    store = Store(sqlite_files.ready(), clock.now, FakeOutbox())
    async with Served(tmp_path) as served, BotFramework() as framework:
        front = OnPremises(served.url)
        async with front.server:
            client = GraphClient(str(front.server.make_url("/v1.0")), patience=2.0)
            accounts = MicrosoftAccounts(client, UserTokens(CONNECTION, base_url=served.url))
            await accounts.warm_up()
            async with Town(framework, store, clock, accounts=accounts) as town:
                for who in (ME, OTHER):
                    framework._personal[personal(who).id] = who.channel_user_id
                town.settle(CHANNEL, ME, OTHER)
                yield Place(town, served), front
            await accounts.close()
    await store.close()


async def test_without_a_mailbox_teams_shows_it_and_the_card_says_once_that_the_calendar_does_not(
    somewhere: tuple[Place, OnPremises],
) -> None:
    place, front = somewhere
    said = await place.says("/focus 90 bezwaarschrift")
    assert said.text.count(ABSENT) == 1
    assert "lukte nog niet" not in said.text
    assert "✓ Teams-status: Niet storen" in said.text
    person = await place.person()
    assert person["preferred"]["availability"] == "DoNotDisturb"
    assert person["status"]["text"].startswith("Focus tot 11:30.")
    asked = front.asked
    for _ in range(6):
        await place.passes(minutes=10)
    assert front.asked == asked  # no mailbox comes by asking
    await place.passes(minutes=31)
    assert [(each["block_hold"], each["due_at"]) for each in await place.sessions()] in ([], [("absent", None)])


async def test_planned_without_a_mailbox_it_begins_all_the_same(somewhere: tuple[Place, OnPremises]) -> None:
    place, _ = somewhere
    said = await place.says("/focus 10:30 60")
    assert ABSENT in said.text
    await place.passes(minutes=30)
    await place.passes(minutes=1)
    assert (await place.person())["preferred"]["availability"] == "DoNotDisturb"


async def test_while_the_calendar_fails_teams_shows_it_and_the_block_comes_later(place: Place) -> None:
    await place.fails(path="/v1.0/users/*/calendarView*")
    said = await place.says("/focus 90 bezwaarschrift")
    assert "✓ Teams-status: Niet storen" in said.text
    assert "Agenda: het blok maken lukte nog niet" in said.text
    assert (await place.person())["events"] == []
    await place.works()
    await place.passes(minutes=1)
    assert len((await place.person())["events"]) == 1


async def test_while_presence_fails_the_block_stands_and_teams_follows_later(place: Place) -> None:
    await place.fails(path="/v1.0/users/*/presence*")
    said = await place.says("/focus 90 bezwaarschrift")
    assert "✓ Agenda: privéblok" in said.text
    person = await place.person()
    assert (person["preferred"], len(person["events"])) == (None, 1)
    await place.works()
    await place.passes(minutes=1)
    assert (await place.person())["preferred"]["availability"] == "DoNotDisturb"
    said = await place.says("/focus stop")
    person = await place.person()
    assert (person["preferred"], person["status"], person["events"]) == (None, None, [])


MEETING = {"start": "2026-11-23T09:00:00+00:00", "end": "2026-11-23T11:00:00+00:00"}
SOMEBODY = [{"emailAddress": {"address": "bart@example.org"}}]


@pytest.mark.parametrize(
    ("subject", "more", "counts"),
    [
        ("Focustijd", {}, True),
        ("Focus time", {}, True),
        ("Focus: nota", {}, True),
        ("nota", {"categories": ["Focus"]}, True),
        ("Focusgroep inwoners", {"attendees": SOMEBODY}, False),
        ("Focusgroep inwoners", {}, False),
        ("Focus time", {"attendees": SOMEBODY}, False),
        ("Autofocus testen", {}, False),
    ],
)
async def test_what_is_focus_time_of_their_own(place: Place, subject: str, more: dict, counts: bool) -> None:
    await place.served.does("book", subject=subject, **MEETING, **more)
    said = await place.says("/focus 90 bezwaarschrift")
    assert ("je had dan al focustijd" in said.text) is counts
    assert len((await place.person())["events"]) == (1 if counts else 2)


async def test_a_copy_of_the_block_leads_nothing_and_is_never_removed(place: Place) -> None:
    await place.says("/focus morgen 9:00 2u rapport")
    (made,) = (await place.person())["events"]
    marks = await marks_of(place)
    kept = {name: made[name] for name in ("subject", "showAs", "sensitivity", "categories")}
    times = {
        side: {"dateTime": f"2026-11-26T{hour}:00:00", "timeZone": "UTC"}
        for side, hour in (("start", "08"), ("end", "10"))
    }
    copy = {**kept, **times, "isReminderOn": False, "singleValueExtendedProperties": marks}
    status, _ = await place.served.ask("POST", "/events", copy)
    assert status == 201
    # A search finds the copy only: it is the person's own, whatever it is marked with.
    await place.served.does("delete", event=made["id"])
    await place.passes(hours=22, minutes=50)
    await place.passes(minutes=1)
    (session,) = await place.sessions() or [{"called_off": "deleted"}]
    assert session["called_off"] == "deleted"
    assert [event["start"][:10] for event in (await place.person())["events"]] == ["2026-11-26"]


async def marks_of(place: Place) -> list[dict[str, str]]:
    ours = " or ".join(f"id eq '{name}'" for name in (MARK, SUBJECT, TIMES))
    _, told = await place.served.ask(
        "GET", "/events", query={"$expand": f"singleValueExtendedProperties($filter={ours})"}
    )
    (event,) = told["value"]
    return [{"id": each["id"], "value": each["value"]} for each in event["singleValueExtendedProperties"]]
