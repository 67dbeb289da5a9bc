"""What a card tells people to type, Samen understands as the card means it: in both languages and countries."""

from datetime import date, timedelta
from itertools import product

import pytest

from bot.domain.days import Weeks, monday_of, whole_day
from bot.domain.places import Kind, NamedPlace, Place
from bot.domain.where.found import question
from bot.domain.where.grammar import Context, parse
from bot.domain.where.intents import Find, SetPattern, SetPlan, Share, ShowBoard, ShowPattern, ShowPlan, ShowWeek
from bot.domain.words import Lexicon
from cards.catalogue import texts
from cards.help import HELP
from cards.where import Asked, Spot
from cards.where.typed import (
    TYPED_KINDS,
    TYPED_PLACES,
    board_example,
    clear_pattern_example,
    follow_example,
    pattern_example,
    plan_example,
    set_example,
    share_example,
    usual_example,
    week_example,
    who_example,
)
from cards.words import load
from tests.cards.invented import TODAY

LEXICON = Lexicon.of(load())
NAMED = NamedPlace("l1", "Bibliotheek Rozet", Place.LIBRARY)
SPOKEN = [("nl", "NL"), ("nl", "BE"), ("en", "NL"), ("en", "BE")]
DAYS = [TODAY + timedelta(days=n) for n in range(0, 365, 13)] + [date(2027, 9, 1), date(2027, 2, 28)]


def understood(example, language, country):
    command = LEXICON.command(example)
    assert command is not None
    assert command.key == "where"
    return parse(command.rest, LEXICON, Context(TODAY, language, country, ()))


@pytest.mark.parametrize(("language", "country"), SPOKEN)
def test_every_place_can_be_typed_for_any_day(language, country):
    for day in DAYS:
        for place in TYPED_PLACES:
            intent = understood(set_example(texts(language), day, TODAY, place), language, country)
            assert isinstance(intent, SetPlan), (place, day, intent)
            assert tuple(change.slot for change in intent.changes) == whole_day(day)
            assert {change.location.place for change in intent.changes} == {Place(place)}


@pytest.mark.parametrize(("language", "country"), SPOKEN)
def test_the_board_the_plan_and_sharing_can_be_typed(language, country):
    t = texts(language)
    for day in DAYS:
        assert understood(board_example(t, day, TODAY), language, country) == ShowBoard(day)
    assert understood(plan_example(t), language, country) == ShowPlan()
    assert understood(share_example(t, True), language, country) == Share(on=True)
    assert understood(share_example(t, False), language, country) == Share(on=False)


@pytest.mark.parametrize(("language", "country"), SPOKEN)
def test_the_pattern_can_be_typed(language, country):
    t = texts(language)
    assert understood(pattern_example(t), language, country) == ShowPattern()
    assert len(understood(clear_pattern_example(t), language, country).lines) == 14
    for weekday, place, weeks in product(range(7), TYPED_PLACES, Weeks):
        intent = understood(usual_example(t, weekday, place, weeks), language, country)
        assert {(line.usual.weeks, line.usual.weekday) for line in intent.lines} == {(weeks, weekday)}
        assert {line.location.place for line in intent.lines} == {Place(place)}
        emptied = understood(usual_example(t, weekday, "empty", weeks), language, country)
        assert {line.location for line in emptied.lines} == {None}
    for day in DAYS:
        intent = understood(follow_example(t, day, TODAY), language, country)
        assert intent.follow
        assert tuple(change.slot for change in intent.changes) == whole_day(day)


@pytest.mark.parametrize(("language", "country"), SPOKEN)
def test_every_example_of_the_help_is_understood(language, country):
    kinds = [type(understood(texts(language)(line.example), language, country)) for line in HELP["where"]]
    assert kinds == [ShowBoard, SetPlan, SetPlan, SetPlan, ShowWeek, ShowPlan, SetPattern, Share]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_other_commands_of_the_help_are_commands(language):
    for key, lines in HELP.items():
        for line in lines:
            command = LEXICON.command(texts(language)(line.example))
            assert command is not None
            assert command.key == key


def asked(example, language, country):
    command = LEXICON.command(example)
    assert command is not None
    assert command.key == "who"
    return question(command.rest, LEXICON, Context(TODAY, language, country, (NAMED,)))


@pytest.mark.parametrize(("language", "country"), SPOKEN)
def test_every_question_can_be_typed_for_any_day(language, country):
    t = texts(language)
    for day in DAYS:
        for kind in TYPED_KINDS:
            assert asked(who_example(t, Asked(day, kind=kind), TODAY), language, country) == Find(day, kind=Kind(kind))
        for place in TYPED_PLACES:
            if place != "not_working":
                question_for = who_example(t, Asked(day, Spot(place), "counter"), TODAY)
                wanted = Find(day, place=Place(place), kind=Kind.COUNTER)
                assert asked(question_for, language, country) == wanted
        named = who_example(t, Asked(day, Spot("library", NAMED.name, NAMED.id)), TODAY)
        assert asked(named, language, country) == Find(day, place=Place.LIBRARY, named=NAMED.id)
    for line in HELP["who"]:
        assert isinstance(asked(t(line.example), language, country), Find)


@pytest.mark.parametrize(("language", "country"), SPOKEN)
def test_every_week_can_be_typed(language, country):
    t = texts(language)
    assert understood(week_example(t, None, TODAY), language, country) == ShowWeek()
    for day in DAYS:
        assert understood(week_example(t, day, TODAY), language, country) == ShowWeek(monday_of(day))


def test_all_places_and_kinds_can_be_typed():
    assert set(TYPED_KINDS) == set(Kind)
    assert set(TYPED_PLACES) == set(Place)
