"""Signing in with Microsoft through the real door, with the twin as the token service and as Graph."""

import base64
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.adapter import DoorConfig
from bot.errors import NetworkInsideUnit
from bot.turn import Reply, unit_is_open
from graph.errors import BusyError
from tests.adapter.sign_in_steps import CONNECT, GOES_ON, ME, MINE, OWNER, Office, journal_of, opened, sso
from tests.fakes.botframework import APP_ID, SECRET, TENANT, BotFramework
from tests.fakes.doors import Doors, House
from tests.fakes.teams_client import BART, GROUP
from tests.graph.sandbox.served import CONNECTION


@pytest.fixture
async def office(
    doors: Doors, production: DoorConfig, framework: BotFramework, tmp_path: Path
) -> AsyncIterator[Office]:
    async with opened(doors, production, framework, tmp_path) as office:
        yield office


async def test_the_offer_is_a_card_that_the_client_tries_by_itself_first(office: Office) -> None:
    await office.asks()
    assert office.said()[0] == CONNECT.text
    (offer,) = office.offers()
    assert offer["connectionName"] == CONNECTION
    (button,) = offer["buttons"]
    assert (button["type"], button["title"]) == ("signin", "Aanmelden")
    assert button["value"].startswith(f"{office.served.url}/_twin/sign-in?")
    assert offer["tokenExchangeResource"]["uri"] == "api://twin/samen"
    assert offer["tokenExchangeResource"]["id"]
    assert "/afmelden" in offer["text"]
    summary = office.house.framework.sent()[-1]["summary"]
    assert summary in offer["text"]


async def test_the_offer_knows_the_bot_and_the_chat_and_nobodys_name(office: Office) -> None:
    await office.asks()
    (journal,) = await journal_of(office, "/api/botsignin/GetSignInResource")
    state = json.loads(base64.b64decode(journal["query"]["state"]))
    assert (state["connectionName"], state["msAppId"]) == (CONNECTION, APP_ID)
    told = state["conversation"]
    assert told["conversation"] == {"id": MINE.id, "conversationType": "personal", "tenantId": TENANT}
    assert (told["user"], told["channelId"]) == ({"id": ME.channel_user_id}, "msteams")
    assert told["serviceUrl"] == office.house.framework.service_url
    assert ME.name not in json.dumps(state)
    assert journal["authorized"]


async def test_an_offer_in_english(office: Office) -> None:
    office.house.handler.reply = Reply(None, "en", "nl", sign_in=True)
    await office.house.client.write("focus", ME, MINE)
    (offer,) = office.offers()
    assert offer["buttons"][0]["title"] == "Sign in"
    assert "/signout" in offer["text"]


@pytest.mark.parametrize("press", [False, True])
async def test_asked_for_in_a_group_the_offer_is_in_the_persons_own_chat(office: Office, press: bool) -> None:
    if press:
        office.house.handler.reply = Reply(CONNECT, "nl", "nl", sign_in=True)
        await office.house.client.press("focus.connect", {}, ME, GROUP)
        await office.house.door.rest()
    else:
        await office.asks(where=GROUP)
    assert len(office.offers(ME)) == 1
    assert office.offers(BART) == []
    (journal,) = await journal_of(office, "/api/botsignin/GetSignInResource")
    assert json.loads(base64.b64decode(journal["query"]["state"]))["conversation"]["conversation"]["id"] == MINE.id


async def test_a_guest_is_offered_nothing(office: Office) -> None:
    guest = {"from": {**ME.account, "tenantId": "22222222-2222-4222-8222-222222222222"}}
    await office.asks(**guest)
    assert office.offers() == []


@pytest.mark.parametrize("kind", ["unavailable", "dropped"])
async def test_without_a_token_service_a_sentence_says_so(office: Office, kind: str) -> None:
    await office.fault("/api/botsignin/*", kind, times=None)
    await office.asks()
    assert office.offers() == []
    assert "om je aan te melden" in office.said()[-1]


