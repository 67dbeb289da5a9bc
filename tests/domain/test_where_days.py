"""Which days are meant, on any day one may type it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import monday_of
from bot.domain.where.grammar import Context, parse
from bot.domain.where.intents import Problem, SetPlan, ShowBoard, Unclear
from bot.domain.words import Lexicon
from cards import words

LEXICON = Lexicon.of(words.load())
WEEKDAYS = ("ma", "di", "wo", "do", "vr", "za", "zondag")
A_WEEK = [date(2026, 11, 23) + timedelta(days=n) for n in range(7)]


def days(text, today, language="nl"):
    intent = parse(text, LEXICON, Context(today, language, "NL"))
    assert isinstance(intent, SetPlan), intent
    return list(dict.fromkeys(change.slot.day for change in intent.changes))


def problem(text, today):
    intent = parse(text, LEXICON, Context(today, "nl", "NL"))
    assert isinstance(intent, Unclear), intent
    return intent.problem


@given(st.dates(date(2026, 1, 1), date(2040, 12, 31)), st.sampled_from(range(7)))
def test_a_weekday_is_the_next_one_today_included(today, weekday):
    (day,) = days(f"{WEEKDAYS[weekday]} thuis", today)
    assert day.weekday() == weekday
    assert 0 <= (day - today).days < 7


@given(st.dates(date(2026, 1, 1), date(2040, 12, 31)), st.sampled_from(range(5)))
def test_a_weekday_of_next_week_lies_in_next_week(today, weekday):
    (day,) = days(f"volgende week {WEEKDAYS[weekday]} thuis", today)
    assert day == monday_of(today) + timedelta(days=7 + weekday)


@given(st.dates(date(2026, 1, 1), date(2040, 12, 31)))
def test_this_week_is_what_is_left_of_it_and_in_a_weekend_the_next(today):
    found = days("hele week thuis", today)
    assert all(day.weekday() < 5 for day in found)
    assert found[0] == (today if today.weekday() < 5 else monday_of(today) + timedelta(days=7))
    assert found[-1].weekday() == 4
    assert (found[-1] - today).days < 7


@given(st.dates(date(2026, 1, 1), date(2040, 12, 31)), st.integers(0, 300))
def test_a_date_without_a_year_is_the_one_ahead(today, ahead):
    day = today + timedelta(days=ahead)
    assert days(f"{day.day}/{day.month} thuis", today) == [day]
    assert days(f"{day:%d/%m} thuis", today) == [day]
    assert day.day in range(10, 13) or days(f"{day:%d-%m} thuis", today) == [day]


@given(st.dates(date(2026, 1, 1), date(2040, 12, 31)), st.integers(1, 60))
def test_a_date_just_passed_is_past(today, ago):
    day = today - timedelta(days=ago)
    if (day.month, day.day) != (2, 29):
        assert problem(f"{day.day}/{day.month} thuis", today) == "past"
    assert problem(f"{day:%d-%m-%Y} thuis", today) == "past"


@given(st.dates(date(2026, 1, 1), date(2040, 12, 31)), st.integers(0, 365))
def test_an_iso_date_is_itself_up_to_a_year_ahead(today, ahead):
    assert days(f"thuis {today + timedelta(days=ahead):%Y-%m-%d}", today) == [today + timedelta(days=ahead)]
    assert problem(f"thuis {today + timedelta(days=ahead + 366):%Y-%m-%d}", today) == "too_far"


@given(st.dates(date(2026, 1, 1), date(2040, 12, 31)), st.sampled_from(range(7)), st.sampled_from(range(7)))
def test_a_range_of_weekdays_wraps(today, first, last):
    found = days(f"{WEEKDAYS[first]} t/m {WEEKDAYS[last]} thuis", today)
    assert found[0].weekday() == first
    assert found[-1].weekday() == last
    assert (found[-1] - found[0]).days < 7
    assert (found[0] - today).days < 7


@given(st.dates(date(2026, 1, 1), date(2040, 12, 31)), st.sampled_from(range(7)))
def test_every_second_week_is_four_times_in_eight_weeks(today, weekday):
    each = days(f"elke {WEEKDAYS[weekday]} thuis", today)
    assert len(each) == 8
    assert days(f"om de week {WEEKDAYS[weekday]} thuis", today) == each[::2]
    parity = days(f"even weken {WEEKDAYS[weekday]} thuis", today)
    assert parity == [day for day in each if day.isocalendar().week % 2 == 0]


@pytest.mark.parametrize("today", A_WEEK, ids=WEEKDAYS)
def test_two_days_in_the_same_weeks(today):
    found = days("om de week ma en do thuis", today)
    assert {monday_of(day) for day in found if day.weekday() == 0} <= {
        monday_of(day) + timedelta(days=14 * n) for day in found if day.weekday() == 3 for n in (-1, 0, 1)
    }
    assert (days("om de week ma en do thuis", today)[0] - today).days < 7


def test_this_week_in_a_weekend():
    saturday, sunday = date(2026, 11, 28), date(2026, 11, 29)
    assert days("deze week ma thuis", saturday) == [date(2026, 11, 30)]
    assert days("deze week za thuis", saturday) == [saturday]
    assert days("deze vrijdag thuis", sunday) == [date(2026, 12, 4)]
    assert problem("deze week za thuis", sunday) == "past"


def test_week_53():
    assert days("week 53 thuis", date(2026, 12, 20)) == [date(2026, 12, 28) + timedelta(days=n) for n in range(5)]
    assert days("week 53 vr thuis", date(2026, 12, 20)) == [date(2027, 1, 1)]
    assert days("week 1 ma thuis", date(2026, 12, 29)) == [date(2027, 1, 4)]
    assert days("volgende week ma thuis", date(2026, 12, 31)) == [date(2027, 1, 4)]
    assert problem("week 53 thuis", date(2027, 1, 5)) == "past"
    assert problem("week 53 thuis", date(2028, 5, 1)) == "no_such_day"


def test_over_the_year():
    assert days("28 dec t/m 3 jan thuis", date(2026, 12, 1))[-2:] == [date(2027, 1, 2), date(2027, 1, 3)]
    assert days("morgen thuis", date(2026, 12, 31)) == [date(2027, 1, 1)]
    assert problem("28 dec thuis", date(2027, 1, 2)) == "past"
    assert days("28 dec 2027 thuis", date(2027, 1, 2)) == [date(2027, 12, 28)]


def test_leap_day():
    assert days("29 feb thuis", date(2028, 2, 1)) == [date(2028, 2, 29)]
    assert days("29 februari thuis", date(2027, 6, 1)) == [date(2028, 2, 29)]
    assert problem("29 feb thuis", date(2026, 11, 25)) == "no_such_day"
    assert problem("29-02-2027 thuis", date(2026, 11, 25)) == "no_such_day"
    assert days("morgen thuis", date(2028, 2, 28)) == [date(2028, 2, 29)]


def test_the_last_of_the_month_by_number():
    assert days("de 31e thuis", date(2027, 2, 3)) == [date(2027, 3, 31)]
    assert days("de 3e thuis", date(2027, 2, 3)) == [date(2027, 2, 3)]


@pytest.mark.parametrize("today", A_WEEK, ids=WEEKDAYS)
def test_next_friday_is_asked_back_only_while_it_may_be_two_days(today):
    intent = parse("volgende vrijdag thuis", LEXICON, Context(today, "nl", "NL"))
    if today.weekday() < 4:
        assert intent.problem == "which_day"
        assert [offer.changes[0].slot.day for offer in intent.offers] == [date(2026, 12, 4), date(2026, 11, 27)]
    else:
        assert intent.changes[0].slot.day == date(2026, 12, 4)


@pytest.mark.parametrize("text", ["morgen", "do", "26 nov", "26-11", "wie morgen", "is iedereen morgen?"])
def test_a_day_alone_asks_for_its_board(text):
    assert parse(text, LEXICON, Context(date(2026, 11, 25), "nl", "NL")) == ShowBoard(date(2026, 11, 26))


@pytest.mark.parametrize("text", ["overzicht volgende week", "wie ma en di", "who is in next week"])
def test_the_board_of_several_days_is_that_of_the_first(text):
    assert parse(text, LEXICON, Context(date(2026, 11, 25), "nl", "NL")) == ShowBoard(date(2026, 11, 30))


@given(st.dates(date(2026, 1, 1), date(2040, 12, 31)), st.integers(1, 12), st.integers(1, 12))
def test_what_may_be_hours_sets_no_day(today, start, end):
    """ "9-12" and "9-5" are hours at least as often as dates; beside "t/m" and with a month in words they are not."""
    hours = start != end and (start >= 6 or start < end <= 8)
    for text in (f"thuis {start}-{end}", f"morgen {start}-{end} thuis", f"ma {start}-{end} thuis"):
        intent = parse(text, LEXICON, Context(today, "nl", "NL"))
        assert not hours or intent == Unclear(Problem.LEFTOVER)
    assert not hours or parse(f"{start}-{end}", LEXICON, Context(today, "nl", "NL")) == Unclear(Problem.LEFTOVER)


@given(st.dates(date(2026, 1, 1), date(2040, 12, 31)), st.dates(date(2026, 1, 1), date(2041, 12, 31)))
def test_two_days_side_by_side_are_one_or_nothing(today, day):
    intent = parse(f"morgen {day.day}/{day.month} thuis", LEXICON, Context(today, "nl", "NL"))
    assert isinstance(intent, Unclear) or {change.slot.day for change in intent.changes} == {today + timedelta(days=1)}


@pytest.mark.parametrize("today", A_WEEK, ids=WEEKDAYS)
def test_off_until_is_asked_back_with_and_without_the_last_day(today):
    intent = parse("vrij tot zaterdag 5 dec", LEXICON, Context(today, "nl", "NL"))
    assert intent.problem == "which_day"
    assert [offer.changes[-1].slot.day for offer in intent.offers] == [date(2026, 12, 5), date(2026, 12, 4)]
    intent = parse("vrij tot maandag", LEXICON, Context(today, "nl", "NL"))
    if today.weekday() < 5:
        last_days = [offer.changes[-1].slot.day for offer in intent.offers]
        assert last_days == [date(2026, 11, 30), date(2026, 11, 27)]
        assert {offer.changes[0].slot.day for offer in intent.offers} == {today}
    assert days("thuis tot maandag", today)[-1] == date(2026, 11, 30)


def test_the_board_of_the_past_is_refused():
    assert problem("gisteren", date(2026, 11, 25)) == "past"
    assert problem("24-11-2026", date(2026, 11, 25)) == "past"
    assert problem("3 dec 2028", date(2026, 11, 25)) == "too_far"
