"""The bot and the twin as processes of their own, at an hour when people work, and a Teams that says when it heard what."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp

from tests.fakes.botframework import Asked, BotFramework
from tests.fakes.teams_client import CHANNEL, Place, TeamsClient, Who
from tests.plugins.parents import end_with_parent
from tests.ports import free_port
from tests.stack import ROOT

BOT = """
import sys, uvloop, app
from bot.logs import set_up_logs
from bot.settings import load_settings
from tests.jobs.tallying import Clock
set_up_logs("json")
uvloop.run(app.serve(load_settings(), Clock(float(sys.argv[1]))))
"""
PEOPLE = [Who(f"Persoon {n}", f"29:1-{n}", f"6f0b4c52-7d1e-4a38-9c05-2be41d7{n:05}") for n in range(130)]
MICROSOFT = ("/v1.0/*", "/api/*")
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass
class House:
    """`teams` is the client by which people type and press; `framework` has what they read, with when it came."""

    teams: TeamsClient
    framework: BotFramework
    twin: str
    session: aiohttp.ClientSession

    async def own(self, method: str, path: str, body: Any = None) -> Any:
        async with self.session.request(method, f"{self.twin}/_twin/{path}", json=body) as answer:
            assert answer.status < 300, await answer.text()
            return await answer.json() if answer.content_type == "application/json" else None

    async def takes(self, seconds: float) -> None:
        """Every call to Microsoft, from now on."""
        await self.own("DELETE", "faults")
        for path in MICROSOFT:
            await self.own("POST", "faults", {"kind": "slow", "path": path, "times": None, "seconds": seconds})

    async def has(self, who: Who) -> tuple[str | None, bool, int]:
        """Somebody's presence, whether they have a status message, and how many events."""
        world = await self.own("GET", "world")
        (one,) = [one for one in world["people"] if one["userId"] == who.user_id]
        return (one["preferred"] or {}).get("availability"), one["status"] is not None, len(one["events"])

    async def asked(self, who: Who) -> list[tuple[float, str]]:
        """What was asked of Microsoft for somebody: when, and what, in order."""
        told = await self.own("GET", "journal")
        mine = [one for one in told["value"] if who.user_id in one["path"] or who.channel_user_id in str(one["query"])]
        return [
            (datetime.fromisoformat(one["at"]).timestamp(), f"{one['method']} {one['path'].rsplit('/', 1)[-1]}")
            for one in mine
        ]

    def cards(self, who: Who) -> list[tuple[Asked, str]]:
        """The cards that came in somebody's own chat, sent or edited, with their text."""
        found = [one for one in self.framework.asked if one.method in ("POST", "PUT") and "activities" in one.path]
        mine = [one for one in found if one.path[2] == f"a:{who.channel_user_id}" and one.body.get("attachments")]
        return [(one, one.body["attachments"][0]["content"]["fallbackText"]) for one in mine]

    async def until(self, who: Who, words: str, seconds: float) -> Asked:
        """The first card of theirs with these words, once it came."""
        async with asyncio.timeout(seconds):
            while True:
                found = next((one for one, text in self.cards(who) if words in text), None)
                if found:
                    return found
                await asyncio.sleep(0.005)


def personal(who: Who) -> Place:
    return Place(f"a:{who.channel_user_id}", "personal")


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[House]:
    offset = _until_monday()
    people = folder / "people.json"
    rows = [_row(who) for who in PEOPLE]
    people.write_text(json.dumps({"currentUser": rows[0], "users": rows[1:]}), "utf-8")
    bot_port, twin_port = free_port(), free_port()
    twin = f"http://127.0.0.1:{twin_port}"
    state = ("--state", str(folder / "twin.json"), "--people", str(people))
    settings = {
        "PORT": str(bot_port),
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/samen.sqlite",
        "GraphBaseUrl": f"{twin}/v1.0",
        "SAMEN_DEMO": "0",
    }
    async with BotFramework() as framework, aiohttp.ClientSession() as session:
        with (
            _running(folder / "twin.log", "-m", "graph.sandbox", "--port", str(twin_port), *state),
            _running(folder / "bot.log", "-c", BOT, str(offset), **settings),
        ):
            bot = f"http://127.0.0.1:{bot_port}"
            for url in (f"{bot}/readyz", f"{twin}/_twin/world"):
                await _ready(session, url)
            house = House(TeamsClient(session, bot, framework.service_url), framework, twin, session)
            await house.own("POST", "clock", {"seconds": offset})
            await _warm(house)
            yield house


async def _warm(house: House) -> None:
    """The first message of a process opens its connections."""
    await house.teams.write("/focus kaart", PEOPLE[-1], personal(PEOPLE[-1]))
    house.framework.rosters[CHANNEL.id.partition(";")[0]] = [PEOPLE[-1].account]


def _until_monday() -> float:
    """Seconds from now until a Monday at ten in Amsterdam, later than now."""
    now = datetime.now(UTC)
    day = now.date() + timedelta(days=8 - now.isoweekday())
    return (datetime.combine(day, time(10), AMSTERDAM) - now).total_seconds()


def _row(who: Who) -> dict[str, str]:
    address = f"{who.channel_user_id[3:]}@voorbeeldrecht.example"
    return {"aadObjectId": who.user_id or "", "id": who.channel_user_id, "name": who.name, "email": address}


@contextmanager
def _running(log: Path, *arguments: str, **settings: str) -> Iterator[None]:
    kept = {
        name: value for name, value in os.environ.items() if not name.upper().startswith(("MICROSOFTAPP", "SAMEN_"))
    }
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**kept, **settings},
            stdout=out,
            stderr=out,
            preexec_fn=end_with_parent,  # noqa: PLW1509 - one call to the system, and nothing else
        )
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        finally:
            process.kill()


async def _ready(session: aiohttp.ClientSession, url: str) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                async with session.get(url) as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.05)
