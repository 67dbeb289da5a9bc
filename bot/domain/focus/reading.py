"""What a sentence of `/focus` says of a session: before its subject, behind it, or in brackets."""

from dataclasses import replace
from datetime import date
from functools import cache

from bot.domain.focus.dates import on_day
from bot.domain.focus.draft import Draft
from bot.domain.focus.numbers import hour_behind_day
from bot.domain.focus.pieces import As, Either, Found, Impossible, Length, Number, OnDay, Read, Silent, Sure
from bot.domain.focus.session import Mode
from bot.domain.focus.text import Words
from bot.domain.focus.timing import timing

_WAYS = {"quiet": As(Mode.QUIET), "reachable": As(Mode.REACHABLE), "learning": As()}
_LEANING = ("between", "about", "for", "by", "in")
# A number behind a subject may be minutes where it is one that people say: "rapport 90", not "zaak 114".
_SAID_IN_STEPS = 5

_Said = tuple[Draft, str | None]  # and its subject


def reader(words: Words, today: date) -> Read:
    """The part of a sentence that begins at a place; None for a word of the subject."""

    @cache
    def read(at: int) -> Found:
        found = _piece(words, at, today)
        if found and isinstance(found[0], Number):
            return hour_behind_day(words, at, found[0], read) or found
        return found

    return read


def head(words: Words, read: Read) -> tuple[Draft, int]:
    """What was said before the subject, and where that begins."""
    draft, at = Draft(), _behind_verb(words, read)
    while at < len(words) and (found := read(at)):
        further = draft.put(found[0])
        if further is None:
            break
        draft, at = further, words.silent(found[1])
        if draft.problem:
            break
    return draft, at


def despite(words: Words, draft: Draft, at: int, read: Read) -> _Said | None:
    """What is said beside a time that cannot be: how long, and the subject; None where nothing is, that is all of it."""
    timed = further = replace(draft, problem=None)
    while at < len(words) and (found := read(at)) and not isinstance(found[0], Impossible | OnDay):
        put = further.put(found[0])
        if put is None or not put.fits():
            break
        further, at = put, words.silent(found[1])
    if further == timed and not timed.is_long():
        return None
    whole = replace(timed, clock=None, into=None, until=None, loose=None, either=None, minutes=further.lasting())
    return whole, words.typed_between(behind_about(words, at), len(words))


def behind_about(words: Words, at: int) -> int:
    """Behind the "aan" of "aan het rapport"."""
    end = words.after("focus", "about", at)
    return end if end and end < len(words) and words.ends(end) else at


def with_tail(words: Words, draft: Draft, begin: int, read: Read) -> _Said | None:
    """The reading in which the last words are no part of the subject: "rapport morgen 9u"."""
    leant_on = begin
    for at in range(begin + 1, len(words)):
        if words.is_glued(at) or words.silent(at) != at or at < leant_on:
            continue
        if (found := read(at)) and leans(words, at):
            leant_on = found[1]
        elif whole := _tail(words, draft, at, read):
            return whole, words.typed_between(begin, at)
    return None


def bracketed(words: Words, begin: int, today: date) -> _Said | None:
    """What is said of the time behind the subject, in brackets: "bezwaarschrift (90 min)"."""
    opened = next((at for at in range(len(words) - 1, begin, -1) if words.text(at) == "("), None)
    inner = words.typed_between(opened + 1, len(words) - 1) if opened and words.text(len(words) - 1) == ")" else None
    if opened is None or inner is None:
        return None
    aside = Words.of(inner, words.lexicon, words.language)
    draft = _tail(aside, Draft(), aside.silent(0), reader(aside, today))
    return (draft, words.typed_between(begin, opened)) if draft else None


def _piece(words: Words, at: int, today: date) -> Found:
    way = _way(words, at)
    if way is None and (day := on_day(words, at, today)):
        return day  # it looked itself at what follows: "morgen9:00"
    found = way or timing(words, at) or _for(words, at)
    if found is None and (end := words.after("focus", "sure", at)):
        found = Sure(), end
    if found is None and (end := words.after("focus", "filler", at)):
        found = Silent(), end
    if found is None and (end := _planned(words, at, today)):
        found = Silent(), end
    return found if found and words.ends(found[1]) else None


def _planned(words: Words, at: int, today: date) -> int | None:
    """Behind the "in" of "plan 2 uur in morgen", not of "plan morgen in Gent werken"."""
    end = words.after("focus", "planned", at)
    if end is None or words.after("focus", "plan", words.past_filler(0)) is None:
        return None
    follows = end >= len(words) or words.after("focus", "about", end) or _piece(words, end, today)
    return end if follows else None


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


def _behind_verb(words: Words, read: Read) -> int:
    """Behind the "plan" of "plan morgen 9u rapport", not of "plan van aanpak" and "plan morgen afwerken"."""
    at = words.past_filler(0)
    behind = words.after("focus", "plan", at)
    if behind is None or not words.ends(behind):
        return words.silent(0)
    draft, timed, end = Draft(), False, words.past_filler(behind)
    while end < len(words) and (found := read(end)) and not isinstance(found[0], Number):
        further = draft.put(found[0])
        if further is None:
            break
        draft, end = further, words.past_filler(found[1])
        timed = timed or draft.begins() or draft.is_long() or draft.either is not None
    return behind if timed else words.silent(0)


def leans(words: Words, at: int) -> bool:
    """Whether the word before belongs to this one: "de raad van vrijdag", "rapport voor 11:30"."""
    return any(words.after("focus", key, at - 1) == at for key in _LEANING)


def _tail(words: Words, draft: Draft, at: int, read: Read) -> Draft | None:
    """The draft with all that follows; None where a word of it says no time."""
    told = False
    while at < len(words):
        found = read(at)
        further = draft.put(found[0]) if found and not isinstance(found[0], Impossible | Sure) else None
        if found is None or further is None or (isinstance(found[0], Number) and not is_said(found[0])):
            return None
        told = told or (not isinstance(found[0], Silent) and found[0] != As())
        draft, at = further, words.silent(found[1])
    return draft if told else None


def is_said(number: Number) -> bool:
    return number.minutes % _SAID_IN_STEPS == 0 and Draft(minutes=number.minutes).fits()
