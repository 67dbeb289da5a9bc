"""Prompts that are kept: found when they are due, by one replica each, and sent once with what they found."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, select

from bot.domain.days import Slot, Usual, Weeks, whole_day
from bot.domain.places import Place, WorkLocation
from bot.domain.prompts import Looked, Prompt, PromptKind
from bot.services import Defaults, FakeHealth, Services
from bot.services.clock import FakeClock
from bot.services.prompting import BATCH, send_due
from bot.store import Store
from bot.store.tables import delivery
from bot.store.tables import prompt as table
from bot.store.tenants import ACROSS_TENANTS
from tests.plugins.databases import counted
from tests.store.words import AFTERNOON, ELSEWHERE, HERE, HOME, JO, MORNING, NOOR, SAM, ZONE, Change, day, rows

OFF = WorkLocation(Place.NOT_WORKING)
FRIDAY = date(2026, 11, 27)
WEEK = timedelta(days=7)
WEEKLY = Prompt(PromptKind.WEEK, 4, 14 * 60, ZONE)
MESSAGE = "week.ask"


def at(hour: int, minute: int = 0, on: date = FRIDAY) -> datetime:
    return datetime.combine(on, time(hour, minute), ZoneInfo(ZONE)).astimezone(UTC)


async def ask(store: Store, *users: str, tenant: str = HERE, next_at: datetime | None = None) -> None:
    async with store.units.mirror(tenant) as unit:
        for user in users:
            await unit.prompts.put(user, WEEKLY, next_at or at(14), FRIDAY)


def services(store: Store, clock: FakeClock) -> Services:
    defaults = Defaults("nl", "NL", ZONE, frozenset({"nl"}), all_on=True)
    return Services(clock, store.units, None, defaults, FakeHealth(), None)  # type: ignore[arg-type]  # neither teams nor focus


async def tick(store: Store, clock: FakeClock, now: datetime) -> None:
    clock.set(now)
    await send_due(PromptKind.WEEK, MESSAGE, now, services(store, clock))


async def sent(store: Store) -> list[tuple[str, str]]:
    """Who is sent what, in order; of all tenants."""
    async with store.engines.read.execution_options(**{ACROSS_TENANTS: True}).connect() as connection:
        found = await connection.execute(select(delivery.c.user_id, delivery.c.subject, delivery.c.kind))
        return sorted((user, subject) for user, subject, kind in found if kind == MESSAGE)


async def carry_out(store: Store) -> list[tuple[str, str]]:
    """What was to be sent is sent: its rows go, so that nothing but the prompt's own row keeps it from coming again."""
    found = await sent(store)
    async with store.engines.write.execution_options(**{ACROSS_TENANTS: True}).begin() as connection:
        await connection.execute(delete(delivery))
    return found


async def kept(store: Store) -> Sequence[Any]:
    async with store.engines.read.execution_options(**{ACROSS_TENANTS: True}).connect() as connection:
        return (await connection.execute(select(table.c.next_at, table.c.last_on))).all()


async def test_it_is_kept_changed_and_removed(store: Store):
    async with store.units.mirror(HERE) as unit:
        assert await unit.prompts.of(SAM, PromptKind.WEEK) is None
        await unit.prompts.put(SAM, WEEKLY, at(14), FRIDAY)
        later = Prompt(PromptKind.WEEK, 3, 15 * 60, "Europe/Brussels")
        await unit.prompts.put(SAM, later, at(15), FRIDAY)
        assert await unit.prompts.of(SAM, PromptKind.WEEK) == later
        assert await unit.prompts.of(SAM, PromptKind.TODAY) is None
        await unit.prompts.remove(SAM, PromptKind.TODAY)
        await unit.prompts.remove(SAM, PromptKind.WEEK)
        assert await unit.prompts.of(SAM, PromptKind.WEEK) is None


async def test_it_is_sent_once_whoever_looks_how_often(store: Store, clock: FakeClock):
    await ask(store, SAM, NOOR)
    await tick(store, clock, at(13, 59))
    assert await sent(store) == []
    await tick(store, clock, at(14))
    assert await carry_out(store) == [(NOOR, "2026-11-27"), (SAM, "2026-11-27")]
    for now in (at(14), at(14, 1), at(13), at(17)):
        await tick(store, clock, now)
    assert await sent(store) == []
    assert set(await kept(store)) == {(at(14, on=FRIDAY + timedelta(days=1)), FRIDAY)}


async def test_replicas_at_once_send_it_once(store: Store, clock: FakeClock):
    people = [f"user-{number}" for number in range(3 * BATCH)]
    await ask(store, *people)
    clock.set(at(14))
    here = services(store, clock)
    await asyncio.gather(*(send_due(PromptKind.WEEK, MESSAGE, at(14), here) for _ in range(4)))
    # Whom one replica had in hand another one passed over: the next minute finds nobody left.
    await tick(store, clock, at(14, 1))
    assert await sent(store) == [(user, "2026-11-27") for user in sorted(people)]
    async with store.engines.read.execution_options(**{ACROSS_TENANTS: True}).connect() as connection:
        assert len((await connection.execute(select(delivery.c.id))).all()) == len(people)


async def test_what_one_replica_has_in_hand_another_one_passes_over(store: Store):
    await ask(store, SAM, NOOR)

    async def replica() -> list[str]:
        async with store.units.mirror(HERE) as unit:
            found = await unit.prompts.due(PromptKind.WEEK, at(14), 1)
            await asyncio.sleep(0.2)
            await unit.prompts.looked([Looked(one.user_id, one.prompt, at(15), FRIDAY) for one in found])
            return [one.user_id for one in found]

    one, other = await asyncio.gather(replica(), replica())
    assert sorted([*one, *other]) == [NOOR, SAM]


