"""The day of a session: "morgen", "vrijdag", "vrijdagnamiddag", "volgende week di", "3 dec", "3/12", "2026-12-03"."""

from dataclasses import replace
from datetime import date

from bot.domain.days import monday_of
from bot.domain.focus.clocks import clock
from bot.domain.focus.intents import Problem
from bot.domain.focus.pieces import Clock, Found, Impossible, OnDay
from bot.domain.focus.text import Words
from bot.domain.where.calendar import WEEK, UnplannableError, coming, date_of, shifted
from bot.domain.where.intents import Problem as Unplannable
from bot.domain.where.said import Dated

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_AHEAD = {"yesterday": -1, "today": 0, "tomorrow": 1, "after_tomorrow": 2}
_BY_NAME = {  # in how many days, and the part of that day
    "tonight": (0, "evening"),
    "tomorrow_evening": (1, "evening"),
    "later": (0, "later"),  # some time today
}
_PARTS = {"morning", "midday", "afternoon"}
_BESIDE_A_DAY = ("part", "focus", "week", "range", "clock", "length", "amount", "month")
_DAY, _YEAR = 2, 4  # digits
_DAYS = 31  # "50/10" is no date


def on_day(words: Words, at: int, today: date) -> Found:
    """A day from today on; Impossible for one that is over or does not exist."""
    at = _step_over(words, at)
    for read in (_by_name, _compound, _dated, _each, _relative, _of_week, _weekday, _part):
        found = read(words, at, today)
        if found and (words.ends(found[1]) or _is_time_behind(words, found[1])):
            return _with_part(words, *found)
    return None


def _is_time_behind(words: Words, at: int) -> bool:
    """Whether a time of the day follows without a space: "morgen9:00"."""
    time = clock(words, at, bare=False) if words.text(at - 1).isalpha() else None
    return time is not None and isinstance(time[0], Clock)


def _step_over(words: Words, at: int) -> int:
    """The "op" of "op vrijdag"."""
    return words.after("focus", "on", at) or at


def _with_part(words: Words, day: OnDay | Impossible, end: int) -> tuple[OnDay | Impossible, int]:
    """Such as "vrijdag namiddag", "vrijdag 27 november"."""
    said = _part_said(words, _step_over(words, end)) or _evening_said(words, end)
    if isinstance(day, Impossible) or day.part or said is None or not words.ends(said[1]):
        return day, end
    return replace(day, part=said[0]), said[1]


def _part_said(words: Words, at: int) -> tuple[str, int] | None:
    end, keys = words.keys("part", at)
    part = min(keys & _PARTS, default=None)
    return (part, end) if part else None


def _evening_said(words: Words, at: int) -> tuple[str, int] | None:
    end = words.after("focus", "evening", at)
    return ("evening", end) if end else None


def _by_name(words: Words, at: int, today: date) -> tuple[OnDay, int] | None:
    """Such as "vanavond", "morgenavond", "straks"."""
    for key, (days, part) in _BY_NAME.items():
        if end := words.after("focus", key, at):
            return OnDay(shifted(today, days), part), end
    return None


def _compound(words: Words, at: int, today: date) -> tuple[OnDay, int] | None:
    end, keys = words.keys("compound", at)
    if not keys:
        return None
    day, part = min(keys).split("+")
    return OnDay(_named(day, today), part), end


def _relative(words: Words, at: int, today: date) -> tuple[OnDay | Impossible, int] | None:
    end, keys = words.keys("relative", at)
    if not keys:
        return None
    return (Impossible(Problem.PAST) if "yesterday" in keys else OnDay(_named(min(keys), today))), end


def _named(key: str, today: date) -> date:
    return shifted(today, _AHEAD[key]) if key in _AHEAD else coming(_WEEKDAYS.index(key), today)


def _weekday(words: Words, at: int, today: date) -> tuple[OnDay | Impossible, int] | None:
    first, which = words.keys("coming", at)
    end, keys = words.keys("weekday", first)
    if not keys or _may_be_a_word(words, first, end):
        return None
    day = _named(min(keys), today)
    dated = None if which else _dated(words, end, today)
    if dated:
        right = isinstance(dated[0], Impossible) or dated[0].day.weekday() == day.weekday()
        return dated if right else (Impossible(Problem.NO_SUCH_TIME), dated[1])
    week = words.after("week", "next", end)
    if week and not which:
        return OnDay(_next_week(day, today)), week
    if "coming" in which and day == today:
        day += WEEK
    return (_next(day, today) if "next" in which else OnDay(day)), end


