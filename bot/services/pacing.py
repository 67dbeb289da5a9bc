"""How fast Samen may speak, agreed between all processes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Protocol

from bot.domain.pace import Slot
from bot.turn import Reference


class Pacing(Protocol):
    """Moments to speak, by the wall clock. Each call is a transaction of its own, and none waits for a moment."""

    async def reserve(self, conversations: Sequence[str], rate: float, missed: float | None = None) -> Sequence[Slot]:
        """A moment for one message in each of these conversations, `rate` a second in all; nobody else gets them.

        `missed` is a moment in the same conversation that was given out before and not used.
        """

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

    async def reserve(
        self,
        conversations: Sequence[str],
        rate: float,  # noqa: ARG002
        missed: float | None = None,  # noqa: ARG002
    ) -> Sequence[Slot]:
        return [Slot(None) for _ in conversations]

    async def note(self, counts: Mapping[str, int]) -> None:
        for name, count in counts.items():
            self.noted[name] = self.noted.get(name, 0) + count

    async def hold(self, name: str, seconds: float) -> None:
        self.held[name] = seconds
