"""What the day words between two places mean: a row of days, each with the day-parts that were said for it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.days import DayPart, monday_of
from bot.domain.where import calendar, weekly
from bot.domain.where.arranged import DAYS
from bot.domain.where.calendar import UnplannableError
from bot.domain.where.intents import Problem
from bot.domain.where.said import Dated, Day, Every, Joint, Part, Range, Relative, Said, Week, Weekday, Weekend
from bot.domain.where.spans import A_WEEK, Span, with_parts


@dataclass(frozen=True, slots=True)
class Reading:
    """How to take the two words that people mean differently."""

    midday: DayPart = DayPart.AFTERNOON  # and "half a day"
    next_is_coming: bool = False  # "next Friday", said on a Monday: the one in four days
    back_on_last: bool = False  # "off until Monday": back on Monday
    then_is_after: bool = False  # "in the morning office, then home": home in the afternoon
    weeks_last: bool = False  # "even weeks Friday off, Monday home": Monday in even weeks only


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds for the rest of the sentence: the week that was named, the repetition and where it starts.

    `weekly_from`: the sentence is about the weekly pattern, said on that day; see weekly.py.
    """

    today: date
    reading: Reading
    week: date | None = None
    every: str | None = None
    anchor: date | None = None
    weekly_from: date | None = None


def spans(run: Sequence[Said], frame: Frame, inherited: tuple[date, ...]) -> tuple[tuple[Span, ...], Frame]:
    """The days and day-parts of one run of day words, and the frame for the next.

    A run that names no day takes the `inherited` ones. Raises UnplannableError.
    """
    run = [replacement for piece in run for replacement in _daily(piece, frame)]
    frame = _repeating(run, frame)
    stretches: list[Span | tuple[DayPart, ...]] = []
    for piece, week in _weeks(run, frame):
        if isinstance(piece, Week):
            if week is None:
                stretches.append(_days(piece, frame))
            frame = replace(frame, week=calendar.week_of(piece.key, frame.today))
        elif isinstance(piece, Part):
            stretches.append(_parts(piece.key, frame))
        elif isinstance(piece, DAYS):
            stretches.append(_days(piece, replace(frame, week=week or frame.week)))
            frame = replace(frame, week=None if isinstance(piece, Relative | Dated) else week or frame.week)
    if frame.weekly_from and not frame.reading.weeks_last:
        frame = replace(frame, every=None)
    return with_parts(stretches, inherited), frame


def _daily(piece: Said, frame: Frame) -> tuple[Said, ...]:
    if piece == Every("day"):
        return (Week("whole"),) if frame.weekly_from else (Every("week"), Range(Weekday(0), Weekday(calendar.FRIDAY)))
    return (piece,)


def _repeating(run: Sequence[Said], frame: Frame) -> Frame:
    """The frame with the repetition of this run. Raises LEFTOVER if nothing can be repeated."""
    steps = [piece.step for piece in run if isinstance(piece, Every)]
    if not steps:
        return frame
    weekdays = [day for piece in run for day in _weekdays(piece)]
    if len(steps) > 1 or not (weekdays or frame.weekly_from):
        raise UnplannableError(Problem.LEFTOVER)
    if frame.weekly_from:
        return replace(frame, every=weekly.weeks_of(steps[0], weekdays, frame.weekly_from))
    week = next((calendar.week_of(piece.key, frame.today) for piece in run if isinstance(piece, Week)), frame.week)
    if steps[0] == "other":  # two days of one sentence fall in the same weeks
        week = week or _first_week(weekdays, frame)
    return replace(frame, every=steps[0], anchor=week)


def _first_week(weekdays: list[int], frame: Frame) -> date:
    return monday_of(min(calendar.coming(day, frame.today) for day in weekdays))


def _weekdays(piece: Said) -> list[int]:
    if isinstance(piece, Weekday):
        return [piece.number]
    if isinstance(piece, Range) and isinstance(piece.start, Weekday) and isinstance(piece.end, Weekday):
        start, end = piece.start.number, piece.end.number
        return [
            day % 7
            for day in range(start, end + 1 + 7 * (end < start))
            if day % 7 <= calendar.FRIDAY or end > calendar.FRIDAY
        ]
    return []


