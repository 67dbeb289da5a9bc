"""One run of the proof of `/focus`, from its beginning to what is left, and what is wrong with that."""

import itertools
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.proof.focus_around import Life, Rows, Twin
from tests.proof.focus_lives import Dial
from tests.proof.focus_scenes import COMMITS, REQUESTS, Kill, Run
from tests.proof.runs import OFFSET, until

if TYPE_CHECKING:
    from tests.proof.focus import Sweep
    from tests.proof.gate import House

SUBJECT = "bezwaarschrift"
# So long one process has a session (bot/services/focusing), and a second.
LEASE_S = 31.0
PATIENCE_S = 90.0
ACCURACY = timedelta(seconds=3)  # a request takes a while, and an expiry is counted from its arrival


class Story:
    """One run, from its beginning to what is left."""

    def __init__(self, sweep: "Sweep", stack: ExitStack, name: str, url: str, kill: Kill | None) -> None:
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
