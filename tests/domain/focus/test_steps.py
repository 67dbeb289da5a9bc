"""What a focus session leaves behind: nothing of Samen's, and everything of the person's, whatever happens meanwhile."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.focus.acts import Act
from bot.domain.focus.seen import Seen
from bot.domain.focus.session import Hold, Mode, Session, Trace
from bot.domain.focus.steps import planned
from tests.domain.focus.kept import MINUTE, NINE
from tests.domain.focus.story import HAPPENS, Story, live


@settings(max_examples=1500)
@given(HAPPENS, st.sampled_from(Mode), st.booleans(), st.sampled_from([0, 0, 20, 60]))
# The block alone made them busy before Samen asked for Busy, and of that nobody knows whether it was done.
@example([("half blind", "presence", None), ("settle", None, ("done", 0))], Mode.REACHABLE, False, 0)
def test_nothing_of_samen_is_left_and_nothing_of_the_persons_is_lost(
    happens: list[object], mode: Mode, ends: bool, ahead: int
):
    story = Story()
    begin = NINE + ahead * MINUTE
    story.session = replace(story.session, mode=mode, starts_at=begin, ends_at=begin + 90 * MINUTE)
    live(story, happens)
    if story.session.called_off:
        assert not story.graph.began
    story.graph.closed = story.graph.closed and ends
    if not ends and story.session.is_ahead(story.graph.now):
        story.session = replace(story.session, stopped_at=story.graph.now)
    for _ in range(6):
        story.settle()
        if ends:
            story.graph.now = max(story.graph.now, story.session.ends_at)  # the calendar may have led it on
    assert story.graph.lost == []
    assert story.session.is_clean()
    assert story.graph.left_of_samen() == []


@pytest.mark.parametrize("nth", [0, 1, 2])
@pytest.mark.parametrize("how", ["refused", "dropped", "done"])
def test_what_failed_is_done_the_next_time(how: str, nth: int):
    """The others were done meanwhile, and the version of the presence is another."""
    story = Story()
    story.settle(failed=(how, nth))
    for _ in range(2):
        story.settle()
    session = story.session
    assert {session.presence.hold, session.status.hold, session.block.hold} == {Hold.OURS}


@pytest.mark.parametrize("among", [set(), {1}, {2}, {3}, {1, 2}, {1, 3}, {2, 3}, {1, 2, 3}])
def test_broken_off_among_requests_sent_at_once_all_is_done_the_next_time(among: set[int]):
    story = Story()
    story.settle(among=frozenset({9, *among}))
    story.settle()
    story.settle()
    session = story.session
    assert {session.presence.hold, session.status.hold, session.block.hold} == {Hold.OURS}
    assert len(story.graph.left_of_samen()) == 3


@pytest.mark.parametrize("among", [set(), {1}, {2}, {1, 2}, {0}])
def test_broken_off_while_it_is_taken_away_all_is_taken_away_the_next_time(among: set[int]):
    story = Story()
    story.settle()
    story.session = replace(story.session, stopped_at=NINE)
    story.settle(among=frozenset({9, *among}))
    story.settle()
    story.settle()
    assert story.graph.left_of_samen() == []
    assert story.session.is_clean()


def test_without_a_calendar_to_read_all_else_is_done_and_the_block_is_left():
    story = Story()
    story.settle(unseen="calendar")
    assert story.session.presence.hold is story.session.status.hold is Hold.OURS
    assert story.session.block == Trace()
    story.settle()
    story.settle()
    assert story.session.block.hold is Hold.OURS


def test_without_a_mailbox_there_is_no_block_and_nothing_is_left_to_do():
    story = Story()
    story.settle(unseen="mailbox")
    assert story.session.block == Trace(Hold.ABSENT)
    story.session = replace(story.session, stopped_at=NINE)
    story.settle(unseen="mailbox")
    assert story.session.is_clean()


def test_without_presence_to_read_the_block_is_made_and_removed():
    story = Story()
    story.settle(unseen="presence")
    assert story.session.block.hold is Hold.OURS
    assert not story.session.has_begun()
    story.session = replace(story.session, stopped_at=NINE)
    story.settle(unseen="presence")
    assert story.session.is_clean()


def test_with_teams_closed_it_stays_ours():
    story = Story()
    story.settle()
    story.graph.closed = True
    story.settle()
    story.graph.closed = False
    story.session = replace(story.session, stopped_at=NINE)
    story.settle()
    assert story.graph.left_of_samen() == []


def test_a_status_message_follows_what_its_owner_wants_now():
    story = Story()
    story.settle()
    story.says = False
    story.settle()
    assert story.graph.status is None
    story.says = True
    story.settle()
    assert story.graph.status
    assert story.session.status.hold is Hold.OURS
    other = planned(story.session, story.graph.seen(), NINE, "Focus tot 10:30. Spoed: bellen.")
    assert [step.act for step in other.steps] == [Act.SAY]


def test_made_longer_than_their_own_focus_time_a_block_is_made():
    session = planned(Session("s", "u", NINE, NINE + 60 * MINUTE), Seen("Available", covered=True), NINE, None).session
    assert planned(session, Seen("DoNotDisturb"), NINE, None).session.block.hold is Hold.THEIRS  # they took theirs out
    longer = replace(session, ends_at=NINE + 90 * MINUTE)
    assert planned(longer, Seen("DoNotDisturb"), NINE, None).session.block.hold is Hold.ASKED
    assert planned(longer, Seen("DoNotDisturb", covered=True), NINE, None).session.block.hold is Hold.THEIRS
