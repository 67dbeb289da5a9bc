"""Days and day-parts: the smallest piece of time a plan knows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

# Local: by then the day before is gone (design, promise 2).
NIGHT = time(3)
SATURDAY = 5  # as `date.weekday()` counts: the weekend begins


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


@lru_cache(maxsize=1000)
def whole_day(day: date) -> tuple[Slot, Slot]:
    """Both day-parts of a day, in order."""
    return (Slot(day, DayPart.MORNING), Slot(day, DayPart.AFTERNOON))


def day_of_evening(now: datetime, zone: str) -> date:
    """The day that ends in the evening or night of `now` (aware): until three, local, it is still the day before."""
    local = now.astimezone(ZoneInfo(zone))
    return local.date() - timedelta(days=local.time() < NIGHT)


def monday_of(day: date) -> date:
    """The Monday of the ISO week that `day` lies in."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, slots=True)
class Ending:
    """When a day on somebody's card is over: in their own zone, or in their team's where the people on it are.

    `team_today` is the day there now: nobody is shown of a day that is over there, so its night has nothing to take away.
    """

    zone: str = "UTC"
    team_zone: str = "UTC"
    team_today: date = date.min

    def of(self, day: date) -> datetime:
        """When what shows this day must be gone: the night that comes first, in UTC."""
        return min(over_at(day, self.zone), over_at(max(day, self.team_today), self.team_zone))


IN_UTC = Ending()


def over_at(day: date, zone: str) -> datetime:
    """When what was kept or shown of a day must be gone: the night after it, in UTC. `zone` must exist."""
    return datetime.combine(day + timedelta(days=1), NIGHT, ZoneInfo(zone)).astimezone(UTC)
