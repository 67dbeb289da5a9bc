"""Signing in with Microsoft through the real door, with the twin as the token service and as Graph."""

import base64
import json
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
import structlog

from bot.adapter import DoorConfig
from bot.errors import NetworkInsideUnit
from bot.turn import Event, EventKind, Reply, unit_is_open
from graph.accounts import MicrosoftAccounts
from graph.client import GraphClient
from graph.errors import BusyError, NotSignedInError
from graph.user_tokens import Owner, UserTokens
from tests.fakes.botframework import APP_ID, SECRET, TENANT, BotFramework
from tests.fakes.doors import Doors, House, Sentence
from tests.fakes.teams_client import BART, GROUP, PERSONAL, Answer, Place, Who
from tests.graph.sandbox.served import ANNEKE, CONNECTION, JORIS, Served

OAUTH = "application/vnd.microsoft.card.oauth"
ME = Who(ANNEKE.name, ANNEKE.channel_user_id, ANNEKE.user_id)
MINE = Place(f"a:{ME.channel_user_id}", "personal")
OWNER = Owner(ME.channel_user_id)
GOES_ON = Sentence("verder waar we waren")
CONNECT = Sentence("verbind me met Microsoft")


def sso(user_id: str) -> str:
    """What a Teams client gives; the twin reads whose it is, the bot before it too."""
    return jwt.encode({"oid": user_id}, "k" * 32, "HS256")


@dataclass
class Office:
    """A production door with the twin behind it, and Anneke, who has not signed in."""

    house: House
    served: Served
    accounts: MicrosoftAccounts

    @property
    def events(self) -> list[EventKind]:
        return [turn.event.kind for turn in self.house.handler.turns if turn.event]

    async def asks(self, who: Who = ME, where: Place = MINE, **more: Any) -> None:
        """Somebody asks for what needs a sign-in."""
        self.house.handler.reply = Reply(CONNECT, "nl", "nl", sign_in=True)
        assert (await self.house.client.write("focus", who, where, **more)).status == 200
        self.house.handler.reply = Reply(GOES_ON, "nl", "nl")

    def offers(self, who: Who = ME) -> list[dict[str, Any]]:
        """The sign-in cards that somebody can see."""
        heard = self.house.framework.heard_by(who.channel_user_id)
        attached = (one for body in heard for one in body.get("attachments", ()))
        return [one["content"] for one in attached if one["contentType"] == OAUTH]

    async def exchange(self, **told: Any) -> Answer:
        """What Anneke's Teams client does with a sign-in card by itself."""
        value = {"id": "exchange-1", "connectionName": CONNECTION, "token": sso(ME.user_id or "")} | told
        answer = await self.house.client.invoke("signin/tokenExchange", value, who=ME, where=MINE)
        await self.house.door.rest()
        return answer

    async def window(self, offer: dict[str, Any]) -> str:
        """The code that Microsoft's window ends with, once somebody agreed there."""
        async with self.served.session.post(offer["buttons"][0]["value"]) as page:
            (code,) = re.findall(r'class="code">(\d+)<', await page.text())
        return str(code)

    async def verify(self, state: Any, who: Who = ME, where: Place = MINE) -> Answer:
        answer = await self.house.client.invoke("signin/verifyState", {"state": state}, who=who, where=where)
        await self.house.door.rest()
        return answer

    async def signed_in(self) -> bool:
        try:
            await self.accounts.of(ME.user_id or "", OWNER)
        except NotSignedInError:
            return False
        return True

    async def fault(self, path: str, kind: str, **more: Any) -> None:
        await self.served.own("POST", "/_twin/faults", json={"path": path, "kind": kind, **more})

    def said(self) -> list[Any]:
        return [body.get("text") for body in self.house.framework.sent()]


