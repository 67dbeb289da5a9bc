"""`kill -9` at every step: one run per step, until a run ends untouched."""

import itertools
import threading
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from tests.plugins.databases import Databases
from tests.proof import bell
from tests.proof.arrivals import Arrival, said, standing
from tests.proof.runs import Bot, Kept, Launcher, Teams, copied, until

RUNG, WHISPERED = range(1, 3), range(3, 5)
TOUCHES = 3
# A run mostly waits: for the engine's next look at its queue, and half a minute for whoever may still be asking Teams.
AT_ONCE = 6


@dataclass(frozen=True)
class Scene:
    """What is asked in a run, in order; each line is one turn. `calm`: after the first, all is done before the next."""

    name: str
    turns: Sequence[str]
    calm: bool = False


DELIVERY = Scene("delivery", ("ring r 1 2", "whisper w 3 4"))
REDRAW = Scene("redraw", tuple(f"touch {n}" for n in range(1, TOUCHES + 1)), calm=True)
BOTH = Scene("both", (*DELIVERY.turns, *REDRAW.turns))


@dataclass
class Run:
    """What became of one run; `wrong` says what must not be."""

    kill_at: int | None
    killed: bool
    steps: int
    step: str
    said: Counter[tuple[str, str]]
    failures: dict[str, int]
    wrong: list[str] = field(default_factory=list)

    @property
    def again(self) -> int:
        """How many messages came more than once."""
        own = (count for (_, text), count in self.said.items() if text.startswith(("ring", "whisper")))
        cards = sum(count for (_, text), count in self.said.items() if text.startswith("board"))
        return sum(count - 1 for count in own if count > 1) + max(cards - 1, 0)


class Sweep:
    """Runs of one scene on one kind of database, AT_ONCE of them; `unsure_s` as `Launcher` has it."""

    def __init__(self, databases: Databases, folder: Path, scene: Scene, unsure_s: float | None = None) -> None:
        self._databases, self._folder, self._scene, self._unsure_s = databases, folder, scene, unsure_s
        self._stack = ExitStack()
        self._lives = itertools.count(1)
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        self.teams = Teams(self._folder)
        self._stack.callback(self.teams.stop)
        self._launcher = Launcher(self._folder, self._unsure_s)
        self._stack.callback(self._launcher.close)
        self._template = self._prepared()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def each(self, numbers: Iterable[int]) -> list[Run]:
        """One run for each number, whatever becomes of the others."""
        with ThreadPoolExecutor(AT_ONCE) as threads:
            return list(threads.map(self.run, numbers))

    def runs(self, numbers: Iterable[int]) -> Iterator[Run]:
        """One run for each number, in their order; ends with the first that nothing killed."""
        waiting = iter(numbers)
        with ThreadPoolExecutor(AT_ONCE) as threads:
            begun = deque(threads.submit(self.run, number) for number in itertools.islice(waiting, AT_ONCE))
            try:
                while begun:
                    run = begun.popleft().result()
                    yield run
                    if not run.killed:
                        return
                    begun.extend(threads.submit(self.run, number) for number in itertools.islice(waiting, 1))
            finally:
                for one in begun:
                    one.cancel()

    def run(self, kill_at: int | None) -> Run:
        """The scene, with a kill at that step; None: without."""
        house = f"run{kill_at}"
        with self._copied() as url:
            kept, victim = Kept(url), self._next()
            kept.move(self.teams, house)
            successor = victim
            try:
                victim.go(url, kill_at)
                for number, words in enumerate(self._scene.turns):
                    successor = self._say(successor, kept, words, (f"{kill_at}-{number}", house))
                    if self._scene.calm and number == 0:
                        successor = self._settle(successor, kept)
                successor = self._settle(successor, kept)
                return self._judge(kill_at, victim, self.teams.arrivals(house), kept)
            finally:
                victim.end()
                successor.end()
                kept.close()

    @contextmanager
    def _copied(self) -> Iterator[str]:
        with ExitStack() as stack:
            with self._lock:  # PostgreSQL copies a template for one at a time
                url = stack.enter_context(copied(self._databases, self._template))
            yield url

    def _say(self, bot: Bot, kept: Kept, words: str, ids: tuple[str, str]) -> Bot:
        """Bring a message as Teams does: again, with the same id, until it is taken."""
        while not bot.says(words, self.teams, *ids):
            bot = self._successor(bot, kept)
        return bot

    def _settle(self, bot: Bot, kept: Kept) -> Bot:
        until(lambda: bot.is_dead or kept.is_settled, what=f"settled, not {kept.waiting()} and {kept.workflows()}")
        if bot.is_dead:
            bot = self._successor(bot, kept)
            until(lambda: kept.is_settled, what="settled by the next")
        return bot

    def _successor(self, dead: Bot, kept: Kept) -> Bot:
        until(lambda: dead.is_dead, 5, what="its end")
        assert dead.was_killed, dead.log.read_text()[-3000:]
        kept.look()
        return self._next().go(kept.url)

    def _judge(self, kill_at: int | None, victim: Bot, arrivals: Sequence[Arrival], kept: Kept) -> Run:
        steps = victim.steps()
        step = steps[-1] if victim.is_dead else "none"
        run = Run(kill_at, victim.is_dead, len(steps), step, said(arrivals, ""), kept.failures())
        if self._scene is not REDRAW:
            run.wrong += _wrong_deliveries(arrivals, kept.unsure)
        if self._scene is not DELIVERY:
            run.wrong += _wrong_cards(arrivals, steps)
        return run

    def _next(self) -> Bot:
        return Bot(self._launcher, self._folder, f"life{next(self._lives)}")

    def _prepared(self) -> str:
        """A database with everything in it that a first start makes, and people."""
        url = self._databases.ready()
        self._stack.callback(self._databases.drop, url)
        kept = Kept(url)
        kept.people(self.teams, WHISPERED[-1])
        first = self._next().go(url)
        first.stop()
        kept.close()
        return url


def _wrong_deliveries(arrivals: Sequence[Arrival], unsure: set[str]) -> Iterator[str]:
    """Of those that were asked for and not answered when it died nobody knows; all others come exactly once."""
    heard = said(arrivals, "")
    for text, people, if_unsure in (("ring r", RUNG, (1, 2)), ("whisper w", WHISPERED, (0, 1))):
        for number in people:
            count = heard[bell.chat(number), text]
            if count not in (if_unsure if bell.person(number) in unsure else (1,)):
                yield f"{bell.chat(number)} heard {text} {count} times"


def _wrong_cards(arrivals: Sequence[Arrival], steps: Sequence[str]) -> Iterator[str]:
    """The card shows everything. One more may stand above it: a first posting that nobody heard had arrived."""
    final = "board " + " ".join(str(n) for n in range(1, TOUCHES + 1))
    posted = [one.activity for one in arrivals if one.method == "POST" and (one.text or "").startswith("board")]
    shown = standing(arrivals, "board")
    if not posted or shown.get((bell.TEAM, posted[-1] or "")) != final:
        yield f"the card shows {list(shown.values())}"
    asked = any(step.startswith(f"asking POST {bell.TEAM}") for step in steps)
    known = any("UPDATE living_card SET activity" in step for step in steps)
    if len(posted) > (2 if asked and not known else 1):
        yield f"{len(posted)} cards stand there"


def table(runs: Sequence[Run]) -> list[dict[str, Any]]:
    """The runs as they are committed: which step was the last, and what came twice."""
    return [{"kill_at": run.kill_at, "after": run.step, "again": run.again, "failures": run.failures} for run in runs]
