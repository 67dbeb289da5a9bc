"""Real processes on one PostgreSQL: killed, frozen, cut off from it; nothing is left undone and nothing happens twice."""

import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from bot.domain.jobs import Job, Work, sync_url
from bot.jobs import Jobs
from bot.jobs.engine import AT_ONCE, VERSION
from bot.jobs.liveness import SWEEP_S, Liveness
from bot.services import FakeHealth, SystemClock
from bot.store import EngineOutbox, Store
from bot.store.rows import Rows
from tests.jobs import two_processes
from tests.plugins.databases import PostgreSQLServer
from tests.plugins.parents import end_with_parent

pytestmark = [pytest.mark.process, pytest.mark.postgres]
LOCK = "(7701, hashtext(%s))"

ROOT = Path(__file__).parents[2]
MOST = AT_ONCE[Work.DELIVER.queue]


class Town:
    """A database with pieces to work on, and the processes that do."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder = url, folder
        self.sql = psycopg.connect(sync_url(url), autocommit=True)
        self.sql.execute(two_processes.TABLES)
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, life: str, seconds: float = 1.5) -> None:
        command = [sys.executable, "-m", "tests.jobs.two_processes", self.url, life, str(seconds)]
        with (self.folder / f"{life}.out").open("wb") as out, (self.folder / f"{life}.err").open("wb") as err:
            self.processes[life] = subprocess.Popen(
                command,
                cwd=ROOT,
                stdout=out,
                stderr=err,
                preexec_fn=end_with_parent,  # noqa: PLW1509 - one call to the system, and nothing else
            )

    def said(self, life: str) -> list[str]:
        return (self.folder / f"{life}.out").read_text().split("\n")[:-1]

    def logged(self, life: str) -> str:
        return (self.folder / f"{life}.err").read_text()

    def until_ready(self, *lives: str) -> None:
        for life in lives:
            until(lambda life=life: self.said(life)[-1:] == ["ready True"], 30)

    def start_two(self, first: float, second: float) -> None:
        """Two processes, the second one frozen: what is asked for now falls to the first."""
        self.start("one", first)
        self.start("two", second)
        self.until_ready("one", "two")
        self.signal("two", signal.SIGSTOP)

    def signal(self, life: str, number: signal.Signals) -> None:
        self.processes[life].send_signal(number)

    async def ask(self, *pieces: str) -> None:
        """In a transaction, as units of work do; the row first."""
        outbox = EngineOutbox(self.url)
        store = Store(self.url, SystemClock().now, outbox)
        self.sql.cursor().executemany("insert into piece (id) values (%s)", [(piece,) for piece in pieces])
        async with Rows(store.engines.write, "t", outbox) as rows:
            for piece in pieces:
                rows.enqueue(Job(Work.DELIVER, piece, ("t", piece)))
            await rows.commit()
        await store.close()
        outbox.close()

    def owners(self) -> dict[str, int]:
        rows = self.sql.execute("select owner, count(*) from piece where owner is not null group by 1").fetchall()
        return dict(rows)

    def effects(self) -> dict[str, int]:
        """Each piece and how often it happened."""
        return dict(self.sql.execute("select piece, count(*) from effect group by 1").fetchall())

    def end_session(self, life: str) -> None:
        """End the session in which a process shows that it lives."""
        ended = self.sql.execute(
            "select pg_terminate_backend(pid) from pg_locks"
            " where locktype = 'advisory' and classid = 7701 and objid = hashtext(%s)::oid and granted",
            (life,),
        ).fetchall()
        assert ended == [(True,)]

    def close(self) -> None:
        self.sql.close()
        for process in self.processes.values():
            with suppress(ProcessLookupError):
                process.send_signal(signal.SIGCONT)
                process.kill()
            process.wait(10)


def until(true: Callable[[], bool], seconds: float) -> float:
    """Wait until something is so; how many seconds it took."""
    started = time.monotonic()
    while not true():
        assert time.monotonic() < started + seconds, "it did not happen"
        time.sleep(0.02)
    return time.monotonic() - started


@contextmanager
def away(url: str) -> Iterator[None]:
    """The server ends every session of the database, and takes no new one until the block ends."""
    name, server = make_url(url).database, make_url(sync_url(url)).set(database="postgres")
    with psycopg.connect(server.render_as_string(hide_password=False), autocommit=True) as sql:
        sql.execute(f'alter database "{name}" allow_connections false')
        sql.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", (name,))
        yield
        sql.execute(f'alter database "{name}" allow_connections true')


@pytest.fixture
def town(postgresql_server: PostgreSQLServer, tmp_path: Path) -> Iterator[Town]:
    url = postgresql_server.ready()
    town = Town(url, tmp_path)
    yield town
    town.close()
    postgresql_server.drop(url)


async def test_work_of_a_killed_process_is_done_by_another_within_seconds(town: Town):
    """It never comes back; each piece happens once."""
    pieces = {f"p{n}" for n in range(MOST)}
    town.start_two(60, 0.2)
    await town.ask(*pieces)
    until(lambda: town.owners() == {"one": MOST}, 30)
    town.signal("one", signal.SIGKILL)
    town.signal("two", signal.SIGCONT)
    taken = until(lambda: town.owners() == {"two": MOST}, 30)
    assert taken >= SWEEP_S / 2  # two sightings
    assert "taking_over" in town.logged("two")
    until(lambda: len(town.effects()) == MOST, 30)
    assert town.effects() == dict.fromkeys(pieces, 1)


async def test_a_frozen_process_keeps_its_work_and_one_that_lost_it_does_no_harm(town: Town):
    """Twelve seconds of sleep cost nothing. When its session ends meanwhile its work is another's, and stays that."""
    pieces = {f"p{n}" for n in range(4)}
    town.start_two(1.0, 0.1)
    await town.ask(*pieces)
    until(lambda: town.owners() == {"one": 4}, 30)
    town.signal("one", signal.SIGSTOP)
    town.signal("two", signal.SIGCONT)
    await asyncio.sleep(12)
    assert town.owners() == {"one": 4}
    assert town.effects() == {}

    town.end_session("one")
    until(lambda: len(town.effects()) == 4, 30)
    assert town.owners() == {"two": 4}
    town.signal("one", signal.SIGCONT)
    until(lambda: town.said("one")[-2:] == ["ready False", "ready True"], 30)
    await asyncio.sleep(1.5)  # what it had begun has come to its end
    assert town.effects() == dict.fromkeys(pieces, 1)
    assert town.owners() == {"two": 4}

    town.signal("two", signal.SIGKILL)
    await town.ask("new")
    until(lambda: town.effects().get("new") == 1, 30)
    assert town.effects() == dict.fromkeys({*pieces, "new"}, 1)


