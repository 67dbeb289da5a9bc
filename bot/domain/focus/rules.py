"""What a start of `/focus`, or another end, comes to in real time; what stands in its way; and which times are free."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from bot.domain.days import DayPart, Slot
from bot.domain.focus.intents import FEWEST, MOST, At, Extend, Problem, Start, Unclear
from bot.domain.focus.session import LONGEST, SHORTEST
from bot.domain.places import Place
from bot.domain.where.board import Plan
from bot.domain.working import HOURS

AHEAD = timedelta(days=31)  # whoever plans further ahead uses the calendar itself
MOST_OFFERED = 3
_JUST_NOW = timedelta(minutes=1)  # "14:00", said in that minute, is now
_A_DAY, _HALF_DAY, _A_WEEK = timedelta(days=1), 12 * 60, 7
_STEP = timedelta(minutes=30)
_FROM = time(9)  # a free time is offered from here on, whoever begins earlier says so

Interval = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Times:
    """A session's own times, aware and in UTC."""

    starts_at: datetime
    ends_at: datetime


def in_real_time(start: Start, now: datetime, zone: tzinfo, usual: int) -> Times | Unclear:
    """When it begins and ends for somebody in this zone who asks now; `usual` is in minutes.

    A time that the clock skips in spring is an hour later; one that it shows twice in autumn is the first that fits.
    Overlap with another session is not looked at.
    """
    now, at = now.astimezone(UTC), start.at  # a local time is added to without its change of the clock
    if problem := _out_of_reach(start, now.astimezone(zone).date()):
        return Unclear(problem)
    if at and at.minute is None:
        offers = free_times(start, now, zone, usual)
        return Unclear(Problem.NO_TIME if offers else Problem.PAST, offers)
    starts_at = moment(at, zone, now - _JUST_NOW) if at else now
    if at and starts_at <= now - _JUST_NOW:
        return Unclear(Problem.PAST, _later(start, now, zone, usual))
    starts_at = max(starts_at, now)
    if start.until is None:
        return Times(starts_at, starts_at + timedelta(minutes=start.minutes or usual))
    return _until(start, start.until, starts_at, zone)


def _out_of_reach(start: Start, today: date) -> Problem | None:
    """Days that nobody means, whatever the time: an old button's, or one in another year."""
    days = [each.day for each in (start.at, start.until) if each]
    if any(day < today - _A_DAY for day in days):
        return Problem.PAST
    too_far = (start.at and start.at.day > today + AHEAD) or any(day > today + AHEAD + _A_DAY for day in days)
    return Problem.TOO_FAR if too_far else None