@pytest.fixture
async def office(
    doors: Doors, production: DoorConfig, framework: BotFramework, tmp_path: Path
) -> AsyncIterator[Office]:
    """Hers alone is the chat; in the group are Bart and she."""
    framework.demands_token = True
    framework._personal |= {MINE.id: ME.channel_user_id, PERSONAL.id: BART.channel_user_id}
    framework.rosters[GROUP.id] = [ME.account, BART.account]
    async with Served(tmp_path, "signed_out") as served:

        async def bearer() -> str | None:
            return await house.door.bearer()

        def forget(token: str) -> None:
            house.door.forget(token)

        client = GraphClient(f"{served.url}/v1.0", patience=2.0)
        accounts = MicrosoftAccounts(client, UserTokens(CONNECTION, bearer, served.url, forget=forget), APP_ID)
        house = await doors.open(production, accounts=accounts)
        yield Office(house, served, accounts)
        await accounts.close()


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


async def test_single_sign_on(office: Office) -> None:
    await office.asks()
    answer = await office.exchange()
    assert (answer.status, answer.body) == (200, "")
    assert await office.signed_in()
    turn = office.house.handler.turns[-1]
    assert turn.event == Event(EventKind.SIGNED_IN)
    assert (turn.actor.user_id, turn.key.conversation) == (ME.user_id, MINE.id)
    assert office.said()[-1] == GOES_ON.text


async def test_two_clients_of_one_person_exchange_once(office: Office) -> None:
    answers = [await office.exchange() for _ in range(3)]
    assert [(answer.status, answer.body) for answer in answers] == [(200, "")] * 3
    assert office.events == [EventKind.SIGNED_IN]
    assert len(await journal_of(office, "/api/usertoken/exchange")) == 1


async def test_of_two_clients_one_is_told_to_ask_for_consent(office: Office) -> None:
    await office.served.does("consent", state="needs_consent")
    first, second = await office.exchange(), await office.exchange()
    assert first.status == 412
    assert first.body["id"] == "exchange-1"
    assert first.body["connectionName"] == CONNECTION
    assert first.body["failureDetail"]
    assert (second.status, second.body) == (200, "")
    assert office.events == []


async def test_after_a_minute_and_after_another_offer_it_is_an_exchange_of_its_own(office: Office) -> None:
    await office.asks()
    (offer,) = office.offers()
    told = {"id": offer["tokenExchangeResource"]["id"]}
    await office.exchange(**told)
    await office.accounts.sign_out(OWNER)
    await office.asks()
    assert (await office.exchange(**told)).status == 200
    assert await office.signed_in()
    await office.accounts.sign_out(OWNER)
    office.house.clock.move(timedelta(seconds=61))
    assert (await office.exchange(**told)).status == 200
    assert await office.signed_in()


async def test_where_an_administrator_must_approve_the_handler_hears_it(office: Office) -> None:
    await office.served.does("consent", state="needs_admin")
    assert (await office.exchange()).status == 412
    assert office.events == [EventKind.APPROVAL_NEEDED]
    assert not await office.signed_in()


@pytest.mark.parametrize(
    "told",
    [
        {"token": None},
        {"token": ""},
        {"token": 5},
        {"token": "no token at all"},
        {"token": sso(JORIS.user_id)},
        {"token": jwt.encode({"name": "nobody"}, "k" * 32, "HS256")},
        {"connectionName": "another"},
        {"connectionName": None},
    ],
)
async def test_what_is_not_theirs_or_not_ours_is_not_exchanged(office: Office, told: dict[str, Any]) -> None:
    assert (await office.exchange(**told)).status == 412
    assert await journal_of(office, "/api/usertoken/exchange") == []
    assert not await office.signed_in()
    assert office.events == []


async def test_nothing_is_exchanged_in_a_group_or_for_a_guest(office: Office) -> None:
    value = {"id": "exchange-2", "connectionName": CONNECTION, "token": sso(ME.user_id or "")}
    client = office.house.client
    assert (await client.invoke("signin/tokenExchange", value, who=ME, where=GROUP)).status == 412
    guest = {"from": {**ME.account, "userRole": "guest"}}
    assert (await client.invoke("signin/tokenExchange", value | {"id": "3"}, where=MINE, **guest)).status == 412
    assert await journal_of(office, "/api/usertoken/exchange") == []


