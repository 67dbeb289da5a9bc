"""Counts of people that may be published: rounded to 5, from 5 up, once a day (design, section 8)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta

STEP = 5
LOWEST = 5
# Local time: late enough for most plans of the next day, early enough for whoever orders lunch.
COUNTED_FROM = time(15)
_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was published for a day, by site; a site that is not there has no number that may be said."""

    expected: Mapping[str, int] = field(default_factory=dict)
    # By what one command closed: how many moved away from that site, over all that was closed of it when counted.
    moved: Mapping[str, int] = field(default_factory=dict)


def published(count: int, minimum: int = LOWEST) -> int | None:
    """The number to say for so many people: a multiple of 5, never below the minimum; None = say nothing.

    A `minimum` below 5 counts as 5: an organisation can only raise it.
    """
    least = max(minimum, LOWEST)
    if count < least:
        return None
    nearest = (2 * count + STEP) // (2 * STEP) * STEP
    return nearest if nearest >= least else nearest + STEP


def next_working_day(today: date) -> date:
    """The first Monday to Friday after today."""
    day = today + timedelta(days=1)
    return day if day.weekday() <= _FRIDAY else day + timedelta(days=7 - day.weekday())
