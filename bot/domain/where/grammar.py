"""The closed grammar of `/where`: a typed sentence becomes an intent, or is told apart as unclear.

Nothing is guessed: a word that is left over, an address, a typing mistake or two places for one day-part never
become a plan.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from bot.domain.addresses import holds_address
from bot.domain.days import DayPart, monday_of, whole_day
from bot.domain.where import assignments, typos, weekly
from bot.domain.where.arranged import DAYS, arrange
from bot.domain.where.calendar import UnplannableError
from bot.domain.where.clauses import clauses, is_off
from bot.domain.where.dates import say
from bot.domain.where.intents import (
    Find,
    Intent,
    Problem,
    SetPlan,
    Share,
    ShowBoard,
    ShowPlan,
    ShowWeek,
    Unclear,
)
from bot.domain.where.said import Clear, Doing, Every, Joint, Part, Range, Relative, Said, Strange, View, Weekday
from bot.domain.where.sentence import Context, Sentence, is_too_long, read
from bot.domain.where.times import Frame, Reading
from bot.domain.words import Lexicon

__all__ = ["Context", "parse"]
_BOTH = (False, True)


def parse(text: str, lexicon: Lexicon, context: Context) -> Intent:
    """What somebody means by the words after `/where`. Never raises, whatever was typed."""
    if is_too_long(text):
        return Unclear(Problem.LEFTOVER)
    sentence = read(text, lexicon, context)
    views = {lexeme.key("view") for lexeme in sentence.lexemes}
    if "follow" in views:
        return weekly.followed(_parsed(sentence, lexicon, context))
    if "pattern" in views:
        return weekly.of_pattern(_parsed(sentence, lexicon, weekly.in_fortnight(context)))
    return _parsed(sentence, lexicon, context)


def _parsed(sentence: Sentence, lexicon: Lexicon, context: Context) -> Intent:
    pieces = _say(sentence, context)
    if not any(isinstance(piece, Strange) for piece in pieces):
        return _meant(sentence, pieces, context)
    unclear = _partly(pieces, context)
    if holds_address(sentence.text, sentence.without(unknown_tokens(pieces)), lexicon):
        return replace(unclear, problem=Problem.ADDRESS)
    if any(isinstance(piece, Strange) and piece.known for piece in pieces) or _has_number(sentence, pieces):
        unclear = Unclear(Problem.LEFTOVER)  # "behalve", "na 13 uur": the rest may be the opposite of what was meant
    unclear = replace(unclear, leftover=leftover_words(sentence, pieces))
    offer = _mended(sentence, pieces, lexicon, context)
    return replace(unclear, problem=Problem.TYPO, offers=(offer,)) if offer else unclear


def _say(sentence: Sentence, context: Context) -> list[Said]:
    return _viewed(arrange(list(_of_pattern(say(sentence.lexemes), context))))


def _of_pattern(pieces: Sequence[Said], context: Context) -> Iterator[Said]:
    """The pieces without the word that says it is about the pattern; following it is emptying what was said."""
    emptied = any(isinstance(piece, Clear) for piece in pieces)
    for piece in pieces:
        if piece == View("follow"):
            yield Strange(-1, -1, known=True) if emptied or context.weekly_from else Clear()
        elif piece != View("pattern") or not context.weekly_from:
            yield piece


def _viewed(pieces: list[Said]) -> list[Said]:
    """With days and places "plan" is a verb, and says nothing; any other view among them is left over."""
    others = [piece for piece in pieces if not isinstance(piece, View | Joint)]
    if not others or all(isinstance(piece, DAYS) for piece in others):
        return pieces
    misplaced = Strange(-1, -1, known=True)
    return [misplaced if isinstance(piece, View) else piece for piece in pieces if piece != View("plan")]


def _meant(sentence: Sentence, pieces: list[Said], context: Context) -> Intent:
    if context.weekly_from and (intent := weekly.at_once(pieces)):
        return intent
    if any(isinstance(piece, View) for piece in pieces):
        return _view(pieces, context)
    if not [piece for piece in pieces if not isinstance(piece, Joint)]:
        said_words = any(token.text.isalnum() for token in sentence.tokens)
        return Unclear(Problem.EMPTY_CHOICE) if said_words else ShowBoard(context.today)
    asked = _asked_kind(sentence, pieces, context)
    if asked:
        return asked
    settled = _turned(pieces, context)
    if isinstance(settled, ShowBoard) and any(lexeme.key("filler") == "claim" for lexeme in sentence.lexemes):
        return Unclear(Problem.NO_PLACE, whole_day(settled.day))  # "ik werk morgen": but where?
    return settled


def _asked_kind(sentence: Sentence, pieces: list[Said], context: Context) -> Find | None:
    """A kind of work and nothing else, or with "today": who does it?"""
    kinds = {piece.kind for piece in pieces if isinstance(piece, Doing)}
    alone = all(isinstance(piece, Doing) or piece == Relative(0) for piece in pieces)
    if not alone or len(kinds) != 1 or any(lexeme.is_a("filler") for lexeme in sentence.lexemes):
        return None
    return Find(context.today, kind=kinds.pop())


def _turned(pieces: list[Said], context: Context) -> Intent:
    """What a sentence means; of two places one after the other in a morning the second may be the afternoon's."""
    either = is_either(pieces, context)
    readings = list(_readings(pieces, context))
    settled = _settled([_read(pieces, reading, context) for reading in readings], either=either)
    if not (isinstance(settled, Unclear) and settled.problem is Problem.TWO_PLACES):
        return settled
    after = [_read(pieces, replace(reading, then_is_after=True), context) for reading in readings]
    offers = dict.fromkeys([*(intent for intent in after if isinstance(intent, SetPlan)), *settled.offers])
    return replace(settled, offers=tuple(offers)[: assignments.MOST_OFFERS])


