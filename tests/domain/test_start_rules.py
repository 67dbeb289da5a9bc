"""When the first card is offered, and what its press may hold."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import DayPart, Usual, Weeks
from bot.domain.people import Contact, Person
from bot.domain.places import NamedPlace, Place, WorkLocation
from bot.domain.start import MOST_SITES, as_pattern, as_text, offers, options, to_save, whole_days

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
KNOWN = Contact("29:x", "https://x/", "msteams", "28:bot", "Samen")
HOME = WorkLocation(Place.HOME)
SITES = tuple(NamedPlace(f"s{n}", f"Site {n}", Place.SITE) for n in range(30))
anything = st.none() | st.integers() | st.text(max_size=30) | st.lists(st.text(max_size=5) | st.integers(), max_size=30)


@pytest.mark.parametrize(
    ("person", "offered"),
    [
        (None, True),
        (Person("u", offer_after=NOW + timedelta(days=1)), False),
        (Person("u", offer_after=NOW - timedelta(days=1)), True),
        (Person("u", offer_after=NOW - timedelta(days=1), contact=KNOWN), False),
        (Person("u", language="nl"), False),
        (Person("u", stopped=True), False),
    ],
)
def test_who_is_offered_the_card(person, offered):
    assert offers(person, NOW) is offered


@given(st.dictionaries(st.sampled_from(("mon", "tue", "fri", "shown_to", "teams", "language")), anything))
def test_no_card_data_breaks_the_press(data):
    intent = to_save(data)
    assert intent is None or all(at.place in (Place.HOME, Place.SITE, Place.NOT_WORKING) for at in intent.week.values())


def test_every_choice_of_the_card_comes_back_as_it_was():
    for at in options(SITES):
        assert to_save({"wed": as_text(at)}).week == {2: at}
    assert len(options(SITES)) == MOST_SITES + 2


def test_only_whole_days_of_every_week_stand_on_the_card():
    """What the card cannot show it leaves alone."""
    half = {Usual(Weeks.EVERY, 1, DayPart.MORNING): HOME}
    odd = {Usual(Weeks.ODD, 2, part): HOME for part in DayPart}
    busy = {Usual(Weeks.EVERY, 3, part): WorkLocation(Place.LIBRARY) for part in DayPart}
    assert whole_days(as_pattern({0: HOME}) | half | odd | busy, options(())) == (HOME, None, None, None, None)


def test_the_button_and_the_input_may_name_teams_differently():
    assert to_save({"shown_to": "19:a,19:b", "teams": ["19:a"]}).shown_to == {"19:a", "19:b"}
    assert to_save({"shown_to": ""}).shown_to == frozenset()
