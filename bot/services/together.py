"""What units of work keep of the day-parts that teams spend together."""

from typing import Protocol

from bot.domain.together import Together


class TogetherParts(Protocol):
    async def of(self, team_id: str) -> Together:
        """The team's day-parts, in order; none set = empty."""

    async def set(self, team_id: str, parts: Together) -> None:
        """Keep exactly these."""
