"""One's own day: who works at the same place, which day comes next, and which places are offered with one tap."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.days import Slot, monday_of, whole_day
from bot.domain.places import NamedPlace, Place, WorkLocation
from bot.domain.where.board import AtPlace, Line, Plan, in_places, line_of
from bot.domain.where.calendar import FRIDAY, WEEK
from bot.domain.where.plan import choices
from bot.domain.working import LOOK_AHEAD, works

MOST_OFFERED = 6
THURSDAY = 3  # from here on the week that comes is near enough to be spoken of

Spot = tuple[Place, str | None]


@dataclass(frozen=True, slots=True)
class Near:
    """Who is at a place of mine while I am there; `slots` are the day-parts that I am."""

    location: Spot
    slots: tuple[Slot, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """Who works on a day of those who show it: with me, in order of time, and all others, by place."""

    near: tuple[Near, ...]
    others: tuple[AtPlace, ...]


def is_working_day(day: date, plan: Plan) -> bool:
    """Whether somebody works at some time of a day: their plan says so, else it is a weekday."""
    return any(works(slot, plan) for slot in whole_day(day))


def next_working_day(today: date, plan: Plan) -> date | None:
    """The first day after today on which somebody works; None = not within the 14 days that `plan` must reach."""
    days = (today + timedelta(days=n) for n in range(1, LOOK_AHEAD.days + 1))
    return next((day for day in days if is_working_day(day, plan)), None)


def company(mine: Plan, people: Iterable[tuple[str, Plan]], day: date, *, one_office: bool) -> Company:
    """Who works that day, by name; nobody who is off, and who is with me at some time only there.

    `one_office`: no site has a name, so that two people "at the office" are at the same one.
    """
    by_name = sorted(people, key=lambda person: person[0].casefold())
    near: list[Near] = []
    met: set[int] = set()
    for spot, slots in _stays(mine, day).items():
        lines = []
        for number, (name, plan) in enumerate(by_name):
            here = [slot for slot in slots if is_same(mine[slot], plan.get(slot), one_office=one_office)]
            if here:
                met.add(number)
                elsewhere = {
                    slot: at for slot, at in plan.items() if not is_same(mine.get(slot), at, one_office=one_office)
                }
                lines.append(_with_me(Line(name, plan[here[0]]), elsewhere, here, slots))
        if lines:
            near.append(Near(spot, tuple(slots), tuple(lines)))
    others: dict[Spot, list[Line]] = {}
    for number, (name, plan) in enumerate(by_name):
        line = line_of(name, plan, day)
        if number not in met and line and line.here.place is not Place.NOT_WORKING:
            others.setdefault((line.here.place, line.here.named), []).append(line)
    return Company(tuple(near), in_places(others))


def _with_me(line: Line, elsewhere: Plan, here: Sequence[Slot], slots: Sequence[Slot]) -> Line:
    """Somebody at my place in these halves of the day; with where they are in the other one, if that is elsewhere."""
    now = line.here
    other = next((elsewhere[slot] for slot in whole_day(here[0].day) if slot in elsewhere and slot not in here), None)
    moves = other is not None and (other.place, other.named) != (now.place, now.named)
    if moves or len(here) < len(slots):
        return replace(line, half=here[0].part, other=other if moves else None)
    return line


def _stays(mine: Plan, day: date) -> dict[Spot, list[Slot]]:
    """Where I am that day and when, in order of time."""
    found: dict[Spot, list[Slot]] = {}
    for slot in whole_day(day):
        if at := mine.get(slot):
            found.setdefault((at.place, at.named), []).append(slot)
    return found


def is_same(mine: WorkLocation | None, theirs: WorkLocation | None, *, one_office: bool) -> bool:
    """Whether two people are at one place: one with a name, or the only office. Two at home are not."""
    if mine is None or theirs is None or (mine.place, mine.named) != (theirs.place, theirs.named):
        return False
    return mine.named is not None or (one_office and mine.place is Place.SITE)


def offered(places: Sequence[NamedPlace], plan: Mapping[Slot, WorkLocation]) -> tuple[WorkLocation, ...]:
    """A few places to choose from with one tap: where somebody plans to be most, home, the sites; not working last."""
    options, _ = choices(places, None)
    planned = Counter((at.place, at.named) for at in plan.values())
    off = WorkLocation(Place.NOT_WORKING)
    working = [option for option in options if option != off]
    # Sorting keeps the order of places where nothing tells two apart.
    working.sort(key=lambda at: (-planned[at.place, at.named], at.place is not Place.HOME))
    return (*working[: MOST_OFFERED - 1], off)


def open_days(today: date, plan: Plan) -> tuple[date, ...]:
    """The working days of next week with nothing in them, from Thursday on; `plan` must reach so far."""
    if today.weekday() < THURSDAY:
        return ()
    monday = monday_of(today) + WEEK
    days = (monday + timedelta(days=n) for n in range(FRIDAY + 1))
    return tuple(day for day in days if not any(slot in plan for slot in whole_day(day)))
