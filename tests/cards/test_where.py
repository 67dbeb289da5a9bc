"""What the cards of /where say and send."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.where import presses as rules
from bot.domain.where.intents import SetPlan, ShowBoard, ShowPlan
from cards.catalogue import texts
from cards.renderers import draw
from cards.where import BoardView, ChangedView, KindRows, PartStay, PlaceRow, Stay, UnclearView, Who
from cards.where.wording import part_lines
from tests.cards.board_cases import board, team_of_six
from tests.cards.elements import presses, texts_of, walk
from tests.cards.invented import BRANCH, GROUP, HOME, MANY_SPOTS, OFF, SPOTS, TEAM, TODAY, TOWN_HALL, parts
from tests.cards.plan_cases import CHANGED, PARTS, PLAN, TODAY_PARTS, unclear

DUTCH = texts("nl")
READ = {
    "where.set": rules.to_set,
    "where.undo": rules.to_undo,
    "where.plan": rules.to_plan,
    "where.board": lambda data: rules.to_board(data, TODAY),
    "where.share": rules.to_share,
    "where.week": rules.to_week,
    "where.pattern": rules.to_pattern,
}


def drawn(view):
    card = draw(view, "nl")
    assert card.card is not None
    return card


def verbs(view, verb):
    """The data of every button with this verb."""
    return [press["data"] for press in presses(drawn(view).card) if press["verb"] == verb]


@pytest.mark.parametrize("view", [team_of_six(), PLAN, CHANGED, unclear("no_place"), unclear("two_places")])
def test_every_button_means_something_to_the_bot(view):
    for press in presses(drawn(view).card):
        assert READ[press["verb"]](press["data"]) is not None, press


def test_a_place_button_sets_the_opened_day_parts_with_the_kind():
    view = replace(PLAN, opened=PARTS[4:6], spots=(BRANCH, OFF), kind="counter")
    at_branch, off, emptied = [rules.to_set(data) for data in verbs(view, "where.set")]
    assert isinstance(at_branch, SetPlan)
    assert [change.location.named for change in at_branch.changes] == ["p0a2", "p0a2"]
    assert {change.location.kind for change in at_branch.changes} == {"counter"}
    assert {change.location.kind for change in off.changes} == {None}
    assert {change.location for change in emptied.changes} == {None}


def test_what_is_pressed_on_the_plan_comes_back_as_the_plan():
    view = replace(PLAN, opened=PARTS[:1], spots=SPOTS, changed=replace(CHANGED, board=None))
    assert {data["from"] for data in verbs(view, "where.set") + verbs(view, "where.undo")} == {"plan"}


def test_the_chosen_kind_is_ticked_and_takes_itself_back():
    view = replace(PLAN, opened=PARTS[1:2], spots=SPOTS, kind="focus")
    opened = [data for data in verbs(view, "where.plan") if data.get("slot") == "2026-11-24.a"]
    assert {data.get("kind") for data in opened} == {None, "together", "counter", "field", "learning", "consultation"}
    assert "✓ Focuswerk" in texts_of(drawn(view).card)


def test_tapping_a_day_opens_the_whole_day_and_a_cell_its_part():
    intents = [rules.to_plan(data) for data in verbs(PLAN, "where.plan")]
    assert [len(intent.opened) for intent in intents] == [2, 1, 1] * 9
    assert all(isinstance(intent, ShowPlan) for intent in intents)


def test_a_cell_says_in_full_where_and_when():
    titles = [press["title"] for press in presses(drawn(PLAN).card)]
    assert "wo 25 nov ’s\u00a0ochtends: Stadskantoor (samenwerken)" in titles
    assert "do 26 nov ’s\u00a0ochtends: leeg" in titles


def test_while_choosing_only_that_week_is_shown():
    view = replace(PLAN, opened=PARTS[-2:], spots=SPOTS)
    assert "Volgende week" in drawn(view).text
    assert "Deze week" not in drawn(view).text


def test_many_places_go_into_a_labelled_list_that_never_sends_nothing():
    view = replace(PLAN, opened=PARTS[4:6], spots=MANY_SPOTS)
    (listed,) = [element for element in walk(drawn(view).card) if element["type"] == "Input.ChoiceSet"]
    assert listed["label"] == "Een andere plek"
    assert listed["value"] == listed["choices"][0]["value"]
    for choice in listed["choices"]:
        assert len(rules.to_set({"parts": choice["value"].split(",")}).changes) == 2
    assert verbs(view, "where.choose") == [{"from": "plan", "l": "nl"}]


def test_no_board_goes_back_into_the_past():
    days = [data["day"] for data in verbs(board(6), "where.board")]
    assert min(days) >= TODAY.isoformat()


def test_a_later_board_goes_back_by_working_days():
    monday = date(2026, 11, 30)
    days = [data["day"] for data in verbs(replace(team_of_six(), day=monday, others=()), "where.board")]
    assert days == ["2026-11-27", "2026-12-01"]


def test_the_empty_board_says_how_to_be_the_first():
    view = BoardView(TEAM, TODAY, TODAY, ())
    assert "/waar vandaag thuis" in drawn(view).text
    assert rules.to_plan(verbs(view, "where.plan")[0]) == ShowPlan(rules.whole_day(TODAY))


def test_nothing_on_a_board_counts_people():
    """Up to sixty names there is no number but that of days; above, numbers are rounded to five."""
    for people in (0, 1, 6, 40):
        lines = [text for text in texts_of(drawn(board(people)).card) if "nov" not in text]
        assert not [line for line in lines if any(c.isdigit() for c in line)]
    counts = [text for text in texts_of(drawn(board(400)).card) if "ongeveer" in text]
    numbers = [int(text.rsplit("ongeveer ", 1)[1].split()[0]) for text in counts]
    assert numbers
    assert not [number for number in numbers if number % 5]


def test_the_pages_hold_every_name_once():
    view = board(400)
    everybody = sorted(who.name for kind in view.kinds for place in kind.places for who in place.people)
    found = []
    for page in range(10):
        text = drawn(replace(view, page=page)).text
        found += [name for name in set(everybody) if any(_named(name, line) for line in text.splitlines())]
    assert sorted(found) == everybody
    assert "pagina 10 van 10" in drawn(replace(view, page=99)).text


def _named(name, line):
    pieces = line.removeprefix("- ").split(": ", 1)[-1].split(", ")
    return any(piece == name or piece.startswith(f"{name} (") for piece in pieces)


def test_not_working_has_its_own_heading_and_no_place():
    card = drawn(team_of_six()).card
    lines = texts_of(card)
    assert lines[lines.index("Niet aan het werk") + 1] == "Bram de Wit"


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        (Who("A"), "A"),
        (Who("A", "morning"), "A (’s ochtends)"),
        (Who("A", "morning", Stay(HOME)), "A (’s middags: thuis, zonder kind)"),
        (Who("A", "afternoon", Stay(TOWN_HALL, "focus")), "A (’s ochtends: focuswerk)"),
        (Who("A", "morning", Stay(HOME, "counter")), "A (’s middags: thuis)"),
        (Who("A", "morning", Stay(OFF)), "A (’s middags: niet aan het werk)"),
    ],
)
def test_half_days_stand_behind_the_name(who, shown):
    view = BoardView(TEAM, TODAY, TODAY, (KindRows("counter", (PlaceRow(TOWN_HALL, (who,)),)),))
    shown = shown.replace(", zonder kind", "").replace("’s ", "’s\u00a0")
    assert shown in texts_of(drawn(view).card)


def test_days_in_a_row_with_the_same_stay_are_one_line():
    stays = {(n, part): Stay(HOME) for n in range(3) for part in ("morning", "afternoon")}
    assert part_lines(DUTCH, parts(date(2026, 11, 23), 3, stays)) == ["ma 23 t/m wo 25 nov: thuis"]
    over_months = parts(date(2026, 11, 30), 2, stays)
    assert part_lines(DUTCH, over_months) == ["ma 30 nov t/m di 1 dec: thuis"]
    over_weekend = parts(date(2026, 11, 27), 2, stays)
    assert len(part_lines(DUTCH, over_weekend)) == 2


def test_halves_and_empty_parts_are_said():
    morning, afternoon = TODAY_PARTS
    home = replace(morning, stay=Stay(HOME, "focus"))
    assert part_lines(DUTCH, (home,)) == ["di 24 nov: ’s\u00a0ochtends thuis (focuswerk)"]
    assert part_lines(DUTCH, (home, afternoon)) == [
        "di 24 nov: ’s\u00a0ochtends thuis (focuswerk), ’s\u00a0middags leeg"
    ]
    assert part_lines(DUTCH, TODAY_PARTS) == ["di 24 nov: leeg"]


def test_the_undo_carries_the_previous_values():
    (data,) = verbs(CHANGED, "where.undo")
    assert data["parts"] == ["2026-11-25.m...", "2026-11-25.a..."]


def test_who_is_alone_with_a_plan_gets_one_button_a_team_and_at_most_five():
    view = replace(CHANGED, offer=(TEAM, GROUP), board=None)
    assert "Alleen jij ziet dit." in drawn(view).text
    assert [data["team"] for data in verbs(view, "where.share")] == [TEAM.id, GROUP.id]
    assert len(verbs(replace(view, offer=(TEAM,) * 9), "where.share")) == 5


def test_an_unclear_sentence_without_places_still_shows_the_way():
    for problem in ("past", "too_far", "no_such_day"):
        assert verbs(UnclearView(problem, TODAY), "where.plan")


def test_a_board_button_names_team_and_day():
    intents = [rules.to_board(data, TODAY) for data in verbs(team_of_six(), "where.board")]
    assert ShowBoard(TODAY + timedelta(days=1), TEAM.id) in intents
    assert ShowBoard(TODAY, GROUP.id) in intents


def test_a_change_of_one_part_only_says_that_part():
    stay = Stay(TOWN_HALL, "together")
    view = ChangedView(TODAY, (PartStay(TODAY, "afternoon", stay),))
    assert "di 24 nov: ’s\u00a0middags Stadskantoor (samenwerken)" in drawn(view).text