async def test_a_process_that_loses_its_session_takes_it_up_again_before_it_is_missed(town: Town):
    """And is not ready meanwhile. Nobody takes its work, however often it happens."""
    town.start_two(6, 0.1)
    await town.ask("p")
    until(lambda: town.owners() == {"one": 1}, 30)
    town.signal("two", signal.SIGCONT)
    for times in range(1, 6):
        town.end_session("one")
        back = ["ready True", *["ready False", "ready True"] * times]
        until(lambda back=back: town.said("one") == back, 30)
        await asyncio.sleep(0.3)
    until(lambda: town.effects() == {"p": 1}, 30)
    assert town.owners() == {"one": 1}
    assert town.sql.execute("select begun from piece").fetchone() == (1,)


async def test_everything_goes_on_when_the_server_was_away(town: Town):
    """Work under way fails, or has its end written down later; the process is not ready meanwhile, and needs no help."""
    pieces = {f"p{n}" for n in range(4)}
    town.start("one", seconds=1.0)
    town.until_ready("one")
    await town.ask(*pieces)
    until(lambda: town.owners() == {"one": 4}, 30)
    town.sql.close()
    with away(town.url):
        until(lambda: town.said("one")[-1] == "ready False", 30)
        await asyncio.sleep(3)
    town.sql = psycopg.connect(sync_url(town.url), autocommit=True)
    town.until_ready("one")
    await town.ask("new")
    until(lambda: len(town.effects()) == 5, 30)
    assert town.effects() == dict.fromkeys({*pieces, "new"}, 1)


async def test_told_to_stop_a_process_hands_its_work_over_at_once(town: Town):
    """Not done in the time it has: another goes on without having to find out that the first is gone."""
    town.start_two(60, 0.1)
    await town.ask("p0", "p1")
    until(lambda: town.owners() == {"one": 2}, 30)
    town.signal("two", signal.SIGCONT)
    town.signal("one", signal.SIGTERM)
    until(lambda: town.owners() == {"two": 2}, 30)
    assert "taking_over" not in town.logged("two")
    assert town.processes["one"].wait(30) == 0
    assert "Traceback" not in town.logged("one")
    until(lambda: town.effects() == {"p0": 1, "p1": 1}, 30)


async def test_only_who_is_missed_twice_in_a_row_is_dead(town: Town):
    """Coming back between two looks is enough; and who has nothing under way is nobody's business."""
    for number, life in enumerate(("ghost", "alive", "idle")):
        state = "SUCCESS" if life == "idle" else "PENDING"
        town.sql.execute(
            "insert into dbos.workflow_status (workflow_uuid, status, executor_id, application_version, created_at,"
            " updated_at, priority) values (%s, %s, %s, %s, 0, 0, 0)",
            (str(number), state, life, VERSION),
        )
    town.sql.execute(f"select pg_advisory_lock{LOCK}", ("alive",))
    dead: list[str] = []
    liveness = Liveness(town.url, "me", VERSION, dead.append)
    async with liveness._session() as session:
        seen = await liveness._sweep(session, frozenset())
        assert (seen, dead) == ({"ghost"}, [])
        town.sql.execute(f"select pg_advisory_lock{LOCK}", ("ghost",))
        seen = await liveness._sweep(session, seen)
        assert (seen, dead) == (frozenset(), [])
        town.sql.execute(f"select pg_advisory_unlock{LOCK}", ("ghost",))
        seen = await liveness._sweep(session, seen)
        assert (seen, dead) == ({"ghost"}, [])
        await liveness._sweep(session, seen)
        assert dead == ["ghost"]
    await liveness.stop()


async def test_without_its_lock_a_process_begins_nothing(town: Town):
    """What it had taken from the queue waits; it is not ready; and it goes on by itself when the lock is its own again."""
    done: list[str] = []

    async def do(_tenant: str, piece: str) -> None:
        done.append(piece)

    life = "one"
    jobs = Jobs(town.url, dict.fromkeys(Work, do), two_processes.nothing, SystemClock(), life=life, health=FakeHealth())
    await jobs.start()
    with psycopg.connect(sync_url(town.url), autocommit=True) as other:
        first = asyncio.create_task(asyncio.to_thread(other.execute, f"select pg_advisory_lock{LOCK}", (life,)))
        await asyncio.sleep(0.3)
        town.end_session(life)
        await first
        async with asyncio.timeout(30):
            while jobs.ready():  # noqa: ASYNC110 - another thread's doing
                await asyncio.sleep(0.02)
        await town.ask("p")
        await asyncio.sleep(1.5)
        assert done == []
        assert not jobs.ready()
    async with asyncio.timeout(30):
        while done != ["p"]:  # noqa: ASYNC110 - another thread's doing
            await asyncio.sleep(0.02)
    assert jobs.ready()
    await jobs.stop()
