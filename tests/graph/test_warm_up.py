"""What Graph's client costs, and when: nothing until it is needed, then in a thread, and little memory."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stack import ROOT

LAZY = """
import sys
import graph.account, graph.calendar, graph.client, graph.errors, graph.mailbox, graph.presence, graph.user_tokens
graph.client.GraphClient()
print(sorted(name for name in sys.modules if name.split("_")[0].split(".")[0] in ("msgraph", "kiota", "httpx")))
"""
WITHOUT_BATCH = """
import asyncio, sys
sys.modules["deprecated"] = None  # msgraph-core's batches import it, undeclared: nothing of ours may need it
from graph.client import GraphClient
asyncio.run(GraphClient().warm_up())
print("msgraph_core.requests" in sys.modules)
"""
WEIGHT = """
import asyncio, json, sys, time
import app  # what the bot has already
from graph.account import Account
from graph.client import GraphClient
from graph.types import Draft, UserToken
from datetime import UTC, datetime, timedelta

def memory():
    with open("/proc/self/statm") as told:
        return int(told.read().split()[1]) * 4096 / 1e6

async def gaps(found):
    while True:
        began = time.thread_time(), time.perf_counter()
        await asyncio.sleep(0.001)
        found.append(time.perf_counter() - began[1])

async def main():
    before, modules, found = memory(), set(sys.modules), []
    watch = asyncio.ensure_future(gaps(found))
    client = GraphClient("http://127.0.0.1:9/v1.0")
    began = time.perf_counter()
    await client.warm_up()
    warm = time.perf_counter() - began
    watch.cancel()
    weight, loaded = memory() - before, set(sys.modules)
    account, now = Account(client, "user-1", UserToken("token")), datetime.now(UTC)
    calls = [
        account.me(), account.presence.read(), account.presence.clear_preferred(), account.presence.say("x", now),
        account.presence.prefer("Busy", "Busy", timedelta(hours=1)), account.calendar.view(now, now),
        account.calendar.marked("s"), account.calendar.get("e"), account.calendar.move_end("e", now, now),
        account.calendar.create(Draft("x", now, now, "Focus"), "t", "s"), account.calendar.delete("e"),
        account.mailbox.read(),
    ]
    await asyncio.gather(*calls, return_exceptions=True)
    late = sorted(set(sys.modules) - loaded)
    await client.close()
    found.sort()
    print(json.dumps({"warm": warm, "weight": weight, "modules": len(loaded - modules), "late": late,
                      "worst": found[-1], "second": found[-2] if len(found) > 1 else 0}))

asyncio.run(main())
"""


LISTENING = """
import asyncio, sys
from aiohttp import web
import app
from bot.settings import load_settings

class Told(Exception): pass

async def start(site):
    print({name: name in sys.modules for name in ("msgraph", "httpx", "graph.wire")})
    raise Told

web.TCPSite.start = start
try:
    asyncio.run(app.serve(load_settings()))
except Told:
    pass
"""


def run(program: str, **environment: str) -> str:
    environment = {**os.environ, **environment}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_nothing_of_it_is_imported_until_it_is_needed() -> None:
    assert run(LAZY).strip() == "[]"


def test_it_works_without_the_package_that_msgraph_core_forgot() -> None:
    assert run(WITHOUT_BATCH).strip() == "False"


@pytest.mark.parametrize("connected", [False, True])
def test_before_the_first_request_can_come_all_of_it_is_there_or_nothing(tmp_path: Path, connected: bool) -> None:
    """Its imports hold the loop for up to half a second (they share Python's one lock): nobody may be waiting then.

    Without a connection to Graph none of its 12 to 15 MB is taken.
    """
    graph = {"ConnectionName": "graph", "GraphBaseUrl": "http://127.0.0.1:9/v1.0"} if connected else {}
    database = f"sqlite+aiosqlite:///{tmp_path / 'samen.sqlite'}"
    told = run(LISTENING, DATABASE_URL=database, SAMEN_DEMO="0", PORT="42220", **graph)
    assert told.splitlines()[-1] == str(dict.fromkeys(("msgraph", "httpx", "graph.wire"), connected))


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform != "linux", reason="the memory of a process is read from /proc, which is Linux's")
def test_what_it_weighs() -> None:
    found = json.loads(run(WEIGHT))
    print(found)  # noqa: T201 - shown with -s, to renew the numbers here
    assert found["late"] == []  # the first call imports nothing any more
    assert found["weight"] < 40  # MB beside the bot; 14 to 15 on Linux with Python 3.11
    assert found["warm"] < 10  # seconds; 0.4 to 0.6 on two cores, with bytecode
