"""Days and day-parts: the smallest piece of time a plan knows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

# Local: by then the day before is gone (design, promise 2).
NIGHT = time(3)


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


class Weeks(StrEnum):
    """Which weeks a line of a weekly pattern is about; even and odd are the numbers of ISO weeks."""

    EVERY = "every"
    EVEN = "even"
    ODD = "odd"


@dataclass(frozen=True, slots=True)
class Usual:
    """A day-part of a day of the week, Monday = 0, in every week or in half of them."""

    weeks: Weeks
    weekday: int
    part: DayPart

    def sort_key(self) -> tuple[int, bool, str]:
        """What to sort by: the week in order of time."""
        return (self.weekday, self.part is DayPart.AFTERNOON, self.weeks)


def whole_day(day: date) -> tuple[Slot, Slot]:
    """Both day-parts of a day, in order."""
    return (Slot(day, DayPart.MORNING), Slot(day, DayPart.AFTERNOON))


def monday_of(day: date) -> date:
    """The Monday of the ISO week that `day` lies in."""
    return day - timedelta(days=day.weekday())


def over_at(day: date, zone: str) -> datetime:
    """When what was kept or shown of a day must be gone: the night after it, in UTC. `zone` must exist."""
    return datetime.combine(day + timedelta(days=1), NIGHT, ZoneInfo(zone)).astimezone(UTC)
