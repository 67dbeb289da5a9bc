"""The rules of the counter: what is typed, when is asked, what covers a need."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import counter as rules
from bot.domain.counter import AskForHelp, Need, SetNeed, ShowCounter, Unclear
from bot.domain.days import DayPart, Slot
from bot.domain.places import Kind, NamedPlace, Place, WorkLocation
from bot.domain.together import WeekPart
from bot.domain.where.sentence import Context
from bot.domain.words import Lexicon
from cards.words import load

LEXICON = Lexicon.of(load())
ZONE = ZoneInfo("Europe/Amsterdam")
MONDAY = date(2026, 11, 23)
STADSKANTOOR = NamedPlace("s1", "Stadskantoor", Place.SITE)
MARKT = NamedPlace("m1", "Markt 12", Place.SITE)
AM, PM = DayPart.MORNING, DayPart.AFTERNOON
MONDAY_MORNING = (WeekPart(0, AM),)


def parse(text, country="NL", language="nl"):
    return rules.parse(text, LEXICON, Context(MONDAY, language, country, (STADSKANTOOR, MARKT)))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("", ShowCounter()),
        ("druk", AskForHelp()),
        ("het is druk", AskForHelp()),
        ("busy", AskForHelp()),
        ("ma ochtend 2", SetNeed(MONDAY_MORNING, 2)),
        ("maandagochtend 2", SetNeed(MONDAY_MORNING, 2)),
        ("MA OCHTEND 2 mensen", SetNeed(MONDAY_MORNING, 2)),
        ("ma ochtend 2 mensen nodig", SetNeed(MONDAY_MORNING, 2)),
        ("2 mensen ma ochtend", SetNeed(MONDAY_MORNING, 2)),
        ("elke maandag ochtend 2", SetNeed(MONDAY_MORNING, 2)),
        ("mon morning 2 people", SetNeed(MONDAY_MORNING, 2)),
        ("ma voormiddag 2", SetNeed(MONDAY_MORNING, 2)),
        ("ma ochtend 2 Stadskantoor", SetNeed(MONDAY_MORNING, 2, "s1")),
        ("ma ochtend Stadskantoor 2", SetNeed(MONDAY_MORNING, 2, "s1")),
        ("ma ochtend 2 Markt 12", SetNeed(MONDAY_MORNING, 2, "m1")),
        ("ma 2", SetNeed((WeekPart(0, AM), WeekPart(0, PM)), 2)),
        ("ma ochtend en di middag 1", SetNeed((WeekPart(0, AM), WeekPart(1, PM)), 1)),
        ("ma t/m vr ochtend 20", SetNeed(tuple(WeekPart(day, AM) for day in range(5)), 20)),
        ("za middag 1", SetNeed((WeekPart(5, PM),), 1)),
        ("ma ochtend 0", SetNeed(MONDAY_MORNING, 0)),
        ("ma ochtend geen", SetNeed(MONDAY_MORNING, 0)),
        ("ma ochtend niemand", SetNeed(MONDAY_MORNING, 0)),
        ("mon morning none", SetNeed(MONDAY_MORNING, 0)),
        ("ma ochtend 21", Unclear("number")),
        ("ma ochtend 2000000", Unclear("number")),
        ("ma ochtend -1", Unclear("number")),
        ("ma ochtend −1", Unclear("number")),
        ("ma ochtend 2,5", Unclear("number")),
        ("ma ochtend 2.5 mensen", Unclear("number")),
        ("ma-vr ochtend 2, Stadskantoor", SetNeed(tuple(WeekPart(day, AM) for day in range(5)), 2, "s1")),
        ("ma ochtend twee", SetNeed(MONDAY_MORNING, 2)),
        ("ma ochtend één", SetNeed(MONDAY_MORNING, 1)),
        ("ma ochtend drie mensen Stadskantoor", SetNeed(MONDAY_MORNING, 3, "s1")),
        ("mon morning ten", SetNeed(MONDAY_MORNING, 10)),
        ("ma een ochtend", Unclear("missing")),
        ("ma ochtend", Unclear("missing")),
        ("ma ochtend 2 Vlinderkasteel", Unclear("site")),
        ("ma ochtend 2 di ochtend 3", Unclear("days")),
        ("morgen ochtend 2", Unclear("days")),
        ("3 dec ochtend 2", Unclear("days")),
        ("morgen", Unclear("days")),
        ("thuis", Unclear("days")),
        ("2", Unclear("days")),
        ("x" * 5000, Unclear("days")),
    ],
)
def test_what_is_typed(text, intent):
    assert parse(text) == intent


def test_noon_in_flanders_is_asked_about():
    assert parse("ma middag 2", country="BE") == Unclear("half")
    assert parse("ma namiddag 2", country="BE") == SetNeed((WeekPart(0, PM),), 2)


@given(st.text(max_size=200))
def test_whatever_is_typed_never_raises(text):
    intent = parse(text)
    assert not isinstance(intent, SetNeed) or 0 <= intent.people <= 20


def local(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("slot", "now", "asks"),
    [
        (Slot(date(2026, 11, 24), AM), local(23, 9, 59), False),
        (Slot(date(2026, 11, 24), AM), local(23, 10), True),
        (Slot(date(2026, 11, 24), AM), local(23, 19, 59), True),
        (Slot(date(2026, 11, 24), AM), local(23, 20), False),  # nobody is spoken to in the evening
        (Slot(date(2026, 11, 24), AM), local(24, 6, 59), False),
        (Slot(date(2026, 11, 24), AM), local(24, 7), True),
        (Slot(date(2026, 11, 24), AM), local(24, 8), False),  # it has begun
        (Slot(date(2026, 11, 24), PM), local(24, 12, 29), True),
        (Slot(date(2026, 11, 24), PM), local(24, 12, 30), False),
        (Slot(date(2026, 11, 30), AM), local(26, 12), False),  # Monday: not on Thursday,
        (Slot(date(2026, 11, 30), AM), local(27, 10), True),  # but on Friday,
        (Slot(date(2026, 11, 30), AM), local(28, 12), False),  # not at the weekend,
        (Slot(date(2026, 11, 30), AM), local(30, 7), True),  # and again on Monday
        (Slot(date(2026, 11, 28), AM), local(27, 10), True),  # a Saturday where a need is set
        (Slot(date(2026, 11, 28), AM), local(28, 7, 30), True),
        (Slot(date(2026, 11, 29), AM), local(28, 12), False),
    ],
)
def test_when_a_team_is_asked(slot, now, asks):
    assert rules.may_ask(slot, now, ZONE) is asks


SLOT = Slot(MONDAY, AM)
HERE = WorkLocation(Place.SITE, "s1", Kind.COUNTER)


@pytest.mark.parametrize(
    ("need", "locations", "covered"),
    [
        (Need(0, AM, 1), [HERE], True),
        (Need(0, AM, 2), [HERE], False),
        (Need(0, AM, 1), [WorkLocation(Place.SITE, "s1")], False),  # at the office, not at the counter
        (Need(0, AM, 1), [WorkLocation(Place.NOT_WORKING)], False),
        (Need(0, AM, 1, "s1"), [HERE], True),
        (Need(0, AM, 1, "m1"), [HERE], False),  # at another counter
        (
            Need(0, AM, 1, "m1"),
            [WorkLocation(Place.SITE, None, Kind.COUNTER)],
            True,
        ),  # an office, and only one is meant
        (Need(0, AM, 1), [], False),
    ],
)
def test_what_covers_a_need(need, locations, covered):
    plans = {str(number): {SLOT: location} for number, location in enumerate(locations)}
    assert rules.is_covered(need, SLOT, plans) is covered


def test_the_week_ahead_begins_with_what_is_not_over():
    needs = [Need(0, AM, 1), Need(0, PM, 1), Need(4, AM, 1)]
    slots = [slot for slot, _ in rules.next_slots(needs, local(23, 13), ZONE)]
    assert slots == [Slot(MONDAY, PM), Slot(date(2026, 11, 27), AM), Slot(date(2026, 11, 30), AM)]


@pytest.mark.parametrize(
    ("named", "planned", "there"),
    [
        ("s1", WorkLocation(Place.HOME), HERE),
        (None, WorkLocation(Place.SITE, "m1"), WorkLocation(Place.SITE, "m1", Kind.COUNTER)),
        (None, WorkLocation(Place.HOME), WorkLocation(Place.SITE, None, Kind.COUNTER)),  # of two sites none is meant
        (None, WorkLocation(Place.NOT_WORKING), WorkLocation(Place.SITE, None, Kind.COUNTER)),
        ("gone", None, WorkLocation(Place.SITE, None, Kind.COUNTER)),
    ],
)
def test_where_somebody_who_helps_will_be(named, planned, there):
    assert rules.at_counter(named, planned, (STADSKANTOOR, MARKT)) == there


def test_the_only_site_is_the_one():
    assert rules.at_counter(None, None, (STADSKANTOOR,)) == HERE
