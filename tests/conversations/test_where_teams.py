"""Which teams are mine: after a quiet weekend, after leaving, after Samen left, and as a guest."""

import time
from datetime import timedelta

from bot.store.keeping import Deletion
from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, DIRK, GROUP
from tests.fakes.botframework import TENANT


async def happened(town, where, **event):
    activity = town.client.activity("conversationUpdate", ANOUK, where, **event)
    assert (await town.client.post(activity)).status == 200


async def shares(town, who, where=CHANNEL):
    await town.says("waar vandaag thuis", who, where)
    await town.says("waar delen aan", who, where)


async def test_after_a_quiet_weekend_my_team_is_still_mine(town):
    """Member lists are kept for a day; on Monday my own chat asks Teams again."""
    await shares(town, BART)
    await town.says("waar", ANOUK, CHANNEL)
    town.clock.move(timedelta(days=3))
    await Deletion(town.store.engines, "Europe/Amsterdam").due(town.clock.now())
    said = await town.says("waar morgen thuis")
    assert "Bord van Wijkzaken" in said.text
    assert said.button(verb="where.share", on=True)


async def test_somebody_who_never_was_in_a_team_finds_none(town):
    """Asking Teams again shows nobody a team that is not theirs."""
    await shares(town, BART)
    town.clock.move(timedelta(days=3))
    await Deletion(town.store.engines, "Europe/Amsterdam").due(town.clock.now())
    assert "Wijkzaken" not in (await town.says("waar", DIRK)).text


async def test_a_refusal_by_teams_closes_the_board(town):
    """Teams says that the team is gone, or that Samen is out of it: the old list lets nobody in any more."""
    await shares(town, BART)
    assert "Bart Jansen" in (await town.says("waar", CHANTAL, CHANNEL)).text
    for status in (404, 403):
        town.clock.move(timedelta(hours=2))
        town.teams.script(status)
        assert "Bart Jansen" not in (await town.says("waar bord", CHANTAL)).text


async def test_an_outage_does_not_close_it(town):
    """Teams does not answer for a while: the list of two hours ago serves."""
    await shares(town, BART)
    await town.says("waar", ANOUK, CHANNEL)
    town.clock.move(timedelta(hours=2))
    for _ in range(3):
        town.teams.script(502)
    assert "Bart Jansen" in (await town.says("waar bord")).text


async def test_a_member_who_leaves_is_out_at_once(town):
    """The member event drops the mirror; nobody waits an hour."""
    await shares(town, BART)
    assert "Bart Jansen" in (await town.says("waar", ANOUK, CHANNEL)).text
    town.settle(CHANNEL, ANOUK, CHANTAL)
    await happened(town, CHANNEL, membersRemoved=[BART.account])
    assert "Bart Jansen" not in (await town.says("waar", ANOUK, CHANNEL)).text
    assert "Wijkzaken" not in (await town.says("waar bord", BART)).text


async def test_the_member_list_tells_who_is_a_guest(town):
    """A client that does not say so makes no member of a guest: nothing is kept about them, nothing is changed."""
    town.settle(CHANNEL, ANOUK, BART, DIRK, **{DIRK.name: {"userRole": "guest"}})
    for text in ("waar vandaag thuis", "taal en", "taal team en", "waar delen aan"):
        said = await town.says(text, DIRK, CHANNEL)
        assert said.card is None, text
    assert await town.plan(DIRK) == {}
    async with town.store.units.read(TENANT) as unit:
        assert await unit.people.get(DIRK.user_id) is None
        assert (await unit.teams.get("19:team@thread.tacv2")).language is None


async def test_only_members_choose_the_teams_language(town):
    town.settle(CHANNEL, ANOUK, BART)
    await town.says("taal team en", CHANTAL, CHANNEL)
    async with town.store.units.read(TENANT) as unit:
        assert (await unit.teams.get("19:team@thread.tacv2")).language is None


async def test_my_own_chat_prefers_the_team_i_share_with(town):
    """One question in another group does not take my colleagues off my card."""
    await shares(town, BART)
    await town.says("waar delen aan", ANOUK, CHANNEL)
    await town.says("waar", ANOUK, GROUP)
    assert "Bart Jansen" in (await town.says("waar vandaag thuis")).text


async def test_a_colleague_of_any_of_my_teams_is_not_looked_up(town):
    """The name need not be in the team whose board comes."""
    town.settle(GROUP, ANOUK, DIRK)
    await town.says("waar", ANOUK, GROUP)
    await town.says("waar", ANOUK, CHANNEL)
    assert "Ik zoek niet op waar één collega is" in (await town.says("waar Dirk")).text


async def test_a_pasted_text_costs_nothing(town):
    """Whatever its length, it gets the help at once and holds up nobody."""
    for text in ("taal " + "nl " * 9000, "waar " + "thuis " * 5000, "x" * 28_000):
        start = time.process_time()
        said = await town.says(text)
        assert time.process_time() - start < 1
        assert said.card
