"""Sites that close: what is understood, what travels in a button, and where people can work instead."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import DayPart, Slot, whole_day
from bot.domain.places import Kind, NamedPlace, Place, WorkLocation
from bot.domain.sites import (
    ChooseLater,
    Closure,
    ShowNumbers,
    ShowSites,
    SwitchSite,
    alternatives,
    back_to,
    closed_at,
    packed,
    understand,
    unpacked,
)
from bot.domain.where.intents import Change
from bot.domain.where.sentence import Context
from bot.domain.words import Lexicon
from cards.words import load

LEXICON = Lexicon.of(load())
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
MORNING, AFTERNOON = whole_day(TUESDAY)
HALL = NamedPlace("s1", "Stadhuis", Place.SITE)
NORTH = NamedPlace("s2", "Stadskantoor Noord", Place.SITE)
ROZET = NamedPlace("l1", "Rozet", Place.LIBRARY)
PLACES = (HALL, NORTH, ROZET)
AT_HALL = WorkLocation(Place.SITE, "s1")


def read(text, language="nl", country="NL"):
    return understand(text, LEXICON, Context(MONDAY, language, country, (HALL, NORTH)))


@pytest.mark.parametrize("text", [
    "dicht Stadhuis di ochtend", "dicht di ochtend Stadhuis", "sluit stadhuis morgenochtend", "closed Stadhuis tue morning",
    "close Stadhuis tomorrow morning", "dicht het Stadhuis op dinsdagochtend", "dicht Stadhuis 24 nov 's ochtends", "dicht stadhuis morgen voormiddag",
])  # fmt: skip
def test_closing_one_half_day(text):
    assert read(text) == SwitchSite("s1", (MORNING,), close=True)


@pytest.mark.parametrize(("text", "days"), [
    ("dicht Stadhuis do t/m vr", [26, 27]), ("dicht Stadhuis vandaag", [23]), ("dicht Stadhuis", [23]),
    ("dicht Stadhuis ma 30 nov", [30]), ("dicht Stadhuis di en do", [24, 26]), ("open Stadhuis di en do", [24, 26]),
])  # fmt: skip
def test_days_are_read_as_for_a_plan(text, days):
    meant = read(text)
    assert [slot.day.day for slot in meant.slots] == [day for day in days for _ in DayPart]
    assert meant.close is text.startswith("dicht")


@pytest.mark.parametrize(("text", "problem"), [
    ("dicht", "unknown_site"), ("dicht morgen", "unknown_site"), ("dicht Rozet morgen", "unknown_site"), ("dicht thuis morgen", "unknown_site"),
    ("dicht kantoor morgen", "unknown_site"), ("dicht Stadhuis gisteren", "past"), ("dicht Stadhuis 1 dec 2028", "too_far"),
    ("dicht Stadhuis 31 nov", "no_such_day"), ("dicht Stadhuis wegens brand", "unclear"), ("dicht Stadhuis balie morgen", "unknown_site"),
    ("dicht Stadhuis leeg morgen", "which"), ("dicht Stadhuis Kerkstraat 12", "address"), ("dicht Stadhuis niet morgen", "unknown_site"),
    ("aantallen morgen", "unknown_act"), ("dicht Stadhuis Stadskantoor Noord morgen", "which"), ("dicht Stadhuiss morgen", "which"),
])  # fmt: skip
def test_what_is_not_clear_does_nothing(text, problem):
    assert read(text).problem == problem


def test_a_sentence_with_two_readings_offers_both():
    """In Flanders "middag" may be either half of the day."""
    readings = read("dicht Stadhuis morgen middag", country="BE").readings
    assert {reading.slots for reading in readings} == {(MORNING,), (AFTERNOON,)}


def test_the_other_words():
    assert read("aantallen") == read("numbers", "en") == ShowNumbers()
    assert read("later") == ChooseLater()
    assert read("overzicht") == read("overview") == ShowSites()


@pytest.mark.parametrize("text", ["morgen", "di ochtend", "thuis", "", "dag", "tomorrow", "maandag dichter bij huis"])
def test_what_somebody_says_about_themselves_is_not_ours(text):
    assert read(text) is None


slots = st.builds(Slot, st.integers(0, 365).map(lambda n: MONDAY + timedelta(days=n)), st.sampled_from(DayPart))


@given(st.sets(slots, min_size=1))
def test_day_parts_travel_in_a_button_and_back(some):
    text = packed(some)
    assert unpacked(text) == tuple(sorted(some, key=Slot.sort_key))
    assert len(text) < 220


@given(
    st.one_of(st.text(), st.integers(), st.none(), st.from_regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\.[0-9a-fx_ -]{0,300}"))
)
def test_anything_else_is_no_day_parts(text):
    found = unpacked(text)
    assert found is None or (found and found == tuple(sorted(set(found), key=Slot.sort_key)))


def test_what_is_planned_at_a_closed_site():
    plan = {AFTERNOON: AT_HALL, MORNING: AT_HALL, whole_day(MONDAY)[0]: WorkLocation(Place.HOME)}
    assert closed_at(plan, [Closure("s1", MORNING, "b"), Closure("s2", AFTERNOON, "b")]) == {MORNING: AT_HALL}
    assert closed_at({MORNING: None}, [Closure("s1", MORNING, "b")]) == {}


def places_of(found):
    return [(changes[0].location.place, changes[0].location.named) for changes in found]


def test_other_places_are_open_ones():
    stays = {MORNING: AT_HALL}
    closed = [Closure("s1", MORNING, "b")]
    everywhere = [(Place.SITE, "s2"), (Place.HOME, None), (Place.LIBRARY, "l1")]
    assert places_of(alternatives(stays, PLACES, closed)) == everywhere
    assert places_of(alternatives(stays, PLACES, [*closed, Closure("s2", MORNING, "c")])) == everywhere[1:]
    assert places_of(alternatives(stays, PLACES, [*closed, Closure("s2", AFTERNOON, "c")])) == everywhere


def test_the_kind_of_work_goes_along_where_it_can():
    """Nobody takes the counter home."""
    for kind, at_home in ((Kind.COUNTER, None), (Kind.FIELD, None), (Kind.FOCUS, Kind.FOCUS), (None, None)):
        stays = {MORNING: WorkLocation(Place.SITE, "s1", kind)}
        site, home, library = alternatives(stays, PLACES, [Closure("s1", MORNING, "b")])
        assert [one[0].location.kind for one in (site, home, library)] == [kind, at_home, at_home]


def test_going_back_is_offered_for_what_was_moved():
    wednesday = whole_day(TUESDAY + timedelta(days=1))
    plan = {
        MORNING: WorkLocation(Place.HOME, kind=Kind.FOCUS),
        AFTERNOON: AT_HALL,
        wednesday[0]: WorkLocation(Place.NOT_WORKING),
    }
    back = back_to("s1", [wednesday[1], wednesday[0], MORNING, AFTERNOON], plan)
    assert back == (
        (Change(MORNING, WorkLocation(Place.SITE, "s1", Kind.FOCUS)),),
        (Change(wednesday[1], AT_HALL),),
    )
