"""The engine of jobs really runs: on both databases, beside the store's tables, and leaves nothing behind."""

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from dbos import DBOS
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.jobs import sync_url
from bot.jobs import Jobs
from bot.jobs.engine import VERSION
from bot.services.clock import FakeClock
from bot.store import Store
from bot.store.outbox import FakeOutbox
from bot.store.tenants import ACROSS_TENANTS

NIGHT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NIGHT)


class Ticks:
    """What a tick does here: note the moment it was given, and fail when told to."""

    def __init__(self) -> None:
        self.seen: list[datetime] = []
        self.wrong: Exception | None = None

    async def due(self, now: datetime) -> None:
        self.seen.append(now)
        if self.wrong:
            raise self.wrong


async def until(true: Callable[[], bool] | Callable[[], Awaitable[bool]], seconds: float = 15) -> None:
    deadline = time.monotonic() + seconds
    while True:
        found = true()
        if found if isinstance(found, bool) else await found:
            return
        assert time.monotonic() < deadline, "it did not happen"
        await asyncio.sleep(0.02)


@asynccontextmanager
async def running(url: str, ticks: Ticks, clock: FakeClock) -> AsyncIterator[Jobs]:
    jobs = Jobs(url, ticks.due, clock)
    await jobs.start()
    try:
        yield jobs
    finally:
        await jobs.stop()


async def fire() -> str:
    """The schedule's own tick, now instead of at the minute; its state when it is over."""
    handle = await asyncio.to_thread(DBOS.trigger_schedule, "minute")

    async def over() -> bool:
        return (await asyncio.to_thread(handle.get_status)).status not in {"ENQUEUED", "PENDING"}

    await until(over)
    return (await asyncio.to_thread(handle.get_status)).status


@asynccontextmanager
async def across(url: str, clock: FakeClock) -> AsyncIterator[AsyncEngine]:
    """The engine that writes, allowed to see the jobs engine's tables."""
    store = Store(url, clock.now, FakeOutbox())
    try:
        yield store.engines.write.execution_options(**{ACROSS_TENANTS: True})
    finally:
        await store.close()


async def kept_by_the_engine(url: str, clock: FakeClock) -> str:
    """Everything the engine wrote about its workflows, as one text."""
    names = ["workflow_status", "workflow_input", "workflow_output", "operation_outputs"]
    prefix = "" if url.startswith("sqlite") else "dbos."
    async with across(url, clock) as engine, engine.connect() as connection:
        found = [(await connection.execute(text(f"select * from {prefix}{name}"))).all() for name in names]
    return repr(found)


async def test_the_minute_tick(database_url: str, clock: FakeClock, caplog: pytest.LogCaptureFixture):
    """At the start, and by the schedule, it asks what is due by our clock; an error in it is logged by kind and
    neither kept nor the end."""
    ticks = Ticks()
    async with running(database_url, ticks, clock) as jobs:
        await until(lambda: ticks.seen == [NIGHT])
        assert jobs.ready()
        clock.move(timedelta(days=2))
        assert await fire() == "SUCCESS"
        assert ticks.seen[-1] == NIGHT + timedelta(days=2)
        ticks.wrong = ValueError("Sam is at Dorpsstraat 5")
        before = len(ticks.seen)
        assert await fire() == "SUCCESS"
        assert len(ticks.seen) > before
        schedule = await asyncio.to_thread(DBOS.get_schedule, "minute")
        assert schedule
        assert (schedule["schedule"], schedule["cron_timezone"]) == ("* * * * *", "UTC")
    assert not jobs.ready()
    kept = await kept_by_the_engine(database_url, clock)
    assert VERSION in kept
    assert "Dorpsstraat" not in kept + caplog.text
    assert '{"args":["20' in kept  # JSON, never a pickle


async def test_stopping_leaves_nothing_and_starting_again_works(database_url: str, clock: FakeClock):
    """No thread, no task, the loop's own threads usable; the same schedule once."""
    ticks = Ticks()
    before, tasks = threading.active_count(), len(asyncio.all_tasks())
    for n in range(1, 3):
        async with running(database_url, ticks, clock):
            await until(lambda n=n: len(ticks.seen) >= n)
            assert await fire() == "SUCCESS"
            # The engine's own asynchronous calls put its threads in the place of the loop's.
            assert len(await DBOS.list_schedules_async()) == 1
            started = time.monotonic()
        assert time.monotonic() - started < 4
        assert await asyncio.to_thread(lambda: "still works") == "still works"
    await until(lambda: threading.active_count() <= before + 1)  # the loop's one thread for `to_thread`
    assert len(asyncio.all_tasks()) == tasks


async def test_stopping_waits_for_a_tick_under_way(database_url: str, clock: FakeClock):
    """A deletion is ended, not cut, when it ends within a moment."""
    under_way, ended = asyncio.Event(), asyncio.Event()

    async def due(_now: datetime) -> None:
        under_way.set()
        await asyncio.sleep(0.3)
        ended.set()

    jobs = Jobs(database_url, due, clock)
    await jobs.start()
    await under_way.wait()
    await jobs.stop()
    assert ended.is_set()


async def test_one_that_never_started_stops(database_url: str, clock: FakeClock):
    jobs = Jobs(database_url, Ticks().due, clock)
    assert not jobs.ready()
    await jobs.stop()


async def test_finished_ticks_are_forgotten(database_url: str, clock: FakeClock):
    """Those of more than a day ago, by the engine's own clock."""
    table = "workflow_status" if database_url.startswith("sqlite") else "dbos.workflow_status"
    async with running(database_url, Ticks(), clock), across(database_url, clock) as engine:
        await fire()
        async with engine.begin() as connection:
            await connection.execute(text(f"update {table} set created_at = created_at - 90000000"))
            old = (await connection.execute(text(f"select workflow_uuid from {table}"))).scalars().all()
        await fire()
        async with engine.connect() as connection:
            left = (await connection.execute(text(f"select workflow_uuid from {table}"))).scalars().all()
    assert left
    assert set(old).isdisjoint(left)


async def test_it_speaks_through_our_logs_only(
    database_url: str, clock: FakeClock, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
):
    """And says nothing when all is well."""
    async with running(database_url, Ticks(), clock):
        await fire()
        assert [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING] == []
        logging.getLogger("dbos").warning("the engine is worried")
    assert "the engine is worried" in caplog.text
    assert {type(handler) for handler in logging.getLogger("dbos").handlers} == {logging.NullHandler}
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("sqlite+aiosqlite:///var/samen.sqlite", "sqlite:///var/samen.sqlite"),
        ("postgresql+asyncpg://u:p+asyncpg@h/d", "postgresql://u:p+asyncpg@h/d"),
        ("postgresql+asyncpg://u@h/d?ssl=require", "postgresql://u@h/d?sslmode=require"),
        ("postgresql+asyncpg://u@/d?host=/run/x&ssl=disable", "postgresql://u@/d?host=/run/x&sslmode=disable"),
    ],
)
def test_the_engine_speaks_to_the_same_database(given: str, meant: str):
    assert sync_url(given) == meant
