"""Before a focus session begins its owner's calendar leads: what they did with its block, and what nobody could read."""

import pytest

from bot.domain.focus.acts import Act
from bot.domain.focus.leading import led
from bot.domain.focus.seen import Block, Seen
from bot.domain.focus.session import CalledOff, Hold, Session, Trace
from bot.domain.focus.steps import planned
from tests.domain.focus.kept import MINUTE, NINE
from tests.domain.focus.story import Story


def one_to_come(hold: Hold = Hold.OURS, what: str | None = "event") -> Session:
    block = Trace(hold, NINE + 2 * 60 * MINUTE, what=what)
    return Session("s", "u", NINE + 60 * MINUTE, NINE + 120 * MINUTE, block=block)


def test_asked_and_not_there_is_not_taken_out():
    """The process may have died before Graph was asked for it."""
    session = one_to_come(Hold.ASKED, None)
    assert led(session, None, NINE) == session
    assert planned(session, Seen("Available"), NINE, None).steps[0].act is Act.BLOCK


def test_a_block_with_another_subject_still_leads():
    session = one_to_come(Hold.THEIRS)
    assert led(session, None, NINE).called_off is CalledOff.DELETED
    assert led(one_to_come(Hold.THEIRS, None), None, NINE).stopped_at is None  # focus time of their own


@pytest.mark.parametrize(("minutes", "fits"), [(9, False), (10, True), (240, True), (241, False)])
def test_it_follows_to_where_a_session_can_be(minutes: int, fits: bool):
    there = Block("event", NINE + 200 * MINUTE, NINE + (200 + minutes) * MINUTE, moved=True)
    found = led(one_to_come(), there, NINE)
    assert (found.stopped_at is None) is fits
    assert (found.starts_at == there.start) is fits
    assert led(found, there, NINE) == found


@pytest.mark.parametrize(("unseen", "begins"), [("calendar", False), ("mailbox", True)])
def test_where_the_calendar_leads_and_cannot_be_read_nothing_begins(unseen: str, begins: bool):
    """Its owner may have moved the block or taken it out."""
    story = Story(session=one_to_come())
    story.graph.block = Block("event", story.session.starts_at, story.session.ends_at)
    story.graph.now = story.session.starts_at
    story.settle(unseen=unseen)
    assert story.session.has_begun() is begins
    assert story.session.stopped_at is None
