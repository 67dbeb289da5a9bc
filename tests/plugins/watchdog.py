"""The loop's watchdog: in conversations nothing of ours may hold the event loop longer than BLOCK_S at a stretch.

While one step of the loop runs nobody else is answered. What counts is the processor time of the loop's own thread, so
that a busy machine raises no alarm, and the time in which that thread sleeps by its own will. Of that only what was spent
in our code or in what it called: not in a test's own, not in importing what is used for the first time, and not in
collecting the garbage of a whole test run. The first conversations of a run are warm-up, and so is what starts the bot.
"""

import gc
import os
import sys
import threading
import time
from asyncio import events
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import accumulate, repeat, takewhile
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

# Design, section 7: no blocked loop over 50 ms.
BLOCK_S = 0.05
WARM_UP = 5  # conversations
LOOK_S = 0.005
SUITE = "tests/conversations/"
ROOT = str(Path(__file__).parents[2]) + "/"
OURS = tuple(f"{ROOT}{part}" for part in ("app.py", "bot/", "cards/", "graph/"))
TESTS = f"{ROOT}tests/"
SHOWN, LAST = 20, 3  # frames
Stack = tuple[FrameType, ...]
_STEP = events.Handle._run.__code__


@dataclass
class Step:
    """One step of the loop, as it was seen while it ran: seconds of processor time by who spent them."""

    callback: Any
    begun: float
    collected: float
    spent: Counter[str] = field(default_factory=Counter)
    where: Counter[str] = field(default_factory=Counter)
    looked: float = 0.0
    looked_at: float = 0.0
    slept: float = 0.0


class Watchdog:
    """Times every step of the loops of one thread, and looks at the thread every LOOK_S while one lasts."""

    def __init__(self, limit: float = BLOCK_S) -> None:
        self._limit, self._thread = limit, threading.get_ident()
        self._clock = time.pthread_getcpuclockid(self._thread)
        self._state = os.open(f"/proc/self/task/{threading.get_native_id()}/stat", os.O_RDONLY)
        self._step: Step | None = None
        self._collected = 0.0
        self._collecting = 0.0
        self._stop = threading.Event()
        self.armed = False
        self.blocks: list[str] = []
        self.longest, self.place = 0.0, ""

    def start(self) -> None:
        self._run = run = events.Handle._run

        def timed(handle: events.Handle) -> None:
            if not self.armed or threading.get_ident() != self._thread:
                run(handle)
                return
            step = self._step = Step(handle._callback, time.thread_time(), self._collected)
            step.looked, step.looked_at = step.begun, time.monotonic()
            try:
                run(handle)
            finally:
                self._step = None
                self._judge(step, time.thread_time())

        events.Handle._run = timed  # type: ignore[method-assign]  # asyncio has no other place that every step passes
        gc.callbacks.append(self._collects)
        self._looker = threading.Thread(target=self._look, name="watchdog", daemon=True)
        self._looker.start()

    def stop(self) -> None:
        events.Handle._run = self._run  # type: ignore[method-assign]
        gc.callbacks.remove(self._collects)
        self._stop.set()
        self._looker.join()
        os.close(self._state)

    def _collects(self, phase: str, _info: object) -> None:
        if threading.get_ident() != self._thread:
            return
        if phase == "start":
            self._collecting = time.thread_time()
        else:
            self._collected += time.thread_time() - self._collecting

    def _look(self) -> None:
        while not self._stop.wait(LOOK_S):
            step = self._step
            if step is None:
                continue
            asleep = self._is_asleep()
            frames = stack_of(self._thread)
            now, at = time.clock_gettime(self._clock), time.monotonic()
            if frames and self._step is step:
                self._note(step, frames, now - step.looked, min(at - step.looked_at, 2 * LOOK_S) if asleep else 0.0)
                step.looked, step.looked_at = now, at

    def _is_asleep(self) -> bool:
        """Whether the thread waits for something by its own will: one that only waits for its turn is runnable."""
        return os.pread(self._state, 512, 0).rpartition(b")")[2].split()[0] == b"S"

    def _note(self, step: Step, frames: Stack, spent: float, slept: float) -> None:
        who = whose(frames)
        # Else it only waited for Python's own lock for a moment, or for another thread, which a busy machine keeps waiting.
        slept = slept if spent < LOOK_S / 10 and frames[0].f_code.co_filename != threading.__file__ else 0.0
        step.spent[who] += spent
        if who == "ours":
            step.slept += slept
            step.where[told(frames)] += spent + slept

    def _judge(self, step: Step, ended: float) -> None:
        took = ended - step.begun - (self._collected - step.collected)
        if took <= self._limit / 2 and step.slept <= self._limit / 2:
            return
        seen = sum(step.spent.values())
        ours = step.slept + (took * step.spent["ours"] / seen if seen else took)
        where = step.where.most_common(1)[0][0] if step.where else f"  {step.callback!r:.300}"
        said = f"{ours * 1000:.0f} ms in one step, most of it here:\n{where}"
        if ours > self._limit:
            self.blocks.append(said)
        if ours > self.longest:
            self.longest, self.place = ours, said