def _weeks(run: Sequence[Said], frame: Frame) -> Iterator[tuple[Said, date | None]]:
    """Each piece with the week it lies in. A week that only says where other days lie comes with its own Monday.

    "volgende week ma di" names the week first, "ma en di volgende week" last. Raises LEFTOVER where it could be both.
    """
    owner: dict[int, date] = {}
    for at, piece in enumerate(run):
        if isinstance(piece, Week):
            before, after = _free_before(run, at, owner), _free_after(run, at)
            if before and after:
                raise UnplannableError(Problem.LEFTOVER)
            if before or after:
                owner.update(dict.fromkeys([at, *before, *after], calendar.week_of(piece.key, frame.today)))
    for at, piece in enumerate(run):
        yield piece, owner.get(at)


def _free_before(run: Sequence[Said], at: int, owner: dict[int, date]) -> list[int]:
    """The days of the week right before a week that no earlier week owns; none if a comma stands between."""
    found: list[int] = []
    for earlier in range(at - 1, -1, -1):
        if (
            earlier in owner
            or isinstance(run[earlier], Week | Dated | Relative)
            or (earlier == at - 1 and isinstance(run[earlier], Joint))
        ):
            break
        if isinstance(run[earlier], Weekday | Weekend) or _weekdays(run[earlier]):
            found.append(earlier)
    return found


def _free_after(run: Sequence[Said], at: int) -> list[int]:
    """The days of the week that follow a week, up to the next week or date."""
    found: list[int] = []
    for later in range(at + 1, len(run)):
        piece = run[later]
        if isinstance(piece, Week | Dated | Relative) or (not found and isinstance(piece, Joint) and not piece.mark):
            break
        if isinstance(piece, Weekday | Weekend) or _weekdays(piece):
            found.append(later)
    return found


def _days(piece: Day | Range, frame: Frame) -> Span:
    """The days that one day word means."""
    numbers = _weekdays(piece)
    if frame.weekly_from:
        return Span(weekly.days_of(piece, numbers, frame.every), _bound(piece, frame), weekly.rank(piece, frame.every))
    each = isinstance(piece, Weekday) and piece.each
    if numbers and (each or frame.every):
        monday = frame.anchor or frame.week or _first_week(numbers, frame)
        found = calendar.repeated(numbers, "week" if each else frame.every or "week", monday, frame.today)
        return Span(tuple(found), _bound(piece, frame), A_WEEK)
    match piece:
        case Range():
            start = _day(piece.start, frame) if piece.start else frame.today
            end = _day(
                piece.end, frame if isinstance(piece.end, Dated | Relative) else replace(frame, week=None, today=start)
            )
            return Span(tuple(calendar.through(start, _last(piece, start, end, frame))), rank=A_WEEK)
        case Week():
            return Span(
                tuple(calendar.rest_of_week(calendar.week_of(piece.key, frame.today), frame.today)), rank=A_WEEK
            )
        case Weekend():
            return Span(tuple(_weekend(frame)), rank=A_WEEK)
    return Span((_day(piece, frame),), _bound(piece, frame))


def _last(piece: Range, start: date, end: date, frame: Frame) -> date:
    """The last day of a range; "until Monday", said on a Monday, is a week ahead."""
    if piece.until and piece.start is None and isinstance(piece.end, Weekday) and end == start:
        end += calendar.WEEK
    return calendar.day_before(end, start) if piece.until and frame.reading.back_on_last else end


def _day(piece: Weekday | Relative | Dated, frame: Frame) -> date:
    match piece:
        case Relative():
            return calendar.shifted(frame.today, piece.days)
        case Dated():
            return calendar.date_of(piece, frame.today)
    return _weekday(piece, frame)


def _weekday(piece: Weekday, frame: Frame) -> date:
    first = calendar.coming(piece.number, frame.today)
    week = monday_of(frame.today) if piece.which == "this" else frame.week
    if week:
        return calendar.in_week(piece.number, week, frame.today)
    if piece.which and first == frame.today:
        return first + calendar.WEEK
    if piece.which == "next" and not frame.reading.next_is_coming:
        return monday_of(frame.today) + calendar.WEEK + (first - monday_of(first))
    return first


def _weekend(frame: Frame) -> list[date]:
    monday = frame.week or monday_of(frame.today)
    days = [calendar.shifted(monday, n) for n in (5, 6)]
    return [day for day in days if day >= frame.today]


def _bound(piece: Day | Range, frame: Frame) -> tuple[DayPart, ...]:
    part = piece.part if isinstance(piece, Weekday | Relative) else None
    return _parts(part, frame) if part else ()


def _parts(key: str, frame: Frame) -> tuple[DayPart, ...]:
    if key in {"midday", "half"}:
        return (frame.reading.midday,)
    if key == "not_midday":
        return tuple(part for part in DayPart if part is not frame.reading.midday)
    return tuple(DayPart) if key == "day" else (DayPart(key),)
