"""Puts what was said together: ranges, dates with their weekday, "next Friday"; what fits nowhere becomes strange."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.domain.where.calendar import may_be_hours
from bot.domain.where.said import (
    Coming,
    Dated,
    Doing,
    Every,
    From,
    Joint,
    Part,
    Put,
    Range,
    Relative,
    Said,
    Strange,
    Through,
    Week,
    Weekday,
    Weekend,
)

DAYS = (Weekday, Relative, Dated, Week, Weekend, Range)
TIMES = (*DAYS, Part, Every)
_COMPANY = (Dated, Week, Weekend, Range, Every)  # what a doubtful day may stand beside
_THINGS = (Put, Doing)
_OTHER_HALF = {
    "morning": "afternoon",
    "afternoon": "morning",
    "midday": "not_midday",
    "half": "not_midday",
}
_MISPLACED = Strange(-1, -1, known=True)


def arrange(pieces: list[Said]) -> list[Said]:
    """The pieces of a sentence with everything joined that belongs together."""
    joined = _ranged(_dated(_qualified(_completed(pieces))))
    checked = [_MISPLACED if _is_doubtful(joined, at) else piece for at, piece in enumerate(joined)]
    return [
        fitting
        for at, piece in enumerate(checked)
        if (fitting := _fit(piece, checked[at - 1 : at] if at else [], checked[at + 1 : at + 2])) is not None
    ]


def _completed(pieces: Sequence[Said]) -> list[Said]:
    """Makes "the rest of the day" the other half, and "elke ochtend" the morning of every working day."""
    result: list[Said] = []
    half: str | None = None
    weekdays = any(isinstance(piece, Weekday) for piece in pieces)
    for piece in pieces:
        if piece == Part("rest"):
            result.append(Part(_OTHER_HALF[half]) if half in _OTHER_HALF else _MISPLACED)
            continue
        if isinstance(piece, Part) and result and result[-1] == Every("week") and not weekdays:
            result[-1] = Every("day")
        half = (piece.key if isinstance(piece, Part) else getattr(piece, "part", None)) or half
        result.append(piece)
    return result


def _qualified(pieces: Iterable[Said]) -> list[Said]:
    """Makes "volgende" and "vrijdag" one day."""
    result: list[Said] = []
    for piece in pieces:
        last = result[-1] if result else None
        if isinstance(piece, Weekday) and isinstance(last, Coming):
            result[-1] = replace(piece, which=last.key)
        elif isinstance(piece, Week) and isinstance(last, Joint) and isinstance(result[-2:][0], Coming):
            result[-2:] = [_week(result[-2]), last, piece]  # "deze en volgende week"
        else:
            result.append(piece)
    return result


def _week(piece: Said) -> Said:
    return Week("next" if piece == Coming("next") else "this")


def _dated(pieces: Iterable[Said]) -> list[Said]:
    """Makes "maandag" and "7 december" one date, which must be a Monday, and "morgen 7 december" likewise."""
    result: list[Said] = []
    for piece in pieces:
        last = result[-1] if result else None
        part = [Part(last.part)] if isinstance(last, Weekday | Relative) and last.part else []
        if isinstance(piece, Dated) and isinstance(last, Weekday) and not last.each:
            result[-1:] = [replace(piece, weekday=last.number), *part]
        elif isinstance(piece, Dated) and isinstance(last, Relative):
            result[-1:] = [replace(piece, days_ahead=last.days), *part]
        else:
            result.append(piece)
    return result


def _ranged(pieces: list[Said]) -> list[Said]:
    result: list[Said] = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        end = _end(pieces[at + 1]) if at + 1 < len(pieces) else None
        start = _end(result[-1]) if result else None
        if isinstance(piece, Through) and end and start:
            result[-1] = Range(start, end, piece.until)
            at += 1
        elif isinstance(piece, Through) and end and not piece.soft and (day := _begun(result, pieces[at + 2 : at + 3])):
            result[-day] = Range(_end(result[-day]), end, piece.until)
            at += 1
        elif isinstance(piece, Through) and end and not piece.soft and not (result and isinstance(result[-1], DAYS)):
            result.append(Range(None, end, piece.until))
            at += 1
        else:
            result.append(piece)
        at += 1
    return result


def _begun(pieces: list[Said], after: list[Said]) -> int | None:
    """How far from the end the day stands that a range started with ("donderdag vrij tot maandag"); None = nowhere."""
    if any(isinstance(piece, _THINGS) for piece in after) or any(isinstance(piece, Every) for piece in pieces):
        return None
    back = 1
    while back <= len(pieces) and isinstance(pieces[-back], _THINGS):
        back += 1
    leads = pieces and isinstance(pieces[0], TIMES)
    return back if leads and 1 < back <= len(pieces) and _end(pieces[-back]) else None


def _is_doubtful(pieces: list[Said], at: int) -> bool:
    """Whether a piece is probably not the day it looks like: hours, or a word that is a day only beside another."""
    piece = pieces[at]
    if isinstance(piece, Dated):
        return may_be_hours(piece) and not any(
            _is_listed(piece, side) for side in (pieces[:at][::-1], pieces[at + 1 :])
        )
    if not isinstance(piece, Weekday) or not piece.doubtful or piece.which:
        return False
    yesterday = (piece.number - 1) % 7
    if any(isinstance(p, Weekday) and p.number == yesterday for p in pieces[:at]):
        return False
    return not (_is_company(pieces[:at][::-1]) or _is_company(pieces[at + 1 :]))


def _is_listed(date: Dated, nearest_first: list[Said]) -> bool:
    """Whether a date of the same month is joined to this one ("7-12 en 9-12")."""
    match nearest_first[:2]:
        case [Joint(), Dated() as other]:
            return (other.month, other.mark) == (date.month, date.mark)
    return False


def _is_company(nearest_first: list[Said]) -> bool:
    """Whether a list of days or a week goes on here; a day that nothing joins may be said of something else."""
    others = [piece for piece in nearest_first if not isinstance(piece, Joint)][:1]
    listed = isinstance(nearest_first[0], Joint) if nearest_first else False
    return any(isinstance(p, _COMPANY) or (isinstance(p, Weekday) and listed and not p.doubtful) for p in others)


def _end(piece: Said) -> Weekday | Relative | Dated | None:
    """A day that may begin or end a range: a single one, without a day-part of its own."""
    single = isinstance(piece, Weekday | Relative | Dated) and piece.part is None
    return piece if single and isinstance(piece, Weekday | Relative | Dated) else None


def _fit(piece: Said, before: list[Said], after: list[Said]) -> Said | None:
    match piece:
        case Through():
            return Joint(mark=True) if piece.soft else _MISPLACED
        case Coming():
            return _MISPLACED
        case From():
            leads = any(isinstance(p, Range | Put | Doing) for p in after) or any(isinstance(p, Part) for p in before)
            return None if leads else _MISPLACED
        case Joint(alternative=True):
            chooses = [p for p in before + after if isinstance(p, Put | Doing)]
            return Joint(mark=True) if len(chooses) == 2 else _MISPLACED  # noqa: PLR2004 - one on either side
    return piece
