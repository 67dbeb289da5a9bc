"""The code that Microsoft's window ends with, through the real door: brought by the client, or typed."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapter import DoorConfig
from bot.turn import EventKind
from tests.adapter.sign_in_steps import GOES_ON, ME, MINE, OWNER, Office, journal_of, opened
from tests.fakes.botframework import BotFramework
from tests.fakes.doors import Doors
from tests.fakes.teams_client import BART, GROUP, PERSONAL, Place, Who


@pytest.fixture
async def office(
    doors: Doors, production: DoorConfig, framework: BotFramework, tmp_path: Path
) -> AsyncIterator[Office]:
    async with opened(doors, production, framework, tmp_path) as office:
        yield office


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
