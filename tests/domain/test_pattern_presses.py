"""Buttons of the pattern: what they carry is read exactly, and anything else is no press of ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import DayPart, Slot, Usual, Weeks
from bot.domain.places import Kind, Place, WorkLocation
from bot.domain.where import presses
from bot.domain.where.intents import Card, Line, SetPattern, ShowPattern

MORNING, AFTERNOON = DayPart
FRIDAY = Usual(Weeks.ODD, 4, MORNING)
COUNTER = WorkLocation(Place.SITE, "s1", Kind.COUNTER)


def test_lines_are_read_in_order_of_the_week():
    data = {"lines": ["odd.4.m.site.s1.counter", "every.0.a...", "every.0.m.home.."]}
    assert presses.to_set_pattern(data) == SetPattern(
        (
            Line(Usual(Weeks.EVERY, 0, MORNING), WorkLocation(Place.HOME)),
            Line(Usual(Weeks.EVERY, 0, AFTERNOON), None),
            Line(FRIDAY, COUNTER),
        )
    )


def test_an_undo_says_what_it_expects():
    data = {"lines": ["odd.4.m..."], "was": ["odd.4.m.site.s1.counter"]}
    assert presses.to_undo_pattern(data) == SetPattern((Line(FRIDAY, None),), True, (Line(FRIDAY, COUNTER),))
    assert presses.to_undo_pattern({"lines": ["odd.4.m..."]}) is None


def test_a_choice_from_the_list():
    assert presses.to_choose_pattern({"chosen": "odd.4.m.site.s1.counter"}) == SetPattern((Line(FRIDAY, COUNTER),))
    assert presses.to_choose_pattern({}) is None


def test_what_is_opened():
    assert presses.to_pattern({}) == ShowPattern()
    assert presses.to_pattern({"usual": "odd.4.m", "kind": "focus"}) == ShowPattern((FRIDAY,), Kind.FOCUS)
    both = tuple(Usual(Weeks.EVERY, 6, part) for part in DayPart)
    assert presses.to_pattern({"usual": "every.6"}) == ShowPattern(both)


@pytest.mark.parametrize(
    "data",
    [
        {"usual": each}
        for each in (
            "",
            "odd",
            "odd.7",
            "odd.4.x",
            "odd.4.m.",
            "all.4",
            "odd.44",
            "odd.45",
            "odd.",
            "odd.4.m.home",
            4,
            ["odd.4"],
        )
    ]
    + [{"kind": "sleeping"}, {"kind": 3}],
)
def test_nothing_else_is_opened(data):
    assert presses.to_pattern(data) is None


@pytest.mark.parametrize(
    "line",
    ["", "odd.4.m", "odd.4.m.home", "odd.9.m.home..", "odd.4.e.home..", "never.4.m.home..", "odd.4.m.moon..",
     "odd.4.m.home.named.", "odd.4.m.not_working..focus", "odd.4.m..s1.", "odd.4.m.home..x", 7, None],
)  # fmt: skip
def test_a_line_that_cannot_be_is_no_line(line):
    assert presses.to_set_pattern({"lines": [line]}) is None
    assert presses.to_set_pattern({"lines": ["odd.4.m.home..", line]}) is None


@given(
    st.dictionaries(
        st.sampled_from(["lines", "was", "usual", "kind", "chosen", "parts"]),
        st.text() | st.lists(st.text()) | st.none(),
    )
)
def test_whatever_is_sent_nothing_breaks(data):
    for read in (presses.to_pattern, presses.to_set_pattern, presses.to_undo_pattern, presses.to_choose_pattern):
        read(data)


def test_following_looks_at_no_value():
    intent = presses.to_follow({"parts": ["2026-11-24.m.home.."], "from": "plan"})
    assert intent is not None
    assert (intent.follow, intent.on_card) == (True, Card.PLAN)
    assert [change.slot.part for change in intent.changes] == [Slot(intent.changes[0].slot.day, MORNING).part]
