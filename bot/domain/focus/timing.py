"""What a sentence of `/focus` says of its time: a length, a time of the day, or both ends."""

from bot.domain.focus.clocks import clock, clock_before_dash, hour_alone, in_digits, named
from bot.domain.focus.intents import MOST, Problem
from bot.domain.focus.lengths import counted, fixed_length, length, roughly, whole
from bot.domain.focus.pieces import Between, Clock, Either, Found, Impossible, In, Length, Number, Until
from bot.domain.focus.text import Words

_HOUR, _NOON = 60, 12 * 60
_LONGEST_SAID = 8 * _HOUR  # "9u" is a time of the day, "8u" an early one or a whole working day
_AMOUNT = 4  # digits: "1200 woorden" is a number, a case number is none
_FAR = 8  # words between an "om" and its "te"

_Time = tuple[Clock | Impossible, int]  # and the place of the token behind it


def timing(words: Words, at: int) -> Found:
    """A length, a time of the day, or both ends of one."""
    for read in (_between, _until, _in, _at, _moment, _number):
        if found := read(words, at):
            return found
    return None


def _moment(words: Words, at: int) -> Found:
    """One of the two: "10u" is a time, "90 min" a length, and "2u" may be either."""
    about = roughly(words, at)
    if about is None and (fixed := fixed_length(words, at)):
        return fixed
    long, time = length(words, at), clock(words, at, bare=False)
    if long and time and isinstance(time[0], Clock) and (about or _is_hours(words, at)):
        return time if long[0].minutes > _LONGEST_SAID else (_either(long, time[0], time[1]), long[1])
    if time and not long and isinstance(time[0], Clock):
        return _colon(words, at, time[0], time[1]) or time[0], time[1]
    return long or time


def _either(long: tuple[Length, int], time: Clock, end: int) -> Either:
    """Both: "2u" and "2u 30 min" are lengths first, "2u30" may as well be a time."""
    hours, minutes = divmod(long[0].minutes, _HOUR)
    then = Length(minutes) if long[1] > end else None
    return Either(Length(hours * _HOUR + minutes), time, usually=then is not None or minutes == 0, then=then)


def _colon(words: Words, at: int, time: Clock, end: int) -> Either | None:
    """Both: "1:30" may be an hour and a half; "1:30 pm" is not."""
    if words.text(at + 1) != ":" or not words.is_number(at, 1) or end != at + 3:
        return None
    minutes = int(words.text(at)) * _HOUR + int(words.text(at + 2))
    return Either(Length(minutes), time, colon=True) if minutes <= MOST else None


def _is_hours(words: Words, at: int) -> bool:
    """Whether the length there begins with a whole number of hours."""
    end = whole(words, at)
    return end is not None and words.after("length", "hour", end[1]) is not None


def _between(words: Words, at: int) -> Found:
    prefix = words.after("focus", "between", at)
    for read in (hour_alone, _clock, clock_before_dash):
        start = read(words, prefix or at)
        to = _separator(words, start[1], joined=prefix is not None) if start else None
        end = (named(words, to) or _clock(words, to)) if to else None
        if start and end:
            return _both(words, at, start, end, prefixed=prefix is not None)
    return None


def _clock(words: Words, at: int) -> tuple[Clock | Impossible, int] | None:
    return clock(words, at, bare=True)


def _both(words: Words, at: int, start: _Time, end: _Time, *, prefixed: bool) -> Found:
    """Both ends; numbers with nothing but a dash between them may be no times."""
    if isinstance(start[0], Impossible) or isinstance(end[0], Impossible):
        return (Impossible(Problem.NO_SUCH_TIME), end[1]) if prefixed else None
    loose = not prefixed and words.text(start[1]) == "-" and start[1] == at + 1 and end[1] == start[1] + 2
    return Between(_before(start[0], end[0]), end[0], loose=loose), end[1]


def _before(start: Clock, end: Clock) -> Clock:
    """The first of "7-9pm": in the evening too."""
    later = start.minute + _NOON
    far = end.minute - start.minute > MOST and later < end.minute
    return Clock(later, sure=True) if far and not start.sure else start


def _separator(words: Words, at: int, *, joined: bool) -> int | None:
    if words.text(at) == "-":
        return at + 1
    end, keys = words.keys("range", at)
    if keys & {"until", "through"}:
        return end
    return words.after("join", "and", at) if joined else None


def _until(words: Words, at: int) -> Found:
    end, keys = words.keys("range", at)
    if not keys & {"until", "through"}:
        return None
    begin = words.after("focus", "at", end) or end
    found = named(words, end) or in_digits(words, begin) or clock(words, begin, bare=True)
    if found is None or _is_date(words, begin):
        return Impossible(Problem.NO_SUCH_TIME), end
    return (Until(found[0]) if isinstance(found[0], Clock) else found[0]), found[1]


def _is_date(words: Words, at: int) -> bool:
    """Whether the number there is a day of a month: "11 december"."""
    number = whole(words, at)
    return number is not None and bool(words.keys("month", number[1])[1])


def _in(words: Words, at: int) -> Found:
    if (end := words.after("focus", "in", at)) is None:
        return None
    found = length(words, end)
    return (In(found[0].minutes), found[1]) if found else None


def _at(words: Words, at: int) -> Found:
    end = words.after("focus", "at", at)
    found = (in_digits(words, end) or clock(words, end, bare=True)) if end else None
    if end and found and found[1] == end + 1 and _is_purpose(words, found[1]):
        return None
    return found


def _is_purpose(words: Words, at: int) -> bool:
    """Whether "om" was no "at": in "om twee nota's te schrijven"."""
    return any(words.after("focus", "purpose", later) for later in range(at, min(at + _FAR, len(words))))


def _number(words: Words, at: int) -> Found:
    if words.text(at) == "-" and words.is_glued(at + 1) and (found := counted(words, at + 1)):
        return Number(-found[0]), found[1]  # less than nothing is no subject
    if words.is_number(at, _AMOUNT) and words.ends(at + 1):
        return Number(int(words.text(at))), at + 1
    return None