async def test_each_kind_is_looked_at_by_itself(store: Store):
    await ask(store, SAM)
    async with store.units.mirror(HERE) as unit:
        await unit.prompts.put(NOOR, Prompt(PromptKind.TODAY, None, 8 * 60, ZONE), at(14), FRIDAY)
        assert [one.user_id for one in await unit.prompts.due(PromptKind.WEEK, at(14), 10)] == [SAM]
        assert [one.user_id for one in await unit.prompts.due(PromptKind.TODAY, at(14), 10)] == [NOOR]


async def _die_half_way(store: Store) -> None:
    async with store.units.mirror(HERE) as unit:
        waiting = await unit.prompts.due(PromptKind.WEEK, at(14), 10)
        await unit.deliveries.add(MESSAGE, "2026-11-27", user_id=waiting[0].user_id, due_at=at(14))
        raise RuntimeError("the process dies here")


async def test_the_delivery_and_the_move_come_together_or_not_at_all(store: Store, clock: FakeClock):
    await ask(store, SAM)
    clock.set(at(14))
    with pytest.raises(RuntimeError, match="dies here"):
        await _die_half_way(store)
    assert await sent(store) == []
    await tick(store, clock, at(14, 1))
    assert await sent(store) == [(SAM, "2026-11-27")]


async def test_the_plan_of_that_moment_says_when(store: Store, clock: FakeClock):
    """Friday off by the pattern: on Thursday. Off all week: not at all. Friday worked after all: on Friday."""
    async with store.units.mirror(HERE) as unit:
        for user in (SAM, JO):
            await unit.patterns.put(user, {Usual(Weeks.EVERY, 4, part): OFF for part in (MORNING, AFTERNOON)})
        await unit.plans.put(JO, day(HOME, FRIDAY), zone=ZONE)
        every_day = [FRIDAY - timedelta(days=n) for n in range(5)]
        gone = [Change(slot, OFF) for each in every_day for slot in whole_day(each)]
        await unit.plans.put(NOOR, gone, zone=ZONE)
        monday = FRIDAY - timedelta(days=4)
        for user in (SAM, JO, NOOR):
            await unit.prompts.put(user, WEEKLY, at(14, on=monday), monday)
    for days in range(7):
        await tick(store, clock, at(14, on=monday + timedelta(days=days)))
    assert await sent(store) == [(JO, "2026-11-27"), (SAM, "2026-11-26")]
    assert Slot(FRIDAY, MORNING) in {change.slot for change in gone}


async def test_a_bot_that_was_down_for_weeks_asks_once_and_about_now(store: Store, clock: FakeClock):
    await ask(store, SAM)
    await tick(store, clock, at(15, on=FRIDAY + 3 * WEEK))
    await tick(store, clock, at(15, 1, on=FRIDAY + 3 * WEEK))
    assert await sent(store) == [(SAM, "2026-12-18")]


async def test_a_clock_that_was_ahead_is_made_good_by_choosing_again(store: Store, clock: FakeClock):
    await ask(store, SAM)
    await tick(store, clock, at(14, on=FRIDAY + 5 * WEEK))  # New Year's Day 2027
    await tick(store, clock, at(14, on=FRIDAY + WEEK))
    assert await sent(store) == [(SAM, "2027-01-01")]  # by its word that day is behind us
    await ask(store, SAM, next_at=at(14, on=FRIDAY + WEEK))
    await tick(store, clock, at(14, on=FRIDAY + WEEK))
    assert await sent(store) == [(SAM, "2026-12-04"), (SAM, "2027-01-01")]


async def test_choosing_another_time_on_the_day_itself_does_not_ask_twice(store: Store, clock: FakeClock):
    await ask(store, SAM)
    await tick(store, clock, at(14))
    assert await carry_out(store) == [(SAM, "2026-11-27")]
    await ask(store, SAM, next_at=at(15))
    await tick(store, clock, at(15))
    assert await sent(store) == []


async def test_tenants_keep_to_themselves(store: Store, clock: FakeClock):
    await ask(store, SAM)
    await ask(store, SAM, tenant=ELSEWHERE)
    assert await store.units.prompted(PromptKind.WEEK, at(14)) in ((HERE, ELSEWHERE), (ELSEWHERE, HERE))
    assert await store.units.prompted(PromptKind.TODAY, at(14)) == ()
    await tick(store, clock, at(14))
    assert await sent(store) == [(SAM, "2026-11-27"), (SAM, "2026-11-27")]
    async with store.units.mirror(ELSEWHERE) as unit:
        await unit.own.forget(SAM)
    assert await rows(store) == {"prompt": 1, "delivery": 1}


async def test_what_a_tick_costs(store: Store, clock: FakeClock):
    """Nobody due: one question. A batch looked at: what is due, their plans, what was found; and what is sent."""
    await ask(store, *(f"user-{number}" for number in range(BATCH - 1)))
    with counted(store) as idle:
        await tick(store, clock, at(13))
    assert len(idle) == 1, idle
    with counted(store) as looking:
        await tick(store, clock, at(14, on=FRIDAY - timedelta(days=1)))
    assert len(looking) == 1, looking
    async with store.units.mirror(HERE) as unit:
        for number in range(BATCH - 1):
            await unit.prompts.put(f"user-{number}", WEEKLY, at(14, on=FRIDAY - timedelta(days=1)), FRIDAY)
    with counted(store) as looking:
        await tick(store, clock, at(14, on=FRIDAY - timedelta(days=1)))
    assert len(looking) == 4, looking
    with counted(store) as sending:
        await tick(store, clock, at(14))
    beside = [each for each in sending if "delivery" not in each]
    assert len(beside) == 4, [each[:60] for each in beside]
    assert len(await sent(store)) == BATCH - 1
