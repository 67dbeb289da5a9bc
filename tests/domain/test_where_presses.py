"""A press is untrusted: it is exactly one of our own, or nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import DayPart, Slot, whole_day
from bot.domain.places import Kind, Place, WorkLocation
from bot.domain.where.intents import Card, Change, SetPlan, Share, ShowBoard, ShowPlan
from bot.domain.where.presses import to_board, to_choose, to_plan, to_set, to_share, to_undo

DAY = date(2026, 11, 23)


def test_a_set_press_says_day_part_place_and_kind():
    intent = to_set({"parts": ["2026-11-23.a.home..", "2026-11-23.m.site.k3f9.counter"], "from": "plan", "l": "nl"})
    assert intent == SetPlan(
        (
            Change(Slot(DAY, DayPart.MORNING), WorkLocation(Place.SITE, "k3f9", Kind.COUNTER)),
            Change(Slot(DAY, DayPart.AFTERNOON), WorkLocation(Place.HOME)),
        ),
        on_card=Card.PLAN,
    )


@pytest.mark.parametrize(
    ("said", "card"),
    [
        ("plan", Card.PLAN),
        ("today", Card.TODAY),
        ("done", Card.DONE),
        ("", None),
        ("week", None),
        (1, None),
        ([], None),
    ],
)
def test_a_press_says_which_card_it_stands_on(said, card):
    assert to_set({"parts": ["2026-11-23.m.home.."], "from": said}).on_card is card
    assert to_undo({"parts": ["2026-11-23.m..."], "was": ["2026-11-23.m.home.."], "from": said}).on_card is card


def test_an_empty_place_empties():
    assert to_undo({"parts": ["2026-11-23.m..."]}) == SetPlan((Change(Slot(DAY, DayPart.MORNING), None),), undo=True)


@pytest.mark.parametrize("parts", [
    None, [], "2026-11-23.m.home..", {}, [None], [1], [["2026-11-23.m.home.."]], ["2026-11-23.m.home."],
    ["2026-11-23.m.home...x"], ["2026-13-23.m.home.."], ["2026-11-23.x.home.."], ["2026-11-23.m.moon.."],
    ["2026-11-23.m.home..dance"], ["2026-11-23.m.home.k3f9."], ["2026-11-23.m.not_working..focus"],
    ["2026-11-23.m..k3f9."], ["2026-11-23.m.home.."] * 201, ["2026-11-23.m.home..", "junk"], ["9" * 500],
])  # fmt: skip
def test_what_is_not_exactly_ours_is_nothing(parts):
    assert to_set({"parts": parts}) is None


def test_a_choice_from_a_list():
    assert to_choose({"chosen": "2026-11-23.m.home..,2026-11-23.a.home.."}).changes[1].location == WorkLocation(
        Place.HOME
    )
    for chosen in (None, "", "x", 3, ["2026-11-23.m.home.."]):
        assert to_choose({"chosen": chosen}) is None


def test_opening_a_day_or_a_part():
    assert to_plan({"slot": "2026-11-23"}) == ShowPlan(whole_day(DAY))
    assert to_plan({"slot": "2026-11-23.a", "kind": "focus"}) == ShowPlan((Slot(DAY, DayPart.AFTERNOON),), Kind.FOCUS)
    assert to_plan({}) == ShowPlan()
    assert to_plan({"slot": "2026-11-23.q"}) is None
    assert to_plan({"slot": 5}) is None
    assert to_plan({"kind": "dance"}) is None


def test_a_board_press():
    assert to_board({}, DAY) == ShowBoard(DAY)
    assert to_board({"day": "2026-11-24", "team": "19:x", "page": 2}, DAY) == ShowBoard(date(2026, 11, 24), "19:x", 2)
    for data in ({"day": None}, {"day": "x"}, {"team": ""}, {"team": {}}, {"page": -1}, {"page": True}, {"page": "1"}):
        assert to_board(data, DAY) is None


def test_a_share_press():
    assert to_share({"team": "19:x", "on": True}) == Share(on=True, team="19:x")
    assert to_share({"on": "false"}) == Share(on=False)
    for data in ({}, {"on": 1}, {"on": None}, {"on": True, "team": 7}):
        assert to_share(data) is None


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@given(st.dictionaries(st.sampled_from(["parts", "slot", "kind", "day", "team", "page", "on", "from", "chosen"]), json))
def test_no_data_crashes(data):
    """Whatever a hostile client sends, the answer is an intent or nothing."""
    for verb in (to_choose, to_set, to_undo, to_plan, to_share):
        verb(data)
    to_board(data, DAY)
