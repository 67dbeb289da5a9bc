"""The grammar of `/focus`: what was said of the time first, then the subject, which is left as it was typed.

Of all that a sentence can mean only what can be done is left; where that is more than one thing, or none, it is asked about.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from bot.domain.focus.ahead import about_what_is_ahead
from bot.domain.focus.draft import Draft
from bot.domain.focus.habits import half_a_setting
from bot.domain.focus.intents import Intent, Offered, Problem, ShowFocus, Start, Stop, Unclear
from bot.domain.focus.orders import begins_to_stop, order
from bot.domain.focus.pieces import OnDay, Read
from bot.domain.focus.reading import behind_about, bracketed, despite, head, reader, with_tail
from bot.domain.focus.rules import Interval, Times, in_real_time
from bot.domain.focus.session import USUAL
from bot.domain.focus.strange import past_strange
from bot.domain.focus.text import Words
from bot.domain.where.calendar import shifted
from bot.domain.words import Lexicon, is_longer

MOST_CHARACTERS, MOST_TOKENS = 500, 150  # what is longer is a pasted text


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
    read = reader(words, context.now.date())
    if about := about_what_is_ahead(words, read, context.now):
        return about
    if found := order(words, context.now, context.under_way):
        return replace(found, offers=_fitting(found.offers, context)) if isinstance(found, Unclear) else found
    return _guarded(words, _start(words, read, context), context)


def _guarded(words: Words, start: Intent, context: Context) -> Intent:
    """Nothing begins where somebody may have wanted to stop, or to set what is usual."""
    if begins_to_stop(words):
        return Unclear(Problem.DOUBTFUL, (Stop(), *_as_subject(words, context)))
    if setting := half_a_setting(words):
        return Unclear(Problem.LEFTOVER, (setting, *_as_subject(words, context)))
    return start


def _all_subject(words: Words, context: Context) -> Start | Unclear:
    """A start now with all that was typed as its subject."""
    return Draft().built(words.typed_between(0, len(words)), context.now)


def _as_subject(words: Words, context: Context) -> tuple[Offered, ...]:
    """That start as an offer."""
    return _checked([_all_subject(words, context)], context)


def _start(words: Words, read: Read, context: Context) -> Intent:
    draft, at = head(words, read)
    if draft.problem:
        said = despite(words, draft, at, read)
        built = _built(*said, context) if said else [_all_subject(words, context)] if at < len(words) else []
        return Unclear(draft.problem, _checked(built, context))
    begin = behind_about(words, at)
    if draft == Draft() and (said := bracketed(words, begin, context.now.date())):
        return _settled(words, said[0], _built(*said, context), context)
    subject = words.typed_between(begin, len(words))
    behind = with_tail(words, draft, begin, read)
    as_typed = _built(draft, subject, context)
    if not behind and _is_now(as_typed) and (strange := past_strange(words, draft, begin, read)):
        either = _today_or_tomorrow(*strange, subject, context)
        return Unclear(Problem.DOUBTFUL, _checked([*either, *as_typed], context))
    built = [*(_built(*behind, context) if behind else ()), *as_typed]
    counts = draft.loose or (draft.either and draft.either.bare)  # "morgen 3 rapporten"
    if counts and subject:
        built.append(_all_subject(words, context))
    return _settled(words, draft, built, context)


def _is_now(built: list[Start | Unclear]) -> bool:
    """Whether it would begin at once, without a question."""
    first = built[0]
    return len(built) == 1 and isinstance(first, Start) and first.at is None


def _today_or_tomorrow(draft: Draft, rest: str | None, subject: str | None, context: Context) -> list[Start | Unclear]:
    """On the day that was said; on either where none was that anybody knows.

    `rest` of the subject is without the word that may be a day: where it would begin now, that is no day.
    """
    if draft.day:
        return _built(draft, rest, context)
    today = _built(draft, rest if draft.begins() else subject, context)
    return [*today, *_built(replace(draft, day=OnDay(shifted(context.now.date(), 1))), rest, context)]


def _built(draft: Draft, subject: str | None, context: Context) -> list[Start | Unclear]:
    return [each.built(subject, context.now) for each in draft.readings()]


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


def _checked(built: Iterable[Start | Unclear], context: Context) -> tuple[Offered, ...]:
    """What can be offered of some readings: those that can be done, and the nearest to those that cannot."""
    offers: list[Offered] = []
    for each in built:
        offers += [each] if isinstance(each, Start) and _can_be(each, context) else _nearest(each, context)
    return _fitting(offers, context)


def _nearest(built: Start | Unclear, context: Context) -> tuple[Offered, ...]:
    """What can be done instead: "8:00", when that is over, is tomorrow at 8."""
    found = _times(built, context) if isinstance(built, Start) else built
    return found.offers[:1] if isinstance(found, Unclear) else ()


def _fitting(offers: Iterable[Offered], context: Context) -> tuple[Offered, ...]:
    return tuple(offer for offer in dict.fromkeys(offers) if not isinstance(offer, Start) or _can_be(offer, context))


def _can_be(start: Start, context: Context) -> bool:
    found = _times(start, context)
    return isinstance(found, Times) or found.problem is Problem.NO_TIME
