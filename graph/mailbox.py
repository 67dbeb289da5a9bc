"""A person's own mailbox settings: when they work, and where their clock stands."""

from datetime import time
from typing import Any

from graph.client import Mandate
from graph.reading import mapping, reads, rows
from graph.times import zone_name
from graph.types import Mailbox, WorkingHours

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class OwnMailbox:
    """Every method may raise any GraphError."""

    def __init__(self, mandate: Mandate) -> None:
        self._mandate = mandate

    async def read(self) -> Mailbox:
        """Their zone and working hours, each None where Outlook does not say or says something of its own making."""
        return mailbox(await self._mandate.ask_outlook((await self._mandate.wire()).mailbox()))


@reads
def mailbox(answer: Any) -> Mailbox:
    """Raises UnreachableError for something that is no mailbox's."""
    told = mapping(answer)
    return Mailbox(zone_name(told.get("timeZone")), _hours(told.get("workingHours")))


def _hours(told: Any) -> WorkingHours | None:
    if not isinstance(told, dict):
        return None
    start, end = _time(told.get("startTime")), _time(told.get("endTime"))
    if start is None or end is None:
        return None
    days = frozenset(WEEK.index(day) for day in rows(told.get("daysOfWeek")) if day in WEEK)
    zone = told.get("timeZone")
    return WorkingHours(days, start, end, zone_name(zone.get("name")) if isinstance(zone, dict) else None)


def _time(text: object) -> time | None:
    try:
        return time.fromisoformat(text).replace(tzinfo=None) if isinstance(text, str) else None
    except ValueError:
        return None
