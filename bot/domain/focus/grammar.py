"""The grammar of `/focus`: what was said of the time first, then the subject, which is left as it was typed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from functools import cache

from bot.domain.focus.ahead import about_what_is_ahead
from bot.domain.focus.dates import on_day
from bot.domain.focus.draft import Draft
from bot.domain.focus.habits import half_a_setting
from bot.domain.focus.intents import Act, Intent, Problem, ShowFocus, Start, Stop, Unclear
from bot.domain.focus.orders import begins_to_stop, order
from bot.domain.focus.pieces import As, Either, Found, Impossible, Length, Number, Silent, Sure
from bot.domain.focus.rules import Interval, Times, in_real_time
from bot.domain.focus.session import USUAL, Mode
from bot.domain.focus.text import Words
from bot.domain.focus.timing import timing
from bot.domain.words import Lexicon, is_longer

MOST_CHARACTERS, MOST_TOKENS = 500, 150  # what is longer is a pasted text
_WAYS = {"quiet": As(Mode.QUIET), "reachable": As(Mode.REACHABLE), "learning": As()}
_LEANING = ("between", "about", "for", "by", "in")
# A number behind a subject may be minutes where it is one that people say: "rapport 90", not "zaak 114".
_SAID_IN_STEPS = 5


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence is understood against.

    `now` is aware and in the person's own zone; `usual` is in minutes; `under_way` is when what is on began and ends.
    """

    now: datetime
    language: str
    usual: int = int(USUAL.total_seconds()) // 60
    under_way: Interval | None = None

    @property
    def zone(self) -> tzinfo:
        if self.now.tzinfo is None:
            raise ValueError("a moment without its zone")
        return self.now.tzinfo


def parse(text: str, lexicon: Lexicon, context: Context) -> Intent:
    """What somebody means by the words after `/focus`. Never raises, whatever was typed."""
    if is_longer(text, MOST_CHARACTERS):
        return Unclear(Problem.LONG_SUBJECT)
    words = Words.of(text, lexicon, context.language)
    if len(words) > MOST_TOKENS:
        return Unclear(Problem.LONG_SUBJECT)
    if words.typed_between(0, len(words)) is None:
        return ShowFocus() if "?" in words.texts or context.under_way else Start()
    if about := about_what_is_ahead(words, lambda at: _piece(words, at, context), context.now):
        return about
    if found := order(words, context.now, context.under_way):
        return replace(found, offers=_fitting(found.offers, context)) if isinstance(found, Unclear) else found
    start = _start(words, context)
    return _guarded(words, start, context)


def _guarded(words: Words, start: Intent, context: Context) -> Intent:
    """Nothing begins where somebody may have wanted to stop, or to set what is usual."""
    if begins_to_stop(words):
        return Unclear(Problem.DOUBTFUL, (Stop(), *_as_subject(words, context)))
    if setting := half_a_setting(words):
        return Unclear(Problem.LEFTOVER, (setting, *_as_subject(words, context)))
    return start


def _as_subject(words: Words, context: Context) -> tuple[Act, ...]:
    """A start now with all that was typed as its subject."""
    return _checked([Draft().built(words.typed_between(0, len(words)), context.now)], context)


def _start(words: Words, context: Context) -> Intent:
    draft, at = _head(words, context)
    if draft.problem:
        return Unclear(draft.problem, _as_subject(words, context) if at < len(words) else ())
    begin = _subject_at(words, at)
    if draft == Draft() and (bracketed := _bracketed(words, begin, context)):
        return _settled(words, bracketed[0], bracketed[1], context)
    subject = words.typed_between(begin, len(words))
    built = [*_with_tail(words, draft, begin, context)]
    built += [each.built(subject, context.now) for each in draft.readings()]
    if draft.loose and subject:
        built.append(Draft().built(words.typed_between(0, len(words)), context.now))
    return _settled(words, draft, built, context)


def _settled(words: Words, draft: Draft, built: list[Start | Unclear], context: Context) -> Intent:
    """The only reading, or what stands in its way; all of them where there are several."""
    if draft.day and draft.day.repeated:
        return Unclear(Problem.REPEATED, _checked(built, context))
    if len(built) > 1:
        offers = _checked(built, context)
        which = Problem.WHICH_DAY if draft.day and draft.day.other else Problem.DOUBTFUL
        first = built[0]
        long = isinstance(first, Unclear) and first.problem is Problem.TOO_LONG
        return Unclear(Problem.TOO_LONG if long else which, offers) if offers else _only(first, context)
    return _only(_or_subject(words, built[0], context), context)


def _or_subject(words: Words, built: Start | Unclear, context: Context) -> Start | Unclear:
    """A number that cannot be minutes may belong to the subject: "3 rapporten", "1200 woorden"."""
    if not isinstance(built, Unclear) or built.problem not in (Problem.TOO_SHORT, Problem.TOO_LONG):
        return built
    if not any(isinstance(offer, Start) and offer.subject for offer in built.offers):
        return built
    return replace(built, offers=(*built.offers, *_as_subject(words, context)))


def _only(built: Start | Unclear, context: Context) -> Intent:
    if isinstance(built, Unclear):
        return replace(built, offers=_fitting(built.offers, context))
    found = _times(built, context)
    if isinstance(found, Unclear) and found.problem is not Problem.NO_TIME:
        return replace(found, offers=_fitting(found.offers, context))
    return built


def _times(start: Start, context: Context) -> Times | Unclear:
    return in_real_time(start, context.now, context.zone, context.usual)


