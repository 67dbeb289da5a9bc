"""What an organisation decided, and the record of who did what."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from bot.domain.admin import Act, Switch
from bot.domain.capabilities import Capability


class Organisation(Protocol):
    """The organisation's switches with their decisions, its minimum, and its audit log."""

    async def switches(self) -> Mapping[str, Switch]:
        """Capability -> how it was switched last, of those that were ever switched."""

    async def switch(self, capability: Capability, switch: Switch) -> None:
        """Keep exactly this switch."""

    async def minimum(self) -> int:
        """How many people there must be behind any published number."""

    async def set_minimum(self, number: int) -> None: ...

    async def acts(self, count: int, *, skip: int = 0) -> tuple[Act, ...]:
        """The newest acts of the audit log, newest first, the first `skip` left out."""

    async def names(self, user_ids: Iterable[str]) -> Mapping[str, str]:
        """user id -> name, of those whom a mirrored roster knows."""
