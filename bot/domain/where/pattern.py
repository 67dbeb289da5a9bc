"""Weekly patterns: what usually holds on a day of the week, and how a plan follows from it.

Even and odd are the numbers of ISO weeks. A year of 53 weeks ends odd and the next one begins odd: weeks 53 of 2026 and
1 of 2027 are both odd, so that somebody who is off in odd weeks is off twice in a row then.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from enum import Enum

from bot.domain.days import Slot, Usual, Weeks, monday_of, whole_day
from bot.domain.places import WorkLocation
from bot.domain.where.board import Plan
from bot.domain.where.intents import Change

WEEK = timedelta(days=7)

Pattern = Mapping[Usual, WorkLocation]
Exceptions = Mapping[Slot, WorkLocation | None]  # None = nothing, whatever the pattern says


class Follow(Enum):
    """What is kept of a day-part that needs no exception: nothing, it follows the pattern."""

    PATTERN = "pattern"


def parity(day: date) -> Weeks:
    """Whether a day lies in an even or an odd ISO week."""
    return Weeks.ODD if day.isocalendar().week % 2 else Weeks.EVEN


def usual(pattern: Pattern, slot: Slot) -> WorkLocation | None:
    """What the pattern says of a day-part; its line for even or odd weeks beats the one for every week."""
    weekday = slot.day.weekday()
    return next(
        (
            pattern[key]
            for weeks in (parity(slot.day), Weeks.EVERY)
            if (key := Usual(weeks, weekday, slot.part)) in pattern
        ),
        None,
    )


def effective(pattern: Pattern, exceptions: Exceptions, days: Iterable[date]) -> Plan:
    """The plan of these days: what was said for a day-part wins, the pattern fills in the rest."""
    slots = [slot for day in days for slot in whole_day(day)]
    found = {slot: exceptions[slot] if slot in exceptions else usual(pattern, slot) for slot in slots}
    return {slot: location for slot, location in found.items() if location}


def to_store(change: Change, pattern: Pattern, *, follow: bool = False) -> WorkLocation | Follow | None:
    """What to keep of a change: a value of its own, None to hide what the pattern says, or nothing at all.

    What somebody says for a day stays when the pattern changes, also where both say the same now; `follow` keeps
    nothing there: somebody goes back to the pattern, or undoes.
    """
    there = usual(pattern, change.slot)
    if change.location == there and (follow or there is None):
        return Follow.PATTERN
    return change.location


def followed(changes: Iterable[Change], pattern: Pattern) -> tuple[Change, ...]:
    """These day-parts as the pattern has them; what it says nothing about stays as it is."""
    return tuple(Change(change.slot, there) for change in changes if (there := usual(pattern, change.slot)))


def changed(pattern: Pattern, said: Mapping[Usual, WorkLocation | None]) -> dict[Usual, WorkLocation | None]:
    """What to change in a pattern so that it says this from now on; None = no such line.

    Every week is all weeks: the lines for even and odd ones go. Nothing in even weeks, where every week has something,
    leaves the odd ones.
    """
    changes: dict[Usual, WorkLocation | None] = {}
    for key, location in said.items():
        every, even, odd = (Usual(weeks, key.weekday, key.part) for weeks in (Weeks.EVERY, Weeks.EVEN, Weeks.ODD))
        now = {each: changes.get(each, pattern.get(each)) for each in (every, even, odd)}
        if key == every:
            changes |= {every: location, even: None, odd: None}
        elif location or not now[every]:
            changes[key] = location
        else:
            other = odd if key == even else even
            changes |= {every: None, key: None, other: now[other] or now[every]}
    return changes


def held(pattern: Pattern, keys: Iterable[Usual]) -> dict[Usual, WorkLocation | None]:
    """What a pattern says now of these lines; of every week also where even and odd ones differ."""
    found: dict[Usual, WorkLocation | None] = {}
    for key in keys:
        some = (replace(key, weeks=weeks) for weeks in Weeks) if key.weeks is Weeks.EVERY else (key,)
        said: dict[Usual, WorkLocation | None] = {each: pattern[each] for each in some if each in pattern}
        found |= said or {key: None}
    return found


def soonest(key: Usual, today: date) -> date:
    """The first day from today on that a line is about: within three weeks, for two odd ones may follow each other."""
    days = (today + timedelta(days=n) for n in range(3 * WEEK.days))
    return next(day for day in days if day.weekday() == key.weekday and key.weeks in (Weeks.EVERY, parity(day)))


def odd_twice(first: date, last: date) -> tuple[int, int] | None:
    """The numbers of two odd weeks between these days that follow each other: 53 and 1."""
    for monday in (monday_of(first) + n * WEEK for n in range((last - first) // WEEK + 1)):
        if parity(monday) is parity(monday + WEEK):
            return monday.isocalendar().week, (monday + WEEK).isocalendar().week
    return None
