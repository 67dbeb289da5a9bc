"""The cards of a team's week, of what was found, and of a team: what they say and send, whatever people are called."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.team import TEAM as TEAM_COMMAND
from bot.domain.where import presses as rules
from bot.domain.where.found import Doubt
from bot.domain.where.intents import Find, ShowWeek
from cards.renderers import draw
from cards.team import ChooseTeamView, TeamView
from cards.where import Asked, FoundView, PlaceRow, Spot, Stay, TeamChoice, WeekDay, WeekView, Who
from cards.where.found import DOUBTS as WORDED
from tests.cards.board_cases import DOUBTS, found, week
from tests.cards.cases import CASES
from tests.cards.elements import presses, texts_of
from tests.cards.invented import LIBRARY, OFF, TEAM, TODAY
from tests.cards.test_names import check, names

READ = {
    "where.week": rules.to_week,
    "where.plan": rules.to_plan,
    "where.board": lambda data: rules.to_board(data, TODAY),
    "where.share": rules.to_share,
    "who.find": rules.to_find,
    **{verb: lambda data, read=read: read(data, None) for verb, read in TEAM_COMMAND.verbs.items()},
}
MINE = [case for case in CASES if case.startswith(("week_", "found_", "ask_again", "team", "choose_team"))]


@pytest.mark.parametrize("case", MINE)
def test_every_button_means_something_to_the_bot(case):
    drawn = draw(CASES[case](), "nl")
    for press in presses(drawn.card):
        assert READ[press["verb"]](press["data"]) is not None, press


def test_every_doubt_has_its_words():
    assert set(WORDED) == set(Doubt) == {*DOUBTS, "typo"}


@pytest.mark.parametrize("people", [61, 100, 400])
def test_a_large_week_names_nobody_and_counts_nobody_exactly(people):
    shown = draw(week(people), "nl").text
    numbers = [int(word) for line in shown.splitlines() if "mensen" in line for word in line.split() if word.isdigit()]
    assert numbers
    assert all(number % 5 == 0 for number in numbers)
    assert "Anneke" not in shown
    assert "Niet aan het werk" not in shown  # how many are away is nobody's question


@pytest.mark.parametrize("people", [1, 6, 40, 60])
def test_a_week_of_sixty_or_fewer_names_everybody(people):
    view = week(people)
    shown = draw(view, "nl")
    everybody = {who.name for day in view.days for at in (*day.whole, *day.morning) for who in at.people}
    assert len(everybody) == people
    on_card = "\n".join(texts_of(shown.card))
    assert [name for name in everybody if name not in on_card or name not in shown.text] == []
    assert "ongeveer" not in shown.text


def test_nothing_on_a_week_says_how_many_share():
    assert str(37) not in "".join(texts_of(draw(week(37), "nl").card)).replace("27", "")


def test_the_days_on_a_card_decide_when_it_is_replaced():
    assert week(6).first_day == TODAY
    assert found(6).first_day == TODAY


def test_a_day_without_anybody_says_nothing_about_anybody():
    view = replace(week(1), days=(*week(1).days[:1], WeekDay(TODAY + timedelta(days=1))))
    assert "Nog niets" in draw(view, "nl").text


@pytest.mark.parametrize("people", [0, 1, 6, 61, 400])
def test_many_found_are_not_named_or_counted_exactly(people):
    shown = draw(found(people), "en").text
    assert ("Anneke" in shown) is (0 < people <= 60)
    assert str(people) not in shown or people < 10


def test_a_question_travels_whole_in_its_buttons():
    asked = Asked(TODAY, LIBRARY, "counter", "morning")
    drawn = draw(FoundView(asked, TODAY, ()), "nl")
    (after,) = [rules.to_find(press["data"]) for press in presses(drawn.card) if press["verb"] == "who.find"]
    assert after == Find(TODAY + timedelta(days=1), "morning", "library", "z81x", "counter")


def test_the_week_button_leads_to_that_week():
    data = next(
        p["data"] for p in presses(draw(week(1), "nl").card) if p["verb"] == "where.week" and "day" in p["data"]
    )
    assert rules.to_week(data) == ShowWeek(TODAY + timedelta(days=6), TEAM.id)


def test_flanders_says_it_its_own_way():
    assert "di voormiddag" in draw(week(1), "nl-BE").text
    assert "Di namiddag" in draw(TeamView(TEAM, "nl", TODAY, ("1.a",)), "nl-BE").text


@st.composite
def weeks(draw_value) -> WeekView:
    pool = draw_value(st.lists(names, min_size=1, max_size=60))
    places = draw_value(st.integers(1, 60))
    spots = [*(Spot("site", pool[n % len(pool)], f"abcdefghij{n}") for n in range(places)), OFF]
    rows = tuple(PlaceRow(spot, tuple(Who(name) for name in pool[n :: len(spots)])) for n, spot in enumerate(spots))
    rows = tuple(row for row in rows if row.people)
    team = TeamChoice("19:" + "x" * 60, pool[0])
    days = tuple(
        WeekDay(TODAY + timedelta(days=n), *((rows, (), ()) if n % 2 else ((), rows, rows)), ("morning",))
        for n in range(5)
    )
    later = TODAY + timedelta(days=7)
    return WeekView(team, TODAY, days, before=TODAY, after=later, others=(team,) * 9)


@pytest.mark.parametrize("people", [12, 30, 60])
def test_a_week_of_the_longest_names_in_many_places_is_a_card(people):
    rows = tuple(PlaceRow(Spot("site", f"{n} {'W' * 80}", f"id{n}"), (Who(f"{n} {'w' * 80}"),)) for n in range(people))
    check(WeekView(TEAM, TODAY, tuple(WeekDay(TODAY + timedelta(days=n), (), rows, rows) for n in range(5))))


@given(weeks())
def test_a_week_of_any_names_is_a_card(view):
    check(view)


@given(weeks(), names)
def test_what_was_found_is_a_card_whatever_the_names(view, name):
    at = [row for day in view.days[:2] for row in (*day.whole, *day.morning)]
    halved = tuple(
        replace(row, people=tuple(Who(w.name, "morning", Stay(Spot("site", name, "x"))) for w in row.people))
        for row in at
    )
    check(FoundView(Asked(TODAY, Spot("site", name, "x" * 12), "counter"), TODAY, halved, view.others))


@given(names)
def test_a_team_of_any_name_is_a_card(name):
    team = TeamChoice("19:" + "x" * 190, name)
    every = tuple(f"{day}.{half}" for day in range(7) for half in "ma")
    check(TeamView(team, "nl", TODAY, every, "set", undo=every))
    check(TeamView(team, "nl", TODAY, problem="which_half", offers=(every, every[:1])))
    check(ChooseTeamView((team,) * 30, every))