def stack_of(thread: int) -> Stack:
    """A thread's frames from the inside out, as they are at one moment; none where it has ended.

    A walk in Python can be interrupted halfway, while the thread goes on and its frames go; on Python 3.11 that has
    ended in a segmentation fault. This one is a single call into C, with the collector held off, which could interrupt too.
    """
    found: list[FrameType] = []
    collects = gc.isenabled()
    gc.disable()
    try:
        innermost = sys._current_frames().get(thread)
        if innermost is not None:
            # Ends beyond the outermost, which has no f_back; those before it are kept.
            with suppress(AttributeError):
                found.extend(accumulate(repeat("f_back"), getattr, initial=innermost))
    finally:
        if collects:
            gc.enable()
    return tuple(filter(None, found))


def whose(frames: Stack) -> str:
    """Whose time this is: that of the innermost code of this repository, unless it imports or starts the bot."""
    found = ""
    for frame in frames:
        name = frame.f_code.co_filename
        if name.startswith("<frozen importlib"):
            return "import"
        if name.startswith(TESTS):
            if frame.f_code.co_name in ("__aenter__", "__aexit__"):
                return "start"
            found = found or "tests"
        elif name.startswith(OURS):
            found = found or "ours"
    return found or "loop"


def told(frames: Stack) -> str:
    """Where it was within the step, outermost first: this repository's own lines, and the last of others."""
    inside = list(takewhile(lambda frame: frame.f_code is not _STEP, frames))
    shown = [each for n, each in enumerate(inside) if n < LAST or each.f_code.co_filename.startswith((*OURS, TESTS))]
    lines = [f"  {_short(each.f_code.co_filename)}:{each.f_lineno} {each.f_code.co_qualname}" for each in shown]
    return "\n".join(reversed(lines[:SHOWN]))


def _short(file: str) -> str:
    return file.rpartition("site-packages/")[2].removeprefix(ROOT)


class Watch:
    """The plugin: arms the watchdog while a conversation is held, and fails the conversation that held the loop."""

    def __init__(self) -> None:
        self._dog = Watchdog()
        self._held = 0
        self._dog.start()

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Iterator[None]:
        if not pyfuncitem.nodeid.startswith(SUITE):
            return (yield)
        self._held += 1
        self._dog.armed = self._held > WARM_UP
        try:
            result = yield
        finally:
            self._dog.armed = False
            blocks, self._dog.blocks = self._dog.blocks, []
        if blocks:
            pytest.fail("the loop was held:\n" + "\n".join(blocks), pytrace=False)
        return result

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        if self._held > WARM_UP:
            said = self._dog.place or f"no step of ours took {BLOCK_S * 500:.0f} ms"
            terminalreporter.write_line(f"loop watchdog: limit {BLOCK_S * 1000:.0f} ms; the longest: {said}")

    def pytest_unconfigure(self) -> None:
        self._dog.stop()


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Watch(), "samen-watchdog")
