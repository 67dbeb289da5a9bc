"""Who is there, who does that: a question for a place or a kind of work, never for one person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.addresses import holds_address
from bot.domain.days import DayPart, Slot, monday_of, whole_day
from bot.domain.places import Place, WorkLocation
from bot.domain.where.arranged import TIMES, arrange
from bot.domain.where.board import AtPlace, Line, Plan, in_places
from bot.domain.where.calendar import HORIZON, UnplannableError
from bot.domain.where.dates import say
from bot.domain.where.grammar import Context, is_either, leftover_words, unknown_tokens
from bot.domain.where.intents import Find, ShowBoard, ShowWeek
from bot.domain.where.said import Doing, Joint, Put, Said, Strange, View, Week
from bot.domain.where.sentence import Sentence, is_too_long, read
from bot.domain.where.times import Frame, Reading, spans
from bot.domain.where.typos import mended
from bot.domain.words import Lexicon


class Doubt(StrEnum):
    """Why a question could not be answered."""

    LEFTOVER = "leftover"  # a word is left over
    TYPO = "typo"  # a word is left over that is nearly one we know: `offer` holds the guess
    ADDRESS = "address"
    ONE_DAY = "one_day"  # several days: the week answers that
    ONE_THING = "one_thing"  # several places or kinds of work
    NOT_WORKING = "not_working"  # who is off is nobody's question
    PAST = "past"
    TOO_FAR = "too_far"
    NO_SUCH_DAY = "no_such_day"


@dataclass(frozen=True, slots=True)
class Puzzled:
    """A question not understood. `leftover` holds the words not known: to compare with names, never shown or kept."""

    doubt: Doubt
    day: date | None = None
    offer: Find | None = None
    leftover: tuple[str, ...] = ()


Question = Find | ShowBoard | ShowWeek | Puzzled


def question(text: str, lexicon: Lexicon, context: Context) -> Question:
    """What somebody means by the words after `/who`. Never raises, whatever was typed."""
    if is_too_long(text):
        return Puzzled(Doubt.LEFTOVER)
    sentence, pieces = _say(text, lexicon, context)
    if not any(isinstance(piece, Strange) for piece in pieces):
        return _meant(pieces, context)
    if holds_address(sentence.text, sentence.without(unknown_tokens(pieces)), lexicon):
        return Puzzled(Doubt.ADDRESS)
    offer = _mended(sentence, pieces, lexicon, context)
    if offer:
        return Puzzled(Doubt.TYPO, offer=offer, leftover=leftover_words(sentence, pieces))
    return Puzzled(Doubt.LEFTOVER, _day_said(pieces, context), leftover=leftover_words(sentence, pieces))


def _say(text: str, lexicon: Lexicon, context: Context) -> tuple[Sentence, list[Said]]:
    """The pieces of a question, without the verb it may begin with ("is er", "works")."""
    verb = lexicon.phrase("asking", text)
    sentence = read(verb.rest if verb else text, lexicon, context)
    return sentence, [piece for piece in arrange(say(sentence.lexemes)) if piece != View("board")]


def _meant(pieces: Sequence[Said], context: Context) -> Question:
    times = [piece for piece in pieces if isinstance(piece, (*TIMES, Joint))]
    things = [piece for piece in pieces if isinstance(piece, Put | Doing)]
    if any(piece not in times and piece not in things and piece != View("week") for piece in pieces):
        return Puzzled(Doubt.LEFTOVER)
    try:
        days, part = _when(times, context)
    except UnplannableError as error:
        return Puzzled(Doubt(error.problem.value))
    limit = _limit(days, context.today)
    if limit:
        return Puzzled(limit)
    of_week = View("week") in pieces or any(isinstance(piece, Week) for piece in times)
    if of_week and not things:
        said = any(not isinstance(piece, Joint) for piece in times)
        return ShowWeek(monday_of(days[0]) if said else None)
    if len(days) > 1:
        return Puzzled(Doubt.ONE_DAY, days[0])
    return _asked(things, days[0], part) if things else ShowBoard(days[0], alone=True)


def _limit(days: Sequence[date], today: date) -> Doubt | None:
    """The past keeps no history, and a plan reaches a year."""
    if not days or days[0] < today:
        return Doubt.PAST
    return Doubt.TOO_FAR if days[0] > today + HORIZON else None


def _asked(things: Sequence[Said], day: date, part: DayPart | None) -> Find | Puzzled:
    kinds = {thing.kind for thing in things if isinstance(thing, Doing)}
    puts = [thing for thing in things if isinstance(thing, Put)]
    puts = [put for put in puts if not put.weak] or puts[:1]
    places = {(put.place, put.names[0].id if put.names else None) for put in puts}
    # A class that is said beside a name of that class adds nothing ("bibliotheek De Kade").
    named = {place for place, name in places if name}
    places = {(place, name) for place, name in places if name or place not in named}
    if any(place is Place.NOT_WORKING for place, _ in places):
        return Puzzled(Doubt.NOT_WORKING, day)
    if len(kinds) > 1 or len(places) > 1:
        return Puzzled(Doubt.ONE_THING, day)
    place, name = next(iter(places), (None, None))
    return Find(day, part, place, name, next(iter(kinds), None))


def _when(times: Sequence[Said], context: Context) -> tuple[tuple[date, ...], DayPart | None]:
    """The days asked about, and the half of the day where that is plain. Raises UnplannableError."""
    if not any(not isinstance(piece, Joint) for piece in times):
        return (context.today,), None
    found, _ = spans(times, Frame(context.today, Reading()), (context.today,))
    parts = {part for span in found for part in span.parts}
    # "Middag" in Flanders may be either half: the answer tells the halves apart anyway.
    plain = len(parts) == 1 and all(span.parts for span in found) and not is_either(list(times), context)
    return tuple(sorted({day for span in found for day in span.days})), parts.pop() if plain else None


def _day_said(pieces: Sequence[Said], context: Context) -> date | None:
    """The day that was understood of a question with something left over."""
    try:
        days, _ = _when([piece for piece in pieces if isinstance(piece, TIMES)], context)
    except UnplannableError:
        return None
    return days[0] if days and context.today <= days[0] <= context.today + HORIZON else None


def _mended(sentence: Sentence, pieces: Sequence[Said], lexicon: Lexicon, context: Context) -> Find | None:
    """The one question that all nearest readings of a mistyped one ask."""
    if any(isinstance(piece, Strange) and piece.known for piece in pieces):
        return None
    unknown = [sentence.tokens[at] for at in sorted(unknown_tokens(list(pieces))) if sentence.tokens[at].text.isalpha()]
    readings = [_say(text, lexicon, context)[1] for text in mended(sentence.text, unknown, lexicon, context.places)]
    found = {_meant(said, context) for said in readings if not any(isinstance(piece, Strange) for piece in said)}
    asked = [one for one in found if isinstance(one, Find)]
    return asked[0] if len(asked) == 1 else None


def found(people: Iterable[tuple[str, Plan]], find: Find) -> tuple[AtPlace, ...]:
    """Where those are that a question asks for: each once, by place and name."""
    lines = filter(None, (_line(name, plan, find) for name, plan in people))
    rows: dict[tuple[Place, str | None], list[Line]] = {}
    for line in sorted(lines, key=lambda one: one.name.casefold()):
        rows.setdefault((line.here.place, line.here.named), []).append(line)
    return in_places(rows)


def _line(name: str, plan: Plan, find: Find) -> Line | None:
    """Somebody who is there in a half of the day that counts; the half is told unless it was asked for."""
    asked = [Slot(find.day, find.part)] if find.part else whole_day(find.day)
    there = [(slot.part, at) for slot in asked if (at := plan.get(slot)) and _fits(at, find)]
    if not there:
        return None
    (part, here), other = there[0], there[-1][1]
    if find.part or (len(there) > 1 and (here.place, here.named) == (other.place, other.named)):
        return Line(name, here)
    return Line(name, here, part, other if len(there) > 1 else None)


def _fits(at: WorkLocation, find: Find) -> bool:
    return (
        at.place is not Place.NOT_WORKING
        and find.place in (None, at.place)
        and find.named in (None, at.named)
        and find.kind in (None, at.kind)
    )