FAILURES: dict[str, dict[str, Any]] = {
    "unavailable": {"kind": "unavailable"},
    "throttled": {"kind": "throttled"},
    "broken": {"kind": "status", "status": 500},
    "refused": {"kind": "status", "status": 400},
    "dropped": {"kind": "dropped"},
    "dropped after": {"kind": "dropped_after"},
    "too slow": {"kind": "slow", "seconds": 2.5},
}


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
async def test_an_exchange_that_fails_leaves_the_button_and_loses_nothing(
    office: Office, failure: dict[str, Any]
) -> None:
    """The client then shows its button; what waited goes on after the window as if nothing had been."""
    await office.asks()
    (offer,) = office.offers()
    await office.fault("/api/usertoken/exchange", **failure)
    answer = await office.exchange()
    assert (answer.status, answer.body["id"]) == (412, "exchange-1")
    assert office.events == []
    assert office.said()[-1] != GOES_ON.text
    assert (await office.verify(await office.window(offer))).status == 200
    assert office.events == [EventKind.SIGNED_IN]
    assert await office.signed_in()
    assert office.said()[-1] == GOES_ON.text


@pytest.mark.parametrize("failure", [{"kind": "unavailable"}, {"kind": "dropped"}])
async def test_an_exchange_that_failed_for_a_moment_may_come_again_at_once(
    office: Office, failure: dict[str, Any]
) -> None:
    """To say that it is done, for it was here a moment ago, would leave them signed out with no button."""
    await office.asks()
    await office.fault("/api/usertoken/exchange", **failure)
    assert (await office.exchange()).status == 412
    assert (await office.exchange()).status == 200
    assert await office.signed_in()
    assert office.events == [EventKind.SIGNED_IN]


async def test_a_refused_exchange_is_answered_as_teams_expects(office: Office) -> None:
    """learn.microsoft.com bot-sso-code: 412 with the exchange's id and connection, or the client shows no button."""
    answer = await office.exchange(token=None)
    assert answer.status == 412
    assert set(answer.body) == {"id", "connectionName", "failureDetail"}
    assert (answer.body["id"], answer.body["connectionName"]) == ("exchange-1", CONNECTION)
    assert answer.body["failureDetail"]


async def test_a_key_that_was_rolled_costs_one_more_request(office: Office) -> None:
    """The bot's own token is refused once: another is asked for, and the person notices nothing."""
    await office.asks()
    logins = len(office.house.framework.logins)
    await office.fault("/api/usertoken/exchange", "status", status=401)
    assert (await office.exchange()).status == 200
    assert office.events == [EventKind.SIGNED_IN]
    assert len(office.house.framework.logins) == logins + 1


@pytest.mark.parametrize(
    ("code", "logged"), [("installappfailed", "installappfailed"), ("Anouk de Wit", "other"), (5, "other")]
)
async def test_why_a_client_could_not_sign_in_is_logged_by_its_code(office: Office, code: Any, logged: str) -> None:
    value = {"code": code, "message": "for Anouk de Wit"}
    with structlog.testing.capture_logs() as lines:
        answer = await office.house.client.invoke("signin/failure", value, who=ME, where=MINE)
    assert answer.status == 200
    (line,) = [line for line in lines if line["event"] == "sign_in_failed"]
    assert (line["code"], line["log_level"]) == (logged, "warning")
    assert "Anouk" not in str(line)
    assert office.events == []


async def test_the_window_ends_with_a_code(office: Office) -> None:
    await office.served.does("consent", state="needs_consent")
    await office.asks()
    (offer,) = office.offers()
    assert (await office.exchange()).status == 412
    assert (await office.verify(await office.window(offer))).status == 200
    assert await office.signed_in()
    assert office.events == [EventKind.SIGNED_IN]
    assert office.said()[-1] == GOES_ON.text


async def test_a_code_that_is_wrong_is_told(office: Office) -> None:
    assert (await office.verify("999999")).status == 200
    assert office.events == [EventKind.NOT_SIGNED_IN]
    assert not await office.signed_in()


async def test_a_code_is_good_once_and_not_for_long(office: Office) -> None:
    await office.asks()
    (offer,) = office.offers()
    code, late = await office.window(offer), await office.window(offer)
    await office.verify(code)
    await office.accounts.sign_out(OWNER)
    await office.verify(code)
    office.served.clock.passes(minutes=11)
    await office.verify(late)
    assert office.events == [EventKind.SIGNED_IN, EventKind.NOT_SIGNED_IN, EventKind.NOT_SIGNED_IN]
    assert not await office.signed_in()


