"""`kill -9` at every request to Microsoft and at every commit of a focus session, and what stands there in the end."""

import itertools
import json
import os
import signal
import threading
import time
import urllib.request
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

from sqlalchemy import create_engine, insert, select, text

from bot.domain.jobs import sync_url
from bot.services.focus import OVER
from bot.store.tables import delivery, focus, focus_choice
from graph.sandbox.people import TWO
from tests.fakes.botframework import TENANT
from tests.plugins.databases import Databases
from tests.proof.focus_lives import Dial
from tests.proof.gate import Gate, House
from tests.proof.runs import OFFSET, Bot, Launcher, Teams, copied, until
from tests.stack import free_port

ANNEKE = TWO[0]
SENDER = {"id": ANNEKE.channel_user_id, "name": ANNEKE.name, "aadObjectId": ANNEKE.user_id}
CHAT = {"id": "a:anneke", "conversationType": "personal", "tenantId": TENANT}
SUBJECT = "bezwaarschrift"
# So long one process has a session (bot/services/focusing.py), and a second.
LEASE_S = 31.0
UNSURE_S = 7.0
PATIENCE_S = 90.0
ACCURACY = timedelta(seconds=3)  # a request takes a while, and an expiry is counted from its arrival
UNFINISHED = ("PENDING", "ENQUEUED")  # what is DELAYED is for the case that nobody did it


@dataclass(frozen=True)
class Scene:
    """What happens in a run. `own`: with a Do not disturb and a status message of the person's own before.

    `stops`: they stop early; else it comes to its end, with a line, and only that part is killed.
    """

    name: str
    stops: bool
    own: bool = False


STOP, END = Scene("stop", stops=True), Scene("end", stops=False)
STOP_OWN, END_OWN = Scene("stop_own", stops=True, own=True), Scene("end_own", stops=False, own=True)
REQUESTS, COMMITS = "requests", "commits"
SWEPT = ((STOP, REQUESTS), (STOP, COMMITS), (END, REQUESTS), (END, COMMITS))
# With things of their own there is less to ask, and the same to keep: what differs has nothing to do with the database.
SWEPT_ON_ONE = ((STOP_OWN, REQUESTS), (END_OWN, REQUESTS))


@dataclass(frozen=True)
class Kill:
    """After which step: of the `requests`, or of the `commits`. Odd ones are about to be done, even ones are done."""

    what: str
    at: int


@dataclass
class Run:
    """What became of one run; `wrong` says what must not be.

    `let_go`: Teams was being asked to show the line at the end when it died, and that is not done twice.
    """

    kill: Kill | None
    killed: bool
    requests: int
    commits: int
    step: str
    wrong: list[str] = field(default_factory=list)
    let_go: bool = False


class Twin:
    """A twin of its own for one run, and what its person does there."""

    def __init__(self, launcher: Launcher, folder: Path, name: str, dial: Path) -> None:
        self.port = free_port()
        paths = {each: str(folder / f"{name}.twin.{each}") for each in ("state", "trace", "log")}
        self._pid = launcher({"twin": self.port, "dial": str(dial), **paths})
        until(self._answers, what="the twin")

    def person(self) -> dict[str, Any]:
        """What the person has in Teams and their calendar."""
        (one,) = [one for one in self._ask("/_twin/world")["people"] if one["userId"] == ANNEKE.user_id]
        events = [{name: told for name, told in event.items() if name != "id"} for event in one["events"]]
        return {"preferred": one["preferred"], "status": one["status"], "events": events}

    def does(self, act: str, **told: Any) -> None:
        self._ask(f"/_twin/people/{ANNEKE.user_id}/acts", {"act": act, **told})

    def end(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)

    def _answers(self) -> bool:
        with suppress(OSError):
            self._ask("/_twin/world")
            return True
        return False

    def _ask(self, path: str, body: Any = None) -> Any:
        raw = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", raw)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read())


