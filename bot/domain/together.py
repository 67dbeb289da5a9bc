"""The day-parts that a team spends together, week after week."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.days import DayPart
from bot.domain.where.arranged import arrange
from bot.domain.where.calendar import UnplannableError
from bot.domain.where.dates import say
from bot.domain.where.grammar import Context, is_either
from bot.domain.where.said import Every, Joint, Part, Range, Said, Weekday
from bot.domain.where.sentence import is_too_long, read
from bot.domain.where.times import Frame, Reading, spans
from bot.domain.words import Lexicon

MOST = 14  # both halves of every day


@dataclass(frozen=True, slots=True)
class WeekPart:
    """A day-part of every week; Monday = 0."""

    weekday: int
    part: DayPart

    def sort_key(self) -> tuple[int, bool]:
        """What to sort by: as text "afternoon" would come before "morning"."""
        return (self.weekday, self.part is DayPart.AFTERNOON)


Together = tuple[WeekPart, ...]  # in order, each once


def in_order(parts: Iterable[WeekPart]) -> Together:
    """Day-parts of the week in order, each once."""
    return tuple(sorted(set(parts), key=WeekPart.sort_key))


def on(together: Iterable[WeekPart], day: date) -> tuple[DayPart, ...]:
    """Which halves of a day the team spends together."""
    return tuple(each.part for each in together if each.weekday == day.weekday())


def week_parts(text: str, lexicon: Lexicon, context: Context) -> tuple[Together, ...]:
    """The day-parts that "di ochtend" means; several readings where a half of the day is not plain, none if not understood."""
    if is_too_long(text):
        return ()
    pieces = [piece for piece in arrange(say(read(text, lexicon, context).lexemes)) if piece != Every("week")]
    weekly = all(_is_weekday(piece) or isinstance(piece, Part | Joint) for piece in pieces)
    if not weekly or not any(map(_is_weekday, pieces)):
        return ()
    middays = (DayPart.AFTERNOON, DayPart.MORNING) if is_either(pieces, context) else (DayPart.AFTERNOON,)
    readings = [_read(pieces, Reading(midday=midday), context) for midday in middays]
    return tuple(dict.fromkeys(reading for reading in readings if reading))


def _is_weekday(piece: Said) -> bool:
    """Whether this is a day of every week, or some in a row; "volgende dinsdag" is only one of them."""
    if isinstance(piece, Range):
        return _is_weekday_itself(piece.start) and _is_weekday_itself(piece.end)
    return _is_weekday_itself(piece)


def _is_weekday_itself(piece: object) -> bool:
    return isinstance(piece, Weekday) and piece.which is None


def _read(pieces: Sequence[Said], reading: Reading, context: Context) -> Together:
    try:
        found, _ = spans(pieces, Frame(context.today, reading), ())
    except UnplannableError:
        return ()
    return in_order(
        WeekPart(day.weekday(), part) for span in found for day in span.days for part in span.parts or tuple(DayPart)
    )
