"""Processes that `make run` starts and always stops: whole groups, whatever happens."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

PR_SET_PDEATHSIG = 1  # prctl(2)
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
PATIENCE = 10.0  # seconds between asking and making a process stop
TAIL = 15  # lines


class Stopped(Exception):
    """Somebody pressed Ctrl-C or sent SIGTERM."""


class Trouble(Exception):
    """Its text is for the person at the terminal: what went wrong and what to do."""


class Child:
    """A process in a session of its own, so that it and all it starts can be stopped together and Ctrl-C is ours."""

    def __init__(self, name: str, command: list[str], environment: Mapping[str, str], log: Path, cwd: Path) -> None:
        self.name = name
        self.logs = [log]
        with log.open("wb") as out:
            self.process = subprocess.Popen(
                command,
                env=dict(environment),
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_parent,  # noqa: PLW1509 - there are no threads here
            )

    @property
    def code(self) -> int | None:
        return self.process.poll()

    def has_ended(self) -> bool:
        return self.code is not None

    def tail(self) -> str:
        """The last lines of its logs, indented."""
        lines = [line for log in self.logs if log.exists() for line in _lines(log)[-TAIL:]]
        return "\n".join(f"    {line}" for line in lines) or "    (it said nothing)"

    def signal_all(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)


def wait_until(
    done: Callable[[], bool], children: Iterable[Child], told_to_stop: Callable[[], bool], seconds: float | None = None
) -> None:
    """Returns when `done`; raises Stopped when told to stop, Trouble when a child ends or the time is up."""
    children = list(children)
    deadline = None if seconds is None else time.monotonic() + seconds
    while not done():
        if told_to_stop():
            raise Stopped
        for child in children:
            if child.has_ended():
                raise Trouble(
                    f"{child.name} stopped by itself (exit code {child.code}). The end of its log:\n{child.tail()}"
                )
        if deadline is not None and time.monotonic() > deadline:
            tails = "\n".join(f"  {child.name}:\n{child.tail()}" for child in children)
            raise Trouble(f"No answer within {seconds:.0f} seconds. The end of the logs:\n{tails}")
        time.sleep(0.1)


def stop(children: Iterable[Child]) -> None:
    """Asks all of them to stop, waits, and makes them."""
    children = list(children)
    for child in children:
        child.signal_all(signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and not all(child.has_ended() for child in children):
        time.sleep(0.05)
    for child in children:
        child.signal_all(signal.SIGKILL)  # also what a child started and left behind
        child.process.wait()


def end_with_parent() -> None:
    """Has the kernel send this process a SIGTERM when its parent is gone, killed outright too (Linux only)."""
    if LIBC is not None:
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _lines(log: Path) -> list[str]:
    return log.read_text("utf-8", errors="replace").splitlines()
