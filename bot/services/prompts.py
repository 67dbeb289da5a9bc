"""What units of work keep of the messages that people asked to be sent at a time they chose."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.prompts import Looked, Prompt, PromptKind, Waiting


class Prompts(Protocol):
    """What people asked to be sent at a time they chose."""

    async def of(self, user_id: str, kind: PromptKind) -> Prompt | None:
        """What somebody asked for; None = nothing."""

    async def put(self, user_id: str, prompt: Prompt, next_at: datetime, today: date) -> None:
        """Keep it, to be looked at from `next_at` on. What was sent up to `today`, theirs, is not sent again."""

    async def remove(self, user_id: str, kind: PromptKind) -> None: ...

    async def due(self, kind: PromptKind, now: datetime, most: int) -> Sequence[Waiting]:
        """Some that are to be looked at, oldest first; nobody else gets them while this unit is open."""

    async def looked(self, found: Sequence[Looked]) -> None:
        """Keep what was found of those that were due in this unit."""