def _may_be_a_word(words: Words, at: int, end: int) -> bool:
    """Words that are more than a day: "zo" and "sat" are days beside a time only; so is a day of another language, as in "do the report"."""
    if words.after("doubtful", "words", at) == end:
        return not words.is_number(end, _DAY)
    known = words.lexicon.phrase("weekday", words.text(at))
    foreign = known is not None and words.language not in known.languages
    return foreign and words.text(end).isalpha() and not any(words.keys(category, end)[1] for category in _BESIDE_A_DAY)


def _next(day: date, today: date) -> OnDay:
    """The two of "next Friday", said on a Monday: the one in four days, and in eleven."""
    first = day if day > today else day + WEEK
    later = _next_week(day, today)
    return OnDay(first, other=later if later != first else None)


def _next_week(day: date, today: date) -> date:
    return monday_of(today) + WEEK + (day - monday_of(day))


def _of_week(words: Words, at: int, today: date) -> tuple[OnDay, int] | None:
    """Such as "volgende week di"."""
    end = words.after("week", "next", at)
    behind, keys = words.keys("weekday", _step_over(words, end)) if end else (at, frozenset())
    return (OnDay(_next_week(_named(min(keys), today), today)), behind) if keys else None


def _each(words: Words, at: int, today: date) -> tuple[OnDay, int] | None:
    """Again and again: "elke maandag", "dagelijks", "maandags"."""
    end, keys = words.keys("every", at)
    behind, days = words.keys("weekday", end)
    if keys and days:
        return OnDay(_named(min(days), today), repeated=True), behind
    if "day" in keys:
        return OnDay(today, repeated=True), end
    if "week" in keys and (said := _part_said(words, end) or _evening_said(words, end)):
        return OnDay(today, said[0], repeated=True), said[1]
    end, keys = words.keys("weekday_each", at)
    return (OnDay(_named(min(keys), today), repeated=True), end) if keys else None


def _part(words: Words, at: int, today: date) -> tuple[OnDay, int] | None:
    """A part of today."""
    said = _part_said(words, at)
    return (OnDay(today, said[0]), said[1]) if said else None


def _dated(words: Words, at: int, today: date) -> tuple[OnDay | Impossible, int] | None:
    found = _in_words(words, at) or _in_numbers(words, at)
    if found is None:
        return None
    try:
        return OnDay(date_of(found[0], today)), found[1]
    except UnplannableError as error:
        return Impossible(Problem.PAST if error.problem is Unplannable.PAST else Problem.NO_SUCH_TIME), found[1]


def _in_words(words: Words, at: int) -> tuple[Dated, int] | None:
    """Such as "3 december", "december 3rd", "3 dec 2026"."""
    day = at if words.is_number(at, _DAY) else None
    end, keys = words.keys("month", _ordinal(words, at + 1) if day is not None else at)
    if keys and day is None:
        day = end if words.is_number(end, _DAY) and words.text(end + 1) != ":" else None
        end = _ordinal(words, end + 1)
    if not keys or day is None:
        return None
    year = int(words.text(end)) if words.is_number(end, _YEAR) and len(words.text(end)) == _YEAR else None
    return Dated(int(words.text(day)), _MONTHS.index(min(keys)) + 1, year), end + (year is not None)


def _ordinal(words: Words, at: int) -> int:
    return (words.is_glued(at) and words.after("ordinal", "suffix", at)) or at


def _in_numbers(words: Words, at: int) -> tuple[Dated, int] | None:
    """Such as "3/12", "3/12/2026", "3-12-2026", "2026-12-03"; "3-12" may be hours, and "1/2 uur" is half of one."""
    if words.keys("length", at)[1]:
        return None
    end, parts, marks = at, [words.text(at)], ""
    while words.text(end + 1) in {"/", "-"} and words.is_glued(end + 1) and words.is_glued(end + 2):
        parts.append(words.text(end + 2))
        marks += words.text(end + 1)
        end += 2
    if not all(part.isdecimal() and len(part) <= _YEAR for part in parts):
        return None
    dated = _numeric(parts, marks)
    return (dated, end + 1) if dated else None


def _numeric(parts: list[str], marks: str) -> Dated | None:
    match [len(part) for part in parts]:
        case [1 | 2, 1 | 2] if marks == "/" and int(parts[0]) <= _DAYS and int(parts[1]) <= len(_MONTHS):
            return Dated(int(parts[0]), int(parts[1]))
        case [1 | 2, 1 | 2, 4] if marks in {"//", "--"}:
            return Dated(int(parts[0]), int(parts[1]), int(parts[2]))
        case [4, 2, 2] if marks == "--":
            return Dated(int(parts[2]), int(parts[1]), int(parts[0]))
    return None
