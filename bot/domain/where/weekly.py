"""A sentence about the weekly pattern: read as any other, in a fortnight of its own.

The fortnight stands for all weeks, one of its weeks for the even ones and one for the odd; what was said for its days
becomes the lines of a pattern.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.days import DayPart, Usual, Weeks
from bot.domain.where.calendar import WEEK, coming
from bot.domain.where.intents import Change, Intent, Line, Problem, SetPattern, SetPlan, ShowPattern, Unclear
from bot.domain.where.pattern import parity
from bot.domain.where.said import Clear, Dated, Every, Joint, Range, Relative, Said, View, Week, Weekday, Weekend
from bot.domain.where.sentence import Context
from bot.domain.where.spans import A_DAY, A_WEEK

EVEN_MONDAY = date(2024, 1, 8)
_MONDAYS = {Weeks.EVEN: EVEN_MONDAY, Weeks.ODD: EVEN_MONDAY + WEEK}
# A day in even or in odd weeks only beats the same day in every week, also where that one says a day-part.
_SOME_WEEKS = 4
_WORKING_WEEK, _WEEKEND = range(5), range(5, 7)
_DAYS = (Weekday, Week, Weekend, Range)


def in_fortnight(context: Context) -> Context:
    """What a sentence about the pattern is understood against."""
    return replace(context, today=EVEN_MONDAY, weekly_from=context.today)


def weeks_of(step: str, weekdays: Sequence[int], today: date) -> str | None:
    """The weeks that a repetition means; "every other week" counts from the first of these days to come."""
    if step == "other":
        return parity(min((coming(day, today) for day in weekdays), default=today)).value
    return None if step == "week" else step


def days_of(piece: Said, weekdays: Sequence[int], every: str | None) -> tuple[date, ...]:
    """The days of the fortnight that a day word means, in these weeks or in both."""
    whole = _WEEKEND if isinstance(piece, Weekend) else _WORKING_WEEK if isinstance(piece, Week) else ()
    mondays = [_MONDAYS[Weeks(every)]] if every else _MONDAYS.values()
    return tuple(monday + timedelta(days=day) for monday in mondays for day in weekdays or whole)


def rank(piece: Said, every: str | None) -> int:
    """How much a day word outweighs others about the same day."""
    return (A_WEEK if isinstance(piece, Week) else A_DAY) + (_SOME_WEEKS if every else 0)


def at_once(pieces: Iterable[Said]) -> Intent | None:
    """What a sentence about the pattern says without any clause, or why it cannot be about a pattern."""
    said = [piece for piece in pieces if not isinstance(piece, Joint)]
    if all(isinstance(piece, View) for piece in said):
        return ShowPattern()
    if all(isinstance(piece, Clear) for piece in said):
        return SetPattern(lines_of_week(None))
    if any(_is_dated(piece) for piece in said):
        return Unclear(Problem.DATED, weekly=True)
    # "Every day" is a repetition that says its days.
    if not any(isinstance(piece, _DAYS) or piece == Every("day") for piece in said):
        return Unclear(Problem.NO_WEEKDAY, weekly=True)
    return None


def lines_of_week(location: None) -> tuple[Line, ...]:
    """Every line of a week, emptied."""
    return tuple(Line(Usual(Weeks.EVERY, weekday, part), location) for weekday in range(7) for part in DayPart)


def _is_dated(piece: Said) -> bool:
    match piece:
        case Dated() | Relative():
            return True
        case Week():
            return piece.key != "whole"
        case Weekday():
            return piece.which is not None
        case Range():
            return not (isinstance(piece.start, Weekday) and isinstance(piece.end, Weekday))
    return False


def of_pattern(intent: Intent) -> Intent:
    """What a sentence that was read in the fortnight says of the pattern."""
    if isinstance(intent, SetPlan):
        return SetPattern(_lines(intent.changes))
    if isinstance(intent, SetPattern | ShowPattern):
        return intent
    if not isinstance(intent, Unclear):
        return Unclear(Problem.NO_PLACE, weekly=True)
    patterns = tuple(SetPattern(_lines(offer.changes)) for offer in intent.offers)
    problem = Problem.WHICH_WEEKS if intent.problem is Problem.WHICH_DAY else intent.problem
    return Unclear(problem, leftover=intent.leftover, weekly=True, patterns=patterns)


def _lines(changes: Iterable[Change]) -> tuple[Line, ...]:
    """Lines for every week where both weeks of the fortnight say the same, else for even or odd ones."""
    said = {Usual(parity(change.slot.day), change.slot.day.weekday(), change.slot.part): change for change in changes}
    lines: dict[Usual, Line] = {}
    for key, change in said.items():
        other = said.get(replace(key, weeks=Weeks.ODD if key.weeks is Weeks.EVEN else Weeks.EVEN))
        same = other is not None and other.location == change.location
        usual = replace(key, weeks=Weeks.EVERY) if same else key
        lines[usual] = Line(usual, change.location)
    return tuple(lines[key] for key in sorted(lines, key=Usual.sort_key))


def followed(intent: Intent) -> Intent:
    """What a sentence says in which "by my pattern" was read as "empty": these day-parts follow the pattern."""
    if isinstance(intent, SetPlan):
        emptied = all(change.location is None for change in intent.changes)
        return replace(intent, follow=True) if emptied else Unclear(Problem.LEFTOVER)
    if isinstance(intent, Unclear) and intent.offers:
        offers = tuple(offer for each in intent.offers if isinstance(offer := followed(each), SetPlan))
        return replace(intent, offers=offers) if len(offers) == len(intent.offers) else Unclear(Problem.LEFTOVER)
    return intent
