"""`/kantoor aantallen`: expected numbers for catering, and how many have moved: never about few, never twice."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.commands.sites.counting import count
from bot.domain.counts import Numbers
from bot.domain.days import Slot, whole_day
from bot.domain.places import Place, WorkLocation
from bot.domain.where.intents import Change
from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL
from tests.fakes.botframework import TENANT

pytestmark = pytest.mark.thorough

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
HALL, HOME = WorkLocation(Place.SITE, "s1"), WorkLocation(Place.HOME)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), AMSTERDAM).astimezone(UTC)


async def plan(town, who: Sequence[str], slots: Sequence[Slot], location=HALL):
    """These people are somewhere then, whether they talked to Samen today or not."""
    async with town.store.units.mirror(TENANT) as unit:
        for user_id in who:
            await unit.people.change(user_id, language="nl")
            await unit.plans.put(user_id, [Change(slot, location) for slot in slots], zone="Europe/Amsterdam")


async def numbers(town, first: date):
    async with town.store.units.read(TENANT) as unit:
        return await unit.sites.numbers(first)


def people(count: int) -> list[str]:
    return [f"colleague-{number}" for number in range(count)]


@pytest.fixture
async def peopled(town):
    """Samen is in a team, so that the organisation has timed work; thirteen people plan to be there on Tuesday."""
    await town.says("waar", ANOUK, CHANNEL)
    await plan(town, people(13), whole_day(TUESDAY))
    return town


async def test_the_numbers_come_at_three_in_the_afternoon(peopled):
    early = await peopled.says("/kantoor aantallen")
    assert "komen na 15 uur" in early.text
    await peopled.tick(at(date(2026, 11, 23), 14, 59))
    assert await numbers(peopled, TUESDAY) == {}
    await peopled.tick(at(date(2026, 11, 23), 15))
    said = await peopled.says("/kantoor aantallen")
    assert "Stadskantoor: ongeveer 15 mensen" in said.text
    assert "komen na" not in said.text
    assert "about 15 people" in (await peopled.says("/office numbers")).text


async def test_a_number_stays_as_it_was_published(peopled):
    """Whoever plans or moves afterwards changes nothing that anybody can see."""
    await peopled.tick(at(date(2026, 11, 23), 15))
    before = await numbers(peopled, TUESDAY)
    await plan(peopled, people(13)[:6], whole_day(TUESDAY), HOME)
    for moment in (at(date(2026, 11, 23), 15, 1), at(date(2026, 11, 23), 23), at(TUESDAY, 14)):
        await peopled.tick(moment)
        assert (await numbers(peopled, TUESDAY))[TUESDAY] == before[TUESDAY]


async def test_two_replicas_count_once(any_town):
    """Both find that nobody counted yet; one publishes."""
    await any_town.says("waar", ANOUK, CHANNEL)
    await plan(any_town, people(13), whole_day(TUESDAY))
    moment = at(date(2026, 11, 23), 15)
    await asyncio.gather(*(count(moment, any_town.services) for _ in range(3)))
    assert (await numbers(any_town, TUESDAY))[TUESDAY].expected == {"s1": 15}


async def test_fewer_than_five_are_no_number(peopled):
    await plan(peopled, people(4), whole_day(WEDNESDAY))
    await peopled.tick(at(TUESDAY, 15))
    assert (await numbers(peopled, WEDNESDAY))[WEDNESDAY] == Numbers()
    assert "Stadskantoor: geen getal" in (await peopled.says("/kantoor aantallen")).text


async def test_an_organisation_can_raise_the_minimum(peopled):
    async with peopled.store.units.mirror(TENANT) as unit:
        await unit.organisation.set_minimum(14)
    await peopled.tick(at(date(2026, 11, 23), 15))
    assert (await numbers(peopled, TUESDAY))[TUESDAY] == Numbers()
    assert "minder dan 14" in (await peopled.says("/kantoor aantallen")).text


async def test_friday_counts_for_monday_and_the_weekend_not_again(peopled):
    monday = date(2026, 11, 30)
    await plan(peopled, people(8), whole_day(monday))
    await peopled.tick(at(date(2026, 11, 27), 15))
    first = await numbers(peopled, monday)
    assert first[monday].expected == {"s1": 10}
    await plan(peopled, people(8), whole_day(monday), HOME)
    for day in (date(2026, 11, 28), date(2026, 11, 29)):
        await peopled.tick(at(day, 16))
    assert await numbers(peopled, monday) == first


async def test_administrators_and_keepers_see_them_and_nobody_else(peopled):
    await peopled.tick(at(date(2026, 11, 23), 15))
    refused = await peopled.says("/kantoor aantallen", BART)
    assert "Alleen een beheerder" in refused.text
    assert "ongeveer" not in refused.text
    async with peopled.store.units.mirror(TENANT) as unit:
        await unit.sites.set_keeper("s1", CHANTAL.user_id)
    assert "ongeveer 15 mensen" in (await peopled.says("/kantoor aantallen", CHANTAL)).text


async def test_a_closed_site_expects_nobody(peopled):
    await peopled.says("/kantoor dicht Stadskantoor di")
    await peopled.tick(at(date(2026, 11, 23), 15))
    assert (await numbers(peopled, TUESDAY))[TUESDAY].expected == {}
    assert "Stadskantoor: dicht" in (await peopled.says("/kantoor aantallen")).text


async def test_half_a_closed_day_expects_who_comes_in_the_other_half(peopled):
    await plan(peopled, people(6), whole_day(TUESDAY)[1:], HOME)
    await peopled.says("/kantoor dicht Stadskantoor di ochtend")
    await peopled.tick(at(date(2026, 11, 23), 15))
    assert (await numbers(peopled, TUESDAY))[TUESDAY].expected == {"s1": 5}


async def test_the_keeper_hears_about_how_many_moved(peopled):
    """Counted with the rest, once a day; those who moved later are in the next number."""
    await peopled.says("/kantoor dicht Stadskantoor di t/m vr")
    await plan(peopled, people(13)[:7], whole_day(TUESDAY), HOME)
    assert "Ongeveer" not in (await peopled.says("/kantoor")).text
    await peopled.tick(at(date(2026, 11, 23), 15))
    assert "Ongeveer 5 mensen die daar zouden werken" in (await peopled.says("/kantoor")).text
    await plan(peopled, people(13), whole_day(TUESDAY), HOME)
    await peopled.tick(at(date(2026, 11, 23), 18))
    assert "Ongeveer 5 mensen" in (await peopled.says("/kantoor")).text
    assert "Ongeveer" not in (await peopled.says("/kantoor", BART)).text
    await peopled.tick(at(TUESDAY, 15))
    assert "Ongeveer 15 mensen" in (await peopled.says("/kantoor")).text
    await peopled.says("/kantoor dicht Stadskantoor ma 30 nov")
    assert "Ongeveer" not in (await peopled.says("/kantoor")).text  # what was not counted yet hides what was


async def test_few_who_moved_are_no_number(peopled):
    await peopled.says("/kantoor dicht Stadskantoor di")
    await plan(peopled, people(13)[:4], whole_day(TUESDAY), HOME)
    await peopled.tick(at(date(2026, 11, 23), 15))
    assert "Ongeveer" not in (await peopled.says("/kantoor")).text


async def test_opening_and_closing_again_counts_nothing_anew(peopled):
    """What was not closed when the numbers were counted has none before the next day; one person makes none at all."""
    await peopled.says("/kantoor dicht Stadskantoor di")
    await plan(peopled, people(13)[:8], whole_day(TUESDAY), HOME)
    await peopled.tick(at(date(2026, 11, 23), 15))
    assert "Ongeveer 10 mensen" in (await peopled.says("/kantoor")).text
    for _ in range(3):
        await peopled.says("/kantoor open Stadskantoor di")
        await plan(peopled, people(13)[:8], whole_day(TUESDAY))
        await peopled.says("/kantoor dicht Stadskantoor di t/m do")
        await plan(peopled, people(13)[:8], whole_day(TUESDAY), HOME)
        await peopled.tick(timedelta(minutes=1))
        assert "Ongeveer" not in (await peopled.says("/kantoor")).text
    await peopled.tick(at(TUESDAY, 15))
    assert "Ongeveer 10 mensen" in (await peopled.says("/kantoor")).text


async def test_switched_off_nothing_is_counted(peopled):
    services = peopled.services
    peopled.services = replace(services, defaults=replace(services.defaults, all_on=False))
    await count(at(date(2026, 11, 23), 15), peopled.services)
    assert await numbers(peopled, TUESDAY) == {}


async def test_a_year_of_numbers(town):
    """Plans that change all day, at every hour: a multiple of 5 from the minimum up, one number a day, for every day."""
    chance = Random(3)
    await town.says("waar", ANOUK, CHANNEL)
    published: dict[date, set[str]] = {}
    minimums: dict[date, int] = {}
    minimum, raised = 5, date(2027, 5, 1)
    today = date(2026, 11, 23)
    while today < date(2027, 11, 23):
        if today >= raised and minimum < 12:
            minimum = 12
            async with town.store.units.mirror(TENANT) as unit:
                await unit.organisation.set_minimum(minimum)
        for hour in (15, 17):
            ahead = today + timedelta(days=chance.randint(1, 3))
            crowd = chance.sample(people(18), chance.randint(0, 9))
            await plan(town, crowd, whole_day(ahead)[: chance.randint(1, 2)], chance.choice((HALL, HALL, HOME)))
            for _ in range(chance.randint(1, 2)):
                await count(at(today, hour), town.services)
            for day, found in (await numbers(town, today)).items():
                least = minimums.setdefault(day, minimum)  # a raised one holds from the next count on
                published.setdefault(day, set()).add(str(found))
                assert all(number % 5 == 0 and number >= least for number in found.expected.values())
        today += timedelta(days=chance.randint(1, 4))
    assert len(published) > 100
    assert all(len(found) == 1 for found in published.values())
    assert len({text for found in published.values() for text in found}) > 2
