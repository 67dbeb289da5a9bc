"""A team's board for one day: by kind of work, then by place, only of people who show something."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.days import DayPart, Slot, whole_day
from bot.domain.places import Kind, Place, WorkLocation

Plan = Mapping[Slot, WorkLocation]


@dataclass(frozen=True, slots=True)
class Line:
    """A person on the board. `half` is the day-part that `here` is about, None = the whole day."""

    name: str
    here: WorkLocation
    half: DayPart | None = None
    other: WorkLocation | None = None  # what the other half of the day is, where it is filled in


@dataclass(frozen=True, slots=True)
class AtPlace:
    location: tuple[Place, str | None]  # the class and the named place's id
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class OfKind:
    kind: Kind | None
    working: bool
    places: tuple[AtPlace, ...]


def line_of(name: str, plan: Plan, day: date) -> Line | None:
    """One person's line for a day; None when nothing is filled in.

    A day in two halves is told from the half that is worked, the morning first.
    """
    first, second = whole_day(day)
    morning, afternoon = plan.get(first), plan.get(second)
    if morning and morning == afternoon:
        return Line(name, morning)
    halves = [(DayPart.MORNING, morning, afternoon), (DayPart.AFTERNOON, afternoon, morning)]
    halves.sort(key=lambda half: half[1] is None or half[1].place is Place.NOT_WORKING)
    part, here, other = halves[0]
    if here is None:
        part, here, other = halves[1]
    return Line(name, here, part, other) if here else None


def board(plans: Mapping[str, Plan], names: Mapping[str, str], day: date) -> tuple[OfKind, ...]:
    """The board of those who have a name in the roster and something filled in on that day.

    Kinds of work in their own order, then no kind, then not working; places and people by name.
    """
    lines = [line_of(names[user], plan, day) for user, plan in plans.items() if user in names]
    grouped: dict[tuple[bool, Kind | None], dict[tuple[Place, str | None], list[Line]]] = {}
    for line in sorted(filter(None, lines), key=lambda one: one.name.casefold()):
        group = grouped.setdefault((line.here.place is not Place.NOT_WORKING, line.here.kind), {})
        group.setdefault((line.here.place, line.here.named), []).append(line)
    order = [(True, kind) for kind in Kind] + [(True, None), (False, None)]
    return tuple(
        OfKind(kind, working, in_places(grouped[working, kind]))
        for working, kind in order
        if (working, kind) in grouped
    )


def in_places(rows: Mapping[tuple[Place, str | None], Iterable[Line]]) -> tuple[AtPlace, ...]:
    """The lines of each place, the places in their own order."""
    rank = {place: number for number, place in enumerate(Place)}
    ordered = sorted(rows, key=lambda spot: (rank[spot[0]], spot[1] or ""))
    return tuple(AtPlace(spot, tuple(rows[spot])) for spot in ordered)