def _view(pieces: list[Said], context: Context) -> Intent:
    keys = {piece.key for piece in pieces if isinstance(piece, View)}
    days = [piece for piece in pieces if isinstance(piece, DAYS)]
    if "plan" in keys and keys <= {"plan", "share"}:
        return ShowPlan()
    if "week" in keys and keys <= {"week", "board", "share"}:
        return _week(_read(days, Reading(), context)) if days else ShowWeek()
    if "board" in keys and keys <= {"board", "share"}:
        return _board(_read(days, Reading(), context)) if days else ShowBoard(context.today)
    if not days and keys in ({"publish"}, {"publish", "on"}, {"share", "on"}):
        return Share(on=True)
    if not days and keys in ({"publish", "off"}, {"share", "off"}):
        return Share(on=False)
    return Unclear(Problem.EMPTY_CHOICE)


def _board(read: SetPlan | ShowBoard | Unclear) -> SetPlan | ShowBoard | Unclear:
    """The board of the first of several days."""
    several = isinstance(read, Unclear) and read.problem is Problem.NO_PLACE and read.slots
    return ShowBoard(several[0].day) if several else read


def _week(read: SetPlan | ShowBoard | Unclear) -> ShowWeek | Unclear:
    """The week of the day that was said."""
    board = _board(read)
    if isinstance(board, ShowBoard):
        return ShowWeek(monday_of(board.day))
    return board if isinstance(board, Unclear) else Unclear(Problem.LEFTOVER)


def _readings(pieces: list[Said], context: Context) -> Iterator[Reading]:
    """The ways to take a sentence: "middag" in Flanders, half a day, "next Friday", and "off until Monday"."""
    following = any(isinstance(piece, Weekday) and piece.which == "next" for piece in pieces)
    either = (DayPart.AFTERNOON, DayPart.MORNING) if is_either(pieces, context) else (DayPart.AFTERNOON,)
    until = any(map(is_off, pieces)) and any(isinstance(piece, Range) and piece.until for piece in pieces)
    some_weeks = context.weekly_from is not None and any(isinstance(piece, Every) for piece in pieces)
    for part, near, back, lasting in product(
        either, _BOTH[: 1 + following], _BOTH[: 1 + until], _BOTH[: 1 + some_weeks]
    ):
        yield Reading(part, near, back, weeks_last=lasting)


