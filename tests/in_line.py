"""How long a busy machine kept this process, and what it started, from computing: nobody's delay but the machine's."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")


def in_line() -> float:
    """Seconds that this thread, and every process below it, have stood in line for a processor so far, all told.

    What passed between two looks at it is what others took away: promises of so many seconds are kept without it.
    Nothing where the system does not tell (it does on Linux).
    """
    own = PROC / "self" / "task" / str(os.getpid())  # not what is only looking on, as the loop's watchdog
    theirs = (task for process in _below(os.getpid()) for task in _listed(PROC / str(process) / "task"))
    return sum(map(_stood, (own, *theirs)))


def _stood(task: Path) -> float:
    with suppress(OSError, IndexError):  # gone meanwhile
        return int((task / "schedstat").read_text().split()[1]) / 1e9  # proc(5): time spent waiting, in nanoseconds
    return 0.0


def _below(process: int) -> Iterator[int]:
    """Every process that this one started, and those that they did."""
    for task in _listed(PROC / str(process) / "task"):
        with suppress(OSError):
            for child in map(int, (task / "children").read_text().split()):
                yield child
                yield from _below(child)


def _listed(folder: Path) -> list[Path]:
    with suppress(OSError):
        return list(folder.iterdir())
    return []
