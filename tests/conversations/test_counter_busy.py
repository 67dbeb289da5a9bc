"""`/balie druk`: who is busy asks the team for help, once an hour."""

import asyncio
import json
from datetime import timedelta

import pytest

from bot.domain.days import DayPart, Slot
from bot.domain.places import NamedPlace, Place
from tests.conversations.counter_steps import NAMES, busy, card_of, heard, i_can, says_busy
from tests.conversations.november import at
from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, GROUP, TEAM_ID, TOMORROW, Said, personal
from tests.fakes.botframework import TENANT

pytestmark = pytest.mark.thorough


async def test_busy_asks_the_team_once_an_hour(town):
    town.clock.set(at(23, 9, 5))
    await says_busy(town, ANOUK, GROUP)
    (text,) = busy(town, BART)
    assert "Wie kan even helpen?" in text
    assert not [name for name in NAMES if name in text]
    town.clock.move(timedelta(minutes=59))
    start = len(town.teams.sent())
    await says_busy(town, CHANTAL, GROUP)
    assert busy(town, BART, start) == []
    assert [text for text in heard(town, CHANTAL, start) if "om 09:05 al hulp gevraagd" in text]
    town.clock.move(timedelta(minutes=1))
    await says_busy(town, CHANTAL, GROUP)
    assert len(busy(town, BART)) == 2


async def test_busy_once_an_hour_over_noon_too(town):
    town.clock.set(at(23, 12, 20))
    await says_busy(town, ANOUK, GROUP)
    town.clock.set(at(23, 12, 40))
    await says_busy(town, ANOUK, GROUP)
    assert len(busy(town, BART)) == 1


async def test_busy_helps_for_the_day_part_that_it_is(town):
    town.clock.set(at(23, 14))
    await says_busy(town, ANOUK, CHANNEL)
    await town.presses(i_can(town, "Het is druk"), BART, CHANNEL)
    assert await town.plan(BART) == {"2026-11-23 afternoon": "site s1 counter"}


async def test_busy_from_ones_own_chat_is_said_in_the_team(town):
    await town.says("waar", ANOUK, CHANNEL)
    await town.says("waar", ANOUK, GROUP)
    which = await says_busy(town)
    said = await town.presses(which.button(title="Wijkzaken"))
    assert said.text == "Ik vraag in Wijkzaken wie er aan de balie kan helpen."
    await town.tick(timedelta(minutes=1))
    assert len(busy(town, BART)) == 1
    again = await town.presses(which.button(title="Wijkzaken"))
    assert "al hulp gevraagd" in again.text


@pytest.mark.parametrize(("hour", "minute"), [(7, 59), (18, 0), (19, 55), (23, 0)])
async def test_nobody_is_asked_outside_working_time(town, hour, minute):
    town.clock.set(at(23, hour, minute))
    await says_busy(town, ANOUK, CHANNEL)
    assert busy(town, BART) == []
    assert [text for text in heard(town, ANOUK) if "tussen 8 en 18 uur" in text]


@pytest.mark.parametrize(("hour", "minute"), [(7, 30), (18, 0), (18, 30), (19, 55)])
async def test_from_ones_own_chat_nothing_is_promised_that_does_not_come(town, hour, minute):
    """And the refusal claims nothing: as soon as somebody can help, it is asked."""
    await town.says("waar", ANOUK, CHANNEL)
    town.clock.set(at(23, hour, minute))
    assert "tussen 8 en 18 uur" in (await says_busy(town)).text
    await town.tick(timedelta(minutes=1))
    assert busy(town) == []
    town.clock.set(at(23 if hour < 8 else 24, 8, 5))
    assert (await says_busy(town)).text == "Ik vraag in Wijkzaken wie er aan de balie kan helpen."
    await town.tick(timedelta(minutes=1))
    assert len(busy(town)) == 1


@pytest.mark.parametrize("where", [CHANNEL, None])
async def test_busy_at_the_weekend_only_where_somebody_is_needed_then(town, where):
    await town.says("/balie ma ochtend 1", ANOUK, CHANNEL)
    for day, heard_then in ((28, 0), (28, 1), (29, 1)):
        if heard_then and day == 28:
            await town.says("/balie za ochtend 1", ANOUK, CHANNEL)
        town.clock.set(at(day, 10))
        await says_busy(town, ANOUK, where)
        refused = [text for text in heard(town, ANOUK) if "In het weekend vraag ik alleen" in text]
        assert len(refused) == (2 if day == 29 else 1)
        await town.tick(timedelta(minutes=1))
        assert len(busy(town)) == heard_then


async def test_who_helps_says_at_which_site_where_nothing_else_does(town):
    """With several sites, and neither a need nor an own plan that names one."""
    async with town.store.units.mirror(TENANT) as unit:
        await unit.places.save(NamedPlace("s2", "Wijkpost Noord", Place.SITE))
    town.clock.set(at(23, 9))
    await says_busy(town, ANOUK, CHANNEL)
    start = len(town.teams.sent())
    await town.presses(i_can(town, "Het is druk"), BART, CHANNEL)
    assert await town.plan(BART) == {"2026-11-23 morning": "site counter"}
    sent = town.teams.sent()[start:]
    assert {body["conversation"]["id"] for body in sent} == {personal(BART).id}
    assert len([text for text in heard(town, BART, start) if "Op welke locatie ben je dan?" in text]) == 1
    card = card_of(town, "Op welke locatie")
    said = Said(card, card["fallbackText"])
    await town.presses(said.button(title="Wijkpost Noord"), BART)
    assert await town.plan(BART) == {"2026-11-23 morning": "site s2 counter"}


async def test_who_planned_at_a_site_is_not_asked_at_which(town):
    async with town.store.units.mirror(TENANT) as unit:
        await unit.places.save(NamedPlace("s2", "Wijkpost Noord", Place.SITE))
    await town.says("waar vandaag stadskantoor", BART)
    town.clock.set(at(23, 9))
    await says_busy(town, ANOUK, CHANNEL)
    await town.presses(i_can(town, "Het is druk"), BART, CHANNEL)
    assert (await town.plan(BART))["2026-11-23 morning"] == "site s1 counter"
    assert [text for text in heard(town, BART) if "Op welke locatie" in text] == []


async def test_a_repeated_message_asks_once(town):
    for _ in range(2):
        await says_busy(town, ANOUK, GROUP, id="the same")
    assert len(busy(town, BART)) == 1


async def test_two_colleagues_at_once_ask_once(any_town):
    await any_town.says("waar", ANOUK, GROUP)
    await asyncio.gather(*(says_busy(any_town, who, GROUP) for who in (ANOUK, BART, CHANTAL)))
    assert len(busy(any_town, BART)) == 1


async def test_what_is_asked_fits_in_a_card(town):
    await says_busy(town, ANOUK, CHANNEL)
    assert len(json.dumps(card_of(town, "Het is druk")).encode()) < 25_000


async def test_a_day_part_is_claimed_once(any_town):
    """Also where the first question was sent and its delivery is gone."""
    slot = Slot(TOMORROW, DayPart.MORNING)
    for first in (True, False):
        async with any_town.store.units.mirror(TENANT) as unit:
            assert await unit.counter.ask(TEAM_ID, slot) is first
