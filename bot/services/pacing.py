"""How fast Samen may speak, agreed between all processes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from time import time
from typing import Protocol

from bot.domain.pace import Slot, Wanted
from bot.turn import Reference


class Pacing(Protocol):
    """Moments to speak, by one clock for all processes. Each call is a transaction of its own, and none waits for a moment."""

    def now(self) -> float:
        """This moment by that clock, in seconds since 1970. No transaction."""

    async def reserve(self, wanted: Sequence[Wanted], rate: float) -> Sequence[Slot]:
        """A moment for each, `rate` a second in all; nobody else gets them."""

    async def note(self, counts: Mapping[str, int]) -> None:
        """So many messages were just sent in these conversations without a moment of their own."""

    async def hold(self, name: str, seconds: float) -> None:
        """Give out no moment in this conversation (or for all of them, ALL) for so long."""


def pace_name(to: Reference, only_for: str | None = None) -> str:
    """The name of a conversation's pace, all threads of a channel together; nobody can tell whose it is.

    A chat that was not opened yet has the one it is for (a channel user id).
    """
    conversation = to.conversation.partition(";")[0] or only_for or ""
    return blake2b(f"{to.tenant}\n{conversation}".encode(), digest_size=16).hexdigest()


@dataclass
class FakePacing:
    """Any moment is free; remembers what was noted and held."""

    noted: dict[str, int] = field(default_factory=dict)
    held: dict[str, float] = field(default_factory=dict)

    def now(self) -> float:
        return time()

    async def reserve(self, wanted: Sequence[Wanted], rate: float) -> Sequence[Slot]:  # noqa: ARG002
        return [Slot(None) for _ in wanted]

    async def note(self, counts: Mapping[str, int]) -> None:
        for name, count in counts.items():
            self.noted[name] = self.noted.get(name, 0) + count

    async def hold(self, name: str, seconds: float) -> None:
        self.held[name] = seconds
