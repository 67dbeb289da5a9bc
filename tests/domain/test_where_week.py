"""A team's week: which week, which days, and who stands where on them."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.days import DayPart, Slot, whole_day
from bot.domain.places import Kind, Place, WorkLocation
from bot.domain.where.grammar import Context, parse
from bot.domain.where.intents import Problem, SetPlan, Share, ShowPlan, ShowWeek, Unclear
from bot.domain.where.week import Gathered, days_left, week, week_shown
from bot.domain.words import Lexicon
from cards import words

LEXICON = Lexicon.of(words.load())
MONDAY, NEXT = date(2026, 11, 23), date(2026, 11, 30)
NL, EN = Context(date(2026, 11, 25), "nl", "NL"), Context(date(2026, 11, 25), "en", "NL")
HOME, HALL = WorkLocation(Place.HOME), WorkLocation(Place.SITE, "s1")
OFF = WorkLocation(Place.NOT_WORKING)


def moment(day, *clock):
    return datetime(2026, 11, day, *clock, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.mark.parametrize(
    ("now", "monday"),
    [
        (moment(23, 8), MONDAY),
        (moment(26, 23, 59), MONDAY),
        (moment(27, 11, 59), MONDAY),
        (moment(27, 12, 0), NEXT),
        (moment(28, 0, 0), NEXT),
        (moment(29, 23, 59), NEXT),
    ],
)
def test_from_friday_noon_the_next_week_is_shown(now, monday):
    assert week_shown(now) == monday


def test_days_that_are_over_are_left_out():
    assert days_left(MONDAY, date(2026, 11, 26)) == (date(2026, 11, 26), date(2026, 11, 27))
    assert days_left(MONDAY, date(2026, 11, 28)) == ()
    assert len(days_left(NEXT, date(2026, 11, 28))) == 5


def test_a_whole_day_stands_once_and_halves_stand_apart():
    """The kind of work makes no difference here: the week is about places."""
    morning, afternoon = whole_day(MONDAY)
    focus = WorkLocation(Place.HOME, kind=Kind.FOCUS)
    plans = {
        "a": {morning: HOME, afternoon: focus},
        "b": {morning: HALL, afternoon: HOME},
        "c": {afternoon: OFF},
        "gone": {morning: HOME, afternoon: HOME},
    }
    (day,) = week(plans, {"a": "Anneke", "b": "bram", "c": "Çelik"}, [MONDAY])
    assert day.whole == (Gathered((Place.HOME, None), ("Anneke",)),)
    assert day.morning == (Gathered((Place.SITE, "s1"), ("bram",)),)
    assert day.afternoon == (
        Gathered((Place.HOME, None), ("bram",)),
        Gathered((Place.NOT_WORKING, None), ("Çelik",)),
    )


def test_other_days_do_not_count():
    (day,) = week({"a": {Slot(NEXT, DayPart.MORNING): HOME}}, {"a": "Anneke"}, [MONDAY])
    assert (day.whole, day.morning, day.afternoon) == ((), (), ())


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("week", ShowWeek()),
        ("Week?", ShowWeek()),
        ("weekoverzicht", ShowWeek()),
        ("bord week", ShowWeek()),
        ("toon de week", ShowWeek()),
        ("week van het team", ShowWeek()),
        ("week volgende week", ShowWeek(NEXT)),
        ("week deze week", ShowWeek(MONDAY)),
        ("week 30 nov", ShowWeek(NEXT)),
        ("week morgen", ShowWeek(MONDAY)),
        ("week next week", ShowWeek(NEXT)),
        ("team week", ShowWeek()),
        ("week nov 30", ShowWeek(NEXT)),
        # What meant something else before still does.
        ("mijn week", ShowPlan()),
        ("my week", ShowPlan()),
        ("weekplan", ShowPlan()),
        ("deel mijn week", Share(on=True)),
    ],
)
def test_the_week_is_asked_for(said, meant):
    assert parse(said, LEXICON, EN if "n" in said.split()[0] else NL) == meant


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("volgende week", Problem.NO_PLACE),
        ("week 49", Problem.NO_PLACE),
        ("week thuis", Problem.LEFTOVER),
        ("ma thuis week", Problem.LEFTOVER),
        ("week vorige week", Problem.PAST),
        ("week 31 november", Problem.NO_SUCH_DAY),
    ],
)
def test_what_is_no_question_for_the_week_is_asked_back(said, problem):
    meant = parse(said, LEXICON, NL)
    assert isinstance(meant, Unclear)
    assert meant.problem is problem


@pytest.mark.parametrize("said", ["deze week thuis", "week 49 thuis", "hele week thuis", "volgende week ma thuis"])
def test_a_week_with_a_place_is_still_a_plan(said):
    assert isinstance(parse(said, LEXICON, NL), SetPlan)
