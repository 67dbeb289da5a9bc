"""Which days go with which place: a sentence falls apart into clauses, a clause into times and things."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.days import DayPart
from bot.domain.places import Place
from bot.domain.where.arranged import DAYS, TIMES
from bot.domain.where.calendar import UnplannableError
from bot.domain.where.intents import Problem
from bot.domain.where.said import Clear, Every, Joint, Not, Part, Put, Said, Week
from bot.domain.where.spans import Span
from bot.domain.where.times import Frame, spans

_Pieces = tuple[Said, ...]
_FRAMING = (Week, Every)


@dataclass(frozen=True, slots=True)
class Clause:
    """Times, and the places, kinds of work and negations said about them.

    `times` False: no day or day-part was said, so it is today.
    """

    spans: tuple[Span, ...]
    things: _Pieces
    times: bool


@dataclass(frozen=True, slots=True)
class _Run:
    """Pieces in a row that are all about time, or all not. `joined`: an "and" in words stood before it."""

    time: bool
    pieces: _Pieces
    joined: bool
    apart: bool = False  # any joint stood before it

    @property
    def parts(self) -> bool:
        return self.time and all(isinstance(piece, Part) for piece in self.pieces)

    @property
    def places(self) -> bool:
        return any(isinstance(piece, Put | Clear | Not) for piece in self.pieces)

    @property
    def frames(self) -> bool:
        return self.time and all(isinstance(piece, _FRAMING) for piece in self.pieces)


_Pair = tuple[_Pieces, _Pieces]  # times, things


def clauses(pieces: Sequence[Said], frame: Frame) -> tuple[Clause, ...]:
    """The clauses of a sentence, in the order they were said. Raises UnplannableError."""
    pieces = _framed_first(tuple(pieces))
    segments = [tuple(segment) for segment in _segments(pieces)]
    whole = len(segments) > 1 and all(_is_complete(segment) for segment in segments)
    made: list[Clause] = []
    for segment in segments if whole else [pieces]:
        for times, things in _pairs(_regrouped(_runs(segment))):
            inherited = _days(made[-1]) if made else () if frame.weekly_from else (frame.today,)
            said, frame = _timed(times, things, frame, inherited)
            made += _in_turn(Clause(said, things, bool(times)), frame)
    return tuple(made)


def _timed(
    times: _Pieces, things: _Pieces, frame: Frame, inherited: tuple[date, ...]
) -> tuple[tuple[Span, ...], Frame]:
    """The spans of one clause; only who does not work may be back on the last day of it."""
    if not times:
        if frame.weekly_from:
            raise UnplannableError(Problem.NO_WEEKDAY)
        return (Span((frame.today,)),), frame
    reading = replace(frame.reading, back_on_last=frame.reading.back_on_last and any(map(is_off, things)))
    said, after = spans(times, replace(frame, reading=reading), inherited)
    if not any(span.days for span in said) and frame.weekly_from:
        raise UnplannableError(Problem.NO_WEEKDAY)
    return said, replace(after, reading=frame.reading)


def is_off(thing: Said) -> bool:
    """Whether this says that somebody does not work."""
    return isinstance(thing, Not) or (isinstance(thing, Put) and thing.place is Place.NOT_WORKING)


def _in_turn(clause: Clause, frame: Frame) -> list[Clause]:
    """Two places one after the other on one whole day are its morning and its afternoon ("kantoor, dan thuis")."""
    turns = [at for at, thing in enumerate(clause.things) if isinstance(thing, Joint) and thing.then]
    parts = {span.parts for span in clause.spans}
    divisible = parts == {()} or (frame.reading.then_is_after and parts == {(DayPart.MORNING,)})
    days = {day.weekday() for day in _days(clause)} if frame.weekly_from else _days(clause)
    if len(turns) != 1 or len(days) != 1 or not divisible:
        return [clause]
    halves = clause.things[: turns[0]], clause.things[turns[0] :]
    if not all(any(isinstance(thing, Put) for thing in half) for half in halves):
        return [clause]
    return [
        replace(clause, spans=tuple(replace(span, parts=(part,)) for span in clause.spans), things=half)
        for part, half in zip(DayPart, halves, strict=True)
    ]


def _days(clause: Clause) -> tuple[date, ...]:
    return tuple(dict.fromkeys(day for span in clause.spans for day in span.days))


def _framed_first(pieces: _Pieces) -> _Pieces:
    """A week said last of all, for several clauses, is said first ("ma thuis di kantoor volgende week")."""
    runs = _runs(pieces)
    weeks = [piece for piece in pieces if isinstance(piece, _FRAMING)]
    clauses_before = sum(not run.time for run in runs)
    if clauses_before > 1 and runs[0].time and runs[-1].frames and len(weeks) == len(runs[-1].pieces):
        kept = pieces[: -len(weeks)]
        return (*weeks, *(kept[:-1] if isinstance(kept[-1], Joint) else kept))
    return pieces


def _segments(pieces: _Pieces) -> Iterator[list[Said]]:
    segment: list[Said] = []
    for piece in pieces:
        if not isinstance(piece, Joint):
            segment.append(piece)
        elif segment:
            yield segment
            segment = []
    if segment:
        yield segment


def _is_complete(segment: _Pieces) -> bool:
    runs = _runs(segment)
    return any(run.time and not run.frames for run in runs) and any(run.places for run in runs)


def _runs(pieces: _Pieces) -> list[_Run]:
    runs: list[_Run] = []
    joints: list[Said] = []
    for piece in pieces:
        time = isinstance(piece, TIMES)
        if isinstance(piece, Joint):
            joints.append(piece)
        elif runs and runs[-1].time == time:
            runs[-1] = replace(runs[-1], pieces=(*runs[-1].pieces, *joints, piece))
            joints = []
        else:
            worded = any(isinstance(joint, Joint) and not joint.mark for joint in joints)
            runs.append(_Run(time, (piece,), worded, bool(joints)))
            joints = []
    return runs


def _regrouped(runs: list[_Run]) -> list[_Run]:
    """A kind of work, a day-part and a place in a row are about the same time ("do balie middag wijkcentrum")."""
    at = 1
    while at + 2 < len(runs):
        day, kind, part, place = runs[at - 1 : at + 3]
        alone = not (kind.time or kind.places or part.apart or place.apart)
        if alone and part.parts and place.places and not any(isinstance(piece, Part) for piece in day.pieces):
            runs = [*runs[: at - 1], _joined(day, part), _joined(kind, place), *runs[at + 3 :]]
        else:
            at += 1
    return runs


def _pairs(runs: list[_Run]) -> list[_Pair]:
    """Runs of time and of things, put together in pairs. Raises LEFTOVER where they fit in more than one way."""
    times = [run for run in runs if run.time]
    things = [run for run in runs if not run.time]
    if len(times) <= 1:
        return [(_flat(times), _flat(things))] if runs else []
    if len(things) <= 1:
        return _around(times, things) if runs[0].time and things else [(_flat(times), _flat(things))]
    if runs[0].time and runs[-1].time:
        return _time_on_both_ends(times, things)
    if runs[0].time or runs[-1].time:
        return [(time.pieces, thing.pieces) for time, thing in zip(times, things, strict=True)]
    return _things_on_both_ends(times, things)


def _around(times: list[_Run], things: list[_Run]) -> list[_Pair]:
    """Time, thing, time: one clause ("morgen thuis 's middags"), unless the second time is a day by itself."""
    first, second = times
    alone = any(isinstance(p, DAYS) and not isinstance(p, Week) for p in second.pieces)
    leads = isinstance(first.pieces[-1], Week) or all(isinstance(p, Part | Every) for p in first.pieces)
    led_by_week = any(isinstance(piece, Week) for piece in second.pieces)
    if alone and not (leads or led_by_week or second.joined):
        return [(first.pieces, things[0].pieces), (second.pieces, ())]
    joint: _Pieces = (Joint(),) if second.joined else ()
    return [((*first.pieces, *joint, *second.pieces), things[0].pieces)]


def _time_on_both_ends(times: list[_Run], things: list[_Run]) -> list[_Pair]:
    if times[0].frames:
        led = _Run(time=True, pieces=times[0].pieces + times[1].pieces, joined=False)
        return [(time.pieces, thing.pieces) for time, thing in zip([led, *times[2:]], things, strict=True)]
    pairs = [(time.pieces, thing.pieces) for time, thing in zip(times, things, strict=False)]
    last = times[-1]
    if all(isinstance(piece, Part) for piece in last.pieces):
        return [*pairs[:-1], (pairs[-1][0] + last.pieces, pairs[-1][1])]
    return [*pairs, (last.pieces, ())]


def _things_on_both_ends(times: list[_Run], things: list[_Run]) -> list[_Pair]:
    if not things[0].places:
        things = [_joined(things[0], things[1]), *things[2:]]
    elif not things[-1].places:
        things = [*things[:-2], _joined(things[-2], things[-1])]
    else:
        raise UnplannableError(Problem.LEFTOVER)
    return [(time.pieces, thing.pieces) for time, thing in zip(times, things, strict=True)]


def _joined(one: _Run, other: _Run) -> _Run:
    return replace(one, pieces=one.pieces + other.pieces)


def _flat(runs: list[_Run]) -> _Pieces:
    return tuple(piece for run in runs for piece in run.pieces)
