"""When somebody works: what their plan and pattern say, in their own time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import DayPart, Slot, Usual, Weeks, whole_day
from bot.domain.places import Place, WorkLocation
from bot.domain.where.pattern import effective
from bot.domain.working import HOURS, LOOK_AHEAD, next_working_moment, works

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
HOME, OFF = WorkLocation(Place.HOME), WorkLocation(Place.NOT_WORKING)
MONDAY, FRIDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 28)
MORNING, AFTERNOON = DayPart

zones = st.sampled_from(["Europe/Amsterdam", "Europe/Brussels", "America/Curacao", "America/New_York", "Pacific/Apia"])
moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
said = st.dictionaries(st.tuples(st.integers(0, 15), st.sampled_from(DayPart)), st.sampled_from([HOME, OFF, None]))
usually = st.dictionaries(
    st.builds(Usual, st.sampled_from(Weeks), st.integers(0, 6), st.sampled_from(DayPart)), st.sampled_from([HOME, OFF])
)


def every(location: WorkLocation, *weekdays: int) -> dict[Usual, WorkLocation]:
    return {Usual(Weeks.EVERY, weekday, part): location for weekday in weekdays for part in DayPart}


def plan_of(pattern, exceptions, first: date = MONDAY):
    """Two weeks and more, as the store gives a plan: the pattern filled in."""
    return effective(pattern, exceptions, [first + timedelta(days=n) for n in range(LOOK_AHEAD.days + 3)])


def utc(day: date, hour: int, minute: int = 0, zone: ZoneInfo = AMSTERDAM) -> datetime:
    """A local moment, in UTC."""
    return datetime.combine(day, time(hour, minute), zone).astimezone(UTC)


def test_a_weekday_of_which_nothing_is_known_is_worked_and_the_weekend_is_not():
    assert works(Slot(FRIDAY, MORNING), plan_of({}, {}))
    assert not works(Slot(SATURDAY, MORNING), plan_of({}, {}))


def test_a_not_working_day_by_pattern_is_not_worked_unless_the_plan_says_so():
    assert not works(Slot(FRIDAY, MORNING), plan_of(every(OFF, 4), {}))
    assert works(Slot(FRIDAY, MORNING), plan_of(every(OFF, 4), {Slot(FRIDAY, MORNING): HOME}))
    assert not works(Slot(FRIDAY, AFTERNOON), plan_of(every(OFF, 4), {Slot(FRIDAY, MORNING): HOME}))


def test_a_saturday_is_worked_when_plan_or_pattern_says_a_place():
    assert works(Slot(SATURDAY, MORNING), plan_of(every(HOME, 5), {}))
    assert works(Slot(SATURDAY, MORNING), plan_of({}, {Slot(SATURDAY, MORNING): HOME}))
    # Emptied: nothing is known of this Saturday any more, whatever the pattern says.
    assert not works(Slot(SATURDAY, MORNING), plan_of(every(HOME, 5), {Slot(SATURDAY, MORNING): None}))


@pytest.mark.parametrize(
    ("now", "pattern", "expected"),
    [
        (utc(MONDAY, 10), {}, utc(MONDAY, 10)),
        (utc(MONDAY, 7, 59), {}, utc(MONDAY, 8)),
        (utc(MONDAY, 17, 59), {}, utc(MONDAY, 17, 59)),
        (utc(MONDAY, 18), {}, utc(MONDAY + timedelta(days=1), 8)),
        (utc(FRIDAY, 18), {}, utc(MONDAY + timedelta(days=7), 8)),
        (utc(FRIDAY, 9), every(OFF, 4), utc(MONDAY + timedelta(days=7), 8)),
        (utc(FRIDAY, 9), every(HOME, 5) | every(OFF, 4), utc(SATURDAY, 8)),
        (utc(MONDAY, 9), {Usual(Weeks.EVERY, 0, MORNING): OFF}, utc(MONDAY, 12, 30)),
        (utc(MONDAY, 12, 29), {Usual(Weeks.EVERY, 0, AFTERNOON): OFF}, utc(MONDAY, 12, 29)),
        (utc(MONDAY, 12, 30), {Usual(Weeks.EVERY, 0, AFTERNOON): OFF}, utc(MONDAY + timedelta(days=1), 8)),
        (utc(MONDAY, 9), every(OFF, 0, 1, 2, 3, 4), None),
    ],
)
def test_the_next_working_moment(now, pattern, expected):
    assert next_working_moment(now, AMSTERDAM, plan_of(pattern, {})) == expected


def test_two_weeks_off_is_waited_for_and_longer_is_not():
    """The fourteenth day from now still counts."""
    off = {slot: OFF for n in range(14) for slot in whole_day(MONDAY + timedelta(days=n))}
    assert next_working_moment(utc(MONDAY, 8), AMSTERDAM, off) == utc(MONDAY + timedelta(days=14), 8)
    assert next_working_moment(utc(MONDAY, 7), AMSTERDAM, off) is None


@pytest.mark.parametrize(("day", "offset"), [(date(2026, 3, 27), 1), (date(2026, 10, 23), 2)])
def test_over_a_weekend_in_which_the_clock_changes_it_is_eight_o_clock_local(day: date, offset: int):
    """A Friday evening before the change; the Monday after it has another offset."""
    friday, monday = utc(day, 19), next_working_moment(utc(day, 19), AMSTERDAM, {})
    assert friday.astimezone(AMSTERDAM).utcoffset() == timedelta(hours=offset)
    assert monday is not None
    assert monday.astimezone(AMSTERDAM).replace(tzinfo=None) == datetime.combine(day + timedelta(days=3), time(8))
    assert monday.astimezone(AMSTERDAM).utcoffset() == timedelta(hours=3 - offset)


@given(moments, zones, said, usually)
def test_it_is_the_first_moment_in_a_day_part_that_is_worked(now, zone_name, plan, pattern):
    zone = ZoneInfo(zone_name)
    today = now.astimezone(zone).date()
    exceptions = {Slot(today + timedelta(days=n), part): location for (n, part), location in plan.items()}
    planned = plan_of(pattern, exceptions, today)
    found = next_working_moment(now, zone, planned)

    def worked_at(moment: datetime) -> bool:
        local = moment.astimezone(zone)
        part = next((p for p, (start, end) in HOURS.items() if start <= local.time() < end), None)
        return part is not None and works(Slot(local.date(), part), planned)

    tried = now
    while tried <= now + LOOK_AHEAD and not (found and tried >= found):
        assert not worked_at(tried)
        tried += timedelta(minutes=30)
    if found is not None:
        assert found >= now
        assert found.tzinfo is UTC
        assert worked_at(found)
        assert found == now or found.astimezone(zone).time() in {start for start, _ in HOURS.values()}


def test_a_free_day_that_was_emptied_is_a_weekday_like_any_other():
    """As the pattern says nothing of it any more, to nobody: not to Samen either."""
    emptied = plan_of(every(OFF, 4), {Slot(FRIDAY, MORNING): None})
    assert works(Slot(FRIDAY, MORNING), emptied)
    assert not works(Slot(FRIDAY, AFTERNOON), emptied)
