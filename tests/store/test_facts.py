"""A tenant's facts: kept in memory, and never older than what any replica committed."""

from datetime import date, datetime

import pytest

from bot.domain.admin import Switch
from bot.domain.capabilities import Capability
from bot.domain.days import DayPart, Slot
from bot.domain.places import NamedPlace, Place
from bot.domain.sites import Closure
from bot.domain.together import WeekPart
from bot.store import Store
from bot.store.outbox import FakeOutbox
from tests.plugins.databases import counted

DAY = date(2026, 11, 24)
SITE = NamedPlace("s1", "Stadskantoor", Place.SITE)


async def name_place(unit, now: datetime) -> None:
    await unit.places.save(SITE)


async def switch_off(unit, now: datetime) -> None:
    await unit.organisation.switch(Capability.REACH, Switch(on=False, changed_at=now, decision=None, reason=""))


async def close_site(unit, now: datetime) -> None:
    await unit.sites.close([Closure("s1", Slot(DAY, DayPart.MORNING), "b1")])


async def reopen_site(unit, now: datetime) -> None:
    await unit.sites.reopen("s1", [Slot(DAY, DayPart.MORNING)])


async def set_together(unit, now: datetime) -> None:
    await unit.together.set("team", (WeekPart(1, DayPart.MORNING),))


async def name_in_vain(store: Store, now: datetime) -> None:
    async with store.units.mirror("t1") as unit:
        await name_place(unit, now)
        raise ZeroDivisionError


CHANGES = (name_place, switch_off, close_site, reopen_site, set_together)


async def facts_of(store: Store, tenant: str = "t1"):
    async with store.units.glance(tenant) as unit:
        return (await unit.askers.look("anouk", None)).facts


@pytest.fixture
async def other(database_url, clock):
    """Another replica on the same database."""
    store = Store(database_url, clock.now, FakeOutbox())
    yield store
    await store.close()


async def test_a_look_costs_one_statement_while_nothing_changes(store: Store):
    await facts_of(store)
    with counted(store) as sent:
        await facts_of(store)
    assert len(sent) == 1


async def test_every_change_by_another_replica_is_seen_at_the_next_look(store: Store, other: Store, clock):
    seen = [await facts_of(store)]
    for change in CHANGES:
        async with other.units.mirror("t1") as unit:
            await change(unit, clock.now())
        seen.append(await facts_of(store))
        assert seen[-1].version == seen[-2].version + 1, change
        assert seen[-1] == await facts_of(other)
    assert seen[-1].places == (SITE,)
    assert seen[-1].switches == {"reach": False}
    assert seen[3].closures == (Closure("s1", Slot(DAY, DayPart.MORNING), "b1"),)
    assert seen[-1].closures == ()
    assert seen[-1].together == {"team": (WeekPart(1, DayPart.MORNING),)}


async def test_another_tenant_has_its_own(store: Store, clock):
    async with store.units.mirror("t1") as unit:
        await name_place(unit, clock.now())
    assert (await facts_of(store)).places == (SITE,)
    assert (await facts_of(store, "t2")).places == ()


async def test_what_was_not_committed_changes_nothing(store: Store, clock):
    before = await facts_of(store)
    with pytest.raises(ZeroDivisionError):
        await name_in_vain(store, clock.now())
    assert await facts_of(store) == before
