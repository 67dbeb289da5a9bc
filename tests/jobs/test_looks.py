"""Cards that are looked at untouched, hundreds in a minute, are in nobody's way who touches one."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from bot.domain.jobs import Job, Work
from bot.jobs.engine import AT_ONCE
from bot.services.clock import FakeClock
from bot.store import Store
from bot.store.outbox import FakeOutbox
from bot.store.tables import living_card
from bot.store.tenants import ACROSS_TENANTS
from tests.jobs.test_engine import Hands, Ticks, running, store_of, until

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MANY = 200  # at most 32 a second are begun
MINE = "card mine"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOW)


async def keep(store: Store, *subjects: str, due_at: datetime = NOW) -> None:
    """Cards that stand there, to be looked at at that moment."""
    usual = {"tenant": "t", "kind": "board", "team_id": "team", "conversation": "19:c", "service_url": "https://teams"}
    usual |= {"channel": "msteams", "bot_id": "28:b", "bot_name": "Samen", "scope": "channel", "activity": "m1"}
    usual |= {"touched": 1, "made_at": NOW, "due_at": due_at, "until": NOW + timedelta(days=1)}
    rows = [{**usual, "id": f"card {subject}", "subject": subject} for subject in subjects]
    async with store.engines.write.execution_options(**{ACROSS_TENANTS: True}).begin() as connection:
        await connection.execute(insert(living_card), rows)


@pytest.mark.thorough
@pytest.mark.parametrize("waits", [False, True], ids=["another card", "one that waits to be looked at"])
async def test_who_touches_a_card_does_not_wait_behind_them(database_url: str, clock: FakeClock, waits: bool):
    """It is among the first that are begun, though it was asked for last."""
    hands = Hands()
    async with store_of(database_url, clock) as store:
        await keep(store, *map(str, range(MANY)))
        await keep(store, "mine", due_at=NOW if waits else NOW + timedelta(minutes=5))
        assert await store.living.due(NOW) == MANY + waits
        async with store.units.mirror("t") as unit:
            unit.cards.touch("board", "mine")
        async with running(database_url, Ticks(), clock, hands):
            await until(lambda: any(card == MINE for _, card, _ in hands.begun))
    order = [card for _, card, _ in hands.begun]
    assert order.index(MINE) < AT_ONCE[Work.REDRAW.queue]


async def touch(store: Store) -> list[Job]:
    """What is asked for by it."""
    async with store.units.mirror("t") as unit:
        unit.cards.touch("board", "mine")
    return store.outbox.take()


async def test_a_touch_leans_only_on_a_look_that_somebody_has_begun(database_url: str, clock: FakeClock):
    """Who comes to the other one later finds nothing to do: two never draw at once."""
    store = Store(database_url, clock.now, FakeOutbox())
    await keep(store, "mine")
    await store.living.due(NOW)
    (look,) = store.outbox.take()
    (asked,) = await touch(store)
    assert (look.patient, asked.patient) == (True, False)
    assert await store.living.claim(*look.arguments, "one", NOW) is None
    card = await store.living.claim(*asked.arguments, "other", NOW)
    await store.living.ended(card, NOW, shown="drawn", activity="m1")

    later = NOW + timedelta(minutes=10)
    await store.living.due(later)
    (look,) = store.outbox.take()
    card = await store.living.claim(*look.arguments, "one", later)
    assert await touch(store) == []
    assert await store.living.ended(card, later, shown="drawn", activity="m1")
    (once_more,) = store.outbox.take()
    assert not once_more.patient
    await store.close()


async def test_looks_that_nobody_came_to_are_asked_for_once_more_and_still_are_in_nobodys_way(
    database_url: str, clock: FakeClock
):
    """Jobs were down for a while; a redraw that somebody did touch for goes first again."""
    store = Store(database_url, clock.now, FakeOutbox())
    await keep(store, "looked at", "mine")
    await store.living.due(NOW)
    await touch(store)
    later = NOW + timedelta(minutes=6)
    assert await store.living.due(later) == 2
    patient = {job.arguments[1]: job.patient for job in store.outbox.take()}
    assert patient == {"card looked at": True, MINE: False}
    await store.close()
