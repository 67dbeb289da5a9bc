"""The Friday question: what somebody means by the words after `/weekask`, and which week is asked about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from bot.domain.clock import read_time
from bot.domain.days import SATURDAY, Slot, monday_of, whole_day
from bot.domain.places import NamedPlace, WorkLocation
from bot.domain.start import options
from bot.domain.where.board import Plan
from bot.domain.where.calendar import FRIDAY
from bot.domain.where.intents import Change
from bot.domain.where.presses import to_set
from bot.domain.words import Lexicon, fold

USUAL_DAY, USUAL_MINUTE = FRIDAY, 14 * 60
# Nothing is sent outside working hours, and whoever is asked needs a moment to answer.
EARLIEST, LATEST = 8 * 60, 17 * 60  # minutes after midnight
MOST_SITES = 4  # offered for a day without a place; the others are typed, or chosen on the plan
LONGEST = 200  # characters; a day and a time take thirty
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEK = timedelta(days=7)
_NOON = 12 * 60
# The time where only the half of a day is said.
USUAL_IN = {"morning": 9 * 60, "midday": USUAL_MINUTE, "afternoon": USUAL_MINUTE}
_AROUND = " \n.!?,"


class Problem(StrEnum):
    """Why nothing was changed."""

    UNCLEAR = "unclear"
    TIME = "time"  # not a time of the day
    HOURS = "hours"  # outside working hours


@dataclass(frozen=True, slots=True)
class Choose:
    """Ask me from now on; what is None stays as it is, or is the usual. All None: on, if it is not."""

    weekday: int | None = None
    minute: int | None = None


@dataclass(frozen=True, slots=True)
class SwitchOff:
    """Ask me no more."""


@dataclass(frozen=True, slots=True)
class ShowState:
    """Whether and when I am asked; nothing changes."""


@dataclass(frozen=True, slots=True)
class Unclear:
    problem: Problem


@dataclass(frozen=True, slots=True)
class Confirm:
    """The week that begins on this Monday is right as it stands."""

    monday: date


@dataclass(frozen=True, slots=True)
class FillIn:
    """A place for day-parts of the week that begins on this Monday."""

    monday: date
    changes: tuple[Change, ...]


Intent = Choose | SwitchOff | ShowState | Unclear | Confirm | FillIn


def parse(text: str, lexicon: Lexicon) -> Choose | SwitchOff | ShowState | Unclear:
    """Nothing, "off", "when", or a day of the week, a time, or both: "friday 14:00", "friday afternoon"."""
    said = _said(text, lexicon) if len(text) <= LONGEST else None
    chosen = said and (said.times or said.weekday is not None)
    if said is None or (said.keys == {"filler"} and not chosen):
        return Unclear(Problem.UNCLEAR)
    if said.keys & {"off", "show"}:
        return Unclear(Problem.UNCLEAR) if chosen else SwitchOff() if "off" in said.keys else ShowState()
    if None in said.times:
        return Unclear(Problem.TIME)
    return _choose(said)


@dataclass(frozen=True, slots=True)
class _Said:
    """What was said, in any order; `part` is the half of that day, `keys` are those of the words without a day or a time."""

    weekday: int | None = None
    part: str | None = None
    times: tuple[int | None, ...] = ()  # minutes after midnight; None = no time of the day
    keys: frozenset[str] = frozenset()


def _said(text: str, lexicon: Lexicon) -> _Said | None:
    """None for a word that says nothing here, or a second day or time."""
    rest, said = fold(text).strip(_AROUND), _Said()
    while rest:
        found = _word(rest, lexicon, said) or _time(rest, lexicon, said)
        if found is None:
            return None
        said, rest = found
    return said


def _word(text: str, lexicon: Lexicon, said: _Said) -> tuple[_Said, str] | None:
    """The same with the first word or words of a text, and what follows; None = a time, or nothing to us."""
    for category in ("compound", "weekday", "weekday_each", "part", "weekask"):
        match = lexicon.phrase(category, text)
        if match is None:
            continue
        day, _, part = match.key.partition("+")
        if category == "weekask":
            return replace(said, keys=said.keys | {match.key}), match.rest
        # "Morgen" is a morning behind a day only; before one, or alone, it is tomorrow.
        if category == "part" and said.weekday is not None and said.part is None and day in USUAL_IN:
            return replace(said, part=day), match.rest
        if day in _WEEKDAYS and said.weekday is None:
            return replace(said, weekday=_WEEKDAYS.index(day), part=part or None), match.rest
    return None


def _time(text: str, lexicon: Lexicon, said: _Said) -> tuple[_Said, str] | None:
    time = read_time(text, lexicon)
    return (replace(said, times=(time[0],)), time[1]) if time and not said.times else None


def _choose(said: _Said) -> Choose | Unclear:
    minute = said.times[0] if said.times else USUAL_IN.get(said.part or "")
    if minute is not None and said.part not in (None, "morning") and minute < _NOON:
        minute += _NOON  # "friday afternoon at 2"
    if minute is not None and (not EARLIEST <= minute <= LATEST or (said.part == "morning" and minute > _NOON)):
        return Unclear(Problem.HOURS)
    return Choose(said.weekday, minute)


def press_choose(data: Mapping[str, Any]) -> Choose | None:
    """From a button; without a day and a time it is the same as the bare command."""
    weekday, minute = data.get("weekday"), data.get("minute")
    if not (weekday is None or (type(weekday) is int and 0 <= weekday < len(_WEEKDAYS))):
        return None
    if not (minute is None or (type(minute) is int and EARLIEST <= minute <= LATEST)):
        return None
    return Choose(weekday, minute)


def press_confirm(data: Mapping[str, Any], today: date) -> Confirm | None:
    """From the question's button, as long as its week has not begun, and on its first day: after that it is an old card."""
    monday = _monday(data.get("week"))
    return Confirm(monday) if monday and is_asked(monday, today) else None


def press_fill_in(data: Mapping[str, Any], today: date) -> FillIn | None:
    """From a place on the question: for days of that week only."""
    confirmed, said = press_confirm(data, today), to_set(data)
    if confirmed is None or said is None:
        return None
    week = set(week_slots(confirmed.monday))
    return FillIn(confirmed.monday, said.changes) if week.issuperset(c.slot for c in said.changes) else None


def is_asked(monday: date, today: date) -> bool:
    """Whether the week that begins then is still asked about: the next one, or the one that begins today."""
    return monday in (monday_of(today) + _WEEK, today)


def asked_week(day: date) -> date:
    """The Monday of the week that is asked about on a day."""
    return monday_of(day) + _WEEK


def week_slots(monday: date) -> tuple[Slot, ...]:
    """Every half of the seven days."""
    return tuple(slot for n in range(_WEEK.days) for slot in whole_day(monday + timedelta(days=n)))


def shown(monday: date, plan: Plan) -> tuple[Slot, ...]:
    """The halves to speak of: Monday to Friday, and at the weekend what is planned."""
    return tuple(slot for slot in week_slots(monday) if slot.day.weekday() < SATURDAY or slot in plan)


def offered(places: Iterable[NamedPlace]) -> Sequence[WorkLocation]:
    """The places for a day without one: home, some sites, not working."""
    home, *sites, off = options(places)
    return (home, *sites[:MOST_SITES], off)


def _monday(text: object) -> date | None:
    try:
        day = date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return day if day and day == monday_of(day) else None
