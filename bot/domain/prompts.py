"""Messages that people asked to be sent at a time they chose: when the next one is due, and never twice for one day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.days import monday_of, whole_day
from bot.domain.where.board import Plan
from bot.domain.working import HOURS, works

# Asked where the working day ends before the chosen time, or is over by then: with an hour left to answer.
BEFORE_THE_END = timedelta(hours=1)
# How far ahead `first_asked` looks.
AHEAD = timedelta(days=21)
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_NIGHTS = 3  # from any moment on, one of so many days has its moment still to come
_HOUR = 60  # minutes


class PromptKind(StrEnum):
    WEEK = "week"  # once a week: how is your next week?
    TODAY = "today"  # each day they work: this is your day


@dataclass(frozen=True, slots=True)
class Prompt:
    """What somebody asked for: on which day of the week (0 = Monday; None = each day they work) and when.

    `minute` is after midnight, local in `zone`, an IANA name that exists.
    """

    kind: PromptKind
    weekday: int | None
    minute: int
    zone: str

    @property
    def at(self) -> time:
        """The local time."""
        return time(self.minute // _HOUR, self.minute % _HOUR)


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a prompt found: the local day it is sent for now, if it is, and when to look again (UTC)."""

    sent_on: date | None
    next_at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """A prompt whose moment has come; `last_on` is the local day it was last sent for."""

    user_id: str
    prompt: Prompt
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Looked:
    """When to look at somebody's prompt again, and the local day it was last sent for."""

    user_id: str
    prompt: Prompt
    next_at: datetime
    last_on: date | None


def look(prompt: Prompt, last_on: date | None, now: datetime, plan: Plan) -> Look:
    """Whether it is sent at `now` (aware), where it last was on `last_on`.

    Once a day, or once a week where it has a day of the week: on the last day they work up to that one, else on the
    first after it. A look that comes late sends it on the same day while they still work, and not on another day. A
    clock that was set back sends nothing for a day or week before the last one. `plan` must reach from the Monday of
    this week to the end of the next.
    """
    today = now.astimezone(ZoneInfo(prompt.zone)).date()
    again = Look(None, next_moment(prompt, now, plan))
    if day_sent(prompt, today, plan) != today or (last_on and _period(prompt, last_on) >= _period(prompt, today)):
        return again
    start, end = _moment(prompt, today, plan), _end(prompt, today, plan)
    return Look(today, again.next_at) if start and end and start <= now < end else again


def next_moment(prompt: Prompt, after: datetime, plan: Plan) -> datetime:
    """The first moment after `after` (aware) to look whether it is to be sent, in UTC: one each local day.

    Also on days that do not matter now: until then the plan may change.
    """
    today = after.astimezone(ZoneInfo(prompt.zone)).date()
    days = (today + n * _DAY for n in range(_NIGHTS))
    moments = (_moment(prompt, day, plan) or _local(prompt, day, prompt.at) for day in days)
    return next(moment for moment in moments if moment > after)


def first_sent(prompt: Prompt, now: datetime, plan: Plan) -> datetime | None:
    """When it comes first after `now`, as the plan is today, in UTC; None = not within three weeks.

    `plan` must reach so far, from the Monday of this week.
    """
    today = now.astimezone(ZoneInfo(prompt.zone)).date()
    for day in (today + n * _DAY for n in range(AHEAD.days + 1)):
        moment = _moment(prompt, day, plan)
        if moment and moment > now and day_sent(prompt, day, plan) == day:
            return moment
    return None


def day_sent(prompt: Prompt, day: date, plan: Plan) -> date | None:
    """The day on which it is sent in the period that holds `day`: that day itself, or one of its ISO week; None = never."""
    if prompt.weekday is None:
        return day if _works_on(day, plan) else None
    wanted = monday_of(day) + prompt.weekday * _DAY
    before = (wanted - n * _DAY for n in range(prompt.weekday + 1))
    after = (wanted + n * _DAY for n in range(1, _WEEK.days - prompt.weekday))
    return next((each for each in (*before, *after) if _works_on(each, plan)), None)


def _period(prompt: Prompt, day: date) -> date:
    return day if prompt.weekday is None else monday_of(day)


def _works_on(day: date, plan: Plan) -> bool:
    return any(works(slot, plan) for slot in whole_day(day))


def _worked(prompt: Prompt, day: date, plan: Plan) -> Iterator[tuple[datetime, datetime]]:
    for slot in whole_day(day):
        if works(slot, plan):
            start, end = HOURS[slot.part]
            yield _local(prompt, day, start), _local(prompt, day, end)


def _moment(prompt: Prompt, day: date, plan: Plan) -> datetime | None:
    """When it is to be sent on a day: at the chosen time or the first they work after it, else an hour before their end."""
    wanted, parts = _local(prompt, day, prompt.at), list(_worked(prompt, day, plan))
    fitting = [max(wanted, start) for start, end in parts if wanted < end]
    if fitting:
        return min(fitting)
    return parts[-1][1] - BEFORE_THE_END if parts else None


def _end(prompt: Prompt, day: date, plan: Plan) -> datetime | None:
    return max((end for _, end in _worked(prompt, day, plan)), default=None)


def _local(prompt: Prompt, day: date, at: time) -> datetime:
    """A local time of a day, in UTC.

    A time that comes twice is the first of both; one that the clock skips is as long after the skip began as it says.
    """
    return datetime.combine(day, at, ZoneInfo(prompt.zone)).astimezone(UTC)
