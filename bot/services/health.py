"""Counting what fails, and telling an administrator how Samen is doing."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.health import Failure, Report


class Health(Protocol):
    def count(self, failure: Failure) -> None:
        """Note that something failed; kept in memory until the next `flush`."""

    async def flush(self) -> None:
        """Keep what was counted in this process since."""

    async def beat(self, now: datetime) -> None:
        """Note that timed work ran."""

    async def report(self) -> Report:
        """How things are now."""


@dataclass
class FakeHealth:
    """Counts, and keeps nothing."""

    counted: dict[Failure, int] = field(default_factory=dict)
    ticked_at: datetime | None = None

    def count(self, failure: Failure) -> None:
        self.counted[failure] = self.counted.get(failure, 0) + 1

    async def flush(self) -> None:
        pass

    async def beat(self, now: datetime) -> None:
        self.ticked_at = now

    async def report(self) -> Report:
        return Report("test", "sqlite", self.ticked_at, self.counted)
