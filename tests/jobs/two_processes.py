"""A worker as a process of its own: the real engine, with work whose effects are rows that a test can count.

    python -m tests.jobs.two_processes DATABASE_URL LIFE SECONDS

It says on standard output when it is ready and when it is not any more, and stops as the bot does, on SIGTERM.
"""

import asyncio
import signal
import sys
from datetime import datetime
from pathlib import Path

import asyncpg

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bot.domain.jobs import Work
from bot.jobs import Jobs
from bot.logs import set_up_logs
from bot.services import FakeHealth, SystemClock

TABLES = """
create table piece (id text primary key, owner text, begun int not null default 0, taken_at timestamptz);
create table effect (piece text not null, life text not null, at timestamptz not null default clock_timestamp());
"""
_TAKE = "update piece set owner = $1, begun = begun + 1, taken_at = clock_timestamp() where id = $2"
_DO = """
with mine as (select id from piece where id = $2 and owner = $1 for update)
insert into effect (piece, life)
select id, $1 from mine where not exists (select from effect where piece = $2)
"""


class Pieces:
    """Takes a piece, works on it for a while, and has its effect only while it is still the owner."""

    def __init__(self, database: str, life: str, seconds: float) -> None:
        self._url, self._life, self._seconds = database.replace("+asyncpg", ""), life, seconds

    async def do(self, _tenant: str, piece: str) -> None:
        await self._run(_TAKE, piece)
        await asyncio.sleep(self._seconds)
        await self._run(_DO, piece)

    async def _run(self, statement: str, piece: str) -> None:
        connection = await asyncpg.connect(self._url, timeout=5)
        try:
            await connection.execute(statement, self._life, piece)
        finally:
            await connection.close()


async def nothing(_now: datetime) -> None:
    """A minute with nothing due."""


async def tell(jobs: Jobs) -> None:
    """Say each change at once."""
    said = None
    while True:
        if jobs.ready() != said:
            said = jobs.ready()
            sys.stdout.write(f"ready {said}\n")
            sys.stdout.flush()
        await asyncio.sleep(0.02)


async def main(database: str, life: str, seconds: str) -> None:
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    pieces = Pieces(database, life, float(seconds))
    jobs = Jobs(database, dict.fromkeys(Work, pieces.do), nothing, SystemClock(), life=life, health=FakeHealth())
    await jobs.start()
    telling = asyncio.create_task(tell(jobs))
    await stop.wait()
    await jobs.stop(1.0)
    telling.cancel()


if __name__ == "__main__":
    set_up_logs("text")
    asyncio.run(main(*sys.argv[1:]))
