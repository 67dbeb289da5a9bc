"""Prompts: when they come, in every zone and week, and never twice for one day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.days import DayPart, Slot, monday_of, whole_day
from bot.domain.places import Place, WorkLocation
from bot.domain.prompts import Prompt, PromptKind, day_sent, first_sent, look, next_moment
from bot.domain.working import HOURS, works

AMSTERDAM, BONAIRE, ADELAIDE = "Europe/Amsterdam", "America/Kralendijk", "Australia/Adelaide"
# Half hours, three quarters, both sides of the date line, summer in January, a DST of half an hour, and none.
ZONES = (AMSTERDAM, BONAIRE, ADELAIDE, "Asia/Kathmandu", "Pacific/Auckland", "Pacific/Pago_Pago", "Australia/Lord_Howe", "UTC")  # fmt: skip
MONDAY, FRIDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 27), date(2026, 11, 29)
AT_TWO = 14 * 60
OFF, HOME = WorkLocation(Place.NOT_WORKING), WorkLocation(Place.HOME)
MINUTE, DAY, WEEK = timedelta(minutes=1), timedelta(days=1), timedelta(days=7)


def weekly(zone: str = AMSTERDAM, weekday: int = 4, minute: int = AT_TWO) -> Prompt:
    return Prompt(PromptKind.WEEK, weekday, minute, zone)


def daily(zone: str = AMSTERDAM, minute: int = 8 * 60 + 30) -> Prompt:
    return Prompt(PromptKind.TODAY, None, minute, zone)


def at(day: date, hour: int, minute: int = 0, zone: str = AMSTERDAM) -> datetime:
    return datetime.combine(day, time(hour, minute), ZoneInfo(zone)).astimezone(UTC)


def off(*days: date) -> dict[Slot, WorkLocation]:
    return {slot: OFF for day in days for slot in whole_day(day)}


def off_in(day: date, part: DayPart) -> dict[Slot, WorkLocation]:
    return {Slot(day, part): OFF}


def test_it_comes_on_its_day_at_its_time():
    assert look(weekly(), None, at(FRIDAY, 13, 59), {}).sent_on is None
    found = look(weekly(), None, at(FRIDAY, 14), {})
    assert found.sent_on == FRIDAY
    assert found.next_at == at(FRIDAY + DAY, 14)
    assert look(weekly(), FRIDAY, at(FRIDAY, 14, 1), {}).sent_on is None
    assert look(weekly(), FRIDAY, at(FRIDAY + WEEK, 14), {}).sent_on == FRIDAY + WEEK


@pytest.mark.parametrize(
    ("free", "asked"),
    [
        ([FRIDAY], FRIDAY - DAY),
        ([FRIDAY, FRIDAY - DAY], FRIDAY - 2 * DAY),
        ([MONDAY + n * DAY for n in range(1, 5)], MONDAY),
        ([MONDAY + n * DAY for n in range(5)], None),  # off the whole week
        ([MONDAY], FRIDAY),
    ],
)
def test_who_is_off_that_day_is_asked_on_the_last_day_they_work_before(free, asked):
    plan = off(*free)
    days = [MONDAY + n * DAY for n in range(7)]
    assert [day for day in days if look(weekly(), None, at(day, 14), plan).sent_on] == ([asked] if asked else [])


def test_with_no_day_before_it_that_week_the_first_after_it_counts():
    assert day_sent(weekly(weekday=0), FRIDAY, off(MONDAY)) == MONDAY + DAY


def test_who_works_on_saturday_may_be_asked_then():
    assert day_sent(weekly(weekday=5), MONDAY, {}) == FRIDAY
    assert day_sent(weekly(weekday=5), MONDAY, {Slot(FRIDAY + DAY, DayPart.MORNING): HOME}) == FRIDAY + DAY


@pytest.mark.parametrize(
    ("part_off", "hour", "minute"), [(DayPart.MORNING, 14, 0), (DayPart.AFTERNOON, 11, 30)]
)  # an hour before they go
def test_who_works_half_that_day_is_asked_in_that_half(part_off, hour, minute):
    plan, then = off_in(FRIDAY, part_off), at(FRIDAY, hour, minute)
    assert next_moment(weekly(), at(FRIDAY, 7), plan) == then
    assert look(weekly(), None, then, plan).sent_on == FRIDAY
    assert look(weekly(), None, then - MINUTE, plan).sent_on is None


def test_a_time_before_they_begin_waits_for_their_beginning():
    assert next_moment(daily(minute=6 * 60), at(FRIDAY, 5), {}) == at(FRIDAY, 8)
    assert next_moment(daily(), at(FRIDAY, 5), off_in(FRIDAY, DayPart.MORNING)) == at(FRIDAY, 12, 30)


def test_late_on_the_same_day_it_still_comes_while_they_work():
    assert look(weekly(), None, at(FRIDAY, 17, 59), {}).sent_on == FRIDAY
    assert look(weekly(), None, at(FRIDAY, 18), {}).sent_on is None
    assert look(weekly(), None, at(FRIDAY + DAY, 9), {}).sent_on is None
    assert look(weekly(), None, at(MONDAY + WEEK, 9), {}).sent_on is None  # that is another week's question


def test_a_clock_that_was_set_back_sends_nothing_for_what_lies_before_the_last():
    assert look(weekly(), FRIDAY + WEEK, at(FRIDAY, 14), {}).sent_on is None
    assert look(daily(), FRIDAY, at(FRIDAY - DAY, 9), {}).sent_on is None
    assert look(daily(), FRIDAY - DAY, at(FRIDAY, 9), {}).sent_on == FRIDAY


def test_a_plan_that_changes_between_looks_counts_as_it_is():
    """On Thursday it says Friday; on Friday morning that day goes too: not asked, and not twice when it comes back."""
    assert look(weekly(), None, at(FRIDAY - DAY, 14), {}).sent_on is None
    assert look(weekly(), None, at(FRIDAY, 14), off(FRIDAY)).sent_on is None
    assert look(weekly(), FRIDAY - DAY, at(FRIDAY, 14), {}).sent_on is None  # asked on Thursday already


@pytest.mark.parametrize(
    ("zone", "minute", "before", "after"),
    [
        (AMSTERDAM, AT_TWO, date(2026, 3, 27), date(2026, 4, 3)),  # to summer time between them
        (AMSTERDAM, AT_TWO, date(2026, 10, 23), date(2026, 10, 30)),  # and back
        (ADELAIDE, AT_TWO, date(2026, 4, 3), date(2026, 4, 10)),
        (ADELAIDE, AT_TWO, date(2026, 10, 2), date(2026, 10, 9)),
    ],
)
def test_summer_and_winter_time_keep_the_local_time(zone, minute, before, after):
    prompt = weekly(zone, minute=minute)
    first, second = (first_sent(prompt, at(day, 8, zone=zone), {}) for day in (before, after))
    assert first
    assert second
    assert [moment.astimezone(ZoneInfo(zone)).hour for moment in (first, second)] == [14, 14]
    assert abs(second - first - WEEK) == timedelta(hours=1)


@pytest.mark.parametrize(
    ("day", "minute", "utc"),
    [
        (date(2026, 3, 29), 2 * 60 + 30, datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # skipped: 03:30 that day
        (date(2026, 10, 25), 2 * 60 + 30, datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # comes twice: the first
    ],
)
def test_a_time_that_does_not_exist_or_comes_twice_is_one_moment(day, minute, utc):
    """Looked at in the night on a day off, where working hours say nothing."""
    prompt = daily(minute=minute)
    assert next_moment(prompt, utc - MINUTE, off(day)) == utc
    assert next_moment(prompt, utc, off(day)).astimezone(ZoneInfo(AMSTERDAM)).date() == day + DAY


def test_who_moves_keeps_the_local_time_and_is_not_asked_again():
    there = weekly(BONAIRE)
    assert first_sent(there, at(FRIDAY, 13), {}) == at(FRIDAY, 14, zone=BONAIRE)
    assert look(there, FRIDAY, at(FRIDAY, 14, zone=BONAIRE), {}).sent_on is None
    auckland = weekly("Pacific/Auckland")
    assert look(auckland, FRIDAY, at(FRIDAY, 14, zone="Pacific/Auckland"), {}).sent_on is None


def test_first_sent_is_none_where_nothing_is_worked_for_weeks():
    days = [MONDAY + n * DAY for n in range(40)]
    assert first_sent(weekly(), at(MONDAY, 9), off(*days)) is None
    assert first_sent(weekly(), at(FRIDAY, 14), {}) == at(FRIDAY + WEEK, 14)


_prompts = st.builds(
    lambda weekday, minute, zone: daily(zone, minute) if weekday is None else weekly(zone, weekday, minute),
    st.none() | st.integers(0, 6),
    st.integers(0, 1439),
    st.sampled_from(ZONES),
)
# Around both changes of the clock, and where years meet.
_starts = st.sampled_from([date(2026, 3, 23), date(2026, 10, 19), date(2026, 12, 28), date(2026, 9, 28)])
_patterns = st.dictionaries(st.tuples(st.integers(0, 6), st.sampled_from(DayPart)), st.sampled_from([OFF, HOME]))


def _plan(pattern, first: date, days: int) -> dict[Slot, WorkLocation]:
    slots = [slot for n in range(-14, days + 14) for slot in whole_day(first + n * DAY)]
    return {
        slot: pattern[slot.day.weekday(), slot.part] for slot in slots if (slot.day.weekday(), slot.part) in pattern
    }


def _expected(prompt: Prompt, plan, first: date, days: int) -> list[date]:
    """The days on which it comes, said another way: the last worked day up to the chosen one, or the first after it."""
    span = [first + n * DAY for n in range(days)]
    worked = {day for day in span if any(works(slot, plan) for slot in whole_day(day))}
    if prompt.weekday is None:
        return sorted(worked)
    found = []
    for monday in span[::7]:
        week = [monday + n * DAY for n in range(7) if monday + n * DAY in worked]
        before = [day for day in week if day.weekday() <= prompt.weekday]
        found += before[-1:] or week[:1]
    return found


@given(_prompts, _patterns, _starts)
@example(weekly(), {}, date(2026, 3, 23))
def test_once_for_each_day_or_week_in_working_time(prompt, pattern, first):
    """A clock that runs: each period exactly once, on the right day, while they work, at the chosen time if they do then."""
    zone, plan = ZoneInfo(prompt.zone), _plan(pattern, first, 21)
    now, last_on, sent = datetime.combine(first, time(), zone).astimezone(UTC), None, []
    end = datetime.combine(first + 3 * WEEK, time(), zone).astimezone(UTC)
    while (now := next_moment(prompt, now, plan)) < end:
        found = look(prompt, last_on, now, plan)
        assert found.next_at > now
        if found.sent_on:
            local = now.astimezone(zone)
            sent.append(found.sent_on)
            last_on = found.sent_on
            assert local.date() == found.sent_on
            hours = [HOURS[slot.part] for slot in whole_day(local.date()) if works(slot, plan)]
            assert any(start <= local.time() < until for start, until in hours)
            if any(start <= prompt.at < until for start, until in hours):
                assert local.time() == prompt.at
    assert sent == _expected(prompt, plan, first, 21)


_jumps = st.lists(st.integers(-20 * 24 * 60, 20 * 24 * 60).map(lambda n: n * MINUTE), max_size=60)


@given(_prompts, _patterns, _starts, _jumps)
def test_a_clock_that_jumps_never_makes_it_come_twice_for_a_day(prompt, pattern, first, jumps):
    """Forwards over days, back, and on again: the tick looks where it is due, as the store asks it to."""
    zone, plan = ZoneInfo(prompt.zone), _plan(pattern, first, 400)
    now, last_on, sent = at(first, 12), None, []
    next_at = next_moment(prompt, now, plan)
    for jump in [*jumps, *[DAY / 3] * 60]:
        now = max(at(first, 0), now + jump)
        if next_at <= now:
            found = look(prompt, last_on, now, plan)
            assert found.next_at > now
            next_at, last_on = found.next_at, found.sent_on or last_on
            if found.sent_on:
                assert found.sent_on == now.astimezone(zone).date()  # for the present, not for what was missed
                sent.append(found.sent_on if prompt.weekday is None else monday_of(found.sent_on))
    assert len(sent) == len(set(sent))
    assert sent == sorted(sent)