class Life(Bot):
    """One life of the bot, beside a twin and by the dial's clock."""

    def begin(self, database: str, dial: Path, graph: str, kill_at: int | None = None) -> Self:
        settings = {"PORT": str(self.port), "DATABASE_URL": database, "SAMEN_DEMO": "0", "SAMEN_LOG": "json"}
        environment = settings | {"GraphBaseUrl": f"{graph}/v1.0", "OAuthUrl": graph}
        told = {"environment": environment, "dial": str(dial), "kill_at": kill_at}
        self.pid = self._launcher({**told, "trace": str(self.trace), "log": str(self.log)})
        until(lambda: self.is_dead or self._is_ready(), what=f"{self.name} ready")
        return self

    def hears(self, words: str, teams: Teams, activity: str, house: str) -> bool:
        return self._hears(words, teams, activity, house, **{"from": SENDER, "conversation": CHAT})

    def tick(self) -> None:
        """As each minute does."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGUSR1)

    def _is_ready(self) -> bool:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
        return False


class Rows:
    """What stands in the database, looked at from outside."""

    def __init__(self, url: str) -> None:
        self.url = url
        plain = sync_url(url).replace("postgresql://", "postgresql+psycopg://")
        self._engine = create_engine(plain)
        self._workflows = "workflow_status" if plain.startswith("sqlite") else "dbos.workflow_status"

    def wants_a_line(self) -> None:
        """They want one line at the end."""
        usual = {"minutes": 50, "mode": "quiet", "end_line": True, "status": True}
        with self._engine.begin() as connection:
            connection.execute(insert(focus_choice), [{"tenant": TENANT, "user_id": ANNEKE.user_id, **usual}])

    def session(self) -> dict[str, Any] | None:
        """The session as it is kept, None before there is one."""
        with self._engine.connect() as connection:
            rows = [dict(row) for row in connection.execute(select(focus)).mappings()]
        assert len(rows) < 2, rows
        return rows[0] if rows else None

    def asks(self) -> bool:
        """Whether Teams is being asked to show a line, as far as anybody noted."""
        with self._engine.connect() as connection:
            asked = select(delivery.c.id).where(delivery.c.kind == OVER, delivery.c.asked_at.is_not(None))
            return bool(connection.execute(asked).all())

    def work(self) -> list[str]:
        """What the engine and the deliveries still have to do."""
        with self._engine.connect() as connection:
            found = connection.execute(text(f"select name, status from {self._workflows}"))
            jobs = [f"{name} {status}" for name, status in found if status in UNFINISHED]
            return jobs + [f"delivery {row.kind}" for row in connection.execute(select(delivery.c.kind))]

    def close(self) -> None:
        self._engine.dispose()


class Sweep:
    """Runs of one scene on one kind of database, `at_once` of them."""

    def __init__(self, databases: Databases, folder: Path, scene: Scene, at_once: int = 3) -> None:
        self._databases, self._folder, self._scene, self._at_once = databases, folder, scene, at_once
        self._stack = ExitStack()
        self._names = itertools.count(1)
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        self._teams = Teams(self._folder)
        self._stack.callback(self._teams.stop)
        self._launcher = Launcher(self._folder, UNSURE_S, "tests.proof.focus_lives")
        self._stack.callback(self._launcher.close)
        self._gate = Gate(free_port())
        self._stack.callback(self._gate.close)
        self._template = self._prepared()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def each(self, kills: Iterable[Kill]) -> list[Run]:
        """One run for each kill, whatever becomes of the others."""
        with ThreadPoolExecutor(self._at_once) as threads:
            return list(threads.map(self.run, kills))

    def runs(self, what: str) -> Iterator[Run]:
        """One run for each step of that kind, in their order; ends with the first that nothing killed."""
        numbers = itertools.count(1)
        with ThreadPoolExecutor(self._at_once) as threads:
            begun = deque(threads.submit(self.run, Kill(what, next(numbers))) for _ in range(self._at_once))
            try:
                while begun:
                    run = begun.popleft().result()
                    yield run
                    if not run.killed:
                        return
                    begun.append(threads.submit(self.run, Kill(what, next(numbers))))
            finally:
                for one in begun:
                    one.cancel()

    def run(self, kill: Kill | None) -> Run:
        """The scene, with that kill; None: without."""
        with self._lock:
            name = f"{self._scene.name}{next(self._names)}"
            url = self._stack.enter_context(copied(self._databases, self._template))
        with ExitStack() as stack:
            return Story(self, stack, name, url, kill).told()

    def _prepared(self) -> str:
        """A database with everything in it that a first start makes."""
        url = self._databases.ready()
        self._stack.callback(self._databases.drop, url)
        rows, first = Rows(url), Life(self._launcher, self._folder, "first")
        rows.wants_a_line()
        dial = self._folder / "first.dial"
        Dial(dial).move(OFFSET)
        first.begin(url, dial, self._gate.url("nobody"))
        first.stop()
        rows.close()
        return url


class Story:
    """One run, from its beginning to what is left."""

    def __init__(self, sweep: Sweep, stack: ExitStack, name: str, url: str, kill: Kill | None) -> None:
        self._sweep, self._name, self._url, self._kill = sweep, name, url, kill
        self._scene, self._teams, self._folder = sweep._scene, sweep._teams, sweep._folder
        self._dial_file = self._folder / f"{name}.dial"
        self._dial = Dial(self._dial_file)
        self._dial.move(OFFSET)
        self._twin = Twin(sweep._launcher, self._folder, name, self._dial_file)
        stack.callback(self._twin.end)
        at = {kill.what: kill.at} if kill else {}
        self._house: House = stack.enter_context(sweep._gate.house(name, self._twin.port, at.get(REQUESTS)))
        self._rows = Rows(url)
        stack.callback(self._rows.close)
        self._lives = itertools.count(1)
        self._bot = self._victim = self._next(at.get(COMMITS))
        self._house.pid = self._victim.pid
        stack.callback(self._end)
        self._wrong: list[str] = []
        self._unsure = False  # whether nobody knows if a line arrived

    def told(self) -> Run:
        self._has_things()
        before = self._twin.person()
        self._arm(self._scene.stops)
        self._say(f"/focus {50 if self._scene.stops else 10} {SUBJECT}")
        self._settle(done=False)
        self._judge_under_way(before)
        heard, lines = len(self._said()), 1
        if self._scene.stops:
            self._dial.move(600)
            self._say("/focus stop")
        else:
            self._arm(True)
            self._dial.move(601)
            self._bot.tick()
        self._settle(done=True)
        self._judge_end(before)
        if not self._scene.stops:
            lines = len(self._said()) - heard
            self._judge_lines(lines)
        commits, dead = self._victim.steps(), self._victim.is_dead
        last = commits if self._kill and self._kill.what == COMMITS else self._house.steps
        step = last[-1] if dead else "none"
        return Run(self._kill, dead, len(self._house.steps), len(commits), step, self._wrong, lines == 0)

    def _end(self) -> None:
        """Whichever life it is in."""
        self._bot.end()

    def _has_things(self) -> None:
        """A meeting in the time that is to be kept free; and what the scene says."""
        now = self._dial.now()
        then = {"start": (now + timedelta(minutes=5)).isoformat(), "end": (now + timedelta(minutes=25)).isoformat()}
        self._twin.does("book", subject="Overleg met Bart", **then)
        if self._scene.own:
            self._twin.does("prefer", availability="DoNotDisturb", until=(now + timedelta(hours=8)).isoformat())
            self._twin.does("say", text="Bel de centrale")

    def _arm(self, armed: bool) -> None:
        if not self._victim.is_dead:
            self._house.armed = armed
            self._dial.arm(armed)

    def _say(self, words: str) -> None:
        """Bring a message as Teams does: again, with the same id, until it is taken."""
        while not self._bot.hears(words, self._teams, f"{self._name} {words}", self._name):
            self._succeed()

    def _settle(self, *, done: bool) -> None:
        deadline, again = time.monotonic() + PATIENCE_S, time.monotonic() + 2
        while not self._is_settled(done=done):
            if self._bot.is_dead:
                self._succeed()
            elif time.monotonic() > deadline:
                raise AssertionError(f"{self._name} {self._kill}: {self._rows.session()} {self._rows.work()}")
            elif time.monotonic() > again:
                # Nothing more comes of itself: what waits, waits for time to pass. Not while somebody is at it, whose
                # requests would be late then.
                session = self._rows.session()
                self._dial.move(LEASE_S if session and session["owner"] is None else 0)
                self._bot.tick()
                again = time.monotonic() + 2
            time.sleep(0.1)

    def _is_settled(self, *, done: bool) -> bool:
        session = self._rows.session()
        if session is None or session["owner"] is not None or self._rows.work():
            return False
        due = session["due_at"]
        return due is None if done else due is not None and due.replace(tzinfo=due.tzinfo or UTC) > self._dial.now()

    def _succeed(self) -> None:
        """The next process, after the time that the dead one had for it."""
        dead = self._bot
        until(lambda: dead.is_dead, 10, what="its end")
        assert dead.was_killed, dead.log.read_text()[-3000:]
        self._unsure = self._unsure or self._rows.asks()
        self._dial.arm(False)
        self._house.armed = False
        self._house.life = 0
        until(lambda: self._house.under_way == 0, 10, what="its last requests")
        self._dial.move(LEASE_S)
        self._bot = self._next()

    def _next(self, kill_at: int | None = None) -> Life:
        self._house.life = number = next(self._lives)
        life = Life(self._sweep._launcher, self._folder, f"{self._name}.{number}")
        return life.begin(self._url, self._dial_file, self._sweep._gate.url(self._name, number), kill_at)

    def _said(self) -> list[Any]:
        return [one for one in self._teams.arrivals(self._name) if one.is_said and one.method == "POST"]

    def _ours(self, person: dict[str, Any]) -> list[dict[str, Any]]:
        return [event for event in person["events"] if event["properties"]]

    def _judge_under_way(self, before: dict[str, Any]) -> None:
        """As without a kill: Do not disturb and a status message until the end, and one block."""
        person, session = self._twin.person(), self._rows.session()
        assert session
        end = session["ends_at"].replace(tzinfo=UTC)
        if self._scene.own:
            self._expect("their presence", person["preferred"], before["preferred"])
            self._expect("their status message", person["status"], before["status"])
        else:
            for name, shown, wanted in (
                ("preferred", "availability", "DoNotDisturb"),
                ("status", "text", "Focus tot "),
            ):
                found = person[name] or {"until": None, shown: ""}
                if not (found[shown].startswith(wanted) and found["until"]):
                    self._wrong.append(f"under way, {name} is {person[name]}")
                elif abs(datetime.fromisoformat(found["until"]) - end) > ACCURACY:
                    self._wrong.append(f"{name} lasts until {found['until']}, not {end}")
        blocks = [(one["subject"], one["end"], one["showAs"], one["sensitivity"]) for one in self._ours(person)]
        until_then = end.replace(microsecond=0).isoformat()
        # What it is about is kept nowhere else: whoever makes the block for a process that is gone does not know.
        subjects = (f"Focus: {SUBJECT}", *(("Focustijd",) if self._victim.is_dead else ()))
        as_made = [(subject, until_then, "busy", "private") for subject in subjects]
        if len(blocks) != 1 or blocks[0] not in as_made:
            self._wrong.append(f"in the calendar: {blocks}")
        self._expect("their events", [one for one in person["events"] if not one["properties"]], before["events"])

    def _judge_end(self, before: dict[str, Any]) -> None:
        person, session = self._twin.person(), self._rows.session()
        assert session
        self._expect("what they have in the end", person, before)
        holds = {name: session[f"{name}_hold"] for name in ("presence", "status", "block")}
        if not set(holds.values()) <= {"gone", "none", "theirs"}:
            self._wrong.append(f"the session has {holds}")
        if (session["stopped_at"] is not None) != self._scene.stops:
            self._wrong.append(f"stopped at {session['stopped_at']}")

    def _judge_lines(self, lines: int) -> None:
        """One, whoever dies; what Teams was being asked for just then may be let go, as each whisper."""
        if lines not in ((0, 1) if self._unsure else (1,)):
            self._wrong.append(f"{lines} lines at the end")

    def _expect(self, what: str, found: Any, wanted: Any) -> None:
        if found != wanted:
            self._wrong.append(f"{what}: {found}, not {wanted}")


def told(runs: Sequence[Run]) -> dict[str, Any]:
    """The runs as they are committed."""
    killed = [run for run in runs if run.killed]
    let_go = sum(run.let_go for run in killed)
    wrong = [f"{run.kill} ({run.step}): {'; '.join(run.wrong)}" for run in runs if run.wrong]
    return {"kills": len(killed), "let_go": let_go, "wrong": wrong, "after": [run.step for run in killed]}
