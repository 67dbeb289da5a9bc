"""Sentences about one of what is planned: call it off, have it begin or end at another time."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.focus.clocks import clock
from bot.domain.focus.draft import Draft
from bot.domain.focus.intents import CallOff, EndAt, Move, Start, Which
from bot.domain.focus.pieces import Between, Clock, Found, In, OnDay, Read, Silent, Sure, Until
from bot.domain.focus.text import Words


def about_what_is_ahead(words: Words, read: Read, now: datetime) -> CallOff | Move | EndAt | None:
    """Such as "afzeggen morgen 9:00", "verplaats vrijdag naar 14u", "verkort 13:00 tot 13:30"; None for another sentence."""
    return _called_off(words, read) or _moved(words, read, now) or _ended(words, read)


@dataclass(frozen=True, slots=True)
class _Named:
    """Which one, where its name ends, and until when, where that was said in one: "13:00 tot 13:30"."""

    which: Which
    end: int
    until: Clock | None = None


def _called_off(words: Words, read: Read) -> CallOff | None:
    begin = words.after("focus", "call_off", words.past_filler(0))
    begin = begin or words.after("focus", "say", words.past_filler(0))
    named = _named(words, begin, read) if begin else None
    if named is None:
        return None
    off = words.after("focus", "off", named.end)
    said = words.after("focus", "call_off", words.past_filler(0)) is not None or off is not None
    return CallOff(named.which) if said and words.past_filler(off or named.end) >= len(words) else None


def _moved(words: Words, read: Read, now: datetime) -> Move | None:
    """A whole sentence such as "verplaats naar 14u", "verzet morgen 9u naar vrijdag" or "verplaats 13:00 naar nu"."""
    begin = words.after("focus", "move", words.past_filler(0))
    if begin is None:
        return None
    named = _named(words, begin, read, spans=False)
    to = words.after("focus", "to", named.end)
    which, at = (named.which, to) if to else (Which(), begin)
    if to and (end := words.after("focus", "right_now", to)) and words.past_filler(end) >= len(words):
        return Move(None, which)
    draft = _target(words, words.past_filler(at), read)
    if draft is None or not draft.begins():
        return None
    if draft.day is None and draft.clock and len(which.days) == 1:
        draft = replace(draft, day=OnDay(which.days[0]))
    built = draft.built(None, now)
    own_day = draft.day is None and draft.clock is not None
    return Move(built.at, which, draft.sure, own_day) if isinstance(built, Start) else None


def _target(words: Words, at: int, read: Read) -> Draft | None:
    """What is said of when it is to begin."""
    draft = Draft()
    while at < len(words):
        found = _part(words, at, read, spans=False)
        further = draft.put(found[0]) if found and isinstance(found[0], Clock | OnDay | In | Silent | Sure) else None
        if found is None or further is None:
            return None
        draft, at = further, words.past_filler(found[1])
    return draft


def _ended(words: Words, read: Read) -> EndAt | None:
    """Such as "verkort morgen 9:00 tot 10:00"; without which one it is about what is under way."""
    first = words.past_filler(0)
    begin = words.after("focus", "shorten", first) or words.after("focus", "extend", first)
    named = _named(words, begin, read) if begin else None
    if named is None or named.which == Which():
        return None
    until, end = named.until, named.end
    if until is None and (found := read(end)) and isinstance(found[0], Until):
        until, end = found[0].clock, words.past_filler(found[1])
    return EndAt(named.which, until.minute) if until and end >= len(words) else None


def _named(words: Words, at: int, read: Read, *, spans: bool = True) -> _Named:
    """The one that is named from there on; `spans`: with both its ends, too."""
    which, until, at = Which(), None, words.past_filler(at)
    while at < len(words):
        if end := words.after("focus", "that_of", at):
            at = words.past_filler(end)
            continue
        found = None if words.after("focus", "to", at) else _part(words, at, read, spans=spans)
        match found and found[0]:
            case OnDay(day, part, other) if not which.days:
                which = replace(which, days=(day, other) if other else (day,), part=part)
            case Clock(minute) if which.minute is None:
                which = replace(which, minute=minute)
            case Between(start, last) if which.minute is None:
                which, until = replace(which, minute=start.minute), last
            case _:
                break
        at = words.past_filler(found[1]) if found else len(words)
    return _Named(which, at, until)


def _part(words: Words, at: int, read: Read, *, spans: bool) -> Found:
    """A day first, for "1 december" is no time; then a time, which may be a number alone."""
    found = read(at)
    if found and isinstance(found[0], OnDay | Between if spans else OnDay):
        return found
    return clock(words, at, bare=True) or found
