"""In and out of one's Microsoft account, as people see it: the whole bot, with the twin behind it."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import jwt
import pytest
import structlog

from bot.commands import COMMANDS
from bot.dispatcher import Command
from bot.domain.focus.session import Hold, Session, Trace
from bot.services import FakeClock, Services, owner_of
from bot.store import Store
from bot.store.outbox import FakeOutbox
from bot.turn import Answer, Ask, Scope
from cards import View
from cards.notices import BusyView
from cards.owndata import PauseView
from graph.accounts import MicrosoftAccounts
from graph.client import GraphClient
from graph.errors import NotSignedInError
from graph.user_tokens import UserTokens
from tests.canaries import everything
from tests.conversations.town import CHANNEL, Town, personal
from tests.fakes.botframework import TENANT, BotFramework, utc
from tests.fakes.teams_client import Who
from tests.graph.sandbox.served import ANNEKE, CONNECTION, JORIS, Served

ME = Who(ANNEKE.name, ANNEKE.channel_user_id, ANNEKE.user_id)
OTHER = Who(JORIS.name, JORIS.channel_user_id, JORIS.user_id)


def sso(user_id: str) -> str:
    return jwt.encode({"oid": user_id}, "k" * 32, "HS256")


async def needs(ask: Ask, _: object, services: Services) -> Answer:
    """A capability that needs somebody's own account."""
    try:
        await services.accounts.of(ask.user_id, owner_of(ask.turn))
    except NotSignedInError:
        waiting.append(ask.user_id)
        return Answer(BusyView(), sign_in=True)
    return Answer(DONE)


async def goes_on(ask: Ask, services: Services) -> Answer | None:
    if ask.user_id not in waiting:
        return None
    waiting.remove(ask.user_id)
    return await needs(ask, None, services)


waiting: list[str] = []
DONE: View = PauseView(utc().date())
NEEDS = Command(
    name="needs",
    parse=lambda *_: None,
    handle=needs,
    verbs={"needs.now": lambda _data, _ask: NEEDS},
    scopes=frozenset(Scope),
    signed_in=goes_on,
)


@dataclass
class Place:
    town: Town
    served: Served

    async def exchange(self, who: Who = ME) -> int:
        value = {"id": f"for {who.name}", "connectionName": CONNECTION, "token": sso(who.user_id or "")}
        where = personal(who)
        self.town._start = len(self.town.teams.sent())
        answer = await self.town.client.invoke("signin/tokenExchange", value, who=who, where=where)
        await self.town.door.rest()
        return answer.status

    async def is_signed_in(self, who: Who = ME) -> bool:
        status, _ = await self.served.tokens("GET", "GetToken", ANNEKE if who is ME else JORIS)
        return status == 200


@pytest.fixture
async def place(sqlite_files, tmp_path: Path) -> AsyncIterator[Place]:
    waiting.clear()
    clock = FakeClock(utc())
    store = Store(sqlite_files.ready(), clock.now, FakeOutbox())
    async with Served(tmp_path, "signed_out") as served, BotFramework() as framework:
        client = GraphClient(f"{served.url}/v1.0", patience=2.0)
        accounts = MicrosoftAccounts(client, UserTokens(CONNECTION, base_url=served.url))
        town = Town(framework, store, clock, accounts=accounts)
        town.commands = (NEEDS, *COMMANDS)
        async with town:
            for who in (ME, OTHER):
                framework._personal[personal(who).id] = who.channel_user_id
            town.settle(CHANNEL, ME, OTHER)
            yield Place(town, served)
        await accounts.close()
    await store.close()


async def test_what_waited_goes_on_once_somebody_signed_in(place: Place) -> None:
    """The same capability, for the same person; the next sign-in has nothing to go on with."""
    await place.town.client.press("needs.now", {}, ME, personal(ME))
    await place.town.door.rest()
    assert waiting == [ME.user_id]
    assert "card.oauth" in json.dumps(place.town.teams.heard_by(ME.channel_user_id)[-1])
    assert await place.exchange() == 200
    assert waiting == []
    assert "Pauze" in place.town.heard(ME)[-1].text
    assert place.town.heard(OTHER) == []
    assert await place.exchange(OTHER) == 200
    told = place.town.heard(OTHER)[-1].text
    assert "Verbonden met Microsoft 365" in told
    assert "Pauze" not in told