def _checked(built: Iterable[Start | Unclear], context: Context) -> tuple[Act, ...]:
    """What can be offered of some readings: those that can be done, and the nearest to those that cannot."""
    offers: list[Act] = []
    for each in built:
        offers += [each] if isinstance(each, Start) and _can_be(each, context) else _nearest(each, context)
    return _fitting(offers, context)


def _nearest(built: Start | Unclear, context: Context) -> tuple[Act, ...]:
    """What can be done instead: "8:00", when that is over, is tomorrow at 8."""
    found = _times(built, context) if isinstance(built, Start) else built
    return found.offers[:1] if isinstance(found, Unclear) else ()


def _fitting(offers: Iterable[Act], context: Context) -> tuple[Act, ...]:
    return tuple(offer for offer in dict.fromkeys(offers) if not isinstance(offer, Start) or _can_be(offer, context))


def _can_be(start: Start, context: Context) -> bool:
    found = _times(start, context)
    return isinstance(found, Times) or found.problem is Problem.NO_TIME


def _head(words: Words, context: Context) -> tuple[Draft, int]:
    """What was said before the subject, and where that begins."""
    draft, at = Draft(), _behind_verb(words, context)
    while at < len(words) and (found := _piece(words, at, context)):
        further = draft.put(found[0])
        if further is None:
            return draft, at
        draft, at = further, words.silent(found[1])
        if draft.problem:
            break
    return draft, at


def _behind_verb(words: Words, context: Context) -> int:
    """Behind the "plan" of "plan morgen 9u rapport", not of "plan van aanpak" and "plan morgen afwerken"."""
    at = words.past_filler(0)
    behind = words.after("focus", "plan", at)
    if behind is None or not words.ends(behind):
        return words.silent(0)
    draft, timed, end = Draft(), False, words.past_filler(behind)
    while end < len(words) and (found := _piece(words, end, context)) and not isinstance(found[0], Number):
        further = draft.put(found[0])
        if further is None:
            break
        draft, end = further, words.past_filler(found[1])
        timed = timed or draft.begins() or draft.is_long() or draft.either is not None
    return behind if timed else words.silent(0)


def _piece(words: Words, at: int, context: Context) -> Found:
    """The part of a sentence that begins here; None for a word of the subject."""
    found = _way(words, at) or on_day(words, at, context.now.date()) or timing(words, at) or _for(words, at)
    if found is None and (end := words.after("focus", "sure", at)):
        found = Sure(), end
    if found is None and (end := words.after("focus", "filler", at)):
        found = Silent(), end
    return found if found and words.ends(found[1]) else None


def _way(words: Words, at: int) -> Found:
    end, keys = words.keys("focus", at)
    return next(((way, end) for key, way in _WAYS.items() if key in keys), None)


def _for(words: Words, at: int) -> Found:
    """The "voor" of "voor 2 uur", not of "voor de raad"."""
    end = words.after("focus", "for", at)
    found = timing(words, end) if end else None
    if found and isinstance(found[0], Either):
        return found[0].length, found[1]
    counts = found and isinstance(found[0], Number) and words.silent(found[1]) < len(words)  # "voor 25 mensen"
    return found if found and isinstance(found[0], Length) and not counts else None


def _subject_at(words: Words, at: int) -> int:
    """Behind the "aan" of "aan het rapport"."""
    end = words.after("focus", "about", at)
    return end if end and end < len(words) and words.ends(end) else at


def _with_tail(words: Words, draft: Draft, begin: int, context: Context) -> Iterator[Start | Unclear]:
    """The reading in which the last words are no part of the subject: "rapport morgen 9u"."""
    read, leant_on = cache(lambda at: _piece(words, at, context)), begin
    for at in range(begin + 1, len(words)):
        if words.is_glued(at) or words.silent(at) != at or at < leant_on:
            continue
        if (found := read(at)) and _leans(words, at):
            leant_on = found[1]
            continue
        whole = _tail(words, draft, at, read)
        if whole:
            subject = words.typed_between(begin, at)
            yield from (each.built(subject, context.now) for each in whole.readings())
            return


def _bracketed(words: Words, begin: int, context: Context) -> tuple[Draft, list[Start | Unclear]] | None:
    """What is said of the time behind the subject, in brackets: "bezwaarschrift (90 min)"."""
    opened = next((at for at in range(len(words) - 1, begin, -1) if words.text(at) == "("), None)
    inner = words.typed_between(opened + 1, len(words) - 1) if opened and words.text(len(words) - 1) == ")" else None
    if opened is None or inner is None:
        return None
    aside = Words.of(inner, words.lexicon, words.language)
    draft = _tail(aside, Draft(), aside.silent(0), lambda at: _piece(aside, at, context))
    subject = words.typed_between(begin, opened)
    return (draft, [each.built(subject, context.now) for each in draft.readings()]) if draft else None


def _leans(words: Words, at: int) -> bool:
    """Whether the word before belongs to this one: "de raad van vrijdag", "rapport voor 11:30"."""
    return any(words.after("focus", key, at - 1) == at for key in _LEANING)


def _tail(words: Words, draft: Draft, at: int, read: Callable[[int], Found]) -> Draft | None:
    """The draft with all that follows; None where a word of it says no time."""
    told = False
    while at < len(words):
        found = read(at)
        further = draft.put(found[0]) if found and not isinstance(found[0], Impossible | Sure) else None
        if found is None or further is None or (isinstance(found[0], Number) and not _is_said(found[0])):
            return None
        told = told or _tells(found)
        draft, at = further, words.silent(found[1])
    return draft if told else None


def _tells(found: Found) -> bool:
    return found is not None and not isinstance(found[0], Silent) and found[0] != As()


def _is_said(number: Number) -> bool:
    return number.minutes % _SAID_IN_STEPS == 0 and Draft(minutes=number.minutes).fits()
