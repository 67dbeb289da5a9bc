"""What goes wrong on purpose: the next requests that fit are refused, kept waiting or cut off."""

from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Literal

from graph.sandbox.bodies import Body

Kind = Literal["throttled", "unavailable", "slow", "slow_after", "dropped", "dropped_after", "status"]


class FaultBody(Body):
    """A fault as it is asked for. `method` and `path` are patterns with *; `times` None: until it is taken away.

    throttled: 429 with Retry-After. unavailable: 503, with it when `retryAfter` is given. slow: waits `seconds`, then
    does it; slow_after: does it, then waits. dropped: cut off before it is done; dropped_after: done, then cut off.
    status: answers `status` with an error. `skip`: lets that many fitting requests through first.
    """

    kind: Kind
    method: str = "*"
    path: str = "*"
    times: int | None = 1
    skip: int = 0
    retry_after: int | None = None
    seconds: float = 0
    status: int = 500


@dataclass(frozen=True)
class Fault:
    """A fault and how much of it is left."""

    told: FaultBody
    skip: int
    left: int | None


class Faults:
    """The faults that are waiting. They end with the process: they are a test's, not the world's."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, told: FaultBody) -> None:
        """Waits for requests that fit."""
        self._waiting.append(Fault(told, told.skip, told.times))

    def clear(self) -> None:
        """Everything works again."""
        self._waiting.clear()

    def waiting(self) -> list[Fault]:
        """What has not happened yet."""
        return list(self._waiting)

    def take(self, method: str, path: str) -> FaultBody | None:
        """The first fault that hits this request, counted as used."""
        # One that ends goes before one that stays: "every call takes 400 ms" leaves room for "and the next one fails".
        for place, fault in sorted(enumerate(self._waiting), key=lambda placed: placed[1].left is None):
            if not (fnmatchcase(method, fault.told.method) and fnmatchcase(path, fault.told.path)):
                continue
            if fault.skip:
                self._waiting[place] = replace(fault, skip=fault.skip - 1)
                continue
            self._use(place, fault)
            return fault.told
        return None

    def _use(self, place: int, fault: Fault) -> None:
        if fault.left == 1:
            del self._waiting[place]
        elif fault.left is not None:
            self._waiting[place] = replace(fault, left=fault.left - 1)
