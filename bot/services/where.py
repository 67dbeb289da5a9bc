"""What units of work keep for `/where`: plans, patterns, and with whom they are shared."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Protocol

from bot.domain.days import Slot, Usual
from bot.domain.places import WorkLocation
from bot.domain.where.board import Plan
from bot.domain.where.intents import Change
from bot.domain.where.pattern import Pattern


class Plans(Protocol):
    """Plans as they hold: the pattern, and over it what was said for a day-part. Both days are included always."""

    async def of(self, user_id: str, first: date, last: date) -> Plan:
        """One's own plan."""

    async def of_each(self, user_ids: Collection[str], first: date, last: date) -> Mapping[str, Plan]:
        """user id -> their own plan, of those who have something; for what each of them is sent alone."""

    async def put(self, user_id: str, changes: Sequence[Change], *, zone: str, follow: bool = False) -> None:
        """Set day-parts to absolute values, None empties; `zone` decides when a day is over for this person.

        With `follow` a day-part set to what the pattern says follows the pattern again.
        """

    async def shared_with(self, team_id: str, day: date) -> Mapping[str, Plan]:
        """user id -> that day's plan, of everybody who shares with this team and has something that day.

        Nobody who pauses, stopped or left the team is among them.
        """

    async def shared_between(self, team_id: str, first: date, last: date) -> Mapping[str, Plan]:
        """The same for several days."""

    async def planned_at(self, place_id: str, first: date, last: date) -> Mapping[str, frozenset[Slot]]:
        """user id -> the day-parts planned at a named place, of everybody who shares or not.

        For what concerns the place itself, never for others to see. Nobody who pauses or stopped is among them.
        """


class Patterns(Protocol):
    async def of(self, user_id: str) -> Pattern:
        """One's own pattern."""

    async def put(self, user_id: str, lines: Mapping[Usual, WorkLocation | None]) -> None:
        """Set these lines and leave the others; None removes one."""


class Sharing(Protocol):
    async def teams_of(self, user_id: str) -> frozenset[str]:
        """The teams that somebody chose to share with, also while pausing."""

    async def set(self, user_id: str, team_id: str, on: bool) -> None: ...
