"""Rules of one's own plan: how far it reaches, what a kind of work suggests, what stays the same."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from bot.domain.days import SATURDAY, Slot, monday_of
from bot.domain.places import Kind, NamedPlace, Place, WorkLocation
from bot.domain.where.calendar import HORIZON
from bot.domain.where.intents import Change, Problem

# The plan card shows this week and the next; at the weekend, when this week is over, the two that come.
CARD_DAYS = 14


# Where a kind of work usually happens, best first: a suggestion, never a rule.
SUGGESTED: Mapping[Kind, tuple[Place, ...]] = {
    Kind.FOCUS: (Place.HOME, Place.LIBRARY),
    Kind.TOGETHER: (Place.SITE, Place.THIRD),
    Kind.COUNTER: (Place.SITE, Place.NEIGHBOURHOOD),
    Kind.FIELD: (Place.ROAD, Place.WALKING, Place.RESIDENT),
    Kind.LEARNING: (Place.LIBRARY, Place.HOME, Place.ELSEWHERE),
    Kind.CONSULTATION: (Place.RESIDENT, Place.NEIGHBOURHOOD, Place.SITE),
}


def limits(slots: Iterable[Slot], today: date) -> Problem | None:
    """What forbids planning these day-parts: the past keeps no history, and a plan reaches a year."""
    days = [slot.day for slot in slots]
    if not days:
        return Problem.EMPTY_CHOICE
    if min(days) < today:
        return Problem.PAST
    return Problem.TOO_FAR if max(days) > today + HORIZON else None


def choices(places: Sequence[NamedPlace], kind: Kind | None) -> tuple[tuple[WorkLocation, ...], int]:
    """Every place that can be chosen, those the kind of work suggests first; and how many are suggested."""
    every = [_everyone(place, places) for place in Place if not (kind and place is Place.NOT_WORKING)]
    options = [option for group in every for option in group]
    suggested = SUGGESTED.get(kind, ()) if kind else ()
    first = [option for place in suggested for option in options if option.place is place]
    rest = [option for option in options if option not in first]
    with_kind = tuple(WorkLocation(o.place, o.named, kind) for o in (*first, *rest))
    return with_kind, len(first)


def _everyone(place: Place, places: Sequence[NamedPlace]) -> list[WorkLocation]:
    named = [WorkLocation(place, one.id) for one in places if one.place is place and not one.retired]
    # "The office" without a name makes sense only where no site has a name.
    return named if named and place is Place.SITE else [*named, WorkLocation(place)]


def exists(location: WorkLocation | None, places: Sequence[NamedPlace]) -> bool:
    """Whether a named place that a card or an undo names is one of this tenant's, of that class."""
    if location is None or location.named is None:
        return True
    return any(place.id == location.named and place.place is location.place for place in places)


def card_span(today: date) -> tuple[date, date]:
    """The first and the last day that the plan card can show."""
    monday = monday_of(today) if today.weekday() < SATURDAY else monday_of(today) + timedelta(days=7)
    return today, monday + timedelta(days=CARD_DAYS - 1)


def card_days(today: date, filled: Iterable[date]) -> tuple[date, ...]:
    """The days of the plan card: the working days of its two weeks from today on, and weekend days in use."""
    first, last = card_span(today)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    used = set(filled)
    return tuple(day for day in days if day.weekday() < SATURDAY or day in used)


def previous_values(changes: Sequence[Change], before: Mapping[Slot, WorkLocation]) -> tuple[Change, ...]:
    """What an undo of these changes would set; empty when they change nothing."""
    undo = tuple(Change(change.slot, before.get(change.slot)) for change in changes)
    return () if undo == tuple(changes) else undo


def newer(
    changes: Sequence[Change], expected: Sequence[Change], before: Mapping[Slot, WorkLocation]
) -> tuple[Change, ...]:
    """The changes of an undo that would overwrite what was said after the change it undoes."""
    set_then = {change.slot: change.location for change in expected}
    return tuple(c for c in changes if c.slot in set_then and before.get(c.slot) != set_then[c.slot])


def ordered(changes: Iterable[Change]) -> tuple[Change, ...]:
    """One change per day-part, the last one said counts, in order of time."""
    last = {change.slot: change for change in changes}
    return tuple(last[slot] for slot in sorted(last, key=Slot.sort_key))