async def test_without_the_bots_own_token_a_sentence_says_so(office: Office) -> None:
    """Asked of the accounts alone: a bot without a token can say nothing either."""
    framework = office.house.framework
    framework.login_answer.status = 500
    with pytest.raises(BusyError) as caught:
        await office.accounts.sign_out(OWNER)
    assert SECRET not in repr(caught.value)


async def test_an_offer_that_teams_does_not_take_is_counted_and_never_a_fault(office: Office) -> None:
    office.house.handler.reply = Reply(None, "nl", "nl", sign_in=True)
    office.house.framework.script(403)
    assert (await office.house.client.write("focus", ME, MINE)).status == 200
    assert office.house.framework.messages == {}
    assert sum(office.house.health.counted.values()) == 1
    await office.house.client.write("123456", ME, MINE)
    assert office.events == []


async def test_what_fails_after_signing_in_is_told(office: Office) -> None:
    async def fail(_: object) -> None:
        raise RuntimeError

    office.house.handler.act = fail
    assert (await office.exchange()).status == 200
    assert office.said()
    assert office.said()[-1] != GOES_ON.text


async def test_the_service_is_asked_with_the_bots_own_token(office: Office) -> None:
    await office.exchange()
    assert all(entry["authorized"] for entry in await journal_of(office, "/api/*"))
    assert (await office.house.door.bearer() or "").startswith("app-token-")


async def test_nobodys_account_is_reached_within_a_unit_of_work(office: Office) -> None:
    token = unit_is_open.set(True)
    try:
        with pytest.raises(NetworkInsideUnit):
            await office.accounts.of(ME.user_id or "", OWNER)
    finally:
        unit_is_open.reset(token)


async def test_the_sandbox_has_no_token_of_its_own(sandbox: House) -> None:
    assert await sandbox.door.bearer() is None


async def test_without_graph_nothing_is_offered_and_a_code_is_no_code(sandbox: House) -> None:
    sandbox.handler.reply = Reply(CONNECT, "nl", "nl", sign_in=True)
    await sandbox.client.write("focus")
    await sandbox.client.write("123456")
    await sandbox.client.invoke("signin/verifyState", {"state": "123456"})
    assert [body.get("text") for body in sandbox.framework.sent()] == [CONNECT.text] * 2
    assert [turn.event for turn in sandbox.handler.turns] == [None, None]


WAYS: dict[str, Callable[[Office], Any]] = {
    "exchange": lambda office: office.exchange(),
    "junk": lambda office: office.exchange(id="2", token="GEHEIM.GEHEIM.GEHEIM"),
    "code": lambda office: office.verify("424242"),
    "typed": lambda office: office.house.client.write("424242", ME, MINE),
    "failure": lambda office: office.house.client.invoke(
        "signin/failure", {"code": "GEHEIM GEHEIM", "message": "GEHEIM"}, who=ME, where=MINE
    ),
}


@pytest.mark.parametrize("kind", ["none", "unavailable", "dropped", "dropped_after", "status"])
async def test_no_token_code_or_name_is_ever_logged_or_said(
    office: Office, kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """However it goes; what the twin gave out is looked for as well as what a client sent."""
    with structlog.testing.capture_logs() as lines:
        await office.asks()
        if kind != "none":
            await office.fault("/api/usertoken/*", kind, times=None, status=500)
        for way in WAYS.values():
            await way(office)
        await office.house.door.rest()
    secret = [sso(ME.user_id or ""), "GEHEIM", "424242", ME.name, ME.channel_user_id, ME.user_id, SECRET, "app-token-"]
    secret += list(office.served.twin.store.world.tokens)
    told = str(lines) + "".join(capfd.readouterr())
    assert lines
    assert [one for one in secret if one and one in told] == []
    said = str(office.said())
    assert [one for one in secret if one and one in said] == []
