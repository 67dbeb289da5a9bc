"""Single sign-on through the real door: what a Teams client exchanges by itself, and what becomes of it where that fails."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
import structlog

from bot.adapter import DoorConfig
from bot.turn import Event, EventKind
from tests.adapter.sign_in_steps import GOES_ON, ME, MINE, OWNER, Office, journal_of, opened, sso
from tests.fakes.botframework import BotFramework
from tests.fakes.doors import Doors
from tests.fakes.teams_client import GROUP
from tests.graph.sandbox.served import CONNECTION, JORIS


@pytest.fixture
async def office(
    doors: Doors, production: DoorConfig, framework: BotFramework, tmp_path: Path
) -> AsyncIterator[Office]:
    async with opened(doors, production, framework, tmp_path) as office:
        yield office


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
