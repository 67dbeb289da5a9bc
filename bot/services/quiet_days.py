"""Days on which somebody wants no more messages, as units of work keep them."""

from datetime import date
from typing import Protocol


class QuietDays(Protocol):
    async def has(self, user_id: str, day: date) -> bool:
        """Whether this person wants nothing more on this day of theirs."""

    async def begin(self, user_id: str, day: date, zone: str) -> None:
        """Send them nothing more on this day; `zone` decides when it is over."""

    async def end(self, user_id: str, day: date) -> None:
        """Messages may come again on this day."""
