"""A unit of work is one transaction, in one tenant, once per activity."""

import asyncio
from contextlib import AbstractAsyncContextManager
from contextvars import Context
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import column, event, insert, table, text
from sqlalchemy.exc import IntegrityError

from bot.domain.days import Slot
from bot.domain.people import Person
from bot.services.clock import FakeClock
from bot.services.units import ReadUnit, Units, WriteUnit
from bot.store import Store
from bot.store.outbox import FakeOutbox
from bot.store.rows import Rows
from bot.store.tenants import ACROSS_TENANTS
from bot.turn import unit_is_open
from tests.plugins.databases import SQLiteFiles, counted
from tests.store.words import (
    AFTERNOON,
    ELSEWHERE,
    HERE,
    HOME,
    MONDAY,
    MORNING,
    NOOR,
    OFFICE,
    SAM,
    WIJK,
    ZONE,
    Change,
    day,
    key,
    plan,
    rows,
)


async def test_the_store_keeps_the_protocols_word(store: Store):
    """mypy compares the shapes where app.py hands the store to Services; here the names."""
    units: Units = store.units
    async with units.write(key()) as unit:
        wanted = {name for protocol in (ReadUnit, WriteUnit) for name in protocol.__annotations__}
        assert {name for name in wanted if not hasattr(unit, name)} == set()


async def test_an_activity_delivered_twice_has_one_effect(store: Store):
    """The second delivery knows that it is one, may do what it likes, and changes nothing."""
    async with store.units.write(key()) as unit:
        assert not unit.repeated
        await unit.plans.put(SAM, day(HOME), zone=ZONE)
    async with store.units.write(key()) as unit:
        assert unit.repeated
        await unit.plans.put(SAM, day(OFFICE), zone=ZONE)
        assert await unit.plans.of(SAM, MONDAY, MONDAY) == plan(OFFICE)
    async with store.units.read(HERE) as unit:
        assert await unit.plans.of(SAM, MONDAY, MONDAY) == plan(HOME)


async def test_an_activity_delivered_many_times_at_once_has_one_effect(store: Store):
    """Exactly one delivery records the activity; the rest wait for it and know."""

    async def deliver() -> bool:
        async with store.units.write(key()) as unit:
            await asyncio.sleep(0.01)
            await unit.audit.add(SAM, "counted", "once")
            return unit.repeated

    told = await asyncio.gather(*(deliver() for _ in range(6)))
    assert sorted(told) == [False, True, True, True, True, True]
    assert await rows(store) == {"audit": 1, "seen_activity": 1}


async def test_a_delivery_that_failed_can_be_delivered_again(store: Store):
    """An error undoes the record too: the next delivery is the first."""

    async def fail() -> None:
        async with store.units.write(key()) as unit:
            await unit.plans.put(SAM, day(HOME), zone=ZONE)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await rows(store) == {}
    async with store.units.write(key()) as unit:
        assert not unit.repeated


async def test_the_one_that_waits_takes_over_when_the_first_fails(store: Store):
    """Of two deliveries at once the first fails: the second has the effect."""
    first_is_in = asyncio.Event()

    async def fail() -> None:
        async with store.units.write(key()):
            first_is_in.set()
            await asyncio.sleep(0.05)
            raise ZeroDivisionError

    async def deliver() -> bool:
        await first_is_in.wait()
        async with store.units.write(key()) as unit:
            await unit.people.save(Person(SAM))
            return unit.repeated

    outcome = await asyncio.gather(fail(), deliver(), return_exceptions=True)
    assert isinstance(outcome[0], ZeroDivisionError)
    assert outcome[1] is False
    assert await rows(store) == {"person": 1, "seen_activity": 1}


async def test_the_same_activity_id_elsewhere_is_another_activity(store: Store):
    for other in (key(), key(tenant=ELSEWHERE), key("activity-2")):
        async with store.units.write(other) as unit:
            assert not unit.repeated


