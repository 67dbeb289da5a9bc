"""`kill -9` at every request to Microsoft and at every commit of a focus session, and what stands there in the end."""

import itertools
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from tests.plugins.databases import Databases
from tests.ports import free_port
from tests.proof.focus_around import Life, Rows
from tests.proof.focus_lives import Dial
from tests.proof.focus_scenes import Kill, Run, Scene
from tests.proof.focus_story import Story
from tests.proof.gate import Gate
from tests.proof.runs import OFFSET, Launcher, Teams, copied

UNSURE_S = 7.0


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


def told(runs: Sequence[Run]) -> dict[str, Any]:
    """The runs as they are committed."""
    killed = [run for run in runs if run.killed]
    let_go = sum(run.let_go for run in killed)
    wrong = [f"{run.kill} ({run.step}): {'; '.join(run.wrong)}" for run in runs if run.wrong]
    return {"kills": len(killed), "let_go": let_go, "wrong": wrong, "after": [run.step for run in killed]}
