"""Who is forgotten without asking, who is not, and that looking leaves nothing behind."""

import asyncio
from datetime import timedelta

import pytest

from tests.canaries import everything
from tests.conversations.test_lifecycle import happens, of_bart, of_team, shares
from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, GROUP, TEAM_ID, TODAY, Button, personal
from tests.fakes.botframework import TENANT, utc
from tests.fakes.teams_client import BOT

pytestmark = pytest.mark.thorough

MONTH = timedelta(days=31)
OTHERS = ("roster", "roster_member")  # Teams' own lists, gone in a day


async def kept_of_bart(town):
    """The tables with Bart's user id anywhere in a row."""
    rows = await everything(town.store)
    return {name for name, found in rows.items() if name not in OTHERS and BART.user_id in str(found)}


async def lives_on(town, days=31):
    """The nights of some days, one by one."""
    for _ in range(days):
        await town.tick(timedelta(days=1))


# --- Looking ---

LOOKS = ("waar", "waar week", "waar plan", "wie", "wie balie", "waar Chantal", "bereik Chantal", "help", "mijngegevens")


async def test_looking_makes_no_row_about_anybody(any_town):
    """Promise 1: whoever chose nothing is in no table, but on Teams' own member list."""
    town = any_town
    await shares(town, CHANTAL)
    for text in LOOKS:
        await town.says(text, BART)
        await town.says(text, BART, CHANNEL)
    assert "sent_card" in {name for name, rows in (await everything(town.store)).items() if rows}
    assert await kept_of_bart(town) == set()
    await town.says("waar morgen thuis", BART)
    await town.says("waar", BART)
    assert await kept_of_bart(town) == {"person", "plan", "sent_card"}


# --- Forgetting while another choice is under way ---


class Slowly:
    """Teams' member list, told when the gate opens."""

    def __init__(self, source):
        self._source, self.gate, self.asked = source, asyncio.Event(), asyncio.Event()

    async def members(self, reference):
        self.asked.set()
        await self.gate.wait()
        return await self._source.members(reference)


CHOICES = ("waar patroon di thuis", "waar morgen thuis", "waar delen aan", "bereik gewoon chat", "bereik delen aan")


@pytest.mark.parametrize("text", CHOICES)
async def test_a_choice_that_a_forget_overtook_has_its_person(any_town, text):
    """Whatever was still under way counts as said afterwards: reachable, and forgotten with the rest in its time."""
    town = any_town
    await town.says("waar patroon ma thuis", BART, CHANNEL)
    town.clock.move(timedelta(hours=2))
    town._renew()
    rosters = town.services.rosters
    rosters._source = slow = Slowly(rosters._source)
    choice = asyncio.create_task(town.client.write(text, BART, CHANNEL))
    await slow.asked.wait()
    await town.client.write("/vergeet", BART)
    assert await of_bart(town) is None
    slow.gate.set()
    await choice
    await town.door.rest()
    assert (await of_bart(town)).contact.channel_user_id == BART.channel_user_id
    await happens(town, personal(BART), BART, type="installationUpdate", action="remove")
    await lives_on(town)
    assert await kept_of_bart(town) == set()


# --- The last team ---

GOES = [
    pytest.param(lambda town: happens(town, membersRemoved=[BOT]), id="removed"),
    pytest.param(lambda town: of_team(town, "teamHardDeleted"), id="deleted for good"),
]


@pytest.mark.parametrize("goes", GOES)
async def test_with_the_last_team_go_its_people(any_town, goes):
    """Nobody is kept for ever: not who shared, nor who only has a usual week and is on no list any more."""
    town = any_town
    await shares(town)
    await town.says("waar patroon ma thuis", CHANTAL)
    await lives_on(town, 2)
    await goes(town)
    await lives_on(town, 29)
    assert await of_bart(town)
    await lives_on(town, 2)
    assert {name for name, rows in (await everything(town.store)).items() if rows} <= {
        "heartbeat",
        "named_place",
        "tenant_setting",
    }


@pytest.mark.parametrize("text", ["help", "waar morgen thuis"], ids=["a read", "a choice"])
async def test_who_goes_on_in_their_own_chat_stays(town, text):
    """One word in the month after is enough, also after the team itself is deleted."""
    await town.says("waar patroon ma thuis", BART, CHANNEL)
    await happens(town, membersRemoved=[BOT])
    assert (await of_bart(town)).leaving_since
    await lives_on(town, 20)
    await town.says(text, BART)
    await of_team(town, "teamHardDeleted")
    await lives_on(town, 60)
    assert await of_bart(town)
    assert "thuis" in (await town.says("waar patroon", BART)).text.lower()


