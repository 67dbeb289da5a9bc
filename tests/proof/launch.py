"""Runs the real `app.serve()` in processes of their own, and has one kill itself at the Nth step it takes: from outside,
the product knows nothing of it.

`python -m tests.proof.launch` imports everything once, then makes a process for each line of JSON that it reads from
standard input, and answers with its id. A line has `environment`, `offset` (seconds between our clock and the machine's),
`kill_at` (None: never), `unsure_s` (None: the product's own), `log`, and `trace`: a file that gets a line per step. Beside it stand one with the number of
statements (`.statements`), one with when requests to Teams went (`.sent`) and, once it ended, how (`.exit`). A step is a commit that changed something (the domain's or
the engine's), or a request to Teams: about to go, and answered. Counting begins with the turn that asks the proof's bell.
"""

import itertools
import json
import os
import random
import signal
import sys
import threading
import time
import traceback
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
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
from bot.store import batches
from tests.plugins.parents import end_with_parent
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


def watch_commits(step: Callable[[str], None], before: Callable[[str], None] = lambda _: None) -> None:
    """Tell of each commit that changed something, right after it, or `before` it; of every engine of the process."""
    written: dict[int, list[str]] = {}
    commit = DefaultDialect.do_commit

    @event.listens_for(Engine, "after_cursor_execute")
    def note(connection: Connection, cursor: Any, statement: str, *_: object) -> None:
        words = " ".join(statement.split())
        # What returns its rows may not know yet how many there are.
        if not words.upper().startswith(WRITES) or (cursor.rowcount == 0 and "RETURNING" not in words):
            return
        if connection.get_execution_options().get("isolation_level") == "AUTOCOMMIT":
            step(f"committed {words[:HEAD]}")
        else:
            written.setdefault(id(connection.connection.dbapi_connection), []).append(words[:HEAD])

    @event.listens_for(Engine, "rollback")
    def forget(connection: Connection) -> None:
        if not connection.invalidated:  # a connection that went with the server has nothing to ask any more
            written.pop(id(connection.connection.dbapi_connection), None)

    def do_commit(dialect: DefaultDialect, connection: Any) -> None:
        statements = " | ".join(dict.fromkeys(written.get(id(connection.dbapi_connection), ())))
        if statements:
            before(f"committing {statements}")
        commit(dialect, connection)
        written.pop(id(connection.dbapi_connection), None)
        if statements:
            step(f"committed {statements}")

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


def watch_requests(step: Callable[[str], None], path: str) -> None:
    """Tell of each request to Teams, right before it goes and right after its answer came; a file has when they went."""
    sent = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    original: Callable[..., Awaitable[aiohttp.ClientResponse]] = aiohttp.ClientSession._request

    async def request(session: aiohttp.ClientSession, method: str, url: Any, **more: Any) -> aiohttp.ClientResponse:
        whom = unquote(str(url).partition("/v3/conversations/")[2]).partition("/")[0]
        os.write(sent, f"{time.time()} {whom}\n".encode())
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


def live(told: dict[str, Any]) -> int:
    """One life of the bot, from here to its end."""
    random.seed()
    steps = Steps(told.get("kill_at"), told["trace"])
    watch_commits(steps)
    count_statements(told["trace"] + ".statements")
    watch_requests(steps, told["trace"] + ".sent")
    arm_with_the_bell(steps)
    if told.get("unsure_s"):
        batches.UNSURE = timedelta(seconds=told["unsure_s"])
    os.environ.update(told["environment"])
    settings = load_settings()
    set_up_logs(settings.log)
    uvloop.run(app.serve(settings, Clock(told["offset"])))
    return 0


def born(told: dict[str, Any], live: Callable[[dict[str, Any]], int]) -> None:
    """What the new process does: never returns."""
    code = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        end_with_parent()
        log = os.open(told["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        for number, file in ((0, os.open(os.devnull, os.O_RDONLY)), (1, log), (2, log)):
            os.dup2(file, number)
        code = live(told)
    except BaseException:  # noqa: BLE001 - a copy of this process must never go on as if it were the first
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def main(live: Callable[[dict[str, Any]], int] = live) -> None:
    """Make a process per line, until standard input ends."""
    lives: dict[int, str] = {}

    def note_ends(*_: object) -> None:
        for pid in list(lives):
            try:
                found, status = os.waitpid(pid, os.WNOHANG)
            except ChildProcessError:
                continue  # noted by another call, which came while this one was under way
            path = lives.pop(pid, None) if found else None
            if path:
                Path(f"{path}.part").write_text(str(os.waitstatus_to_exitcode(status)))
                Path(f"{path}.part").rename(path)

    signal.signal(signal.SIGCHLD, note_ends)
    for line in sys.stdin:
        told = json.loads(line)
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
        pid = os.fork()
        if pid == 0:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
            born(told, live)
        lives[pid] = f"{told['trace']}.exit"
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        print(pid, flush=True)  # noqa: T201 - read by whoever asked for it


if __name__ == "__main__":
    main()
