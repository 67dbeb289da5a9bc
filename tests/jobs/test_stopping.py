"""The bot as a process, told to stop in the middle of its work: turns end well, and what is not said is said by the next one."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.domain.people import Contact
from bot.services import SystemClock
from bot.store import Store
from bot.store.outbox import FakeOutbox
from tests.fakes.teams_client import TENANT, Place, TeamsClient
from tests.plugins.parents import end_with_parent
from tests.ports import free_port
from tests.proof.bell import chat, person

pytestmark = pytest.mark.process

ROOT = Path(__file__).parents[2]
OWN = Place("a:anouk", "personal")


class Teams:
    """Takes what is said; some conversations answer late."""

    def __init__(self) -> None:
        self.said: Counter[tuple[str, str]] = Counter()
        self.late: dict[str, float] = {}

    async def take(self, request: web.Request) -> web.Response:
        conversation, body = unquote(request.raw_path.split("/")[3]), await request.json()
        if body.get("type") == "message":
            self.said[conversation, body.get("text") or ""] += 1
        await asyncio.sleep(self.late.get(conversation, 0))
        return web.json_response({"id": "m1"})


@pytest.fixture
async def teams() -> Iterator[tuple[Teams, str]]:
    teams = Teams()
    application = web.Application()
    application.router.add_post("/v3/conversations/{rest:.*}", teams.take)
    server = TestServer(application)
    await server.start_server(shutdown_timeout=0.1)
    yield teams, str(server.make_url("")).rstrip("/")
    await server.close()


class Bot:
    """One run of it."""

    def __init__(self, database: str, log: Path, hours: int = 0) -> None:
        self.port, self.log = free_port(), log
        settings = {"PORT": str(self.port), "DATABASE_URL": database, "SAMEN_DEMO": "0"}
        with log.open("wb") as err:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.jobs.two_processes_bell", str(hours)],
                cwd=ROOT,
                env={**os.environ, **settings},
                stderr=err,
                preexec_fn=end_with_parent,  # noqa: PLW1509 - one call to the system, and nothing else
            )

    async def ready(self) -> "Bot":
        async with asyncio.timeout(60), aiohttp.ClientSession() as session:
            while True:
                try:
                    async with session.get(f"http://127.0.0.1:{self.port}/readyz") as answer:
                        if answer.status == 200:
                            return self
                except aiohttp.ClientError:
                    assert self.process.poll() is None, self.log.read_text()
                await asyncio.sleep(0.05)

    async def hear(self, client: TeamsClient, text: str) -> int:
        """Somebody says something; the status of the answer."""
        url = f"http://127.0.0.1:{self.port}/api/messages"
        activity = client.activity(text=text, where=OWN)
        async with aiohttp.ClientSession() as session, session.post(url, json=activity) as answer:
            return answer.status

    async def stop(self, code: int = 0) -> float:
        """Told to stop; how many seconds it took, and it must end well, or with that exit code."""
        told = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        assert await asyncio.to_thread(self.process.wait, 30) == code, self.log.read_text()
        assert "Traceback" not in self.log.read_text()
        return time.monotonic() - told


async def until(true, seconds=60):
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - what is waited for happens in another process
            await asyncio.sleep(0.02)


async def know(database: str, url: str, people: int) -> None:
    store = Store(database, SystemClock().now, FakeOutbox())
    async with store.units.mirror(TENANT) as unit:
        for n in range(1, people + 1):
            contact = Contact(f"29:p{n}", url, "msteams", "28:bot", "Samen", chat(n))
            await unit.people.change(person(n), contact=contact)
    await store.close()


async def test_a_turn_is_finished_and_messages_are_handed_over(teams, database_url: str, tmp_path: Path):
    """One that Teams takes for ever to answer holds nobody up: it is said again, as its kind may be, by the next one."""
    heard, url = teams
    client = TeamsClient(None, "", url)
    await know(database_url, url, 3)
    first = await Bot(database_url, tmp_path / "first").ready()
    heard.late[chat(2)] = 60
    assert await first.hear(client, "ring early 1 3") in {200, 201, 202}
    await until(lambda: heard.said[chat(2), "ring early"] == 1)
    heard.late[OWN.id] = 1.5
    turn = asyncio.create_task(first.hear(client, "whisper late 1 1"))
    await until(lambda: heard.said[OWN.id, "asked late"] == 1)
    assert await first.stop() < 10
    assert await turn in {200, 201, 202}
    assert heard.said[OWN.id, "asked late"] == 1
    heard.late.clear()
    second = await Bot(database_url, tmp_path / "second", 1).ready()
    await until(lambda: heard.said[chat(2), "ring early"] == 2 and heard.said[chat(1), "whisper late"] == 1)
    assert heard.said[chat(1), "ring early"] == heard.said[chat(3), "ring early"] == 1
    await second.stop()


@pytest.mark.thorough
@pytest.mark.parametrize("how", ["hang", "hang on"])
async def test_a_turn_that_does_not_end_holds_nobody_up(teams, database_url: str, tmp_path: Path, how: str):
    """It is ended, and where it does not let itself be, the process is: within ten seconds, and its work is handed over."""
    heard, url = teams
    client = TeamsClient(None, "", url)
    await know(database_url, url, 1)
    first = await Bot(database_url, tmp_path / "first").ready()
    heard.late[chat(1)] = 60
    assert await first.hear(client, "ring early 1 1") in {200, 201, 202}
    await until(lambda: heard.said[chat(1), "ring early"] == 1)
    turn = asyncio.create_task(first.hear(client, how))
    await until(lambda: "it hangs" in first.log.read_text())
    stubborn = how == "hang on"
    assert await first.stop(code=1 if stubborn else 0) < 10
    assert ("stop_cut_short" in first.log.read_text()) is stubborn
    await asyncio.gather(turn, return_exceptions=True)
    heard.late.clear()
    second = await Bot(database_url, tmp_path / "second", 1).ready()
    await until(lambda: heard.said[chat(1), "ring early"] == 2)
    await second.stop()
