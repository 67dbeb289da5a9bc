"""Closed sites, keepers, who had planned there, and numbers that are published once."""

from datetime import date, timedelta

from bot.domain.counts import Numbers
from bot.domain.days import whole_day
from bot.domain.sites import CLOSED, Closure
from tests.store.words import ELSEWHERE, HERE, JO, MONDAY, NOOR, SAM, rows

MORNING, AFTERNOON = whole_day(MONDAY)
NEXT = whole_day(MONDAY + timedelta(days=1))
HALL = [Closure("hall", MORNING, "b1"), Closure("hall", AFTERNOON, "b1")]


async def test_a_site_has_one_keeper(store):
    async with store.units.mirror(HERE) as unit:
        await unit.sites.set_keeper("hall", SAM)
        await unit.sites.set_keeper("depot", NOOR)
        await unit.sites.set_keeper("hall", JO)
        await unit.sites.set_keeper("depot", None)
        assert await unit.sites.keepers() == {"hall": JO}
    async with store.units.read(ELSEWHERE) as unit:
        assert await unit.sites.keepers() == {}


async def test_closing_is_absolute(store):
    """What is closed already keeps its batch: those who were told once are not told again."""
    async with store.units.mirror(HERE) as unit:
        await unit.sites.close(HALL[:1])
        await unit.sites.close([Closure("hall", MORNING, "b2"), Closure("hall", AFTERNOON, "b2")])
        assert await unit.sites.closures(MONDAY, MONDAY) == (HALL[0], Closure("hall", AFTERNOON, "b2"))
        assert await unit.sites.batch("b1") == (HALL[0],)
        assert await unit.sites.closures(MONDAY + timedelta(days=1), date(2027, 1, 1)) == ()
    async with store.units.read(ELSEWHERE) as unit:
        assert await unit.sites.closures(MONDAY, MONDAY) == ()


async def test_reopening_leaves_other_sites_and_half_days(store):
    other = Closure("depot", MORNING, "b1")
    async with store.units.mirror(HERE) as unit:
        await unit.sites.close([*HALL, other])
        await unit.sites.reopen("hall", [MORNING])
        assert set(await unit.sites.closures(MONDAY, MONDAY)) == {HALL[1], other}


async def test_who_was_told_is_known_once_nothing_waits(store, clock):
    async with store.units.mirror(HERE) as unit:
        await unit.sites.close(HALL)
        await unit.sites.remember("b1", {SAM: [MORNING], NOOR: [MORNING, AFTERNOON]})
        for user_id in (SAM, NOOR):
            await unit.deliveries.add(CLOSED, "b1", user_id=user_id, due_at=clock.now())
        assert await unit.sites.told(HALL) == {}
    _, batch = store.outbox.take()[0].arguments
    sending = store.deliveries.batch(HERE, batch, "run")
    (taken,) = await sending.claim(clock.now(), 1)
    await sending.done([taken])
    async with store.units.mirror(HERE) as unit:
        told = await unit.sites.told(HALL)
        assert set(told) == {taken.user_id}
        assert await unit.sites.told([Closure("hall", NEXT[0], "b1")]) == {}
        await unit.sites.unremember(HALL[:1])
    expected = {} if taken.user_id == SAM else {NOOR: frozenset({AFTERNOON})}
    async with store.units.read(HERE) as unit:
        assert await unit.sites.told(HALL) == expected


async def test_each_day_is_forgotten_by_itself(store, clock):
    """Who had planned there on a day is gone with that day, also where the site stays closed."""
    async with store.units.mirror(HERE) as unit:
        await unit.sites.remember("b1", {SAM: [MORNING, NEXT[0]]})
    clock.move(timedelta(days=1))
    await store.deletion.due(clock.now())
    assert (await rows(store))["move"] == 1


async def test_nobody_who_pauses_or_stopped_is_counted(store, clock):
    settings = {SAM: {}, NOOR: {"stopped": True}, JO: {"paused_until": clock.now() + timedelta(hours=1)}}
    async with store.units.mirror(HERE) as unit:
        for user_id, setting in settings.items():
            await unit.people.change(user_id, language="nl", **setting)
        await unit.sites.remember("b1", {user_id: [MORNING] for user_id in settings})
        assert await unit.sites.affected(HALL, clock.now()) == {SAM: frozenset({MORNING})}
        later = clock.now() + timedelta(hours=2)
        assert set(await unit.sites.affected(HALL, later)) == {SAM, JO}
        assert await unit.sites.affected([], later) == {}


async def test_a_day_is_counted_once(store):
    async with store.units.mirror(HERE) as unit:
        assert await unit.sites.numbers(MONDAY) == {}
        assert await unit.sites.start_count(MONDAY)
        await unit.sites.publish(MONDAY, Numbers({"hall": 15}, {"hall": 5}))
        assert not await unit.sites.start_count(MONDAY)
        await unit.sites.start_count(NEXT[0].day)
        assert await unit.sites.numbers(MONDAY) == {MONDAY: Numbers({"hall": 15}, {"hall": 5}), NEXT[0].day: Numbers()}
        assert list(await unit.sites.numbers(NEXT[0].day)) == [NEXT[0].day]
    async with store.units.mirror(ELSEWHERE) as unit:
        assert await unit.sites.numbers(MONDAY) == {}
        assert await unit.sites.start_count(MONDAY)
