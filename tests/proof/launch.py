"""Runs the real `app.serve()` in a process of its own, and kills it at the Nth step it takes: from outside, the product
knows nothing of it.

`python -m tests.proof.launch` imports everything, then reads one line of JSON from standard input: `environment`,
`offset` (seconds between our clock and the machine's), `kill_at` (None: never) and `trace`, a file that gets a line
per step (and beside it one with the number of statements). A step is a commit that changed something (the domain's or the engine's), or a request to Teams: about to go,
and answered. Counting begins with the turn that asks the proof's bell.
"""

import itertools
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote

import aiohttp
import uvloop
from dbos import DBOS  # noqa: F401 - imported before it is needed, so that the start is quick
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.default import DefaultDialect

import app
from bot.logs import set_up_logs
from bot.settings import load_settings
from tests.proof import bell

WRITES = ("INSERT", "UPDATE", "DELETE", "WITH")
HEAD = 90


class Steps:
    """Counts steps from the moment it is armed, and ends the process at the one it was told."""

    def __init__(self, kill_at: int | None, trace: str) -> None:
        self._kill_at, self._numbers, self._lock = kill_at, itertools.count(1), threading.Lock()
        self._trace = os.open(trace, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self.armed = False

    def __call__(self, step: str) -> None:
        if not self.armed:
            return
        with self._lock:
            number = next(self._numbers)
            os.write(self._trace, f"{number} {step}\n".encode())
            if number == self._kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
                time.sleep(10)  # no other thread's step gets between


class Clock:
    """The machine's clock, moved: it runs, and all processes of a run agree."""

    def __init__(self, offset: float) -> None:
        self._offset = timedelta(seconds=offset)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._offset


def watch_commits(step: Callable[[str], None]) -> None:
    """Tell of each commit that changed something, right after it; of every engine of the process."""
    written: dict[int, list[str]] = {}
    commit = DefaultDialect.do_commit

    @event.listens_for(Engine, "after_cursor_execute")
    def note(connection: Connection, cursor: Any, statement: str, *_: object) -> None:
        if statement.lstrip().upper().startswith(WRITES) and cursor.rowcount != 0:
            written.setdefault(id(connection.connection.dbapi_connection), []).append(
                " ".join(statement.split())[:HEAD]
            )

    @event.listens_for(Engine, "rollback")
    def forget(connection: Connection) -> None:
        written.pop(id(connection.connection.dbapi_connection), None)

    def do_commit(dialect: DefaultDialect, connection: Any) -> None:
        commit(dialect, connection)
        statements = written.pop(id(connection.dbapi_connection), None)
        if statements:
            step(f"committed {' | '.join(dict.fromkeys(statements))}")

    DefaultDialect.do_commit = do_commit  # type: ignore[method-assign]


def count_statements(path: str) -> None:
    """Keep the number of statements so far in a file."""
    numbers, seen = itertools.count(1), [0]

    @event.listens_for(Engine, "after_cursor_execute")
    def note(*_: object) -> None:
        seen[0] = next(numbers)

    def keep() -> None:
        file = os.open(path, os.O_WRONLY | os.O_CREAT)
        while True:
            os.pwrite(file, f"{seen[0]:12}".encode(), 0)
            time.sleep(1)

    threading.Thread(target=keep, daemon=True).start()


def watch_requests(step: Callable[[str], None]) -> None:
    """Tell of each request to Teams, right before it goes and right after its answer came."""
    original: Callable[..., Awaitable[aiohttp.ClientResponse]] = aiohttp.ClientSession._request

    async def request(session: aiohttp.ClientSession, method: str, url: Any, **more: Any) -> aiohttp.ClientResponse:
        whom = unquote(str(url).partition("/v3/conversations/")[2]).partition("/")[0]
        step(f"asking {method} {whom}")
        answer = await original(session, method, url, **more)
        step(f"answered {method} {whom} {answer.status}")
        return answer

    aiohttp.ClientSession._request = request  # type: ignore[method-assign, assignment]


def arm_with_the_bell(steps: Steps) -> None:
    """Begin to count when the turn begins that asks for something."""
    handle = bell.handle

    async def armed(*given: Any) -> Any:
        steps.armed = True
        return await handle(*given)

    own = bell.BELL
    app.COMMANDS = (*app.COMMANDS, own.__class__(**{**{f: getattr(own, f) for f in own.__slots__}, "handle": armed}))


def main() -> int:
    told = json.loads(sys.stdin.readline())
    steps = Steps(told.get("kill_at"), told["trace"])
    watch_commits(steps)
    count_statements(told["trace"] + ".statements")
    watch_requests(steps)
    arm_with_the_bell(steps)
    os.environ.update(told["environment"])
    settings = load_settings()
    set_up_logs(settings.log)
    uvloop.run(app.serve(settings, Clock(told["offset"])))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