async def test_a_code_that_does_not_work_is_told(place: Place) -> None:
    start = personal(ME)
    place.town._start = 0
    await place.town.client.invoke("signin/verifyState", {"state": "111111"}, who=ME, where=start)
    await place.town.door.rest()
    assert "Aanmelden lukte niet" in place.town.heard(ME)[-1].text


async def test_an_administrator_who_must_approve_is_told_of(place: Place) -> None:
    await place.served.does("consent", state="needs_admin")
    assert await place.exchange() == 412
    assert "beheerder" in place.town.heard(ME)[-1].text


@pytest.mark.parametrize("typed", ["/afmelden", "afmelden", "/signout", "log me uit", "/afmelden graag"])
async def test_signing_out(place: Place, typed: str) -> None:
    await place.exchange()
    assert await place.is_signed_in()
    said = await place.town.says(typed, ME)
    assert not await place.is_signed_in()
    text = said.text.casefold()
    assert "afgemeld" in text or "signed out" in text
    again = (await place.town.says("/afmelden", ME)).text
    assert again != said.text


@pytest.mark.parametrize("typed", ["afmelden voor de lunch", "uitloggen van de printer"])
async def test_a_sentence_signs_nobody_out(place: Place, typed: str) -> None:
    await place.exchange()
    await place.town.says(typed, ME)
    assert await place.is_signed_in()


async def test_signing_out_in_a_channel_is_told_in_ones_own_chat(place: Place) -> None:
    await place.exchange()
    await place.town.says("/afmelden", ME, CHANNEL)
    assert not await place.is_signed_in()
    assert [said.card for said in place.town.heard(OTHER)] == [None]


async def test_signing_out_tells_until_when_what_was_set_stays(place: Place) -> None:
    await place.exchange()
    now = place.town.clock.now()
    ends = now + timedelta(minutes=90)
    shown = Trace(Hold.OURS, ends)
    session = Session("s1", ME.user_id or "", now - timedelta(minutes=1), ends, presence=shown)
    async with place.town.store.units.mirror(TENANT) as unit:
        await unit.focus.begin(session, "nobody", now)
    assert "11:30" in (await place.town.says("/afmelden", ME)).text


@pytest.mark.parametrize("kind", ["unavailable", "throttled", "status", "dropped", "dropped_after"])
async def test_signing_out_that_fails_is_told_in_ones_own_language_and_done_with_the_next_press(
    place: Place, kind: str
) -> None:
    """Nobody knows whether it was done; the client speaks Dutch, and she chose English."""
    await place.exchange()
    await place.town.says("/taal en", ME)
    fault = {"path": "/api/usertoken/*", "kind": kind, "times": None}
    await place.served.own("POST", "/_twin/faults", json=fault)
    said = await place.town.says("/afmelden", ME)
    assert "Signing out did not work" in said.text
    assert "signed out" not in said.text.casefold()
    await place.served.own("DELETE", "/_twin/faults")
    assert await place.is_signed_in() is (kind != "dropped_after")
    again = await place.town.presses(said.button(verb="focus.signout"), ME)
    assert not await place.is_signed_in()
    assert "signed" in again.text.casefold()


async def test_without_graph_nobody_was_signed_in(town: Town) -> None:
    assert "niet aangemeld" in (await town.says("/afmelden")).text.casefold()


async def test_no_token_or_code_stays_anywhere(place: Place) -> None:
    """Not in a row, a job, a log or a message, after all of it was used."""
    town = place.town
    with structlog.testing.capture_logs() as lines:
        await town.client.press("needs.now", {}, ME, personal(ME))
        await town.door.rest()
        await place.exchange()
        await town.client.press("needs.now", {}, ME, personal(ME))
        await town.client.invoke("signin/verifyState", {"state": "424242"}, who=ME, where=personal(ME))
        await town.door.rest()
        await town.says("/afmelden", ME)
    given = list(place.served.twin.store.world.tokens)
    assert given
    rows, jobs = str(await everything(town.store)), str(town.store.outbox.__dict__)
    spoken = [body for body in town.teams.sent() if "card.oauth" not in json.dumps(body)]
    left = rows + jobs + str(lines) + json.dumps(spoken)
    assert [one for one in [*given, sso(ME.user_id or ""), "424242"] if one in left] == []
