"""Days on which somebody wants no more messages, as units of work keep them."""

from collections.abc import Collection
from datetime import date
from typing import Protocol


class QuietDays(Protocol):
    async def has(self, user_id: str, day: date) -> bool:
        """Whether this person wants nothing more on this day of theirs."""

    async def of_each(self, user_ids: Collection[str], first: date, last: date) -> frozenset[tuple[str, date]]:
        """The days, both included, on which each of these people wants nothing more."""

    async def begin(self, user_id: str, day: date, zone: str) -> None:
        """Send them nothing more on this day; `zone` decides when it is over."""

    async def end(self, user_id: str, day: date) -> None:
        """Messages may come again on this day."""
