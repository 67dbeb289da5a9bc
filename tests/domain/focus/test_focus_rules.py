"""What a start comes to in real time: limits, days on which the clock changes, and times that are free."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import DayPart
from bot.domain.focus.intents import At, Extend, Problem, Settings, Start, Unclear
from bot.domain.focus.rules import AHEAD, Times, extended, free_times, in_real_time, moment

AMSTERDAM, LORD_HOWE = ZoneInfo("Europe/Amsterdam"), ZoneInfo("Australia/Lord_Howe")
DAY = date(2026, 11, 25)  # a Wednesday
NOW = datetime(2026, 11, 25, 9, tzinfo=AMSTERDAM)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)  # at 2:00 it is 3:00; at 3:00 it is 2:00


def comes_to(start, now=NOW, usual=50):
    return in_real_time(start, now, AMSTERDAM, usual)


def utc(day, hour, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "begins", "minutes"),
    [
        (Start(), utc(DAY, 8), 50),
        (Start(minutes=90), utc(DAY, 8), 90),
        (Start(until=At(DAY, 690)), utc(DAY, 8), 150),
        (Start(At(DAY, 13 * 60)), utc(DAY, 12), 50),
        (Start(At(DAY, 13 * 60), 60), utc(DAY, 12), 60),
        (Start(At(DAY, 13 * 60), until=At(DAY, 15 * 60)), utc(DAY, 12), 120),
        (Start(At(DAY, 23 * 60), until=At(DAY + timedelta(days=1), 30)), utc(DAY, 22), 90),
        (Start(At(DAY, 9 * 60), 60), utc(DAY, 8), 60),
    ],
)
def test_a_start_in_real_time(start, begins, minutes):
    assert comes_to(start) == Times(begins, begins + minutes * MINUTE)


def test_in_the_minute_that_was_said_it_begins_at_once():
    late = NOW + timedelta(seconds=59)
    assert comes_to(Start(At(DAY, 9 * 60), 60), late) == Times(late.astimezone(UTC), late.astimezone(UTC) + HOUR)
    assert comes_to(Start(At(DAY, 9 * 60), 60), NOW + MINUTE).problem is Problem.PAST


@pytest.mark.parametrize(
    ("start", "problem"),
    [
        (Start(until=At(DAY, 8 * 60)), Problem.PAST),
        (Start(until=At(DAY, 9 * 60)), Problem.PAST),
        (Start(until=At(DAY, 9 * 60 + 9)), Problem.TOO_SHORT),
        (Start(until=At(DAY, 13 * 60 + 1)), Problem.TOO_LONG),
        (Start(At(DAY, 8 * 60)), Problem.PAST),
        (Start(At(DAY - timedelta(days=1), 13 * 60)), Problem.PAST),
        (Start(At(DAY, 13 * 60), until=At(DAY, 12 * 60)), Problem.ORDER),
        (Start(At(DAY, 13 * 60), until=At(DAY, 13 * 60)), Problem.ORDER),
        (Start(At(DAY + AHEAD + timedelta(days=1), 600)), Problem.TOO_FAR),
        (Start(At(DAY + timedelta(days=1))), Problem.NO_TIME),
        (Start(At(date.min, 0)), Problem.PAST),
        (Start(At(date.max, 0)), Problem.TOO_FAR),
        (Start(until=At(date.max, 1439)), Problem.TOO_FAR),
        (Start(until=At(date.min, 0)), Problem.PAST),
    ],
)
def test_what_cannot_be(start, problem):
    found = comes_to(start)
    assert isinstance(found, Unclear)
    assert found.problem is problem


def test_the_last_day_ahead_can_be_had():
    assert isinstance(comes_to(Start(At(DAY + AHEAD, 600))), Times)


def test_a_time_that_is_over_is_asked_about_never_taken_as_tomorrow():
    rest, tomorrow, next_week = comes_to(Start(At(DAY, 480), until=At(DAY, 660), subject="nota")).offers
    assert rest == Start(until=At(DAY, 660), subject="nota")
    assert [(each.at.day - DAY).days for each in (tomorrow, next_week)] == [1, 7]
    assert tomorrow == Start(At(date(2026, 11, 26), 480), until=At(date(2026, 11, 26), 660), subject="nota")


def test_in_spring_an_hour_that_is_not_there_is_the_next_one():
    night = datetime(2026, 3, 28, 23, tzinfo=AMSTERDAM)
    assert comes_to(Start(At(SPRING, 150), 60), night) == Times(utc(SPRING, 1, 30), utc(SPRING, 2, 30))
    assert comes_to(Start(At(SPRING, 60), until=At(SPRING, 240)), night) == Times(utc(SPRING, 0), utc(SPRING, 2))


def test_in_autumn_an_hour_comes_twice_and_minutes_are_real_ones():
    night = datetime(2026, 10, 24, 23, tzinfo=AMSTERDAM)
    assert comes_to(Start(At(AUTUMN, 90), 120), night) == Times(utc(AUTUMN, 0) - 30 * MINUTE, utc(AUTUMN, 1, 30))
    # From 1:00 until 4:30 is 4 and a half hours then.
    assert comes_to(Start(At(AUTUMN, 60), until=At(AUTUMN, 270)), night).problem is Problem.TOO_LONG


def test_in_autumn_a_time_that_is_over_may_come_again():
    first, second = (datetime(2026, 10, 25, 2, 40, tzinfo=AMSTERDAM, fold=fold) for fold in (0, 1))
    assert comes_to(Start(At(AUTUMN, 150), 60), first) == Times(utc(AUTUMN, 1, 30), utc(AUTUMN, 2, 30))
    assert comes_to(Start(At(AUTUMN, 150), 60), second).problem is Problem.PAST
    just_now = datetime(2026, 10, 25, 2, 30, 30, tzinfo=AMSTERDAM)
    assert comes_to(Start(At(AUTUMN, 150), 60), just_now).starts_at == just_now.astimezone(UTC)
    assert comes_to(Start(until=At(AUTUMN, 150)), first) == Times(utc(AUTUMN, 0, 40), utc(AUTUMN, 1, 30))
    assert comes_to(Start(until=At(AUTUMN, 170)), first).ends_at - first.astimezone(UTC) == timedelta(minutes=10)


def test_a_clock_that_moves_half_an_hour():
    # On Lord Howe at 2:00 it is 1:30 again, on 5 April 2026.
    day = date(2026, 4, 5)
    assert moment(At(day, 105), LORD_HOWE, utc(day - timedelta(days=1), 0)) == datetime(2026, 4, 4, 14, 45, tzinfo=UTC)
    after_first = datetime(2026, 4, 4, 14, 50, tzinfo=UTC)
    assert moment(At(day, 105), LORD_HOWE, after_first) == datetime(2026, 4, 4, 15, 15, tzinfo=UTC)


starts = st.builds(
    lambda at, minutes, until: Start(
        at, None if until else minutes, until if at is None or at.minute is not None else None
    ),
    st.none() | st.builds(At, st.dates(date(2026, 3, 1), date(2026, 11, 30)), st.none() | st.integers(0, 1439)),
    st.none() | st.integers(10, 240),
    st.none() | st.builds(At, st.dates(date(2026, 3, 1), date(2026, 11, 30)), st.integers(0, 1439)),
)
MONTHS = (datetime(2026, 3, 1), datetime(2026, 11, 30))  # noqa: DTZ001 - bounds have no zone
moments = st.datetimes(*MONTHS, timezones=st.just(UTC))


@given(starts, moments, st.sampled_from([AMSTERDAM, LORD_HOWE, ZoneInfo("UTC")]), st.integers(10, 240))
def test_whatever_is_asked_the_limits_hold(start, now, zone, usual):
    found = in_real_time(start, now, zone, usual)
    if isinstance(found, Times):
        assert found.starts_at >= now
        assert 10 * MINUTE <= found.ends_at - found.starts_at <= 4 * HOUR
    else:
        for offer in found.offers:
            assert isinstance(in_real_time(offer, now, zone, usual), Times), (start, offer)


@pytest.mark.parametrize("seconds", [600, 240 * 60])
def test_more_of_a_session_up_to_four_hours_from_its_begin(seconds):
    begin = NOW - 5 * MINUTE
    until = begin + timedelta(seconds=seconds)
    assert extended((begin, begin + 20 * MINUTE), until, NOW) == Extend(until.astimezone(UTC))


def test_what_more_cannot_be():
    begin, end = NOW - HOUR, NOW + HOUR
    assert extended((begin, end), NOW, NOW) == Unclear(Problem.PAST)
    latest = Extend((begin + 4 * HOUR).astimezone(UTC))
    assert extended((begin, end), begin + 4 * HOUR + MINUTE, NOW) == Unclear(Problem.TOO_LONG, (latest,))
    assert extended((NOW - MINUTE, end), NOW + 8 * MINUTE, NOW) == Unclear(Problem.TOO_SHORT)
    assert extended((NOW - 4 * HOUR, NOW), NOW + HOUR, NOW) == Unclear(Problem.TOO_LONG)


def times(start, **known):
    return [divmod(each.at.minute, 60) for each in free_times(start, NOW, AMSTERDAM, 50, **known)]


def test_free_times_of_a_day_in_working_hours():
    friday = date(2026, 11, 27)
    assert times(Start(At(friday), 60)) == [(9, 0), (10, 0), (11, 0)]
    assert times(Start(At(friday, part=DayPart.AFTERNOON), 120)) == [(12, 30), (14, 30)]
    assert times(Start(At(friday, part=DayPart.MORNING), 240)) == []
    taken = [(utc(friday, 8, 15), utc(friday, 10)), (utc(friday, 12), utc(friday, 13, 30))]
    assert times(Start(At(friday), 60), taken=taken) == [(11, 0), (12, 0), (14, 30)]
    assert free_times(Start(At(friday), 60, subject="nota"), NOW, AMSTERDAM, 50)[0].subject == "nota"


def test_of_today_only_what_is_ahead_is_free():
    noon = NOW.replace(hour=16, minute=10)
    found = free_times(Start(At(DAY)), noon, AMSTERDAM, 50)
    assert [each.at.minute for each in found] == [16 * 60 + 30]
    assert comes_to(Start(At(DAY, part=DayPart.MORNING)), noon) == Unclear(Problem.PAST)


@pytest.mark.parametrize(
    "build",
    [
        lambda: Start(minutes=9),
        lambda: Start(minutes=241),
        lambda: Start(minutes=60, until=At(DAY, 600)),
        lambda: Start(until=At(DAY)),
        lambda: Start(At(DAY), until=At(DAY, 600)),
        lambda: Start(subject=""),
        lambda: Start(subject="a" * 121),
        lambda: Start(subject="a\nb"),
        lambda: Settings(minutes=5),
        lambda: Settings(minutes=250),
        lambda: At(DAY, -1),
        lambda: At(DAY, 1440),
        lambda: At(DAY, 600, DayPart.MORNING),
    ],
)
def test_what_no_session_can_be_is_not_made(build):
    with pytest.raises(ValueError, match="no "):
        build()
