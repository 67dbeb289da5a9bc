"""When somebody does not work on a day."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.days import DayPart, Slot
from bot.domain.focus.free import midnights, not_worked
from bot.domain.places import Place, WorkLocation

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 22)
OFF = {Slot(MONDAY, DayPart.AFTERNOON): WorkLocation(Place.NOT_WORKING)}


def at(hour: int, minute: int = 0) -> datetime:
    """Of that Monday, in Amsterdam's winter."""
    return datetime(2026, 11, 23, hour, minute, tzinfo=AMSTERDAM).astimezone(UTC)


def test_a_working_day_is_worked():
    assert not_worked(MONDAY, AMSTERDAM, {}, None) == ()


def test_a_half_day_off_by_their_plan():
    assert not_worked(MONDAY, AMSTERDAM, OFF, None) == ((at(12, 30), at(18)),)


def test_a_day_in_the_weekend():
    assert len(not_worked(SUNDAY, AMSTERDAM, {}, None)) == 2


def test_around_the_hours_that_outlook_knows():
    first, last = midnights(MONDAY, AMSTERDAM)
    assert not_worked(MONDAY, AMSTERDAM, {}, (at(9), at(15))) == ((first, at(9)), (at(15), last))


def test_a_day_has_the_hours_that_the_clock_gives_it():
    for day, hours in ((date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (MONDAY, 24)):
        first, last = midnights(day, AMSTERDAM)
        assert last - first == timedelta(hours=hours)
