"""Whose company one is in, which day comes next, what is offered with one tap, and when the card is sent."""

from datetime import date, timedelta

import pytest

from bot.domain.daily import SendDaily, ShowToday, parse, to_send
from bot.domain.days import DayPart, Slot, whole_day
from bot.domain.places import NamedPlace, Place, WorkLocation
from bot.domain.today import MOST_OFFERED, company, next_working_day, offered, open_days
from bot.domain.words import Lexicon
from cards.words import load

MONDAY = date(2026, 11, 23)
THURSDAY, FRIDAY = MONDAY + timedelta(days=3), MONDAY + timedelta(days=4)
TOWN_HALL, BRANCH = WorkLocation(Place.SITE, "s1"), WorkLocation(Place.SITE, "s2")
OFFICE, HOME, OFF = WorkLocation(Place.SITE), WorkLocation(Place.HOME), WorkLocation(Place.NOT_WORKING)
LEXICON = Lexicon.of(load())


def plan(morning, afternoon=None, day=MONDAY):
    """A day's plan; one place is all day."""
    both = zip(whole_day(day), (morning, afternoon or morning), strict=True)
    return {slot: at for slot, at in both if at}


def names(found):
    """(place, half of mine, (name, half)...) of those near, and place -> names of the others."""
    near = [
        (
            at.location[1] or at.location[0],
            at.slots[0].part if len(at.slots) == 1 else None,
            *((one.name, one.half) for one in at.lines),
        )
        for at in found.near
    ]
    return near, {at.location[1] or at.location[0].value: [one.name for one in at.lines] for at in found.others}


def test_who_is_at_my_place_while_i_am_comes_first_and_only_there():
    people = [("Chantal", plan(TOWN_HALL)), ("Bart", plan(TOWN_HALL, HOME)), ("Dirk", plan(HOME))]
    near, others = names(company(plan(TOWN_HALL), people, MONDAY, one_office=False))
    assert near == [("s1", None, ("Bart", DayPart.MORNING), ("Chantal", None))]
    assert others == {"home": ["Dirk"]}


def test_who_comes_when_i_have_left_is_not_with_me():
    people = [("Bart", plan(HOME, TOWN_HALL)), ("Chantal", plan(TOWN_HALL))]
    near, others = names(company(plan(TOWN_HALL, HOME), people, MONDAY, one_office=False))
    assert near == [("s1", DayPart.MORNING, ("Chantal", None))]
    assert others == {"home": ["Bart"]}


def test_two_places_of_mine_come_in_order_of_time():
    near, others = names(
        company(plan(BRANCH, TOWN_HALL), [("Bart", plan(BRANCH, TOWN_HALL))], MONDAY, one_office=False)
    )
    assert near == [("s2", DayPart.MORNING, ("Bart", None)), ("s1", DayPart.AFTERNOON, ("Bart", None))]
    assert others == {}


@pytest.mark.parametrize(
    ("at", "one_office", "together"), [(HOME, True, False), (OFFICE, True, True), (OFFICE, False, False)]
)
def test_two_at_home_are_not_together_and_two_at_the_office_only_where_there_is_one(at, one_office, together):
    found = company(plan(at), [("Bart", plan(at))], MONDAY, one_office=one_office)
    assert bool(found.near) is together
    assert bool(found.others) is not together


def test_who_is_off_or_has_nothing_filled_in_is_nowhere():
    people = [("Bart", plan(OFF)), ("Chantal", {}), ("Dirk", plan(None, HOME))]
    near, others = names(company({}, people, MONDAY, one_office=True))
    assert near == []
    assert others == {"home": ["Dirk"]}


def test_two_of_one_name_are_two_people():
    found = company({}, [("Bart", plan(HOME)), ("Bart", plan(HOME))], MONDAY, one_office=True)
    assert names(found)[1] == {"home": ["Bart", "Bart"]}


