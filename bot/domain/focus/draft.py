"""A start in the making: what was said of the day, the time and the length, and the readings that this allows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.domain.days import DayPart
from bot.domain.focus.intents import FEWEST, LONGEST_SUBJECT, MOST, At, Problem, Start, Unclear
from bot.domain.focus.pieces import (
    As,
    Between,
    Clock,
    Either,
    Impossible,
    In,
    Length,
    OnDay,
    Piece,
    Silent,
    Sure,
    Until,
)
from bot.domain.focus.session import Mode

_DAY, _NOON = 24 * 60, 12 * 60
_BEFORE = (60, 120)  # minutes, offered where only the end was said
_EVENINGS = (19 * 60, 20 * 60)


@dataclass(frozen=True, slots=True)
class Draft:
    """What was said so far. `minutes` and `until` both say how long; `either` may be that, or when it begins."""

    day: OnDay | None = None
    clock: Clock | None = None
    into: int | None = None  # it begins so many minutes from now
    minutes: int | None = None
    until: Clock | None = None
    either: Either | None = None
    loose: Between | None = None
    mode: Mode | None = None
    learning: bool = False
    sure: bool = False
    problem: Problem | None = None

    def put(self, piece: Piece) -> "Draft | None":  # noqa: C901, PLR0911 - one line for each sort of piece
        """With one piece more; None if it says what was said already, so that the subject begins there."""
        match piece:
            case Silent():
                return self
            case Impossible(problem):
                return replace(self, problem=problem)
            case Sure():
                return replace(self, sure=True)
            case As(mode):
                return self._as(mode)
            case OnDay():
                return None if self.day or self.into is not None else replace(self, day=piece)
            case Length(minutes):
                return None if self.is_long() else replace(self, minutes=minutes)
            case Until(clock):
                # "90 tot 11:30" says twice how long.
                doubled = self.minutes is not None and not self.begins()
                return None if self.is_long() and not doubled else replace(self, until=clock)
            case In(minutes):
                return None if self.begins() or self.day else replace(self, into=minutes)
            case Clock():
                return None if self.begins() else replace(self, clock=piece)
            case Between(start, end):
                if self.begins() or self.is_long() or self.either:
                    return None
                return replace(self, loose=piece) if piece.loose else replace(self, clock=start, until=end)
        return self._either(piece)

    def readings(self) -> Iterator["Draft"]:
        """What it can mean, likeliest first."""
        if self.minutes is not None and self.until:
            yield replace(self, minutes=None)
            yield replace(self, until=None)
        elif self.day and self.day.other:
            yield from replace(self, day=replace(self.day, other=None)).readings()
            yield from replace(self, day=replace(self.day, day=self.day.other, other=None)).readings()
        elif self.loose:
            yield replace(self, clock=self.loose.start, until=self.loose.end, loose=None)
        elif self.either:
            yield from self._both(self.either)
        else:
            yield self

    def built(self, subject: str | None, now: datetime) -> Start | Unclear:
        """The start that this is, on the clock of `now`."""
        if self.problem:
            return Unclear(self.problem)
        if not self.fits():
            return self._of_another_length(subject, now)
        if subject and len(subject) > LONGEST_SUBJECT:
            cut = self.built(subject[:LONGEST_SUBJECT].rstrip(), now)
            return Unclear(Problem.LONG_SUBJECT, (cut,) if isinstance(cut, Start) else ())
        at = self._at(now)
        if at and at.minute is None and self._is_evening():
            return Unclear(Problem.NO_TIME, tuple(self._start(At(at.day, m), subject, now) for m in _EVENINGS))
        if at and at.minute is None and self.until:
            return self._from_when(at, subject, now)
        return self._start(at, subject, now)

    def fits(self) -> bool:
        """Whether the minutes, where they were said, are those of a session."""
        return self.minutes is None or FEWEST <= self.minutes <= MOST

    def begins(self) -> bool:
        """Whether it was said when it begins, other than the day."""
        return self.clock is not None or self.into is not None or self.loose is not None

    def is_long(self) -> bool:
        """Whether it was said how long it is, or when it ends."""
        return self.minutes is not None or self.until is not None or self.loose is not None

    def lasting(self) -> int | None:
        """For how many minutes, whenever it begins; None where that was not said, or no session is so long."""
        between = self.loose or (Between(self.clock, self.until) if self.clock and self.until else None)
        minutes = self.either.length.minutes if self.either else self.minutes
        if minutes is None and between:
            minutes = between.end.minute - between.start.minute
        return minutes if minutes is not None and FEWEST <= minutes <= MOST else None

    def _as(self, mode: Mode | None) -> "Draft | None":
        if mode is None:
            return None if self.learning else replace(self, learning=True)
        return None if self.mode else replace(self, mode=mode)

    def _either(self, piece: Either) -> "Draft | None":
        if self.begins():
            return self.put(piece.length)
        if self.is_long():
            return self.put(piece.clock) if piece.then is None else None
        if self.day and piece.colon:
            return self.put(piece.clock)
        if self.either:  # "3u 2u"
            return replace(self, either=None, clock=self.either.clock, minutes=piece.length.minutes)
        return replace(self, either=piece)

    def _both(self, either: Either) -> Iterator["Draft"]:
        plain = replace(self, either=None)
        long = replace(plain, minutes=either.length.minutes)
        then = replace(plain, clock=either.clock, minutes=either.then.minutes if either.then else None)
        if plain.begins():
            yield from long.readings()
        elif plain.is_long():
            yield replace(plain, clock=either.clock)
        elif either.bare:
            yield from (then, long) if long.fits() else (then,)
        elif self._is_evening():
            yield then if either.length.minutes > MOST else long
        elif self.day:
            yield from (then,) if either.length.minutes > MOST else (then, long)
        elif either.length.minutes > MOST or not either.usually:
            yield from (long, then)
        else:
            yield long

    def _is_evening(self) -> bool:
        return self.day is not None and self.day.part == "evening"

    def _of_another_length(self, subject: str | None, now: datetime) -> Unclear:
        said = self.minutes or 0
        problem = Problem.TOO_SHORT if said < FEWEST else Problem.TOO_LONG
        # "-20" may be a list's dash before "20".
        other = replace(self, minutes=min(max(abs(said), FEWEST), MOST)).built(subject, now)
        return Unclear(problem, (other,) if isinstance(other, Start) else ())

    def _at(self, now: datetime) -> At | None:
        if self.into is not None:
            moment = (now.astimezone(UTC) + timedelta(minutes=self.into)).astimezone(now.tzinfo)
            return At.of(moment)
        if self.clock:
            return At(self.day.day if self.day else now.date(), self._in_part(self.clock))
        if self.day is None or (self.day.day == now.date() and self.day.part is None):
            return None
        if self.day.part == "later":
            return At(self.day.day)
        return At(self.day.day, None, _part(self.day.part))

    def _in_part(self, clock: Clock) -> int:
        """In the afternoon or the evening, "8" is twelve hours later."""
        later = self.day is not None and self.day.part not in (None, "morning", "later") and clock.minute < _NOON
        return clock.minute + _NOON if later and not clock.sure else clock.minute

    def _from_when(self, at: At, subject: str | None, now: datetime) -> Start | Unclear:
        """For "morgen tot 11:30": today that is from now on."""
        if at.day == now.date():
            return self._start(None, subject, now)
        end = self._until(At(at.day, 0), now).minute or 0
        starts = [At(at.day, end - minutes) for minutes in _BEFORE if end >= minutes]
        return Unclear(Problem.NO_TIME, tuple(self._start(each, subject, now) for each in starts))

    def _start(self, at: At | None, subject: str | None, now: datetime) -> Start:
        until = self._until(at, now) if self.until else None
        return Start(at, self.minutes, until, self.mode, self.learning, subject, self.sure)

    def _may_be_night(self, at: At | None) -> bool:
        """Whether it ends at a small hour, with its begin known and no part of the day said."""
        early = self.until is not None and self.until.early
        return early and (at is None or self.begins()) and not (self.day and self.day.part)

    def _until(self, at: At | None, now: datetime) -> At:
        """The end, on the next day where it begins late in the evening."""
        begin = at or At.of(now)
        if self._may_be_night(at) and self.until and (end := _at_night(begin, self.until)):
            return end
        minute = self._in_part(self.until) if self.until else 0
        over_midnight = minute <= (begin.minute or 0) and minute + _DAY - (begin.minute or 0) <= MOST
        return At(begin.day + timedelta(days=over_midnight), minute)


def _at_night(begin: At, until: Clock) -> At | None:
    """For "tot 1:00" said at 23:30, or "tot 2:30" at 1:30: the hour before dawn, where only that makes a session."""
    afternoon, night = until.minute - (begin.minute or 0), until.minute - _NOON - (begin.minute or 0)
    if not FEWEST <= afternoon <= MOST:
        for days in (0, 1):
            if FEWEST <= night + days * _DAY <= MOST:
                return At(begin.day + timedelta(days=days), until.minute - _NOON)
    return None


def _part(key: str | None) -> DayPart | None:
    if key is None:
        return None
    return DayPart.MORNING if key == "morning" else DayPart.AFTERNOON
