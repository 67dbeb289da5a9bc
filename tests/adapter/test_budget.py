"""What answers cost a conversation of its budget: told to the other processes, and never waited for."""

import pytest

from bot.adapter.budget import Budget
from bot.services.pacing import FakePacing, pace_name
from bot.turn import Reference, Reply, Scope
from tests.fakes.botframework import TENANT
from tests.fakes.doors import House, Picture, Sentence, until
from tests.fakes.teams_client import ANOUK, BART, CHANNEL, GROUP, MEETING, PERSONAL, Place


def place(scope: Scope, conversation: str = "19:1@thread.v2") -> Reference:
    return Reference(TENANT, conversation, "https://teams", "msteams", "28:bot", "Samen", scope)


async def test_what_is_said_within_a_second_is_noted_together():
    pacing = FakePacing()
    budget = Budget(pacing, every=0.02)
    for _ in range(3):
        budget.spoken(place(Scope.GROUP))
    budget.spoken(place(Scope.CHANNEL, "19:2@thread.tacv2;messageid=1"))
    budget.spoken(place(Scope.PERSONAL, "a:1"))
    assert pacing.noted == {}
    await until(lambda: pacing.noted)
    other = pace_name(place(Scope.CHANNEL, "19:2@thread.tacv2;messageid=9"))
    assert pacing.noted == {pace_name(place(Scope.GROUP)): 3, other: 1}


async def test_what_is_not_noted_yet_is_noted_at_the_end():
    pacing = FakePacing()
    budget = Budget(pacing)
    budget.spoken(place(Scope.GROUP))
    await budget.close()
    assert pacing.noted == {pace_name(place(Scope.GROUP)): 1}


async def test_a_database_that_fails_costs_nobody_an_answer(capsys):
    class Broken(FakePacing):
        async def note(self, counts):
            raise OSError

    budget = Budget(Broken(), every=0.0)
    budget.spoken(place(Scope.GROUP))
    await budget.close()
    assert "budget_not_noted" in capsys.readouterr().out


@pytest.mark.parametrize("where", [GROUP, CHANNEL, MEETING])
async def test_an_answer_in_a_group_is_noted_there(office: House, where: Place):
    """The line that all see, and what is announced; the answer itself is in the asker's own chat."""
    pacing = FakePacing()
    office.door._budget._pacing = pacing
    office.framework.rosters[where.id.partition(";")[0]] = [ANOUK.account, BART.account]
    office.handler.reply = Reply(Picture("x"), "nl", "nl", announce=Sentence("voor iedereen"))
    await office.client.write("druk", where=where)
    await office.door._budget.close()
    assert list(pacing.noted.values()) == [2]


async def test_an_answer_in_ones_own_chat_is_not_noted(office: House):
    pacing = FakePacing()
    office.door._budget._pacing = pacing
    office.handler.reply = Reply(Picture("x"), "nl", "nl")
    await office.client.write("druk", where=PERSONAL)
    await office.door._budget.close()
    assert pacing.noted == {}
