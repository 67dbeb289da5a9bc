"""When somebody works, as far as they said: Samen is quiet outside that time (promise 7)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.days import DayPart, Slot, whole_day
from bot.domain.places import Place
from bot.domain.where.pattern import Exceptions, Pattern, usual

# Local time. Nobody sets hours: these are the widest that a municipality calls working time.
HOURS = {DayPart.MORNING: (time(8), time(12, 30)), DayPart.AFTERNOON: (time(12, 30), time(18))}
LOOK_AHEAD = timedelta(days=14)
_SATURDAY = 5


def works(slot: Slot, plan: Exceptions, pattern: Pattern) -> bool:
    """Whether somebody works then: the plan says so, else the pattern, else it is a weekday."""
    said = plan[slot] if slot in plan else usual(pattern, slot)
    if said is None:
        return slot.day.weekday() < _SATURDAY
    return said.place is not Place.NOT_WORKING


def next_working_moment(now: datetime, zone: ZoneInfo, plan: Exceptions, pattern: Pattern) -> datetime | None:
    """The first moment from `now` on that lies in somebody's working time, in UTC; None = not within 14 days.

    `plan` must reach so far; the pattern fills in what it leaves open.
    """
    today = now.astimezone(zone).date()
    latest = now + LOOK_AHEAD
    for slot in _slots(today):
        start, end = (datetime.combine(slot.day, hour, zone).astimezone(UTC) for hour in HOURS[slot.part])
        if now < end and start <= latest and works(slot, plan, pattern):
            return max(now.astimezone(UTC), start)
    return None


def _slots(first: date) -> Iterator[Slot]:
    for days in range(LOOK_AHEAD.days + 1):
        yield from whole_day(first + timedelta(days=days))
