"""How somebody wants to be reached, in closed values only; and what of it holds for the rest of today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.days import DayPart
from bot.domain.places import Kind, Place, WorkLocation
from bot.domain.working import HOURS

DAY = 24 * 60  # minutes
SAME_DAY = DAY
WITHIN = (15, 60, 240, SAME_DAY)  # minutes in which an answer is promised; nothing else can be chosen
NOON = HOURS[DayPart.MORNING][1].hour * 60 + HOURS[DayPart.MORNING][1].minute
EVENING = HOURS[DayPart.AFTERNOON][1].hour * 60
_HALVES = {DayPart.MORNING: (0, NOON), DayPart.AFTERNOON: (NOON, DAY)}
# Work that is not interrupted for a question that can wait.
UNDISTURBED = frozenset({Kind.FOCUS, Kind.COUNTER, Kind.CONSULTATION})


class Urgency(StrEnum):
    NORMAL = "normal"
    URGENT = "urgent"


class Route(StrEnum):
    CHAT = "chat"
    CALL = "call"
    MAIL = "mail"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Hours:
    """From and until, in minutes after midnight in the person's own zone."""

    start: int
    until: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.until <= DAY:
            raise ValueError("hours begin before they end, on one day")


@dataclass(frozen=True, slots=True)
class Rule:
    """One route; `within` is one of WITHIN or None (nothing promised), `hours` None = always while at work."""

    route: Route
    within: int | None = None
    hours: Hours | None = None

    def __post_init__(self) -> None:
        if self.within is not None and self.within not in WITHIN:
            raise ValueError("no such time can be promised")


Rules = Mapping[Urgency, Rule]
Today = Mapping[DayPart, WorkLocation]  # as far as the asker may see it
# What is set absolutely: a rule, or None for none.
Settings = tuple[tuple[Urgency, Rule | None], ...]


@dataclass(frozen=True, slots=True)
class Open:
    """When a rule holds today: `start` None = now already, `until` None = no end known, both minutes after midnight."""

    start: int | None = None
    until: int | None = None


def open_today(rule: Rule, urgency: Urgency, today: Today, minute: int) -> Open | None:
    """When a rule holds from this minute on; None = not any more today.

    A question that can wait, waits until a day-part without counter, consultation or focus, if today still has one.
    """
    patient = urgency is Urgency.NORMAL
    windows = _windows(rule, today, undisturbed=patient)
    left = [window for window in windows if window[1] > minute]
    if not left and patient:
        left = [window for window in _windows(rule, today, undisturbed=False) if window[1] > minute]
    if not left:
        return None
    start, until = left[0]
    return Open(start if start > minute else None, until if until < DAY or rule.hours else None)


def _windows(rule: Rule, today: Today, *, undisturbed: bool) -> Sequence[tuple[int, int]]:
    """The stretches of the day in which a rule holds; neighbouring ones are one."""
    hours = (rule.hours.start, rule.hours.until) if rule.hours else (0, DAY)
    found: list[tuple[int, int]] = []
    for part, (begin, end) in _HALVES.items():
        start, until = max(begin, hours[0]), min(end, hours[1])
        if start >= until or _closed(today.get(part), undisturbed=undisturbed):
            continue
        if found and found[-1][1] == start:
            start = found.pop()[0]
        found.append((start, until))
    return found


def _closed(at: WorkLocation | None, *, undisturbed: bool) -> bool:
    return at is not None and (at.place is Place.NOT_WORKING or (undisturbed and at.kind in UNDISTURBED))


def now_and_later(today: Today, minute: int) -> tuple[WorkLocation | None, WorkLocation | None]:
    """Where somebody is now, and where from noon on if that is another place; the morning is over after noon."""
    morning, afternoon = today.get(DayPart.MORNING), today.get(DayPart.AFTERNOON)
    if minute >= EVENING:
        return None, None
    if minute >= NOON:
        return afternoon, None
    return morning, afternoon if afternoon != morning else None