@pytest.mark.parametrize("state", ["", "CancelledByUser", "a b", "x" * 600, "<script>"])
async def test_a_window_that_was_closed_is_not_spoken_about(office: Office, state: str) -> None:
    assert (await office.verify(state)).status == 200
    assert office.events == []
    assert await journal_of(office, "/api/usertoken/GetToken") == []


async def test_a_code_in_a_group_is_nobodys(office: Office) -> None:
    assert (await office.verify("123456", where=GROUP)).status == 200
    assert office.events == []
    assert await journal_of(office, "/api/usertoken/GetToken") == []


async def test_signed_in_with_another_account_they_are_not(office: Office) -> None:
    """Graph then does not give what is said of them: the token was somebody else's."""
    await office.asks()
    (offer,) = office.offers()
    await office.fault("/v1.0/users/*", "status", status=403)
    await office.verify(await office.window(offer))
    assert office.events == [EventKind.NOT_SIGNED_IN]
    assert not await office.signed_in()


async def test_an_account_that_could_not_be_looked_at_is_not_kept(office: Office) -> None:
    await office.asks()
    (offer,) = office.offers()
    await office.fault("/v1.0/users/*", "dropped")
    await office.verify(await office.window(offer))
    assert office.events == [EventKind.NOT_SIGNED_IN]
    assert not await office.signed_in()


async def test_a_client_that_does_not_say_who_somebody_is(office: Office) -> None:
    """Their user id comes from the roster then."""
    nobody = Who(ME.name, ME.channel_user_id, None)
    office.house.framework.rosters[MINE.id] = [ME.account]
    await office.asks(nobody)
    (offer,) = office.offers()
    await office.verify(await office.window(offer), nobody)
    assert office.events == [EventKind.SIGNED_IN]
    assert office.house.handler.turns[-1].actor.user_id == ME.user_id
    office.house.framework.rosters[MINE.id] = []
    await office.verify("123456", nobody)
    assert office.events[-1] is EventKind.NOT_SIGNED_IN


async def test_a_code_is_typed_where_one_is_expected(office: Office) -> None:
    await office.asks()
    (offer,) = office.offers()
    code = await office.window(offer)
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    await office.house.client.write(wrong, ME, MINE)
    assert office.events == [EventKind.NOT_SIGNED_IN]
    await office.house.client.write(f" {code} ", ME, MINE)
    assert office.events[1:] == [EventKind.SIGNED_IN]
    assert office.house.handler.turns[-1].text == ""
    assert await office.signed_in()
    assert office.said()[-1] == GOES_ON.text
    await office.house.client.write(code, ME, MINE)
    assert office.house.handler.turns[-1].text == code
    assert office.house.handler.turns[-1].event is None


@pytest.mark.parametrize("between", [" ", "\u00a0", "  "])
async def test_a_code_may_be_typed_in_two_halves(office: Office, between: str) -> None:
    await office.asks()
    (offer,) = office.offers()
    code = await office.window(offer)
    await office.house.client.write(f"{code[:3]}{between}{code[3:]}", ME, MINE)
    assert office.events == [EventKind.SIGNED_IN]
    assert await office.signed_in()


async def test_six_digits_are_only_digits_where_no_code_is_expected(office: Office) -> None:
    async def typed(text: str, who: Who = ME, where: Place = MINE) -> None:
        await office.house.client.write(text, who, where)
        assert office.house.handler.turns[-1].event is None
        assert office.house.handler.turns[-1].text == text

    await typed("123456")
    await office.asks()
    await typed("12345")
    await typed("1234567")
    await typed("code 123456")
    await typed("١٢٣٤٥٦")
    await typed("123456", where=GROUP)
    await typed("123456", BART, PERSONAL)
    office.house.clock.move(timedelta(minutes=21))
    office.house.client.token = office.house.framework.token(office.house.clock.now())
    await typed("123456")


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


async def journal_of(office: Office, path: str) -> list[dict[str, Any]]:
    _, told = await office.served.own("GET", "/_twin/journal")
    kept = [entry for entry in told["value"] if entry["path"].startswith(path.removesuffix("*"))]
    return [entry for entry in kept if path.endswith("*") or entry["path"] == path]