def moment(at: At, zone: tzinfo, after: datetime) -> datetime:
    """A time of a day in UTC; of two that look the same, the first after `after`."""
    local = datetime.combine(at.day, time(*divmod(at.minute or 0, 60)), zone)
    first, second = (local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    return second if first <= after < second else first


def extended(under_way: Interval, until: datetime, now: datetime) -> Extend | Unclear:
    """Another end for what is under way, given its begin and end now: ahead, and no longer than a session may be."""
    begin, _ = under_way
    if until <= now:
        return Unclear(Problem.PAST)
    if until - begin > LONGEST:
        latest = begin + LONGEST
        return Unclear(Problem.TOO_LONG, (Extend(latest.astimezone(UTC)),) if latest > now else ())
    return Unclear(Problem.TOO_SHORT) if until - begin < SHORTEST else Extend(until.astimezone(UTC))


def not_over(others: Iterable[Interval], own: Interval, found: Extend | Unclear) -> Extend | Unclear:
    """Another end for the session with this begin and end, not over those of the `others` that come later."""
    wanted = (found,) if isinstance(found, Extend) else found.offers
    until = max((each.until for each in wanted if isinstance(each, Extend)), default=own[1])
    following = min((begin for begin, _ in others if own[0] < begin < until), default=None)
    if following is None or until <= own[1]:
        return found
    fits = own[1] < following and following - own[0] >= SHORTEST
    return Unclear(Problem.NEXT, (Extend(following.astimezone(UTC)),) if fits else ())


def is_off(moment: datetime, zone: tzinfo, plan: Plan) -> bool:
    """Whether somebody's plan says that they do not work in the day-part of this moment; an empty plan says nothing."""
    local = moment.astimezone(zone)
    morning = local.time() < HOURS[DayPart.MORNING][1]
    said = plan.get(Slot(local.date(), DayPart.MORNING if morning else DayPart.AFTERNOON))
    return said is not None and said.place is Place.NOT_WORKING


def free_times(
    start: Start, now: datetime, zone: tzinfo, usual: int, *, taken: Sequence[Interval] = ()
) -> tuple[Start, ...]:
    """The same start at up to three free times of its day, in working hours, none of them over another."""
    at = start.at or At(now.astimezone(zone).date())
    length = timedelta(minutes=start.minutes or usual)
    found: list[Start] = []
    busy = list(taken)
    for minute in _half_hours(at.part):
        begin = moment(At(at.day, minute), zone, now)
        if begin <= now or len(found) == MOST_OFFERED or _overlaps((begin, begin + length), busy):
            continue
        if _ends_in_time(at, begin + length, zone):
            found.append(replace(start, at=At(at.day, minute)))
            busy.append((begin, begin + length))
    return tuple(found)


def _half_hours(part: DayPart | None) -> Iterator[int]:
    first, last = HOURS[part or DayPart.MORNING][0], HOURS[part or DayPart.AFTERNOON][1]
    at = datetime.combine(date.min, max(first, _FROM))
    while at.time() < last:
        yield at.hour * 60 + at.minute
        at += _STEP


def _ends_in_time(at: At, end: datetime, zone: tzinfo) -> bool:
    local = end.astimezone(zone)
    return local.date() == at.day and local.time() <= HOURS[at.part or DayPart.AFTERNOON][1]


def _overlaps(span: Interval, taken: Iterable[Interval]) -> bool:
    return any(span[0] < end and begin < span[1] for begin, end in taken)


def _until(start: Start, until: At, starts_at: datetime, zone: tzinfo) -> Times | Unclear:
    ends_at = moment(until, zone, starts_at + SHORTEST - _JUST_NOW)
    if ends_at <= starts_at:
        offers = _half_a_day_on(start, until, starts_at, zone)
        return Unclear(Problem.ORDER if start.at else Problem.PAST, offers)
    if ends_at - starts_at < SHORTEST:
        return Unclear(Problem.TOO_SHORT, (replace(start, until=None, minutes=FEWEST),))
    if ends_at - starts_at > LONGEST:
        return Unclear(Problem.TOO_LONG, (replace(start, until=None, minutes=MOST),))
    return Times(starts_at, ends_at)


def _half_a_day_on(start: Start, until: At, starts_at: datetime, zone: tzinfo) -> tuple[Start, ...]:
    """For "until 8", said in the evening: it may be that evening's."""
    if until.minute is None or until.minute >= _HALF_DAY:
        return ()
    later = At(until.day, until.minute + _HALF_DAY)
    fits = SHORTEST <= moment(later, zone, starts_at) - starts_at <= LONGEST
    return (replace(start, until=later),) if fits else ()


def _later(start: Start, now: datetime, zone: tzinfo, usual: int) -> tuple[Start, ...]:
    """For a time that is over: what is left of it, where it has an end ahead; the next day, and in a week."""
    rest = [replace(start, at=None)] if start.until else []
    today = now.astimezone(zone).date()
    days = (1, _A_WEEK) if start.at and start.at.day == today else ()
    moved = [_moved(start, timedelta(days=n)) for n in days]
    return tuple(each for each in (*rest, *moved) if isinstance(in_real_time(each, now, zone, usual), Times))


def _moved(start: Start, by: timedelta) -> Start:
    at, until = (replace(each, day=each.day + by) if each else None for each in (start.at, start.until))
    return replace(start, at=at, until=until)
