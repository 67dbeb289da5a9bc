"""How long, as people type it: "90 min", "1u30", "anderhalf uur", "1,5 h", "twee en een half uur"."""

from bot.domain.focus.pieces import Length
from bot.domain.focus.text import Words

_HOUR = 60
_ROUGHLY = {"hour": 60, "quarter": 15, "minute": 1}  # minutes
_FIXED = {"half": 30, "quarter": 15, "three_quarters": 45, "one_hour": 60, "one_and_half": 90}
_QUARTER, _QUARTERS = 15, 16  # minutes; as many as fit in the longest session
_MINUTES = 2  # digits
_AMOUNT = 4  # digits: "1200 woorden" is a number, a case number is none


def length(words: Words, at: int) -> tuple[Length, int] | None:
    """How long, with its unit."""
    found = roughly(words, at) or fixed_length(words, at) or _quarters(words, at)
    return found or _hours(words, at) or _minutes(words, at)


def counted(words: Words, at: int) -> tuple[int, int] | None:
    """Minutes, with their unit or as a number alone."""
    found = length(words, at)
    if found:
        return found[0].minutes, found[1]
    return (int(words.text(at)), at + 1) if words.is_number(at, _AMOUNT) and words.ends(at + 1) else None


def roughly(words: Words, at: int) -> tuple[Length, int] | None:
    """About so long: "een uur of twee", "een minuut of 20"."""
    end, keys = words.keys("roughly", at)
    unit = next((minutes for key, minutes in _ROUGHLY.items() if key in keys), None)
    number = whole(words, end) or tens(words, end) if unit else None
    return (Length(number[0] * unit), number[1]) if number and unit and words.ends(number[1]) else None


def fixed_length(words: Words, at: int) -> tuple[Length, int] | None:
    """A length that is no hour of the clock: "een half uur", "an hour"."""
    found = _fixed(words, at)
    if found is None or found[0].minutes < _HOUR:
        return found
    more, rest = _joined(words, found[1])
    return Length(found[0].minutes + more), rest


def _quarters(words: Words, at: int) -> tuple[Length, int] | None:
    """Such as "vijf kwartier"."""
    number = whole(words, at)
    end = words.after("length", "quarter", number[1]) if number and 0 < number[0] <= _QUARTERS else None
    return (Length(number[0] * _QUARTER), end) if number and end and words.ends(end) else None


def _joined(words: Words, at: int) -> tuple[int, int]:
    """What is added to hours: the rest of "een uur en een kwartier" and "2 uur en tien minuten"."""
    if end := words.after("length", "and_quarter", at):
        return (_QUARTER, end) if words.ends(end) else (0, at)
    joined = words.after("join", "and", at)
    found = joined and (_fixed(words, joined) or _minutes(words, joined))
    return (found[0].minutes, found[1]) if found and found[0].minutes < _HOUR else (0, at)


def _fixed(words: Words, at: int) -> tuple[Length, int] | None:
    end, keys = words.keys("length", at)
    fixed = next((minutes for key, minutes in _FIXED.items() if key in keys), None)
    return (Length(fixed), end) if fixed and words.ends(end) else None


def _hours(words: Words, at: int) -> tuple[Length, int] | None:
    number = _decimal(words, at)
    end = words.after("length", "hour", number[1]) if number else None
    if number is None or end is None:
        return None
    minutes, rest = _minutes_behind(words, end)
    return (Length(round(number[0] * _HOUR) + minutes), rest) if words.ends(rest) else None


def _minutes_behind(words: Words, at: int) -> tuple[int, int]:
    """The rest of "1u30", "1 uur 30", "1 uur 30 minuten", "1 uur en 30 minuten" and "2 uur en een kwartier"."""
    if not words.is_number(at, _MINUTES) or int(words.text(at)) >= _HOUR:
        return _joined(words, at)
    unit = words.after("length", "minute", at + 1)
    return (int(words.text(at)), unit or at + 1) if unit or is_rest(words, at) else (0, at)


def is_rest(words: Words, at: int) -> bool:
    """Whether this number says the minutes of the hours before it: in "2 uur 30", not in "2 uur 30 min" and "2u 11u"."""
    if not words.is_number(at, _MINUTES) or len(words.text(at)) != _MINUTES:
        return False
    counted = any(words.keys(table, at + 1)[1] for table in ("length", "clock", "month"))
    return words.is_glued(at) or (int(words.text(at)) < _HOUR and words.ends(at + 1) and not counted)


def _minutes(words: Words, at: int) -> tuple[Length, int] | None:
    number = whole(words, at) or tens(words, at)
    end = words.after("length", "minute", number[1]) or 0 if number else 0
    return (Length(number[0]), end) if number and end and words.ends(end) else None


def _decimal(words: Words, at: int) -> tuple[float, int] | None:
    """Such as "1,5", "2.5", "1½", "twee en een half", "2"."""
    number = whole(words, at)
    if number is None:
        return None
    value, end = number
    fraction = words.text(end + 1) if words.text(end) in {",", "."} and words.is_glued(end) else ""
    most = _MINUTES if words.text(end) == "," else 1  # "1.30" is a time
    if fraction.isdecimal() and words.is_glued(end + 1) and len(fraction) <= most:
        return float(f"{value}.{fraction}"), end + 2
    # NFKD writes "1½" as 11⁄2.
    if words.text(end) == "\N{FRACTION SLASH}" and words.text(end + 1) == "2" and words.text(at).endswith("1"):
        return value // 10 + 0.5, end + 2
    half = words.after("length", "and_half", end)
    return (value + 0.5, half) if half else (float(value), end)


def whole(words: Words, at: int) -> tuple[int, int] | None:
    """A whole number, in digits or as a word."""
    if words.is_number(at, _AMOUNT):
        return int(words.text(at)), at + 1
    end, keys = words.keys("amount", at)
    return (int(min(keys)), end) if keys else None


def tens(words: Words, at: int) -> tuple[int, int] | None:
    """A number of minutes as a word, beyond those of hours: "twintig"."""
    end, keys = words.keys("tens", at)
    return (int(min(keys)), end) if keys else None
