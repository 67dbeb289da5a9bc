"""Lives of the bot and of its twin of Microsoft Graph by one clock, which whoever started them moves.

`python -m tests.proof.focus_lives` is `tests.proof.launch` for the proof of `/focus`. A line of JSON that has `twin`, a port,
makes a twin, with its `state`; any other one a bot, which ends at its `kill_at`th commit: each is counted as it begins and
when it is done, while the `dial` says so. SIGUSR1 has the bot do what it does each minute.
"""

import asyncio
import mmap
import os
import random
import signal
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import uvloop
from aiohttp import web

import app
import graph.transport
import graph.wire  # noqa: F401 - as the other imports: they are slow, and every life has them from here
from bot.jobs import Jobs
from bot.logs import set_up_logs
from bot.settings import load_settings
from bot.store import batches
from graph.sandbox.people import TWO
from graph.sandbox.server import application, twin
from tests.proof.launch import Steps, main, watch_commits

_ON_THE_DIAL = struct.Struct("<d?")  # seconds between this clock and the machine's; whether commits are counted


class Dial:
    """A clock and a switch in a file, seen by all processes of a run at once."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(_ON_THE_DIAL.pack(0.0, False))
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), _ON_THE_DIAL.size)

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self._read()[0])

    @property
    def armed(self) -> bool:
        return self._read()[1]

    def move(self, seconds: float) -> None:
        offset, armed = self._read()
        self._shared[:] = _ON_THE_DIAL.pack(offset + seconds, armed)

    def arm(self, armed: bool = True) -> None:
        self._shared[:] = _ON_THE_DIAL.pack(self._read()[0], armed)

    def _read(self) -> tuple[float, bool]:
        offset, armed = _ON_THE_DIAL.unpack(self._shared[:])
        return offset, armed


class Prompted(Jobs):
    """An engine that also ticks when it is told to: the machine's minutes are too long to wait for."""

    async def start(self) -> None:
        await super().start()
        asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, lambda: self._tries.begin(self._tick()))


def bot(told: dict[str, Any]) -> None:
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)  # until it can tick
    dial, steps = Dial(Path(told["dial"])), Steps(told.get("kill_at"), told["trace"])
    steps.armed = True

    def step(words: str) -> None:
        if dial.armed:
            steps(words)

    watch_commits(step, step)
    batches.UNSURE = timedelta(seconds=told.get("unsure_s") or 30)
    app.Jobs = Prompted  # type: ignore[misc]
    os.environ.update(told["environment"])
    settings = load_settings()
    set_up_logs(settings.log)
    uvloop.run(app.serve(settings, dial))


async def stand_in(told: dict[str, Any]) -> None:
    """The twin, until it is killed."""
    runner = web.AppRunner(application(twin(Path(told["state"]), TWO, Dial(Path(told["dial"])).now)), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", told["twin"]).start()
    await asyncio.Event().wait()


def live(told: dict[str, Any]) -> int:
    random.seed()
    if "twin" in told:
        uvloop.run(stand_in(told))
    else:
        bot(told)
    return 0


if __name__ == "__main__":
    main(live)