async def test_a_double_tap_ends_as_one_tap(store: Store):
    """Two presses (two activity ids) of one button at once: the same absolute values, nobody fails."""

    async def press(activity: str) -> None:
        async with store.units.write(key(activity)) as unit:
            await unit.people.save(Person(SAM, "nl"))
            await unit.sharing.set(SAM, WIJK, on=True)
            await unit.plans.put(SAM, day(HOME), zone=ZONE)

    await asyncio.gather(*(press(f"press-{n}") for n in range(8)))
    assert await rows(store) == {"person": 1, "plan": 2, "sharing": 1, "seen_activity": 8}


async def test_two_different_presses_at_once_lose_nothing(store: Store):
    """Each press sets and empties other day-parts, in opposite orders: both hold at the end, none deadlocks."""
    week = [MONDAY + timedelta(days=n) for n in range(5)]

    async def press(n: int) -> None:
        mornings = [Change(Slot(d, MORNING), HOME if n % 2 else None) for d in week]
        afternoons = [Change(Slot(d, AFTERNOON), OFFICE) for d in week]
        changes = [*mornings, *afternoons] if n % 2 else [*afternoons, *reversed(mornings)]
        async with store.units.write(key(f"press-{n}")) as unit:
            await unit.plans.put(SAM, changes, zone=ZONE)

    await asyncio.gather(*(press(n) for n in range(1, 13)))
    async with store.units.read(HERE) as unit:
        kept = await unit.plans.of(SAM, week[0], week[-1])
    assert {slot: place for slot, place in kept.items() if slot.part is AFTERNOON} == {
        Slot(d, AFTERNOON): OFFICE for d in week
    }
    # One press was last: its mornings are all there or all gone.
    assert len([slot for slot in kept if slot.part is MORNING]) in {0, 5}


async def test_many_people_at_once_all_get_through(store: Store):
    async def press(n: int) -> None:
        async with store.units.write(key(f"press-{n}")) as unit:
            await unit.plans.put(f"user-{n}", day(HOME), zone=ZONE)
            await unit.sharing.set(f"user-{n}", WIJK, on=True)
        async with store.units.read(HERE) as unit:
            assert f"user-{n}" in await unit.plans.shared_with(WIJK, MONDAY)

    await asyncio.gather(*(press(n) for n in range(60)))
    async with store.units.read(HERE) as unit:
        assert len(await unit.plans.shared_with(WIJK, MONDAY)) == 60


async def test_the_flag_says_whether_a_unit_is_open(store: Store):
    """In every kind of unit, and no longer after it, also after an error."""
    assert not unit_is_open.get()

    async def fail(unit: AbstractAsyncContextManager[ReadUnit]) -> None:
        async with unit:
            assert unit_is_open.get()
            raise ZeroDivisionError

    for unit in (store.units.read(HERE), store.units.write(key()), store.units.mirror(HERE)):
        with pytest.raises(ZeroDivisionError):
            await fail(unit)
        assert not unit_is_open.get()


async def test_units_do_not_nest(store: Store):
    async with store.units.read(HERE):
        with pytest.raises(RuntimeError, match="nest"):
            async with store.units.write(key()):
                pass
        assert unit_is_open.get()


async def test_an_upkeep_unit_records_no_activity(store: Store):
    async with store.units.mirror(HERE) as unit:
        assert not unit.repeated
        await unit.sharing.set(SAM, WIJK, on=True)
    assert await rows(store) == {"sharing": 1}


async def test_a_look_is_consistent(store: Store):
    """What is committed between two reads of one unit does not show in the second."""
    async with store.units.read(HERE) as unit:
        assert await unit.sharing.teams_of(NOOR) == frozenset()
        # As somebody else's turn does it: not inside this unit's context.
        await asyncio.get_running_loop().create_task(_share(store), context=Context())
        assert await unit.plans.shared_with(WIJK, MONDAY) == {}
    async with store.units.read(HERE) as unit:
        assert await unit.sharing.teams_of(NOOR) == {WIJK}


async def _share(store: Store) -> None:
    async with store.units.write(key("meanwhile")) as unit:
        await unit.sharing.set(NOOR, WIJK, on=True)
        await unit.plans.put(NOOR, day(HOME), zone=ZONE)


async def test_a_look_cannot_write(store: Store):
    with pytest.raises(Exception, match=r"read-?only"):
        async with store.units.read(HERE) as unit:
            await unit.people.save(Person(SAM))
    assert await rows(store) == {}


