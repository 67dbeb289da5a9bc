"""Which days are meant: the rules for days of the week, dates without a year, weeks and ranges."""

from collections.abc import Iterable
from datetime import date, timedelta

from bot.domain.days import monday_of
from bot.domain.where.intents import Problem
from bot.domain.where.said import Dated

FRIDAY = 4
WEEK = timedelta(days=7)
# Nobody plans further ahead, and a typing mistake in the year shows itself.
HORIZON = timedelta(days=365)
# A date so shortly past is not meant for next year.
JUST_PASSED = timedelta(days=60)
WEEKS_FILLED = 8
SOON = timedelta(days=31)
_EARLIEST, _NOON, _EVENING = 6, 12, 8  # o'clock
_WORKING_DAYS = 5


class UnplannableError(Exception):
    """A sentence cannot be acted upon, for this reason."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def coming(weekday: int, start: date) -> date:
    """The first such day of the week from `start` on, `start` included."""
    return start + timedelta(days=(weekday - start.weekday()) % 7)


def in_week(weekday: int, monday: date, today: date) -> date:
    """A day of a week; in a weekend, a working day of "this week" is one of the week to come."""
    day = monday + timedelta(days=weekday)
    in_weekend = today.weekday() > FRIDAY and monday == monday_of(today)
    return day + WEEK if in_weekend and weekday <= FRIDAY else day


def week_of(key: str | int, today: date) -> date:
    """The Monday of a week said as "last", "this", "whole" (this one), "next" or by its ISO number.

    Raises UnplannableError: NO_SUCH_DAY for a week 54, PAST for a week just gone.
    """
    monday = monday_of(today)
    if isinstance(key, str):
        return monday + {"last": -WEEK, "this": 0 * WEEK, "whole": 0 * WEEK, "next": WEEK}[key]
    return _next([found for years in (-1, 0, 1) if (found := _monday(today.year + years, key))], monday)


def _monday(year: int, week: int) -> date | None:
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def rest_of_week(monday: date, today: date) -> list[date]:
    """Monday to Friday of a week; of the week that is running what is left of it, in its weekend the next one."""
    if monday == monday_of(today) and today.weekday() > FRIDAY:
        monday += WEEK
    days = [monday + timedelta(days=n) for n in range(5)]
    return [day for day in days if day >= today] if monday == monday_of(today) else days


def date_of(said: Dated, today: date) -> date:
    """The date that was said; without a year the next one from today on.

    Raises UnplannableError: NO_SUCH_DAY ("31 november", or the wrong day of the week), PAST if it has just passed,
    LEFTOVER for two days that are not one ("morgen 3/12") and for a share of the week ("dinsdag 4/5").
    """
    if said.month is None:
        months = [_day_of_month(said.day, n, today) for n in range(13)]
        found = _next([day for day in months if day and day >= today], today)
    elif said.year is None:
        found = _next([day for n in (-1, 0, 1) if (day := _exact(today.year + n, said.month, said.day))], today)
    else:
        found = _only(_exact(said.year, said.month, said.day))
    if said.days_ahead is not None and found != shifted(today, said.days_ahead):
        raise UnplannableError(Problem.LEFTOVER)
    if said.weekday is not None and may_be_share(said) and found - today > SOON:
        raise UnplannableError(Problem.LEFTOVER)
    if said.weekday is not None and found.weekday() != said.weekday:
        raise UnplannableError(Problem.NO_SUCH_DAY)
    return found


def may_be_hours(said: Dated) -> bool:
    """Whether these are hours rather than a date: "9-12", "9-5" and "1-5", but not "3-12", "30-11" or "09-12"."""
    if said.mark != "-" or said.month is None or said.day == said.month:
        return False
    from_morning = _EARLIEST <= said.day <= _NOON
    return from_morning or said.day < said.month <= _EVENING


def may_be_share(said: Dated) -> bool:
    """Whether this is a part of the working week rather than a date: "4/5"."""
    return said.mark == "/" and said.month is not None and said.day < said.month <= _WORKING_DAYS


def _next(candidates: list[date], today: date) -> date:
    """The first candidate from today on, unless one has just passed."""
    if any(today - JUST_PASSED <= day < today for day in candidates):
        raise UnplannableError(Problem.PAST)
    return _only(next((day for day in candidates if day >= today), None))


def _only(day: date | None) -> date:
    if day is None:
        raise UnplannableError(Problem.NO_SUCH_DAY)
    return day


def _exact(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day_of_month(day: int, months_ahead: int, today: date) -> date | None:
    years, month = divmod(today.month - 1 + months_ahead, 12)
    return _exact(today.year + years, month + 1, day)


def through(start: date, end: date) -> list[date]:
    """The days of a range; a weekend inside it only counts if one of its days was named as the start or the end.

    Raises UnplannableError: NO_SUCH_DAY if it ends before it starts, TOO_FAR if it is longer than anybody plans.
    """
    if end < start:
        raise UnplannableError(Problem.NO_SUCH_DAY)
    if end - start > HORIZON:
        raise UnplannableError(Problem.TOO_FAR)
    named = {monday_of(day) for day in (start, end) if day.weekday() > FRIDAY}
    days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
    return [day for day in days if day.weekday() <= FRIDAY or monday_of(day) in named]


def day_before(end: date, start: date) -> date:
    """The last working day before a day, but never before `start`."""
    day = shifted(end, -1)
    while day.weekday() > FRIDAY and day > start:
        day = shifted(day, -1)
    return max(day, start)


def repeated(weekdays: Iterable[int], step: str, monday: date, today: date) -> list[date]:
    """These days of the week in the eight weeks from `monday` on: "week", "other", "even" or "odd" weeks.

    What has passed is made up for at the end, so that every day of the week gets its eight weeks.
    """
    found = []
    for weekday in weekdays:
        first = monday + timedelta(days=weekday)
        late = first < today
        weeks = [first + n * WEEK for n in range(late, WEEKS_FILLED + late)]
        found += [day for n, day in enumerate(weeks, start=int(late)) if _in_step(day, n, step)]
    return sorted(found)


def _in_step(day: date, count: int, step: str) -> bool:
    number = day.isocalendar().week
    return {"week": True, "other": count % 2 == 0, "even": number % 2 == 0, "odd": number % 2 == 1}[step]


def shifted(day: date, days: int) -> date:
    """So many days later, or earlier."""
    return day + timedelta(days=days)
