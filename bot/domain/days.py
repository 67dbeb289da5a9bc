"""Days and day-parts: the smallest piece of time a plan knows."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class DayPart(StrEnum):
    MORNING = "morning"
    AFTERNOON = "afternoon"


@dataclass(frozen=True, slots=True)
class Slot:
    """One day-part of one day, in the person's own zone."""

    day: date
    part: DayPart

    def sort_key(self) -> tuple[date, bool]:
        """What to sort by: as text "afternoon" would come before "morning"."""
        return (self.day, self.part is DayPart.AFTERNOON)


def whole_day(day: date) -> tuple[Slot, Slot]:
    """Both day-parts of a day, in order."""
    return (Slot(day, DayPart.MORNING), Slot(day, DayPart.AFTERNOON))


def monday_of(day: date) -> date:
    """The Monday of the ISO week that `day` lies in."""
    return day - timedelta(days=day.weekday())
