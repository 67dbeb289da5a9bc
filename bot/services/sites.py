"""What units of work keep about sites: when they are closed, who keeps them, and the published numbers."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.counts import Numbers
from bot.domain.days import Slot
from bot.domain.sites import Closure


class Sites(Protocol):
    async def keepers(self) -> Mapping[str, str]:
        """Site -> the user id of its keeper."""

    async def set_keeper(self, place_id: str, user_id: str | None) -> None: ...

    async def closures(self, first: date, last: date) -> tuple[Closure, ...]:
        """Both days included, in order of time."""

    async def batch(self, batch: str) -> tuple[Closure, ...]:
        """What is still closed of what one command closed."""

    async def close(self, closures: Sequence[Closure]) -> None:
        """A day-part that is closed already stays as it is."""

    async def reopen(self, place_id: str, slots: Collection[Slot]) -> None: ...

    async def remember(self, batch: str, planned: Mapping[str, Collection[Slot]]) -> None:
        """Remember who planned at a site when it closed (user id -> day-parts), each until that day is over."""

    async def told(self, closures: Collection[Closure]) -> Mapping[str, frozenset[Slot]]:
        """Who planned there when it closed, and has no message about it waiting any more."""

    async def unremember(self, closures: Collection[Closure]) -> None:
        """Forget who planned there: it is open again."""

    async def affected(self, closures: Collection[Closure], now: datetime) -> Mapping[str, frozenset[Slot]]:
        """Who planned there when it closed; nobody who pauses or stopped."""

    async def start_count(self, day: date) -> bool:
        """Whether nobody counted for this day before; the first who asks is to publish the numbers."""

    async def publish(self, day: date, numbers: Numbers) -> None: ...

    async def numbers(self, first: date) -> Mapping[date, Numbers]:
        """What was published for the days from `first` on; a day that was not counted yet is not there."""
