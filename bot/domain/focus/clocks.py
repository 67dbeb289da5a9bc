"""Times of the day as people type them: "11:30", "11u30", "half twaalf", "2pm", "negen uur"."""

from bot.domain.focus.intents import Problem
from bot.domain.focus.lengths import is_rest, tens, whole
from bot.domain.focus.pieces import Clock, Impossible
from bot.domain.focus.text import Words

_HOUR, _NOON, _DAY = 60, 12 * 60, 24 * 60
_DAWN = 7 * _HOUR  # nobody focuses at 2 at night: an hour before this is in the afternoon, unless it says otherwise
_SPOKEN = {"half_to": -30, "half_past": 30, "quarter_past": 15, "quarter_to": -15}
_OFF, _SIDES = (5, 10, 20, 25), {"past": 1, "to": -1}  # minutes
_WORDS_TO = 12
_MINUTES, _TOGETHER = 2, 4  # digits
_IN_STEPS, _HOURS = 5, 24

_Found = tuple[Clock | Impossible, int] | None  # and the place of the token behind it


def clock(words: Words, at: int, *, bare: bool) -> _Found:
    """A time of the day; `bare`: a number alone is one ("tot 11", "tot elf"), and minutes before or past it may be said."""
    found = _roughly(words, at) or _spoken(words, at) or (_off(words, at) if bare else None)
    found = found or _written(words, at) or _said(words, at)
    return _ending(words, found or (_bare(words, at) if bare else None))


def hour_alone(words: Words, at: int) -> _Found:
    """The hour in front of "to" in "from ten to eleven", which is no ten minutes before eleven there."""
    return _ending(words, _bare(words, at))


def in_digits(words: Words, at: int) -> _Found:
    """A time without anything between its hours and its minutes, as "930" and "0645"; not the number of a house."""
    said = words.text(at)
    if not (words.is_number(at, _TOGETHER) and len(said) > _MINUTES and words.ends(at + 1)):
        return None
    hour, minute = divmod(int(said), 100)
    early = hour * _HOUR < _DAWN and not said.startswith("0")
    if early or minute % _IN_STEPS or minute >= _HOUR or hour >= _HOURS:
        return None
    return _clock(said[:-2], minute), at + 1


def _ending(words: Words, found: _Found) -> _Found:
    return found if found and words.ends(found[1]) else None


def _bare(words: Words, at: int) -> _Found:
    if words.is_number(at, _MINUTES):
        return _clock(words.text(at), 0), at + 1
    number = whole(words, at)
    # "Een" is mostly no number: "om een nota te schrijven".
    return (_daytime(number[0] * _HOUR), number[1]) if number and 1 < number[0] <= _WORDS_TO else None


def _roughly(words: Words, at: int) -> _Found:
    """About that time: "een uur of drie", "at around 3"."""
    end = words.after("roughly", "clock", at)
    return _bare(words, end) if end else None


def _off(words: Words, at: int) -> _Found:
    """Such as "tien voor elf", "vijf over half elf", "ten to eleven"; not the hours of "10 to 11"."""
    minutes = whole(words, at) or tens(words, at)
    if minutes is None or minutes[0] not in _OFF:
        return None
    end, keys = words.keys("clock", minutes[1])
    shift = next((sign * minutes[0] for key, sign in _SIDES.items() if key in keys), None)
    hours = words.keys("range", minutes[1])[1] and words.text(at).isdecimal()
    if shift is None or hours:
        return None
    number = whole(words, end)
    hour = _spoken(words, end) or (_bare(words, end) if number and number[0] <= _WORDS_TO else None)
    if hour is None or isinstance(hour[0], Impossible):
        return None
    return _daytime(hour[0].minute % _NOON + shift), _unit(words, hour[1]) or hour[1]


def _spoken(words: Words, at: int) -> _Found:
    """Such as "half twaalf", "quarter past 2"; not "half 9:30"."""
    end, keys = words.keys("clock", at)
    shift = next((minutes for key, minutes in _SPOKEN.items() if key in keys), None)
    number = whole(words, end) if shift is not None else None
    if shift is None or number is None or not 0 < number[0] <= _WORDS_TO:
        return None
    behind = _unit(words, number[1])
    return _daytime(number[0] * _HOUR + shift), behind or number[1]


def _said(words: Words, at: int) -> _Found:
    """Such as "negen uur", "nine o'clock"."""
    end, keys = words.keys("amount", at)
    behind = _unit(words, end) if keys else None
    return (_daytime(int(min(keys)) * _HOUR), behind) if behind else None


def _written(words: Words, at: int) -> _Found:
    """Such as "11:30", "11u30", "9am", "10 uur"."""
    if not words.is_number(at, _MINUTES):
        return None
    unit = _unit(words, at + 1)
    colon = at + 2 if words.text(at + 1) in {":", "."} and words.is_glued(at + 1) and words.is_glued(at + 2) else None
    behind = colon or unit
    minutes = 0
    if behind and is_rest(words, behind):
        minutes, end = int(words.text(behind)), behind + 1
        end = _unit(words, end) or end
    elif unit:
        end = unit
    else:
        end = at + 1
        if _half_of_day(words, end) is None:
            return None
    return _on_the_clock(words, _clock(words.text(at), minutes), end)


def _on_the_clock(words: Words, time: Clock | Impossible, end: int) -> tuple[Clock | Impossible, int]:
    """The time with am or pm, where that follows."""
    half = _half_of_day(words, end)
    if half is None or isinstance(time, Impossible):
        return time, end
    hour, minute = divmod(time.minute, _HOUR)
    return Clock((hour % 12 + (12 if half[0] == "pm" else 0)) * _HOUR + minute, sure=True), half[1]


def _half_of_day(words: Words, at: int) -> tuple[str, int] | None:
    end, keys = words.keys("clock", at)
    key = next((key for key in ("am", "pm") if key in keys), None)
    return (key, end) if key else None


def _clock(hour: str, minutes: int) -> Clock | Impossible:
    minute = int(hour) * _HOUR + minutes
    if minute >= _DAY or minutes >= _HOUR:
        return Impossible(Problem.NO_SUCH_TIME)
    return Clock(minute, sure=True) if hour.startswith("0") else _daytime(minute)


def _daytime(minute: int) -> Clock:
    later = minute + _NOON if minute < _DAWN else minute
    return Clock(later, sure=later > _NOON, early=later != minute)


def _unit(words: Words, at: int) -> int | None:
    return words.after("clock", "hour", at)


def named(words: Words, at: int) -> tuple[Clock, int] | None:
    """Noon and midnight, said by name."""
    for key, minute in (("noon", _NOON), ("midnight", 0)):
        end = words.after("focus", key, at)
        if end and words.ends(end):
            return Clock(minute, sure=True), end
    return None


def clock_before_dash(words: Words, at: int) -> _Found:
    """The first half of "13-15u" and "9:00-11:00", to which the dash is glued."""
    found = _spoken(words, at) or _written(words, at) or _said(words, at)
    if found is None and words.is_number(at, _MINUTES):
        found = _clock(words.text(at), 0), at + 1
    return found if found and words.text(found[1]) == "-" else None
