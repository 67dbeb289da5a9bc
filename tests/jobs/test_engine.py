"""The engine of jobs really runs: on both databases, beside the store's tables, and leaves nothing behind."""

import asyncio
import logging
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from dbos import DBOS
from sqlalchemy import inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.health import Failure
from bot.domain.jobs import Job, Work, sync_url
from bot.jobs import Jobs
from bot.jobs.engine import AT_ONCE, LOOP_THREADS, THREADS, VERSION
from bot.services import FakeHealth
from bot.services.clock import FakeClock
from bot.store import EngineOutbox, Store
from bot.store.deliveries import BATCH
from bot.store.rows import Rows
from bot.store.tenants import ACROSS_TENANTS

# The engine's two queues, its schedule, its loop, what it listens with; and the drivers' of this test.
OTHER_THREADS = 12
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


class Hands:
    """What does the work here: notes it, and can be held up or made to fail."""

    def __init__(self) -> None:
        self.done: list[tuple[str, ...]] = []
        self.begun: list[tuple[str, ...]] = []
        self.wrong: list[Exception] = []
        self.go_on = asyncio.Event()
        self.go_on.set()

    async def __call__(self, *arguments: str) -> None:
        self.begun.append(arguments)
        if self.wrong:
            raise self.wrong.pop()
        await self.go_on.wait()
        self.done.append(arguments)