async def test_a_glance_at_a_file_cannot_write(sqlite_files: SQLiteFiles, clock: FakeClock):
    """On PostgreSQL it is one of the connections that write, with other options."""
    url = sqlite_files.ready()
    store = Store(url, clock.now, FakeOutbox())
    with pytest.raises(Exception, match=r"read-?only"):
        async with store.units.glance(HERE) as unit:
            await unit.people.save(Person(SAM))
    assert await rows(store) == {}
    await store.close()
    sqlite_files.drop(url)


async def test_a_glance_is_one_word_to_the_database(store: Store):
    """No transaction is begun for it; what it reads is what was there at that moment, and it sees the next one too."""
    sent: list[str] = []
    for engine in store.engines.distinct():
        event.listen(engine, "before_cursor_execute", lambda *said: sent.append(said[2]))
    async with store.units.glance(HERE) as unit:
        assert await unit.people.get(SAM) is None
        assert [word.split()[0] for word in sent] == ["SELECT"]
    async with store.units.mirror(HERE) as unit:
        await unit.people.save(Person(SAM))
    async with store.units.glance(HERE) as unit:
        assert await unit.people.get(SAM)


async def test_a_look_that_reads_nothing_asks_nothing(store: Store):
    with counted(store) as sent:
        async with store.units.read(HERE):
            pass
    assert sent == []


async def test_a_cancelled_unit_leaves_nothing_and_frees_its_place(store: Store):
    """An invoke that is stopped after 5 s must not hold the one connection that writes."""

    async def hang() -> None:
        async with store.units.write(key()) as unit:
            await unit.people.save(Person(SAM))
            await asyncio.sleep(60)

    for _ in range(12):
        task = asyncio.create_task(hang())
        await asyncio.sleep(0.02)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    async with store.units.write(key("next")) as unit:
        await unit.people.save(Person(NOOR))
    assert await rows(store) == {"person": 1, "seen_activity": 1}


async def test_a_commit_that_fails_is_in_nobody_elses_way(store: Store):
    """As on a full disk: SQLite would leave its transaction open for whoever writes next."""
    anybody = store.engines.write.execution_options(**{ACROSS_TENANTS: True})
    async with anybody.begin() as connection:
        await connection.execute(text("create table parent (id integer primary key)"))
        await connection.execute(
            text("create table child (id integer references parent (id) deferrable initially deferred)")
        )
    async with Rows(anybody, HERE) as broken:
        await broken.run(insert(table("child", column("id"))), id=1)
        with pytest.raises(IntegrityError):
            await broken.commit()
    async with store.units.write(key()) as unit:
        await unit.plans.put(SAM, day(HOME), zone=ZONE)
    async with store.units.read(HERE) as unit:
        assert await unit.plans.of(SAM, MONDAY, MONDAY) == plan(HOME)


async def test_setting_a_plan_and_seeing_the_board_takes_few_statements(store: Store):
    """One to record the activity, one for the pattern, one per run of set or emptied day-parts, one per question."""
    async with store.units.write(key("before")) as unit:
        await unit.sharing.set(SAM, WIJK, on=True)
    with counted(store) as sent:
        async with store.units.write(key()) as unit:
            await unit.plans.put(SAM, [*day(HOME), *day(OFFICE, MONDAY + timedelta(days=1))], zone=ZONE)
            await unit.sharing.teams_of(SAM)
            assert list(await unit.plans.shared_with(WIJK, MONDAY)) == [SAM]
    assert len(sent) == 6  # one more asks for living cards, where the plan was not read before
    with counted(store) as sent:
        async with store.units.read(HERE) as unit:
            await unit.plans.shared_with(WIJK, MONDAY)
    assert len(sent) == 1


async def test_ready_says_whether_the_database_answers(store: Store):
    assert await store.ready()


async def test_a_database_that_is_not_there_is_not_ready():
    nowhere = Store(
        "postgresql+asyncpg://samen@127.0.0.1:1/nowhere",
        FakeClock(datetime(2026, 11, 23, tzinfo=UTC)).now,
        FakeOutbox(),
    )
    assert not await nowhere.ready()
    await nowhere.close()
