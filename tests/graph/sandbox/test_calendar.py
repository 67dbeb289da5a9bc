"""What a view shows, and what a repeated request does."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.sandbox import calendar
from graph.sandbox.calendar import Attendee, Event, Property

DAY = datetime(2026, 11, 23, tzinfo=UTC)
HOUR = timedelta(hours=1)


def event(start: int, hours: int, name: str = "a", **more: object) -> Event:
    begin = DAY + start * HOUR
    return Event(name, begin, begin + hours * HOUR, DAY, DAY, Attendee("", ""), **more)  # type: ignore[arg-type]


events = st.lists(
    st.tuples(st.integers(0, 23), st.integers(0, 5)).map(lambda told: event(*told, name=f"{told}")), max_size=8
)


@given(events, st.integers(0, 23), st.integers(1, 10))
def test_a_view_shows_what_shares_a_moment_with_it(held: list[Event], start: int, hours: int) -> None:
    begin, end = DAY + start * HOUR, DAY + (start + hours) * HOUR
    shown = calendar.view(held, begin, end)
    moments = [begin + minutes * timedelta(minutes=30) for minutes in range(2 * hours)]

    def shares(one: Event) -> bool:
        return any(one.start <= at < one.end or one.start == one.end == at for at in moments)

    assert sorted(one.id for one in shown) == sorted(one.id for one in held if shares(one))
    assert [one.start for one in shown] == sorted(one.start for one in shown)


def test_an_event_that_only_meets_a_bound_is_not_in_the_view() -> None:
    assert calendar.view([event(9, 1)], DAY + 10 * HOUR, DAY + 11 * HOUR) == []
    assert calendar.view([event(11, 1)], DAY + 10 * HOUR, DAY + 11 * HOUR) == []
    assert len(calendar.view([event(9, 3)], DAY + 10 * HOUR, DAY + 11 * HOUR)) == 1


def test_a_transaction_id_makes_one_event_and_no_other() -> None:
    held = [event(9, 1, transaction_id="t", asked="this")]
    assert calendar.made_by(held, "t", "this") is held[0]
    assert calendar.made_by(held, "u", "this") is None
    assert calendar.made_by(held, None, "this") is None
    assert calendar.made_by([], "t", "this") is None  # deleted: it is made anew
    with pytest.raises(calendar.Reused):
        calendar.made_by(held, "t", "that")


def test_only_busy_events_under_way_are_meetings() -> None:
    assert calendar.in_meeting([event(9, 1)], DAY + 9 * HOUR)
    assert not calendar.in_meeting([event(9, 1)], DAY + 10 * HOUR)
    assert not calendar.in_meeting([event(9, 1, show_as="free")], DAY + 9 * HOUR)


def test_marked_events_have_the_property_and_its_value() -> None:
    mark = Property("String {1} Name samen", "f1")
    held = [event(9, 1, "a", properties=(mark,)), event(9, 1, "b", properties=(Property(mark.id, "f2"),))]
    assert [one.id for one in calendar.marked(held, mark)] == ["a"]