def test_the_next_working_day_skips_the_weekend_and_what_is_off():
    assert next_working_day(MONDAY, {}) == MONDAY + timedelta(days=1)
    assert next_working_day(FRIDAY, {}) == MONDAY + timedelta(days=7)
    assert next_working_day(FRIDAY, plan(OFF, day=MONDAY + timedelta(days=7))) == MONDAY + timedelta(days=8)
    assert next_working_day(FRIDAY, plan(HOME, OFF, day=FRIDAY + timedelta(days=1))) == FRIDAY + timedelta(days=1)


def test_whoever_is_off_for_two_weeks_has_no_next_working_day():
    days = (MONDAY + timedelta(days=n) for n in range(20))
    assert next_working_day(MONDAY, {slot: OFF for day in days for slot in whole_day(day)}) is None


def test_what_is_planned_most_is_offered_first_then_home_and_not_working_last():
    sites = tuple(NamedPlace(f"s{n}", f"Site {n}", Place.SITE, retired=n == 3) for n in range(9))
    usual = plan(BRANCH) | plan(OFF, day=FRIDAY) | {Slot(THURSDAY, DayPart.MORNING): TOWN_HALL}
    found = offered(sites, usual)
    assert found[:3] == (BRANCH, TOWN_HALL, HOME)
    assert found[-1] == OFF
    assert len(found) == MOST_OFFERED == len(set(found))
    assert offered((), {})[0] == HOME


def test_next_week_is_spoken_of_from_thursday_on_where_a_whole_day_is_open():
    following = [MONDAY + timedelta(days=7 + n) for n in range(5)]
    half = {slot: at for day in following[1:] for slot, at in plan(None, HOME, day).items()}
    assert open_days(THURSDAY - timedelta(days=1), {}) == ()
    assert open_days(THURSDAY, {}) == tuple(following)
    assert open_days(FRIDAY, half) == (following[0],)


SAID = {
    "": ShowToday(),
    " ! ": ShowToday(),
    "elke dag 8:30": SendDaily(510),
    "elke dag": SendDaily(510, keep=True),
    "elke ochtend om 9 uur": SendDaily(540),
    "iedere werkdag 8u15": SendDaily(495),
    "dagelijks 09.05": SendDaily(545),
    "aan": SendDaily(510, keep=True),
    "every day at 8:30": SendDaily(510),
    "every morning 9": SendDaily(540),
    "daily 17:00": SendDaily(1020),
    "uit": SendDaily(None),
    "niet meer sturen": SendDaily(None),
    "off": SendDaily(None),
    "elke dag 7:59": ShowToday("hours"),
    "every day 17:01": ShowToday("hours"),
    "elke dag 24:00": ShowToday("time"),
    "elke dag 8:60": ShowToday("time"),
    "elke dag om half negen": SendDaily(510),
    "elke werkdag om 9 uur": SendDaily(540),
    "elke dag kwart over 8": SendDaily(495),
    "elke dag kwart na 8, dank u": SendDaily(495),
    "elke dag om kwart voor negen": SendDaily(525),
    "elke dag om negen uur": SendDaily(540),
    "elke dag om half drie": SendDaily(870),
    "every day 9am": SendDaily(540),
    "every day at 9 am": SendDaily(540),
    "every day at 9 o'clock": SendDaily(540),
    "every day at half past eight": SendDaily(510),
    "every day at 2 pm": SendDaily(840),
    "every day 8:30 pm": ShowToday("hours"),
    "elke dag om half": ShowToday("time"),
    "elke dag half 9:30": ShowToday("time"),
    "elke dag om half vijfentwintig": ShowToday("time"),
    "elke dag half 25": ShowToday("time"),
    "elke dag 9 uur thuis": ShowToday("words"),
    "elke dag 8:301": ShowToday("time"),
    "uit morgen": None,
    "thuis": None,
    "om 9 uur thuis": None,
    "elkedag": None,
}


@pytest.mark.parametrize("text", SAID)
def test_what_is_typed_behind_today(text):
    assert parse(text, LEXICON) == SAID[text]


@pytest.mark.parametrize("minute", ["510", 479, 1021, True, None, 510.0, [510]])
def test_a_button_with_anything_but_a_working_minute_is_none_of_ours(minute):
    assert to_send(minute) is None
