"""When somebody does not work on a day: no free time is offered there."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.domain.days import whole_day
from bot.domain.focus.rules import Interval
from bot.domain.where.board import Plan
from bot.domain.working import HOURS, works


def not_worked(day: date, zone: tzinfo, plan: Plan, hours: Interval | None) -> tuple[Interval, ...]:
    """By their plan, and outside the hours that they told Outlook, where those are known; aware, in UTC."""
    parts = [
        (in_utc(day, HOURS[slot.part][0], zone), in_utc(day, HOURS[slot.part][1], zone))
        for slot in whole_day(day)
        if not works(slot, plan)
    ]
    if hours is None:
        return tuple(parts)
    first, last = midnights(day, zone)
    return (*parts, (first, max(first, hours[0])), (min(last, hours[1]), last))


def midnights(day: date, zone: tzinfo) -> Interval:
    """Where a day begins and ends, in UTC."""
    return in_utc(day, time.min, zone), in_utc(day + timedelta(days=1), time.min, zone)


def in_utc(day: date, at: time, zone: tzinfo) -> datetime:
    """A time of that day in UTC: the first of two that look the same."""
    return datetime.combine(day, at, zone).astimezone(UTC)
