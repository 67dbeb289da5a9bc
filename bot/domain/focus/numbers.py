"""A number directly behind a day: the hour of "morgen 9" and "vrijdag 930", and of "vrijdag 10", which may be minutes too."""

from bot.domain.focus.clocks import hour_alone, in_digits
from bot.domain.focus.pieces import Clock, Either, Found, Length, Number, OnDay, Read
from bot.domain.focus.text import Words

_HOUR = 2  # digits
_DAY = 8  # tokens: "op vrijdag 27 november 2026" and "2026-11-27" are no longer


def hour_behind_day(words: Words, at: int, number: Number, read: Read) -> Found:
    """A time, or either; None where no day stands before it, and where it is no time."""
    time = hour_alone(words, at) if words.is_number(at, _HOUR) else in_digits(words, at)
    if not number.minutes or time is None or not isinstance(time[0], Clock):
        return None
    if (day := _day_before(words, at, read)) is None:
        return None
    minutes = number.minutes if day.part != "evening" else 0  # "vanavond 20" is eight o'clock
    return Either(Length(minutes), time[0], bare=True), time[1]


def _day_before(words: Words, at: int, read: Read) -> OnDay | None:
    for begin in range(max(at - _DAY, 0), at):
        if (found := read(begin)) and isinstance(found[0], OnDay) and words.silent(found[1]) == at:
            return found[0]
    return None
