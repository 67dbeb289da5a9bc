"""When somebody does not work on a day: no free time is offered there."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.domain.days import whole_day
from bot.domain.focus.rules import Interval
from bot.domain.where.board import Plan
from bot.domain.working import HOURS, works


def not_worked(day: date, zone: tzinfo, plan: Plan, hours: Interval | None) -> tuple[Interval, ...]:
    """By their plan, and outside the hours that they told Outlook, where those are known; aware, in UTC."""
    parts = [
        (moment(day, HOURS[slot.part][0], zone), moment(day, HOURS[slot.part][1], zone))
        for slot in whole_day(day)
        if not works(slot, plan)
    ]
    if hours is None:
        return tuple(parts)
    first, last = midnights(day, zone)
    return (*parts, (first, max(first, hours[0])), (min(last, hours[1]), last))


def midnights(day: date, zone: tzinfo) -> Interval:
    """Where a day begins and ends, in UTC."""
    return moment(day, time.min, zone), moment(day + timedelta(days=1), time.min, zone)


def moment(day: date, at: time, zone: tzinfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)
