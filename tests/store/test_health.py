"""How Samen is doing, on both databases: a heartbeat, and failures by kind."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.schema import CreateTable, DropTable

from bot.domain.health import Failure
from bot.services import FakeClock
from bot.settings import VERSION
from bot.store import Store
from bot.store.outbox import FakeOutbox
from bot.store.tables import failure
from tests.fakes.botframework import utc


@pytest.fixture
async def clock() -> FakeClock:
    return FakeClock(utc())


@pytest.fixture
async def stores(database_url, clock):
    """Two replicas."""
    both = [Store(database_url, clock.now, FakeOutbox()) for _ in range(2)]
    yield both
    for store in both:
        await store.close()


async def test_nothing_ever_happened(stores, database_url):
    report = await stores[0].health.report()
    assert (report.version, report.ticked_at, report.failures) == (VERSION, None, {})
    assert database_url.startswith(report.database)


async def test_the_last_tick_of_any_replica(stores, clock):
    await stores[0].health.beat(clock.now())
    await stores[1].health.beat(clock.now() + timedelta(minutes=1))
    assert (await stores[0].health.report()).ticked_at == clock.now() + timedelta(minutes=1)


async def test_failures_add_up_over_replicas_and_days(stores, clock):
    """What was not kept yet counts too; what is older than a week does not."""
    mine, theirs = (store.health for store in stores)
    for health in (mine, theirs, mine):
        health.count(Failure.TURN)
    await asyncio.gather(mine.flush(), theirs.flush())
    await mine.flush()
    assert (await theirs.report()).failures == {Failure.TURN: 3}
    clock.move(timedelta(days=6))
    theirs.count(Failure.TURN)
    theirs.count(Failure.CARD_KEPT)
    assert (await theirs.report()).failures == {Failure.TURN: 4, Failure.CARD_KEPT: 1}
    await theirs.flush()
    assert (await mine.report()).failures == {Failure.TURN: 4, Failure.CARD_KEPT: 1}
    clock.move(timedelta(days=1))
    assert (await mine.report()).failures == {Failure.TURN: 1, Failure.CARD_KEPT: 1}


async def test_what_could_not_be_kept_is_kept_later(stores):
    health = stores[0].health
    health.count(Failure.TURN)
    real, health._write = health._write, None
    with pytest.raises(AttributeError):
        await health.flush()
    health._write = real
    await health.flush()
    assert (await stores[1].health.report()).failures == {Failure.TURN: 1}


async def test_counts_are_kept_by_themselves_and_again_after_a_failure(stores, capsys):
    """One that cannot be written is said in the log, and the next time tries again."""
    mine, theirs = (store.health for store in stores)
    keeping = asyncio.create_task(mine.keep(every=0.01))
    try:
        async with stores[1].engines.write.begin() as connection:
            await connection.execute(DropTable(failure))
        mine.count(Failure.TURN)
        said = ""
        async with asyncio.timeout(30):
            while "counts_not_kept" not in said:
                await asyncio.sleep(0.01)
                said += "".join(capsys.readouterr())
        async with stores[1].engines.write.begin() as connection:
            await connection.execute(CreateTable(failure))
        for _ in range(500):
            if (await theirs.report()).failures:
                break
            await asyncio.sleep(0.01)
        assert (await theirs.report()).failures == {Failure.TURN: 1}
    finally:
        keeping.cancel()
