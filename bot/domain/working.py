"""When somebody works, as far as they said: Samen is quiet outside that time (promise 7)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.days import SATURDAY, DayPart, Slot, whole_day
from bot.domain.places import Place
from bot.domain.where.board import Plan

# Local time. Nobody sets hours: these are the widest that a municipality calls working time.
HOURS = {DayPart.MORNING: (time(8), time(12, 30)), DayPart.AFTERNOON: (time(12, 30), time(18))}
LOOK_AHEAD = timedelta(days=14)
TEAM_FROM, TEAM_UNTIL = time(7), time(20)  # local: outside these hours a team is told and asked nothing
_A_WEEKEND = 4  # days from Friday evening on: one of them is a Monday


def works(slot: Slot, plan: Plan) -> bool:
    """Whether somebody works then: their plan says so (the pattern is in it), else it is a weekday."""
    said = plan.get(slot)
    if said is None:
        return slot.day.weekday() < SATURDAY
    return said.place is not Place.NOT_WORKING


def next_working_moment(now: datetime, zone: ZoneInfo, plan: Plan) -> datetime | None:
    """The first moment from `now` on that lies in somebody's working time, in UTC; None = not within 14 days.

    `plan` must reach so far.
    """
    today = now.astimezone(zone).date()
    latest = now + LOOK_AHEAD
    for slot in _slots(today):
        start, end = (datetime.combine(slot.day, hour, zone).astimezone(UTC) for hour in HOURS[slot.part])
        if now < end and start <= latest and works(slot, plan):
            return max(now.astimezone(UTC), start)
    return None


def is_awake(local: datetime) -> bool:
    """Whether a team may be spoken to at this local time."""
    return TEAM_FROM <= local.time() < TEAM_UNTIL


def next_team_moment(now: datetime, zone: ZoneInfo, asked_at: datetime) -> datetime:
    """The first moment from `now` on at which a team may be spoken to, in UTC.

    Monday to Friday; at the weekend only about what was asked for on that very day.
    """
    asked = asked_at.astimezone(zone).date()
    today = now.astimezone(zone).date()
    days = (today + timedelta(days=n) for n in range(_A_WEEKEND))
    hours = [(datetime.combine(day, TEAM_FROM, zone), datetime.combine(day, TEAM_UNTIL, zone)) for day in days]
    start = next(start for start, end in hours if now < end and (start.weekday() < SATURDAY or start.date() == asked))
    return max(now, start).astimezone(UTC)


def _slots(first: date) -> Iterator[Slot]:
    for days in range(LOOK_AHEAD.days + 1):
        yield from whole_day(first + timedelta(days=days))
