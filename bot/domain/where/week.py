"""A team's week: who is where in each day-part that is still to come, only of people who show something."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.domain.days import Slot, monday_of, whole_day
from bot.domain.places import Place
from bot.domain.where.board import Plan
from bot.domain.where.calendar import FRIDAY, WEEK, shifted

# From here on people look ahead: what is left of the week is one afternoon.
LOOK_AHEAD = time(12)

Location = tuple[Place, str | None]  # the class and the named place's id


@dataclass(frozen=True, slots=True)
class Gathered:
    """People at one place, by name."""

    location: Location
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the week: who is at one place all day, and who is somewhere in one half of it."""

    day: date
    whole: tuple[Gathered, ...] = ()
    morning: tuple[Gathered, ...] = ()
    afternoon: tuple[Gathered, ...] = ()


def week_shown(now: datetime) -> date:
    """The Monday of the week that matters at this moment in one's own zone: from Friday noon on the next."""
    ahead = (now.weekday(), now.time()) >= (FRIDAY, LOOK_AHEAD)
    return monday_of(now.date()) + (WEEK if ahead else 0 * WEEK)


def days_left(monday: date, today: date) -> tuple[date, ...]:
    """Monday to Friday of a week, without the days that are over."""
    days = (shifted(monday, number) for number in range(FRIDAY + 1))
    return tuple(day for day in days if day >= today)


def week(plans: Mapping[str, Plan], names: Mapping[str, str], days: Sequence[date]) -> tuple[Day, ...]:
    """The days of those who have a name in the roster; places in their own order, people by name."""
    people = sorted(((names[user], plan) for user, plan in plans.items() if user in names), key=_by_name)
    return tuple(_day(people, day) for day in days)


def _by_name(person: tuple[str, Plan]) -> str:
    return person[0].casefold()


def _day(people: Sequence[tuple[str, Plan]], day: date) -> Day:
    morning, afternoon = whole_day(day)
    halves = [(name, _at(plan, morning), _at(plan, afternoon)) for name, plan in people]
    return Day(
        day,
        _grouped((name, before) for name, before, after in halves if before == after),
        _grouped((name, before) for name, before, after in halves if before != after),
        _grouped((name, after) for name, before, after in halves if before != after),
    )


def _at(plan: Plan, slot: Slot) -> Location | None:
    there = plan.get(slot)
    return (there.place, there.named) if there else None


def _grouped(found: Iterable[tuple[str, Location | None]]) -> tuple[Gathered, ...]:
    rank = {place: number for number, place in enumerate(Place)}
    groups: dict[Location, list[str]] = {}
    for name, location in found:
        if location:
            groups.setdefault(location, []).append(name)
    ordered = sorted(groups, key=lambda at: (rank[at[0]], at[1] or ""))
    return tuple(Gathered(location, tuple(groups[location])) for location in ordered)
