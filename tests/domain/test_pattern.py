"""Rules of weekly patterns: exceptions win, even and odd weeks, and what is kept of a change."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import DayPart, Slot, Usual, Weeks, whole_day
from bot.domain.places import Kind, Place, WorkLocation
from bot.domain.where.intents import Change
from bot.domain.where.pattern import (
    Follow,
    changed,
    effective,
    followed,
    held,
    odd_twice,
    parity,
    soonest,
    to_store,
    usual,
)

HOME = WorkLocation(Place.HOME, kind=Kind.FOCUS)
OFFICE = WorkLocation(Place.SITE, "s1")
OFF = WorkLocation(Place.NOT_WORKING)
MORNING, AFTERNOON = DayPart

locations = st.sampled_from([HOME, OFFICE, OFF])
lines = st.builds(Usual, st.sampled_from(Weeks), st.integers(0, 6), st.sampled_from(DayPart))
patterns = st.dictionaries(lines, locations, max_size=20)
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
slots = st.builds(Slot, days, st.sampled_from(DayPart))


def friday(weeks: Weeks, part: DayPart = MORNING) -> Usual:
    return Usual(weeks, 4, part)


def test_a_line_for_even_or_odd_weeks_beats_the_one_for_every_week():
    pattern = {friday(Weeks.EVERY): HOME, friday(Weeks.ODD): OFF}
    assert usual(pattern, Slot(date(2026, 11, 27), MORNING)) == HOME  # week 48
    assert usual(pattern, Slot(date(2026, 12, 4), MORNING)) == OFF  # week 49
    assert usual(pattern, Slot(date(2026, 12, 4), AFTERNOON)) is None
    assert usual(pattern, Slot(date(2026, 12, 3), MORNING)) is None


def test_two_odd_weeks_follow_each_other_after_a_year_of_53_weeks():
    """Monday 28 December 2026 begins week 53, Monday 4 January 2027 week 1."""
    fridays = [date(2026, 12, 18) + timedelta(days=7 * n) for n in range(5)]
    assert [day.isocalendar().week for day in fridays] == [51, 52, 53, 1, 2]
    assert [parity(day) for day in fridays] == [Weeks.ODD, Weeks.EVEN, Weeks.ODD, Weeks.ODD, Weeks.EVEN]
    shown = effective({friday(Weeks.ODD): OFF}, {}, fridays)
    assert [slot.day for slot in shown] == [fridays[0], fridays[2], fridays[3]]


@given(days)
def test_the_parity_is_that_of_the_iso_week_and_the_same_from_monday_to_sunday(day: date):
    monday = day - timedelta(days=day.weekday())
    assert {parity(monday + timedelta(days=n)) for n in range(7)} == {parity(day)}
    assert (parity(day) is Weeks.ODD) == (int(day.strftime("%V")) % 2 == 1)


@given(patterns, st.dictionaries(slots, st.none() | locations), days)
def test_what_was_said_wins_and_the_pattern_fills_in_the_rest(pattern, exceptions, day):
    span = [day + timedelta(days=n) for n in range(10)]
    some = {**exceptions, Slot(day, MORNING): None, Slot(day, AFTERNOON): OFFICE}
    plan = effective(pattern, some, span)
    for slot in (slot for each in span for slot in whole_day(each)):
        assert plan.get(slot) == (some[slot] if slot in some else usual(pattern, slot))
    assert {slot.day for slot in plan} <= set(span)


@given(patterns, slots, st.none() | locations)
def test_a_change_that_is_kept_holds_and_nothing_is_kept_for_nothing(pattern, slot, location):
    for follow in (False, True):
        kept = to_store(Change(slot, location), pattern, follow=follow)
        exceptions = {} if kept is Follow.PATTERN else {slot: kept}
        assert effective(pattern, exceptions, [slot.day]).get(slot) == location
        same = usual(pattern, slot) == location
        assert (kept is Follow.PATTERN) == (same and (follow or location is None))


@given(patterns, lines, st.none() | locations, slots)
def test_a_pattern_says_afterwards_what_was_said_and_else_what_it_said_before(pattern, line, location, slot):
    changes = changed(pattern, {line: location})
    after = {key: at for key, at in {**pattern, **changes}.items() if at}
    about = (slot.day.weekday(), slot.part) == (line.weekday, line.part)
    if about and line.weeks in (Weeks.EVERY, parity(slot.day)):
        assert usual(after, slot) == location
    else:
        assert usual(after, slot) == usual(pattern, slot)


@given(patterns, st.dictionaries(lines, st.none() | locations, max_size=6))
def test_of_several_lines_the_last_said_counts(pattern, said):
    together = {**pattern, **changed(pattern, said)}
    one_by_one = pattern
    for line, location in said.items():
        one_by_one = {**one_by_one, **changed({k: v for k, v in one_by_one.items() if v}, {line: location})}
    assert {k: v for k, v in together.items() if v} == {k: v for k, v in one_by_one.items() if v}


def test_every_week_means_even_and_odd_ones_too():
    pattern = {friday(Weeks.EVEN): HOME, friday(Weeks.ODD): OFF}
    assert changed(pattern, {friday(Weeks.EVERY): OFFICE}) == {
        friday(Weeks.EVERY): OFFICE,
        friday(Weeks.EVEN): None,
        friday(Weeks.ODD): None,
    }


def test_two_odd_weeks_in_a_row_are_seen_coming_and_no_others():
    assert odd_twice(date(2026, 11, 23), date(2027, 1, 18)) == (53, 1)
    assert odd_twice(date(2026, 11, 2), date(2026, 12, 20)) is None
    assert odd_twice(date(2025, 12, 1), date(2026, 1, 26)) is None  # 2025 has 52 weeks


@given(lines, days)
def test_the_soonest_day_of_a_line_is_the_first_that_it_says_something_about(line, today):
    first = soonest(line, today)
    said = [day for n in range(22) if usual({line: HOME}, Slot(day := today + timedelta(days=n), line.part))]
    assert first == said[0]


@given(patterns, lines)
def test_what_a_pattern_holds_of_a_line(pattern, line):
    found = held(pattern, [line])
    weeks = list(Weeks) if line.weeks is Weeks.EVERY else [line.weeks]
    about = {Usual(each, line.weekday, line.part) for each in weeks}
    assert found == ({key: pattern[key] for key in about if key in pattern} or {line: None})


@given(patterns, st.lists(slots, unique=True))
def test_only_what_the_pattern_says_something_about_follows_it(pattern, some):
    follow = followed([Change(slot, OFFICE) for slot in some], pattern)
    assert {change.slot: change.location for change in follow} == {
        slot: there for slot in some if (there := usual(pattern, slot))
    }