async def test_a_team_that_goes_takes_nobody_who_is_in_another(town):
    """By a choice to share there, or by its member list; who is in none leaves."""
    town.settle(GROUP, ANOUK, BART)
    await shares(town, BART, GROUP)
    for who in (ANOUK, BART, CHANTAL):
        await town.says("waar morgen thuis", who, CHANNEL)
    await happens(town, membersRemoved=[BOT])
    async with town.store.units.read(TENANT) as unit:
        leaving = [who for who in (ANOUK, BART, CHANTAL) if (await unit.people.get(who.user_id)).leaving_since]
    assert leaving == [CHANTAL]


async def test_sharing_with_a_team_that_sleeps_is_not_being_elsewhere(town):
    await shares(town, BART, CHANNEL)
    await shares(town, BART, GROUP)
    await town.says("waar", ANOUK, GROUP)
    await happens(town, GROUP, membersRemoved=[BOT])
    assert (await of_bart(town)).leaving_since is None
    town.settle(CHANNEL, ANOUK, CHANTAL)
    await happens(town, membersRemoved=[BART.account])
    assert (await of_bart(town)).leaving_since == town.clock.now()


async def test_a_team_that_wakes_keeps_its_people(town):
    """Restored or added again: whoever is on its member list is back, without saying a word."""
    for goes, comes in (("teamDeleted", "teamRestored"), ("teamArchived", "teamUnarchived")):
        await shares(town)
        await of_team(town, goes)
        assert (await of_bart(town)).leaving_since
        await of_team(town, comes)
        assert (await of_bart(town)).leaving_since is None


# --- Other teams ---


async def test_whoever_is_on_a_fresh_list_is_not_leaving(any_town):
    """The other team's list had lapsed when they left the first; the next question there finds them."""
    town = any_town
    await town.says("waar patroon di thuis", BART, CHANNEL)
    await town.says("waar", BART, GROUP)
    await lives_on(town, 2)
    town.settle(CHANNEL, ANOUK, CHANTAL)
    await happens(town, membersRemoved=[BART.account])
    assert (await of_bart(town)).leaving_since
    await town.says("waar", ANOUK, GROUP)
    assert (await of_bart(town)).leaving_since is None
    await lives_on(town, 40)
    assert await kept_of_bart(town) == {"person", "pattern"}


async def test_a_member_list_does_not_take_back_who_removed_samen(any_town):
    """They are still in the team, and said goodbye to Samen: only their own word brings them back."""
    town = any_town
    await shares(town)
    await happens(town, personal(BART), BART, type="installationUpdate", action="remove")
    since = town.clock.now()
    for _ in range(2):
        await lives_on(town, 1)
        await town.says("waar", ANOUK, CHANNEL)
        assert (await of_bart(town)).leaving_since == since
    await lives_on(town, 30)
    assert await kept_of_bart(town) == set()


@pytest.mark.parametrize("comes", ["adds Samen again", "asks something"])
async def test_who_comes_back_can_be_reached_again(town, comes):
    await town.says("waar patroon ma thuis", BART)
    before = (await of_bart(town)).contact
    await happens(town, personal(BART), BART, type="installationUpdate", action="remove")
    assert (await of_bart(town)).contact is None
    if comes == "asks something":
        await town.says("help", BART)
    else:
        await happens(town, personal(BART), BART, type="installationUpdate", action="add")
    assert ((await of_bart(town)).contact, (await of_bart(town)).leaving_since) == (before, None)


async def test_a_team_somebody_left_is_not_named_as_seeing_them(town):
    await shares(town)
    town.settle(CHANNEL, ANOUK, CHANTAL)
    await town.says("waar", ANOUK, GROUP)
    await happens(town, membersRemoved=[BART.account])
    for text in ("start", "waar", "waar plan", "privacy"):
        assert "Wijkzaken" not in (await town.says(text, BART)).text, text


# --- A press on an old card ---


async def test_a_press_makes_no_team_known(town):
    """Cards stay when Samen goes: after a month the team is unknown, and a press on one changes nothing."""
    await shares(town)
    await happens(town, membersRemoved=[BOT])
    await town.tick(utc() + MONTH)
    said = await town.presses(Button("", "where.board", {"team": TEAM_ID, "day": str(TODAY)}), ANOUK, CHANNEL)
    assert said.text == "Die knop werkt niet meer. Typ /help en kies opnieuw."
    assert (await everything(town.store))["team"] == []