async def until(true: Callable[[], bool] | Callable[[], Awaitable[bool]], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while True:
        found = true()
        if found if isinstance(found, bool) else await found:
            return
        assert time.monotonic() < deadline, "it did not happen"
        await asyncio.sleep(0.02)


@asynccontextmanager
async def running(
    url: str, ticks: Ticks, clock: FakeClock, hands: Hands | None = None, health: FakeHealth | None = None
) -> AsyncIterator[Jobs]:
    work = dict.fromkeys(Work, hands or Hands())
    jobs = Jobs(url, work, ticks.due, clock, life=uuid4().hex, health=health or FakeHealth(), pauses=(0.05, 0.05))
    await jobs.start()
    try:
        yield jobs
    finally:
        await jobs.stop()


@asynccontextmanager
async def store_of(url: str, clock: FakeClock) -> AsyncIterator[Store]:
    outbox = EngineOutbox(url)
    store = Store(url, clock.now, outbox)
    try:
        yield store
    finally:
        await store.close()
        outbox.close()


async def ask(store: Store, *jobs: Job) -> None:
    """Ask for jobs as units do: in a transaction."""
    async with Rows(store.engines.write, "t", store.outbox) as rows:
        for job in jobs:
            rows.enqueue(job)
        await rows.commit()


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
    async with store_of(url, clock) as store:
        yield store.engines.write.execution_options(**{ACROSS_TENANTS: True})


def _tables(connection) -> list[str]:
    """All the engine's tables, also those we know nothing of."""
    looked = inspect(connection)
    if connection.dialect.name == "postgresql":
        return [f"dbos.{name}" for name in looked.get_table_names("dbos")]
    from bot.store.tables import metadata

    return [name for name in looked.get_table_names() if name not in metadata.tables]


async def kept_by_the_engine(url: str, clock: FakeClock) -> str:
    """Everything the engine wrote, as one text."""
    async with across(url, clock) as engine, engine.connect() as connection:
        names = await connection.run_sync(_tables)
        assert len(names) > 8
        found = [(await connection.execute(text(f"select * from {name}"))).all() for name in names]
    return repr(found)


async def states(url: str, clock: FakeClock) -> dict[str, str]:
    table = "workflow_status" if url.startswith("sqlite") else "dbos.workflow_status"
    async with across(url, clock) as engine, engine.connect() as connection:
        rows = (await connection.execute(text(f"select workflow_uuid, status from {table}"))).all()
    return dict(tuple(row) for row in rows)


async def test_what_is_due_goes_in_as_many_batches_as_it_takes(database_url: str, clock: FakeClock):
    """With the real outbox: asking for the first one's job leaves the transaction as it was for the next."""
    later = clock.now() + timedelta(minutes=5)
    async with store_of(database_url, clock) as store:
        async with store.units.mirror("t") as unit:
            await unit.deliveries.add_each("x", "1", [str(n) for n in range(2 * BATCH + 1)], later)
        await store.deliveries.collect(later)
    async with across(database_url, clock) as engine, engine.connect() as connection:
        found = await connection.execute(text("select count(*) from delivery where batch is not null group by batch"))
        assert sorted(found.scalars()) == [1, BATCH, BATCH]


@pytest.mark.thorough
async def test_the_minute_tick(database_url: str, clock: FakeClock, caplog: pytest.LogCaptureFixture):
    """At the start, and by the schedule, it asks what is due by our clock; an error in it is logged by kind and
    neither kept nor the end."""
    ticks, health = Ticks(), FakeHealth()
    async with running(database_url, ticks, clock, health=health) as jobs:
        await until(lambda: ticks.seen == [NIGHT])
        assert jobs.ready()
        clock.move(timedelta(days=2))
        assert await fire() == "SUCCESS"
        assert ticks.seen[-1] == NIGHT + timedelta(days=2)
        ticks.wrong = ValueError("Sam is at Dorpsstraat 5")
        before = len(ticks.seen)
        assert await fire() == "SUCCESS"
        assert len(ticks.seen) > before
        assert health.counted[Failure.TICK] >= 1
        schedule = await asyncio.to_thread(DBOS.get_schedule, "minute")
        assert schedule
        assert (schedule["schedule"], schedule["cron_timezone"]) == ("* * * * *", "UTC")
    assert not jobs.ready()
    kept = await kept_by_the_engine(database_url, clock)
    assert VERSION in kept
    assert "Dorpsstraat" not in kept + caplog.text
    assert '{"args":["20' in kept  # JSON, never a pickle


async def test_work_is_done_once_for_a_key_and_only_after_its_commit(database_url: str, clock: FakeClock):
    """Also what was asked for before any engine ever ran, with its arguments, and later where a delay was given."""
    hands = Hands()
    async with store_of(database_url, clock) as store:
        await ask(store, Job(Work.REDRAW, "a", ("t", "1")), Job(Work.REDRAW, "a", ("t", "1")))
        await ask(store, Job(Work.REDRAW, "a", ("t", "1")))
        async with Rows(store.engines.write, "t", store.outbox) as rows:
            rows.enqueue(Job(Work.DELIVER, "never", ("t", "never")))
        assert await states(database_url, clock) == {"a": "ENQUEUED"}
        async with running(database_url, Ticks(), clock, hands):
            await until(lambda: hands.done == [("t", "1")])
            asked = time.monotonic()
            await ask(store, Job(Work.COLLECT, "later", delay=1.0), Job(Work.DELIVER, "now", ("t", "2")))
            await until(lambda: len(hands.done) == 2)
            assert hands.done[-1] == ("t", "2")
            await until(lambda: len(hands.done) == 3)
            assert time.monotonic() - asked >= 1.0
    assert len(hands.begun) == 3


async def test_a_rollback_takes_the_job_with_it(database_url: str, clock: FakeClock):
    async with store_of(database_url, clock) as store:
        connection = await store.engines.write.connect()
        await store.outbox.put(connection, Job(Work.DELIVER, "never", ("t", "x")))
        await connection.rollback()
        await connection.close()
        assert await states(database_url, clock) == {}


@pytest.mark.thorough
async def test_what_fails_is_tried_again_and_then_left(
    database_url: str, clock: FakeClock, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
):
    """With its kind and its place in the log; none of its words anywhere."""
    hands, health = Hands(), FakeHealth()
    async with store_of(database_url, clock) as store, running(database_url, Ticks(), clock, hands, health):
        hands.wrong = [ValueError("Sam is ziek"), ValueError("Sam is ziek")]
        await ask(store, Job(Work.REDRAW, "heals", ("t", "1")))
        await until(lambda: hands.done == [("t", "1")])
        assert len(hands.begun) == 3
        assert health.counted == {}
        hands.wrong = [ValueError("Sam is ziek")] * 3
        await ask(store, Job(Work.REDRAW, "stays ill", ("t", "2")))
        await until(lambda: health.counted == {Failure.JOB: 1})
        assert len(hands.begun) == 6
        await ask(store, Job(Work.REDRAW, "goes on", ("t", "3")))
        await until(lambda: ("t", "3") in hands.done)
    assert set((await states(database_url, clock)).values()) == {"SUCCESS"}
    said = capfd.readouterr().out
    assert said.count("job_failed") == 5
    assert "test_engine:" in said
    assert "Exception encountered" not in caplog.text
    assert "ziek" not in said + caplog.text + await kept_by_the_engine(database_url, clock)


@pytest.mark.thorough
async def test_neither_cards_nor_ticks_wait_behind_messages(database_url: str, clock: FakeClock):
    """However many wait, and however long each takes."""
    slow, quick, ticks = Hands(), Hands(), Ticks()
    slow.go_on.clear()
    work = {Work.DELIVER: slow, Work.REDRAW: quick, Work.COLLECT: quick}
    jobs = Jobs(database_url, work, ticks.due, clock, life=uuid4().hex, health=FakeHealth())
    async with store_of(database_url, clock) as store:
        await ask(store, *(Job(Work.DELIVER, f"m{n}", ("t", str(n))) for n in range(AT_ONCE[Work.DELIVER.queue] + 5)))
        await jobs.start()
        try:
            await until(lambda: len(slow.begun) == AT_ONCE[Work.DELIVER.queue])
            before = len(ticks.seen)
            await ask(store, Job(Work.REDRAW, "card", ("t", "card")))
            await until(lambda: quick.done == [("t", "card")])
            assert await fire() == "SUCCESS"
            assert len(ticks.seen) > before
            assert len(slow.begun) == AT_ONCE[Work.DELIVER.queue]  # no more are claimed than are done
            slow.go_on.set()
            await until(lambda: len(slow.done) == AT_ONCE[Work.DELIVER.queue] + 5)
        finally:
            await jobs.stop()


@pytest.mark.thorough
async def test_it_has_few_threads_however_much_there_is_to_do(database_url: str, clock: FakeClock):
    """Its own are as many as it was told, and the loop's as many as there are jobs at once; both are asked for more."""
    hands, before = Hands(), threading.active_count()
    hands.go_on.clear()
    begun, go_on = [], threading.Event()

    def block() -> None:
        begun.append(threading.current_thread().name)
        go_on.wait(30)

    async with store_of(database_url, clock) as store, running(database_url, Ticks(), clock, hands):
        jobs = [Job(work, f"{work} {n}", ("t", str(n))) for work in (Work.DELIVER, Work.REDRAW) for n in range(40)]
        await ask(store, *jobs)
        blocks = DBOS.workflow(name="block")(block)
        for _ in range(3 * THREADS):
            await asyncio.to_thread(DBOS.start_workflow, blocks)
        await until(lambda: len(hands.begun) == sum(AT_ONCE.values()) and len(begun) >= THREADS)
        await asyncio.sleep(0.5)
        assert len(begun) == len(set(begun)) == THREADS
        assert threading.active_count() - before <= THREADS + LOOP_THREADS + OTHER_THREADS
        hands.go_on.set()
        go_on.set()
        await until(lambda: (len(hands.done), len(begun)) == (len(jobs), 3 * THREADS))
        assert threading.active_count() - before <= THREADS + LOOP_THREADS + OTHER_THREADS


@pytest.mark.thorough
async def test_what_is_not_done_when_it_stops_is_put_back(database_url: str, clock: FakeClock):
    """Done by the next one that runs; what can end in time ends, and stopping takes no longer than it is given."""
    hands, later = Hands(), Hands()
    hands.go_on.clear()
    async with store_of(database_url, clock) as store:
        await ask(store, *(Job(Work.DELIVER, str(n), ("t", str(n))) for n in range(3)))
        jobs = Jobs(database_url, dict.fromkeys(Work, hands), Ticks().due, clock, life="a", health=FakeHealth())
        await jobs.start()
        await until(lambda: len(hands.begun) == 3)
        started = time.monotonic()
        await jobs.stop(0.3)
        assert time.monotonic() - started < 10  # it would wait for ever
        assert hands.done == []
        assert {(await states(database_url, clock))[str(n)] for n in range(3)} == {"ENQUEUED"}
        async with running(database_url, Ticks(), clock, later):
            await until(lambda: len(later.done) == 3)


@pytest.mark.thorough
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
        assert time.monotonic() - started < 10
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

    health = FakeHealth()
    jobs = Jobs(database_url, {}, due, clock, life="a", health=health)
    await jobs.start()
    await under_way.wait()
    await jobs.stop()
    assert ended.is_set()
    assert health.counted == {}  # and it has not failed because of that


async def test_one_that_never_started_stops(database_url: str, clock: FakeClock):
    jobs = Jobs(database_url, {}, Ticks().due, clock, life="a", health=FakeHealth())
    assert not jobs.ready()
    await jobs.stop()


@pytest.mark.thorough
async def test_finished_jobs_are_forgotten(database_url: str, clock: FakeClock):
    """Those of more than a day ago, by the engine's own clock; in the ticks that follow, however many there are."""
    table = "workflow_status" if database_url.startswith("sqlite") else "dbos.workflow_status"
    hands, over = Hands(), "status = 'SUCCESS', created_at = created_at - 90000000"
    async with store_of(database_url, clock) as store, across(database_url, clock) as engine:
        await ask(store, *(Job(Work.COLLECT, f"old {n}") for n in range(250)), Job(Work.COLLECT, "new"))
        async with engine.begin() as connection:
            await connection.execute(text(f"update {table} set {over} where workflow_uuid like 'old%'"))
        async with running(database_url, Ticks(), clock, hands):
            await until(lambda: len(hands.done) == 1)
            for _ in range(2):
                await fire()
            left = await states(database_url, clock)
    assert "new" in left
    assert not [name for name in left if name.startswith("old")]
    assert "old" not in await kept_by_the_engine(database_url, clock)


@pytest.mark.thorough
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
