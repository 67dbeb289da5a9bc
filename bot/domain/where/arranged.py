"""Puts what was said together: ranges, dates with their weekday, "next Friday"; what fits nowhere becomes strange."""

from collections.abc import Iterable
from dataclasses import replace

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
_MISPLACED = Strange(-1, -1, known=True)


def arrange(pieces: list[Said]) -> list[Said]:
    """The pieces of a sentence with everything joined that belongs together."""
    joined = _ranged(_weekdayed(_qualified(pieces)))
    return [
        fitting
        for at, piece in enumerate(joined)
        if (fitting := _fit(piece, joined[at - 1 : at] if at else [], joined[at + 1 : at + 2])) is not None
    ]


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


def _weekdayed(pieces: Iterable[Said]) -> list[Said]:
    """Makes "maandag" and "7 december" one date, which must be a Monday."""
    result: list[Said] = []
    for piece in pieces:
        last = result[-1] if result else None
        if isinstance(piece, Dated) and isinstance(last, Weekday) and not (last.each or last.part):
            result[-1] = replace(piece, weekday=last.number)
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
            result[-1] = Range(start, end)
            at += 1
        elif isinstance(piece, Through) and end and not piece.soft and not (result and isinstance(result[-1], DAYS)):
            result.append(Range(None, end))
            at += 1
        else:
            result.append(piece)
        at += 1
    return result


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