def is_either(pieces: list[Said], context: Context) -> bool:
    """Whether a day-part was said that may be the morning as well as the afternoon."""
    parts = {
        piece.part if isinstance(piece, Weekday | Relative) else piece.key
        for piece in pieces
        if isinstance(piece, Weekday | Relative | Part)
    }
    return "half" in parts or (context.country == "BE" and "midday" in parts)


def _read(pieces: Sequence[Said], reading: Reading, context: Context) -> SetPlan | ShowBoard | Unclear:
    try:
        found = clauses(pieces, _frame(context, reading))
        return assignments.planned(found, context.places, context.today)
    except UnplannableError as error:
        return Unclear(error.problem)


def _frame(context: Context, reading: Reading) -> Frame:
    return Frame(context.today, reading, weekly_from=context.weekly_from)


def _settled(intents: list[SetPlan | ShowBoard | Unclear], *, either: bool) -> Intent:
    """The one plan that all readings leave; several are asked back."""
    found = list(dict.fromkeys(intent for intent in intents if isinstance(intent, SetPlan)))
    if len(found) == 1:
        return found[0]
    if found:
        slots = assignments.in_order(change.slot for plan in found for change in plan.changes)
        locations = {change.location for plan in found for change in plan.changes}
        location = locations.pop() if len(locations) == 1 else None
        problem = Problem.NO_DAYPART if either else Problem.WHICH_DAY
        return Unclear(problem, slots, location, location.kind if location else None, tuple(found))
    first = intents[0]
    if either and isinstance(first, Unclear) and first.problem is Problem.NO_PLACE:
        slots = assignments.in_order(slot for intent in intents if isinstance(intent, Unclear) for slot in intent.slots)
        return replace(first, problem=Problem.NO_DAYPART, slots=slots)
    return first


def _partly(pieces: list[Said], context: Context) -> Unclear:
    """What can be made of a sentence without what is left over."""
    clear = [piece for piece in pieces if not isinstance(piece, Strange | View)]
    try:
        return assignments.understood(clauses(clear, _frame(context, Reading())), context.places, context.today)
    except UnplannableError:
        return Unclear(Problem.LEFTOVER)


def unknown_tokens(pieces: list[Said]) -> frozenset[int]:
    """The numbers of the tokens that no word, name or date accounts for."""
    return frozenset(at for p in pieces if isinstance(p, Strange) and not p.known for at in range(p.first, p.last + 1))


def _has_number(sentence: Sentence, pieces: list[Said]) -> bool:
    return any(sentence.tokens[at].text.isdecimal() for at in unknown_tokens(pieces))


def leftover_words(sentence: Sentence, pieces: list[Said]) -> tuple[str, ...]:
    """The words left over, folded. No digits: they help nobody to find a colleague, and may be half an address."""
    return tuple(
        sentence.tokens[at].text for at in sorted(unknown_tokens(pieces)) if sentence.tokens[at].text.isalpha()
    )


def _mended(sentence: Sentence, pieces: list[Said], lexicon: Lexicon, context: Context) -> SetPlan | None:
    """The one plan that all nearest readings of a mistyped sentence give."""
    if any(isinstance(piece, Strange) and piece.known for piece in pieces):
        return None
    unknown = [sentence.tokens[at] for at in sorted(unknown_tokens(pieces)) if sentence.tokens[at].text.isalpha()]
    found = set()
    for text in typos.mended(sentence.text, unknown, lexicon, context.places):
        again = read(text, lexicon, context)
        said = _say(again, context)
        found.add(
            Unclear(Problem.LEFTOVER) if any(isinstance(p, Strange) for p in said) else _meant(again, said, context)
        )
    plans_found = [intent for intent in found if isinstance(intent, SetPlan)]
    return plans_found[0] if len(plans_found) == 1 else None
