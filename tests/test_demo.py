"""The sandbox's demo municipality: six people, one team, two sites, two public places; seeding again changes nothing."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from app import DEMO
from bot.demo import DAYS_AHEAD, load_demo, seed
from bot.domain.places import Place
from bot.services import FakeClock
from bot.store import Store
from bot.store.outbox import FakeOutbox

ZONE = "Europe/Amsterdam"
SUNDAY = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
async def house(sqlite_files):
    clock = FakeClock(SUNDAY)
    store = Store(sqlite_files.ready(), clock.now, FakeOutbox())
    demo = load_demo(DEMO)
    await seed(demo, store.units, clock, ZONE, "http://127.0.0.1:3979/_connector")
    yield demo, store, clock
    await store.close()


async def test_the_municipality_is_what_the_readme_promises(house):
    demo, store, _ = house
    async with store.units.read(demo["tenantId"]) as unit:
        places = await unit.places.all()
        roster = await unit.members.of(demo["team"]["id"])
        assert await unit.teams.get(demo["team"]["id"])
    assert len(roster.members) == 6
    assert Counter(place.place is Place.SITE for place in places) == {True: 2, False: 2}


async def test_every_day_has_something_on_the_board_and_nothing_of_the_visitor(house):
    """Whatever day a newcomer tries it, tomorrow's board is not empty; they themselves show nothing yet."""
    demo, store, clock = house
    async with store.units.read(demo["tenantId"]) as unit:
        for ahead in range(DAYS_AHEAD):
            shown = await unit.plans.shared_with(demo["team"]["id"], clock.now().date() + timedelta(days=ahead))
            assert shown
            assert demo["currentUser"]["aadObjectId"] not in shown


async def test_a_second_start_keeps_what_was_changed_meanwhile(house):
    demo, store, clock = house
    user = demo["users"][0]["aadObjectId"]
    async with store.units.mirror(demo["tenantId"]) as unit:
        await unit.sharing.set(user, demo["team"]["id"], on=False)
        before = await unit.plans.of(user, clock.now().date(), clock.now().date() + timedelta(days=DAYS_AHEAD))
    await seed(demo, store.units, clock, ZONE, "http://127.0.0.1:3979/_connector")
    async with store.units.read(demo["tenantId"]) as unit:
        assert await unit.sharing.teams_of(user) == frozenset()
        assert await unit.plans.of(user, clock.now().date(), clock.now().date() + timedelta(days=DAYS_AHEAD)) == before


async def test_colleagues_can_be_reached_and_one_shows_nothing(house):
    """What `/bereik Joris` shows in the Playground; a message to them has somewhere to go."""
    demo, store, _ = house
    shown = []
    async with store.units.read(demo["tenantId"]) as unit:
        for person in demo["users"]:
            user_id = person["aadObjectId"]
            assert (await unit.people.get(user_id)).contact.channel_user_id == person["id"]
            shown.append(bool(await unit.reach.of(user_id)) and bool(await unit.reach_sharing.teams_of(user_id)))
    assert shown == [True, True, True, False, True]
