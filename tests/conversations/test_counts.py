"""What a turn costs: SQL statements, calls to Teams and tokens, counted exactly."""

import pytest

from tests.conversations.town import ANOUK, CHANNEL, Button
from tests.plugins.databases import counted


@pytest.fixture
async def warm(any_town):
    """Everything that is fetched once has been fetched."""
    await any_town.says("waar", ANOUK, CHANNEL)
    await any_town.says("waar delen aan", ANOUK, CHANNEL)
    await any_town.says("waar overmorgen thuis")
    return any_town


COSTS = [
    ("waar morgen thuis", 7, 1),
    ("waar", 4, 1),
    ("waar plan", 3, 1),
    ("waar patroon", 3, 1),
    ("help", 1, 1),
    ("quatsch", 1, 1),
]


@pytest.mark.parametrize(("text", "statements", "calls"), COSTS)
async def test_what_a_sentence_costs(warm, text, statements, calls):
    """In the own chat: one message out, and a handful of statements."""
    start = len(warm.teams.asked)
    with counted(warm.store) as sent:
        await warm.says(text)
    assert len(sent) == statements, "\n".join(each[:60] for each in sent)
    assert len(warm.teams.asked) - start == calls
    assert warm.teams.logins == []


async def test_what_a_press_costs(warm):
    """A press is answered in its own response: nothing is sent to Teams at all."""
    start = len(warm.teams.asked)
    with counted(warm.store) as sent:
        await warm.presses(Button("", "where.set", {"parts": ["2026-11-24.m.home.."], "from": "plan", "l": "nl"}))
    assert len(sent) == 6
    assert len(warm.teams.asked) == start
