"""What teams need at the counter, and when they were asked for help, as the counter's command keeps it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.counter import Busy, Need
from bot.domain.days import Slot
from bot.domain.people import Team
from bot.domain.together import Together


class Counter(Protocol):
    async def needs(self, team_id: str) -> tuple[Need, ...]:
        """What a team needs, week after week."""

    async def every_need(self) -> Mapping[Team, tuple[Need, ...]]:
        """The needs of all teams that are not asleep."""

    async def set(self, team_id: str, parts: Together, people: int, named: str | None) -> None:
        """Keep exactly this for these day-parts; 0 people: nothing."""

    async def asked(self, team_ids: Iterable[str], first: date) -> frozenset[tuple[str, Slot]]:
        """Team and day-part, from that day on, of which the team was asked already."""

    async def busy(self, team_ids: Iterable[str], day: date) -> Sequence[tuple[str, Busy]]:
        """What these teams were told of that day: that it is busy, as it was when somebody said so."""

    async def ask(self, team_id: str, slot: Slot) -> bool:
        """Claim asking a team about a day-part that is short; False when it was asked before."""

    async def ask_busy(self, team_id: str, slot: Slot, now: datetime) -> datetime | None:
        """Claim saying that it is busy; or when that was said within the hour."""
