"""What the cards of the weekly pattern say and send."""

from dataclasses import replace

import pytest

from bot.domain.weekask import press_choose
from bot.domain.where import presses as rules
from cards.renderers import draw
from cards.where import TeamChoice
from tests.cards.elements import presses
from tests.cards.pattern_cases import PATTERN, SHOWN

READ = {
    "where.pattern": rules.to_pattern,
    "where.pattern_set": rules.to_set_pattern,
    "where.pattern_choose": lambda data: rules.to_choose_pattern({**data, "chosen": "every.0.m.home.."}),
    "where.pattern_undo": rules.to_undo_pattern,
    "where.follow": rules.to_follow,
    "where.plan": rules.to_plan,
    "where.share": rules.to_share,
    "start.show": lambda data: data,
    "weekask.on": press_choose,
}


@pytest.mark.parametrize("case", PATTERN)
def test_every_button_means_something_to_the_bot(case):
    card = draw(PATTERN[case](), "nl").card
    assert card is not None
    for press in presses(card):
        assert READ[press["verb"]](press["data"]) is not None, press


def test_a_pattern_is_replaced_the_night_after():
    """It says where somebody is on days to come, so it does not stay in the chat."""
    assert SHOWN.first_day == SHOWN.today


def test_which_weeks_is_said_in_words():
    text = draw(SHOWN, "en").text
    assert "Friday, odd weeks (first on Fri 4 Dec): not at work" in text
    assert "Weeks 53 and 1 are both odd" in text


def test_who_sees_it_begins_with_a_capital():
    """Also where the first team is a chat without a name."""
    assert (
        "Only you see this. The group chat can see"
        in draw(replace(SHOWN, shown_to=(TeamChoice("19:x", ""),)), "en").text
    )


def test_no_line_without_weeks_stands_beside_one_of_odd_weeks():
    """A Friday at home, off in the odd weeks: at home in the even ones."""
    labels = [press.get("title", "") for press in _all(draw(SHOWN, "en").card) if press.get("type") == "Action.Execute"]
    assert any("Friday" in label and "even weeks" in label and "odd weeks" in label for label in labels)


def _all(node):
    if isinstance(node, dict):
        yield node
    for one in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _all(one)
