"""`/balie`: a team is asked for help by itself, once, and nobody is named."""

import asyncio
from datetime import timedelta

import pytest

from bot.commands.counter import COUNTER
from bot.domain.days import DayPart
from bot.domain.people import Team, TeamKind
from bot.domain.together import WeekPart
from bot.turn import Reference, Scope
from tests.conversations.counter_steps import (
    NAMES,
    asked,
    busy,
    closes,
    heard,
    helps,
    i_can,
    says_busy,
    settles,
    shares,
    stands,
)
from tests.conversations.november import at
from tests.conversations.town import ANOUK, BART, CHANNEL, GROUP, TEAM_ID
from tests.fakes.botframework import TENANT
from tests.fakes.teams_client import BOT

pytestmark = pytest.mark.thorough


async def test_a_team_is_asked_once_naming_nobody(town):
    await town.says("/balie di ochtend 2 Stadskantoor", ANOUK, CHANNEL)
    await shares(town, ANOUK, "waar di ochtend stadskantoor balie")
    await town.tick(at(23, 9, 59))
    assert asked(town) == []
    for minute in range(3):
        await town.tick(at(23, 10, minute))
    (text,) = asked(town)
    assert (
        "Dinsdag 24 november ’s\xa0ochtends is er nog hulp nodig aan de balie van Stadskantoor (in totaal 2 mensen)."
        in text
    )
    assert not [name for name in NAMES if name in text]
    await town.tick(at(23, 15))
    await town.tick(at(24, 7, 30))
    assert len(asked(town)) == 1


async def test_a_question_that_was_held_up_does_not_come_at_night(town):
    """Teams asks to wait until after eight: the question comes in the morning, if the day-part did not begin."""
    await town.says("/balie di middag 1", ANOUK, CHANNEL)
    town.clock.set(at(23, 19, 40))
    town.teams.script(429, Retry_After="1800")
    await town.tick()
    start = len(town.teams.sent())
    for hour in range(20, 31):
        await town.tick(at(23, 0, 15) + timedelta(hours=hour))
    assert asked(town, start=start) == []
    await town.tick(at(24, 7))
    assert len(asked(town, start=start)) == 1


async def test_a_team_whose_counter_is_covered_is_not_asked(town):
    await town.says("/balie di ochtend 1", ANOUK, CHANNEL)
    await shares(town, BART, "waar di ochtend stadskantoor balie")
    await town.tick(at(23, 10))
    await town.tick(at(23, 10, 1))
    assert asked(town) == []


async def test_a_team_that_sleeps_is_not_asked(town):
    await town.says("/balie di ochtend 1", ANOUK, CHANNEL)
    activity = town.client.activity("conversationUpdate", ANOUK, CHANNEL, membersRemoved=[BOT])
    await town.client.post(activity)
    await town.tick(at(23, 10))
    await town.tick(at(23, 10, 1))
    assert asked(town) == []


async def test_nobody_is_asked_where_it_is_switched_off(town):
    await town.says("/balie di ochtend 1", ANOUK, CHANNEL)
    await town.says("/beheer uit balie", ANOUK)
    await town.says("/balie", ANOUK, GROUP)
    assert "De bezetting van de balie staat uit" in heard(town, ANOUK)[-1] + heard(town, ANOUK)[-2]
    for minute in range(2):
        await town.tick(at(23, 10, minute))
    assert asked(town) == []


async def test_who_presses_helps_and_hears_who_sees_it(town):
    """Pressed in the team by Bart: in Bart's own plan, and nobody else is told."""
    await town.says("/balie di ochtend 1 Stadskantoor", ANOUK, CHANNEL)
    await town.tick(at(23, 10))
    await town.tick(at(23, 10, 1))
    said = await helps(town)
    assert "’s\xa0ochtends Stadskantoor (balie of loket)" in said.text
    assert said.button(verb="where.share", team=TEAM_ID, on=True)
    assert await town.plan(BART) == {"2026-11-24 morning": "site s1 counter"}
    undone = await town.presses(said.button(verb="where.undo"), BART)
    assert "Teruggezet" in undone.text
    assert await town.plan(BART) == {}


async def test_who_shares_and_helps_covers_the_counter(town):
    await town.says("/balie di ochtend 1", ANOUK, CHANNEL)
    await shares(town, BART, "waar di thuis")
    await town.tick(at(23, 10))
    await town.tick(at(23, 10, 1))
    assert "Wijkzaken" in (await helps(town)).text
    assert (await town.plan(BART))["2026-11-24 afternoon"] == "home"
    assert "bemand" in (await town.says("/balie", ANOUK, CHANNEL)).text


