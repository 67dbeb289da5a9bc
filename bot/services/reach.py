"""What units of work keep for `/reach`."""

from typing import Protocol

from bot.domain.reach.rules import Rules, Settings


class Reach(Protocol):
    """How people want to be reached."""

    async def of(self, user_id: str) -> Rules:
        """Somebody's rules, shown to anybody or not."""

    async def put(self, user_id: str, settings: Settings) -> None:
        """Set these rules to absolute values, None removes; the others stay."""


class ReachSharing(Protocol):
    """To which teams people show how to reach them: a switch of its own, apart from places."""

    async def teams_of(self, user_id: str) -> frozenset[str]: ...

    async def set(self, user_id: str, team_id: str, on: bool) -> None: ...
