"""A time of the day as people type it: "8:30", "9am", "half negen", "kwart over 2"."""

import re

from bot.domain.words import Lexicon, fold

_DIGITS = re.compile(r"(\d{1,2})(?:\s?[:.uh]\s?(\d{2})(?!\d))?(?!\d)")
_WORDS_TO = 12
_HOUR, _NOON, _HOURS = 60, 12, 24
# Said with "half" or "kwart", or in words, an hour is one of the clock's twelve: before this it is in the afternoon.
_DAWN = 7 * _HOUR
_SPOKEN = {"half_to": -30, "half_past": 30, "quarter_past": 15, "quarter_to": -15}


def read_time(text: str, lexicon: Lexicon) -> tuple[int | None, str] | None:
    """Minutes after midnight at the start of a text, and what follows it; None = there is no time.

    The minutes are None for what is no time of the day: "25:00".
    """
    said = lexicon.phrase("clock", text)
    shift = _SPOKEN.get(said.key) if said else None
    number = _number(said.rest if said and shift is not None else text, lexicon)
    if number is None:
        return None
    hour, minutes, rest, in_words = number
    if shift is not None and minutes is not None:
        return None, rest  # "half 9:30"
    unit = lexicon.phrase("clock", rest)
    if unit and unit.key in _SPOKEN:
        unit = None
    if unit and unit.key in ("am", "pm"):
        hour = hour % _NOON + (_NOON if unit.key == "pm" else 0)
    rest = (unit.rest if unit else rest).strip(" .,")
    if hour >= _HOURS or (minutes or 0) >= _HOUR or (shift is not None and not 0 < hour <= _NOON):
        return None, rest
    minute = hour * _HOUR + (minutes or 0) + (shift or 0)
    spoken = (shift is not None or in_words) and not (unit and unit.key in ("am", "pm"))
    return minute + (_NOON * _HOUR if spoken and minute < _DAWN else 0), rest


def _number(text: str, lexicon: Lexicon) -> tuple[int, int | None, str, bool] | None:
    """Hour, minutes where said, what follows, and whether it was said in words."""
    folded = fold(text).strip(" ")
    if found := _DIGITS.match(folded):
        return int(found[1]), int(found[2]) if found[2] else None, folded[found.end() :].strip(), False
    word = lexicon.phrase("amount", folded)
    if word and int(word.key) <= _WORDS_TO:
        return int(word.key), None, word.rest.strip(), True
    return None