async def test_too_late_to_help(town):
    """The card stays; the day-part does not."""
    await town.says("/balie di ochtend 1", ANOUK, CHANNEL)
    await town.tick(at(23, 10))
    await town.tick(at(23, 10, 1))
    button = i_can(town)
    await town.tick(at(24, 12, 30))
    assert (await town.presses(button, BART, CHANNEL)).text == "Dat dagdeel is al voorbij. Fijn dat je wilde helpen."
    assert await town.plan(BART) == {}


async def test_a_question_about_a_site_that_closes_says_so_until_it_opens(any_town):
    town = any_town
    await town.says("/balie di ochtend 1 Stadskantoor", ANOUK, CHANNEL)
    await town.tick(at(23, 10))
    assert "Hulp is niet meer nodig" not in stands(town)
    await settles(town)
    await closes(town)
    assert "Hulp is niet meer nodig: Stadskantoor is dicht." in stands(town)
    assert "counter.help" not in stands(town)
    await closes(town, close=False)
    assert "Hulp is niet meer nodig" not in stands(town)
    assert "counter.help" in stands(town)


async def test_i_can_for_a_closed_site_changes_nothing_and_says_why(town):
    await town.says("/balie di ochtend 1 Stadskantoor", ANOUK, CHANNEL)
    await town.tick(at(23, 10))
    await closes(town)
    said = await town.presses(i_can(town), BART, CHANNEL)
    assert said.text == "Stadskantoor is dan dicht. Er is niets veranderd."
    assert await town.plan(BART) == {}


async def test_for_a_closed_site_nobody_is_asked(town):
    await town.says("/balie ma t/m di ochtend 1 Stadskantoor", ANOUK, CHANNEL)
    await closes(town, "vandaag en morgen")
    await town.tick(at(23, 10))
    assert asked(town) == []
    seen = await town.says("/balie", BART, CHANNEL)
    assert "di 24 nov ’s\xa0ochtends: 1 persoon nodig (Stadskantoor), maar dan dicht" in seen.text
    await says_busy(town, ANOUK, CHANNEL)
    assert [text for text in heard(town, ANOUK) if "Stadskantoor is dan dicht" in text]
    assert busy(town) == []
    await closes(town, "vandaag en morgen", close=False)
    assert len(asked(town)) == 1


async def test_the_question_that_is_busy_closes_with_its_site(town):
    await town.says("/balie ma ochtend 1 Stadskantoor", ANOUK, CHANNEL)
    await town.tick(at(23, 10))
    await says_busy(town, ANOUK, CHANNEL)
    assert "Het is druk aan de balie" in stands(town)
    await settles(town)
    await closes(town, "vandaag")
    assert "Hulp is niet meer nodig: Stadskantoor is dicht." in stands(town)
    assert "counter.help" not in stands(town)


async def test_who_helps_a_team_that_cannot_see_it_is_told_in_one_breath(town):
    await town.says("/balie di ochtend 1 Stadskantoor", ANOUK, CHANNEL)
    await town.says("waar delen uit", BART, CHANNEL)
    await town.tick(at(23, 10))
    said = await helps(town)
    assert "ziet dit nog niet en vraagt dus verder om hulp. Wil je het daar laten zien?" in said.text
    await town.presses(said.button(verb="where.share", team=TEAM_ID), BART)
    await town.tick(timedelta(seconds=2))
    assert "Het is geregeld" in stands(town)


async def test_the_words_beside_the_button_do_the_same(town):
    await town.says("/balie di ochtend 1 Stadskantoor", ANOUK, CHANNEL)
    await town.tick(at(23, 10))
    await town.tick(at(23, 10, 1))
    (text,) = asked(town)
    await town.says(text.partition("Of typ: ")[2].partition("\n")[0], BART)
    assert await town.plan(BART) == {"2026-11-24 morning": "site s1 counter"}


async def test_two_replicas_at_once_ask_once(any_town):
    """Both find the same counter short; one of them asks."""
    async with any_town.store.units.mirror(TENANT) as unit:
        for number in range(10):
            team = Team(f"19:{number}@thread.v2", "", TeamKind.CHAT)
            await unit.teams.save(team, _reference(any_town, team.id))
            await unit.counter.set(team.id, (WeekPart(1, DayPart.MORNING),), 2, None)
    any_town.clock.set(at(23, 10))
    now = any_town.clock.now()
    await asyncio.gather(*(COUNTER.due(now, any_town.services) for _ in range(4)))
    for minute in range(1, 4):
        await any_town.tick(at(23, 10, minute))
    for number in range(10):
        sent = [one for one in any_town.teams.asked if one.method == "POST" and f"19:{number}@thread.v2" in one.path]
        assert len(sent) == 1, number


def _reference(town, conversation):
    return Reference(TENANT, conversation, town.teams.service_url, "msteams", BOT["id"], BOT["name"], Scope.GROUP)
