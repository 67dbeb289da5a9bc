"""The rules of one's own plan: limits, suggestions, undo, the card's days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import DayPart, Slot, whole_day
from bot.domain.places import Kind, NamedPlace, Place, WorkLocation
from bot.domain.where.calendar import HORIZON
from bot.domain.where.intents import Change, Problem
from bot.domain.where.plan import card_days, choices, limits, ordered, previous_values

TODAY = date(2026, 12, 28)  # week 53 begins
HOME = WorkLocation(Place.HOME)


def test_the_past_is_refused():
    """Yesterday is not kept, so it cannot be written either; all of today can."""
    assert limits(whole_day(TODAY - timedelta(days=1)), TODAY) is Problem.PAST
    assert limits(whole_day(TODAY), TODAY) is None


def test_a_plan_reaches_a_year():
    """The last day of the horizon is fine, the next is too far."""
    assert limits(whole_day(TODAY + HORIZON), TODAY) is None
    assert limits(whole_day(TODAY + HORIZON + timedelta(days=1)), TODAY) is Problem.TOO_FAR


def test_nothing_said_is_nothing_to_do():
    assert limits((), TODAY) is Problem.EMPTY_CHOICE


@pytest.mark.parametrize(("today", "first", "count"), [
    (date(2026, 12, 28), date(2026, 12, 28), 10),  # Monday of week 53; the next week lies in 2027
    (date(2026, 12, 31), date(2026, 12, 31), 7),
    (date(2027, 1, 2), date(2027, 1, 4), 10),  # Saturday: this week is over, so the two that come
])  # fmt: skip
def test_the_card_shows_what_is_left_of_this_week_and_the_next(today, first, count):
    """Working days only, none of the past, across the turn of the year."""
    days = card_days(today, ())
    assert (days[0], len(days)) == (first, count)


def test_a_weekend_in_use_is_on_the_card():
    assert date(2027, 1, 3) in card_days(TODAY, {date(2027, 1, 3)})


def test_a_kind_of_work_suggests_places_first():
    """Focus suggests home, then the library and its named branches; every other place stays possible."""
    rozet = NamedPlace("k1", "Rozet", Place.LIBRARY)
    options, suggested = choices((rozet,), Kind.FOCUS)
    assert [(o.place, o.named) for o in options[:suggested]] == [
        (Place.HOME, None), (Place.LIBRARY, "k1"), (Place.LIBRARY, None),
    ]  # fmt: skip
    assert {o.place for o in options} == set(Place) - {Place.NOT_WORKING}
    assert all(option.kind is Kind.FOCUS for option in options)


def test_the_nameless_site_gives_way_to_named_ones():
    """Once a site has a name, "the office" is no choice any more; a retired site is none either."""
    sites = (NamedPlace("s1", "Stadskantoor", Place.SITE), NamedPlace("s2", "Oud", Place.SITE, retired=True))
    options, _ = choices(sites, None)
    assert [o.named for o in options if o.place is Place.SITE] == ["s1"]


slots = st.builds(Slot, st.dates(TODAY, TODAY + timedelta(days=9)), st.sampled_from(DayPart))
locations = st.none() | st.builds(WorkLocation, st.sampled_from([Place.HOME, Place.LIBRARY]))
changes = st.lists(st.builds(Change, slots, locations), min_size=1, max_size=12)


@given(changes, st.dictionaries(slots, locations.filter(bool)))
def test_undo_gives_back_what_was(wanted, before):
    """Set, then undo: the plan is as it was, whatever was set."""
    wanted = ordered(wanted)
    after = dict(before)
    for change in (*wanted, *previous_values(wanted, before)):
        after.pop(change.slot, None)
        if change.location:
            after[change.slot] = change.location
    if previous_values(wanted, before):
        assert after == before
    else:
        assert all(before.get(change.slot) == change.location for change in wanted)


@given(changes)
def test_the_last_word_counts(wanted):
    """Each day-part is set once, to what was said last, in order of time."""
    result = ordered(wanted)
    assert [c.slot for c in result] == sorted({c.slot for c in wanted}, key=Slot.sort_key)
    assert all(change == [c for c in wanted if c.slot == change.slot][-1] for change in result)
