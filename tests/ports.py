"""Ports for what tests start: none is given twice, not by two threads, nor by two test runs on one machine."""

import fcntl
import itertools
import os
import random
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

EPHEMERAL = 32768  # from here on the system hands out ports by itself
_FIRST, _ALONG = 20000, 256
_LOCK = threading.Lock()


def free_port() -> int:
    """A port that nobody has now, that the system gives to nobody by itself, and that comes round last of all here.

    Between the choice of a port and its use lie seconds, in which a choice by chance gave it to somebody else as well.
    """
    with _LOCK:
        return next(port for port in _STREET if is_free(port))


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return True
    return False


def _own_street() -> Iterator[int]:
    """The ports of this process, round and round: it holds a lock on them until its end."""
    folder = Path(tempfile.gettempdir()) / f"samen-ports-{os.getuid()}"
    folder.mkdir(exist_ok=True)
    streets = [range(first, first + _ALONG) for first in range(_FIRST, EPHEMERAL - _ALONG, _ALONG)]
    for street in random.sample(streets, len(streets)):
        file = os.open(folder / str(street.start), os.O_RDWR | os.O_CREAT)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
        else:
            yield from itertools.cycle(street)
    raise AssertionError(f"{len(streets)} test runs have all ports from {_FIRST} on")


_STREET = _own_street()
