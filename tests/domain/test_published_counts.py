"""Counts that may be published: a multiple of 5, from the minimum up."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.counts import LOWEST, next_working_day, published

COUNTS = st.integers(0, 5000)


@given(COUNTS, st.integers(-10, 100))
def test_a_number_is_a_multiple_of_5_near_the_count_and_never_below_the_minimum(count, minimum):
    number = published(count, minimum)
    if number is None:
        assert count < max(minimum, LOWEST)
    else:
        assert count >= max(minimum, LOWEST) <= number
        assert number % 5 == 0
        assert abs(number - count) <= 4


@given(COUNTS, st.integers(0, 100))
def test_more_people_never_give_a_smaller_number(count, minimum):
    assert (published(count, minimum) or 0) <= (published(count + 1, minimum) or 0)


def test_few_people_are_no_number():
    assert [published(count) for count in range(13)] == [None] * 5 + [5, 5, 5, 10, 10, 10, 10, 10]


def test_a_raised_minimum_holds_where_it_is_no_multiple_of_5():
    assert [published(count, 12) for count in (11, 12, 13, 18)] == [None, 15, 15, 20]


def test_the_next_working_day_is_never_at_the_weekend():
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(366)]
    assert all(day < next_working_day(day) and next_working_day(day).weekday() < 5 for day in days)
    assert {(next_working_day(day) - day).days for day in days if day.weekday() == 4} == {3}
