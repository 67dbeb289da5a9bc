"""What a sentence says, piece by piece, in order: days, day-parts, places, kinds of work, and what joins them."""

from dataclasses import dataclass

from bot.domain.places import Kind, NamedPlace, Place
from bot.domain.where.sentence import Lexeme

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_RELATIVE = {"yesterday": -1, "today": 0, "tomorrow": 1, "after_tomorrow": 2}


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, Monday = 0. `each`: said as "Mondays"; `which`: "this", "coming" or "next" stood before it.

    `doubtful`: a day only beside another one ("zo", "sat").
    """

    number: int
    part: str | None = None
    each: bool = False
    which: str | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Relative:
    """So many days from today."""

    days: int
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as it was said; a month or a year may be missing. `weekday` was said with it ("ma 7 dec").

    `days_ahead` likewise ("morgen 7 dec"); `mark` is that of a date that may be no date at all ("9-12", "4/5").
    """

    day: int
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    days_ahead: int | None = None
    mark: str | None = None
    part: None = None


@dataclass(frozen=True, slots=True)
class Week:
    """A week: "last", "this", "next", "whole" (all of it), or an ISO week number."""

    key: str | int


@dataclass(frozen=True, slots=True)
class Weekend:
    """The Saturday and Sunday of a week."""


Day = Weekday | Relative | Dated | Week | Weekend


@dataclass(frozen=True, slots=True)
class Range:
    """From one day through another; `start` None = from today on. `until`: some would not count the end."""

    start: Weekday | Relative | Dated | None
    end: Weekday | Relative | Dated
    until: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A day-part: "morning", "midday", "afternoon", "half" (either), "day" (both), "rest" or "not_midday"."""

    key: str


@dataclass(frozen=True, slots=True)
class Put:
    """A place. `names`: the places of the name that was said; `typed`: the words of a building ("stadhuis").

    `weak`: this word says a place only where nothing else does ("werk").
    """

    place: Place
    names: tuple[NamedPlace, ...] = ()
    typed: tuple[str, ...] = ()
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Doing:
    kind: Kind


@dataclass(frozen=True, slots=True)
class Clear:
    """The word "leeg": nothing is filled in any more."""


@dataclass(frozen=True, slots=True)
class Not:
    """The word "niet": with a day only, not working; with a place it is too much for us."""


@dataclass(frozen=True, slots=True)
class Joint:
    """A comma, "and", "then", or "or" between two things."""

    mark: bool = False
    alternative: bool = False
    then: bool = False


@dataclass(frozen=True, slots=True)
class Through:
    """The middle of a range. `soft`: it may also mean nothing here ("-", "to"); `until`: "tot", "until"."""

    soft: bool = False
    until: bool = False


@dataclass(frozen=True, slots=True)
class From:
    """The words "van", "from": a range must follow, or a place."""


@dataclass(frozen=True, slots=True)
class Every:
    """A repetition: "week", "other" (every second week), "even", "odd" or "day"."""

    step: str


@dataclass(frozen=True, slots=True)
class Coming:
    """One of "this", "coming" or "next" before a day of the week."""

    key: str


@dataclass(frozen=True, slots=True)
class View:
    """One of "plan", "pattern", "follow", "board", "share", "publish", "on" or "off"."""

    key: str


@dataclass(frozen=True, slots=True)
class Strange:
    """Something left over: tokens first to last. `known`: a word we know but cannot plan with ("avond")."""

    first: int
    last: int
    known: bool


Said = Day | Range | Part | Put | Doing | Clear | Not | Joint | Through | From | Every | Coming | View | Strange


def said(lexeme: Lexeme) -> Said | None:  # noqa: C901, PLR0911, PLR0912 - one line per category
    """What one phrase says by itself; None if it says nothing (a filler)."""
    match sorted(lexeme.senses):
        case [("named", _)]:
            return Put(lexeme.names[0].place, lexeme.names)
        case [("filler", _), ("place", key)]:
            return Put(Place(key), weak=True)
        case [("filler", _), ("range", "from")]:
            return From()
        case [("filler", _), ("range", "through")]:
            return Through(soft=True)
        case [("negation", _), *_]:
            return Not()
        case [("filler" | "silent", _), *_]:
            return None
        case [("compound", key), *_]:
            return _compound(key)
        case [("doubtful", _), ("weekday", key)]:
            return Weekday(_WEEKDAYS.index(key), doubtful=True)
        case [("weekday", key), *_]:
            return Weekday(_WEEKDAYS.index(key))
        case [("weekday_each", key), *_]:
            return Weekday(_WEEKDAYS.index(key), each=True)
        case [("relative", key), *_]:
            return Relative(_RELATIVE[key])
        case [("week", "weekend"), *_]:
            return Weekend()
        case [("week", "last" | "this" | "next" | "whole" as key), *_]:
            return Week(key)
        case [("part", key), *_]:
            return Part(key)
        case [("hall", _), *_]:
            return Put(Place.SITE, typed=tuple(lexeme.text.split()))
        case [("place", key), *_]:
            return Put(Place(key))
        case [("clear", _), *_]:
            return Clear()
        case [("kind", key), *_]:
            return Doing(Kind(key))
        case [("join", key), *_]:
            return _joint(key, lexeme)
        case [("dash", _)]:
            return Through(soft=True)
        case [("range", "through" | "until" as key), *_]:
            return Through(until=key == "until")
        case [("range", "from"), *_]:
            return From()
        case [("every", key), *_]:
            return Every(key)
        case [("coming", key), *_]:
            return Coming(key)
        case [("view", key), *_]:
            return View(key)
    return strange(lexeme)


def strange(lexeme: Lexeme) -> Strange:
    """A phrase that nothing can be done with."""
    return Strange(lexeme.first, lexeme.last, known=lexeme.is_a("beyond", "join", "week"))


def month(lexeme: Lexeme) -> int | None:
    """The number of the month that a lexeme names."""
    key = lexeme.key("month")
    return _MONTHS.index(key) + 1 if key else None


def _compound(key: str) -> Weekday | Relative:
    day, part = key.split("+")
    return Relative(_RELATIVE[day], part) if day in _RELATIVE else Weekday(_WEEKDAYS.index(day), part)


def _joint(key: str, lexeme: Lexeme) -> Joint | Strange:
    if key == "of":
        return strange(lexeme)
    return Joint(mark=key == "mark", alternative=key == "or", then=key == "then")
