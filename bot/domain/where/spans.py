"""Days with their day-parts."""

from dataclasses import dataclass, replace
from datetime import date

from bot.domain.days import DayPart, Slot
from bot.domain.where.calendar import UnplannableError
from bot.domain.where.intents import Problem

# A week gives way to a day in it, and a whole day to a day-part that is named ("hele week thuis, wo kantoor").
A_WEEK, A_DAY, A_PART = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Span:
    """Days with day-parts; no parts = nothing was said about them, so the whole day. Higher ranks win."""

    days: tuple[date, ...]
    parts: tuple[DayPart, ...] = ()
    rank: int = A_DAY

    def slots(self) -> tuple[Slot, ...]:
        return tuple(Slot(day, part) for day in self.days for part in self.parts or DayPart)

    @property
    def weight(self) -> int:
        return self.rank + (A_PART if self.parts else 0)


def with_parts(stretches: list[Span | tuple[DayPart, ...]], inherited: tuple[date, ...]) -> tuple[Span, ...]:
    """Give days their day-parts. A day-part after days counts for all days since the last one ("ma di ochtend").

    Said first it counts for what follows ("ochtend ma di"); without any day for the `inherited` days.
    """
    stretches = _merged(stretches)
    if not any(isinstance(stretch, Span) for stretch in stretches):
        parts = tuple(part for stretch in stretches if not isinstance(stretch, Span) for part in stretch)
        return (Span(inherited, parts),)
    return _led(stretches) if not isinstance(stretches[0], Span) else _trailed(stretches)


def _merged(stretches: list[Span | tuple[DayPart, ...]]) -> list[Span | tuple[DayPart, ...]]:
    """Makes day-parts in a row ("ochtend en middag") one stretch."""
    result: list[Span | tuple[DayPart, ...]] = []
    for stretch in stretches:
        last = result[-1] if result else None
        if isinstance(last, tuple) and isinstance(stretch, tuple):
            result[-1] = tuple(part for part in DayPart if part in last + stretch)
        else:
            result.append(stretch)
    return result


def _led(stretches: list[Span | tuple[DayPart, ...]]) -> tuple[Span, ...]:
    """Day-parts first. Raises LEFTOVER if the last one has no day."""
    if not isinstance(stretches[-1], Span):
        raise UnplannableError(Problem.LEFTOVER)
    lead: tuple[DayPart, ...] = ()
    done: list[Span] = []
    for stretch in stretches:
        if isinstance(stretch, Span):
            done.append(stretch if stretch.parts else replace(stretch, parts=lead))
        else:
            lead = stretch
    return tuple(done)


def _trailed(stretches: list[Span | tuple[DayPart, ...]]) -> tuple[Span, ...]:
    """Day-parts after their days."""
    done: list[Span] = []
    waiting: list[Span] = []
    for stretch in stretches:
        if not isinstance(stretch, Span):
            done += [replace(span, parts=stretch) for span in waiting or done[-1:]]
            waiting = []
        elif stretch.parts:
            done += [*waiting, stretch]
            waiting = []
        else:
            waiting.append(stretch)
    return (*done, *waiting)
