"""The life of a team: Samen comes, goes and comes back; members leave; teams are renamed, archived and deleted."""

from datetime import timedelta

import pytest

from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, DIRK, GROUP, MEETING, TEAM_ID, Button, personal
from tests.fakes.botframework import TENANT
from tests.fakes.teams_client import BOT, Place

pytestmark = pytest.mark.thorough

PRIVATE = Place("19:private@thread.tacv2", "channel", {"team": {"id": TEAM_ID}, "channel": {"id": "19:private"}})


async def happens(town, where=CHANNEL, who=ANOUK, **event):
    """Something that nobody wrote; what everybody there was told."""
    start = len(town.teams.sent())
    activity = town.client.activity(event.pop("type", "conversationUpdate"), who, where, **event)
    assert (await town.client.post(activity)).status == 200
    return town.teams.sent()[start:]


async def of_team(town, kind, **more):
    return await happens(
        town, channelData={**CHANNEL.channel_data, "eventType": kind, "tenant": {"id": TENANT}}, **more
    )


async def shares(town, who=BART, where=CHANNEL):
    await town.says("waar vandaag thuis", who, where)
    await town.says("waar delen aan", who, where)


async def sees_bart(town, where=CHANNEL, who=ANOUK):
    return "Bart Jansen" in (await town.says("waar bord", who, where)).text


async def of_bart(town):
    async with town.store.units.read(TENANT) as unit:
        return await unit.people.get(BART.user_id)


def text_of(body):
    return body["attachments"][0]["content"]["fallbackText"]


# --- The introduction ---


@pytest.mark.parametrize("where", [CHANNEL, GROUP, MEETING], ids=["channel", "group", "meeting"])
async def test_samen_introduces_itself_once(town, where):
    """Teams tells of an installation in two ways, and again whenever somebody opens the chat."""
    town.settle(MEETING, ANOUK, BART)
    told = [
        *await happens(town, where, type="installationUpdate", action="add"),
        *await happens(town, where, membersAdded=[BOT]),
        *await happens(town, where, type="installationUpdate", action="add"),
    ]
    assert len(told) == 1
    assert "Anouk de Vries heeft me hier toegevoegd" in text_of(told[0])
    assert "Bart" not in text_of(told[0])


async def test_an_introduction_names_nobody_it_does_not_know(town):
    nobody = {"id": "29:unknown", "name": ""}
    told = await happens(town, type="installationUpdate", action="add", **{"from": nobody})
    assert "toegevoegd" not in text_of(told[0])
    assert "Ik help jullie samenwerken" in text_of(told[0])


async def test_who_added_samen_is_looked_up_where_the_event_leaves_it_out(town):
    told = await happens(town, membersAdded=[BOT], **{"from": {"id": BART.channel_user_id}})
    assert "Bart Jansen heeft me hier toegevoegd" in text_of(told[0])


async def test_no_introduction_in_ones_own_chat_or_unasked(town):
    """In one's own chat there is nobody to introduce oneself to; a team that speaks first knows who is there."""
    start = len(town.teams.sent())
    await happens(town, personal(ANOUK), type="installationUpdate", action="add")
    await town.says("help", BART, GROUP)
    assert not [body for body in town.teams.sent()[start:] if "Wat ik niet doe" in str(body)]


async def test_the_introduction_leads_to_ones_own_plan(town):
    told = await happens(town, membersAdded=[BOT])
    assert any(action["verb"] == "where.plan" for action in told[0]["attachments"][0]["content"]["body"][-3]["actions"])
    assert "Mijn plan" in (await town.presses(Button("", "where.plan", {}), BART, CHANNEL)).text


# --- Asleep and awake ---

ASLEEP = [
    pytest.param({"membersRemoved": [BOT]}, {"membersAdded": [BOT]}, id="removed and added"),
    pytest.param({"eventType": "teamDeleted"}, {"eventType": "teamRestored"}, id="deleted and restored"),
    pytest.param({"eventType": "teamArchived"}, {"eventType": "teamUnarchived"}, id="archived and back"),
]


async def tells(town, event):
    return await (of_team(town, event["eventType"]) if "eventType" in event else happens(town, **event))


@pytest.mark.parametrize(("goes", "comes"), ASLEEP)
async def test_a_team_that_sleeps_shows_nothing_and_wakes_as_it_was(town, goes, comes):
    await shares(town)
    await shares(town, ANOUK)
    await tells(town, goes)
    for who in (ANOUK, BART):
        said = await town.says("waar bord", who)
        assert "Wijkzaken" not in said.text
        assert "Bart Jansen" not in said.text
    pressed = await town.presses(Button("", "where.board", {"team": TEAM_ID}), CHANTAL, CHANNEL)
    assert pressed.text == "Die knop werkt niet meer. Typ /help en kies opnieuw."
    assert "Bart Jansen" not in (await town.presses(Button("", "where.board", {"team": TEAM_ID}), CHANTAL)).text
    async with town.store.units.read(TENANT) as unit:
        assert await unit.members.of(TEAM_ID) is None
    town.clock.move(timedelta(days=0, hours=3))
    assert not await tells(town, comes) or "eventType" not in comes
    assert await sees_bart(town, who=CHANTAL)


async def test_back_within_30_days_all_is_as_it_was(town):
    await town.says("waar patroon di thuis", BART)
    await town.says("waar delen aan", BART, CHANNEL)
    await of_team(town, "teamDeleted")
    await town.tick(timedelta(days=29))
    await of_team(town, "teamRestored")
    await town.tick(timedelta(days=2))
    assert "Bart Jansen" in (await town.says("waar bord dinsdag", ANOUK, CHANNEL)).text


async def test_back_after_more_than_30_days_all_begins_anew(town):
    """Even where the nightly deletion did not come to it."""
    await happens(town, membersAdded=[BOT])
    await shares(town)
    await happens(town, membersRemoved=[BOT])
    town.clock.move(timedelta(days=30))
    assert len(await happens(town, membersAdded=[BOT])) == 1
    async with town.store.units.read(TENANT) as unit:
        assert await unit.sharing.teams_of(BART.user_id) == frozenset()


async def test_a_message_wakes_a_team(town):
    """An event came late or never: who is spoken to there is there."""
    await shares(town)
    await happens(town, membersRemoved=[BOT])
    assert await sees_bart(town)
    assert "Wijkzaken" in (await town.says("waar bord", CHANTAL)).text


async def test_a_repeated_event_does_no_harm(town):
    """Delivered again after Samen is back, a removal is an old story."""
    await shares(town)
    await happens(town, membersRemoved=[BOT], id="removal")
    await happens(town, membersAdded=[BOT])
    await happens(town, membersRemoved=[BOT], id="removal")
    assert await sees_bart(town, who=CHANTAL, where=personal(CHANTAL))


async def test_deleted_for_good_is_gone_at_once(town):
    await shares(town)
    await of_team(town, "teamHardDeleted")
    async with town.store.units.read(TENANT) as unit:
        assert await unit.teams.get(TEAM_ID) is None
        assert await unit.sharing.teams_of(BART.user_id) == frozenset()


async def test_events_of_a_team_that_nobody_knows_do_no_harm(town):
    for kind in ("teamDeleted", "teamHardDeleted", "teamArchived", "teamUnarchived", "teamRestored", "channelDeleted"):
        assert await of_team(town, kind) == []
    async with town.store.units.read(TENANT) as unit:
        assert await unit.teams.get(TEAM_ID) is None


# --- Names, channels, chats, guests ---


async def test_a_renamed_team_has_its_new_name_everywhere(town):
    await shares(town)
    renamed = {"team": {"id": TEAM_ID, "name": "Wijk en Buurt"}, "eventType": "teamRenamed", "tenant": {"id": TENANT}}
    await happens(town, channelData=renamed)
    text = (await town.says("waar bord", BART)).text
    assert "Wijk en Buurt" in text
    assert "Wijkzaken" not in text


async def test_every_channel_is_the_team(town):
    """A private channel and another thread show the same board to the same members."""
    await shares(town)
    assert await sees_bart(town, PRIVATE)


async def test_leaving_a_private_channel_is_not_leaving_the_team(town):
    await shares(town)
    said = {"eventType": "channelMemberRemoved", "team": {"id": TEAM_ID}, "tenant": {"id": TENANT}}
    await town.says("waar delen aan", ANOUK, CHANNEL)
    for gone in (BART.account, BOT):
        await happens(town, PRIVATE, membersRemoved=[gone], channelData=said)
        assert (await of_bart(town)).leaving_since is None
        assert await sees_bart(town, personal(ANOUK))


@pytest.mark.parametrize("where", [GROUP, MEETING], ids=["group", "meeting"])
async def test_a_chat_is_a_team_of_its_own(town, where):
    """What is shown in the chat is not shown in the team; Teams tells no name of a chat."""
    town.settle(MEETING, ANOUK, BART)
    await town.says("waar", ANOUK, CHANNEL)
    await shares(town, BART, where)
    said = await town.says("waar bord", ANOUK, where)
    assert "Bart Jansen" in said.text
    assert "groepschat" in said.text
    assert not await sees_bart(town, CHANNEL)


async def test_several_teams_each_show_what_was_chosen_there(town):
    await shares(town, BART, CHANNEL)
    await town.says("waar", ANOUK, GROUP)
    assert await sees_bart(town, CHANNEL)
    assert not await sees_bart(town, GROUP)


async def test_a_guest_sees_no_board(town):
    await shares(town)
    town.settle(CHANNEL, ANOUK, BART, DIRK, **{DIRK.name: {"userRole": "guest"}})
    await happens(town, membersAdded=[DIRK.account])
    await town.says("waar", ANOUK, CHANNEL)
    start = len(town.teams.sent())
    await town.says("waar", DIRK, CHANNEL)
    told = [body["text"] for body in town.teams.sent()[start:]]
    assert told[0] == "Dat is alleen voor medewerkers van deze organisatie."
    assert not [text for text in told if "Bart" in text]


# --- Members who leave ---

# Teams does not always tell more of somebody who left than the channel's own id.
BY_ID = pytest.mark.parametrize("known_as", [BART.account, {"id": BART.channel_user_id}], ids=["user id", "channel id"])


@BY_ID
async def test_who_leaves_is_off_the_board_and_finds_it_all_on_coming_back(town, known_as):
    await shares(town)
    assert await sees_bart(town)
    town.settle(CHANNEL, ANOUK, CHANTAL)
    await happens(town, membersRemoved=[known_as])
    assert not await sees_bart(town)
    assert (await of_bart(town)).leaving_since == town.clock.now()
    town.settle(CHANNEL, ANOUK, BART, CHANTAL)
    await happens(town, membersAdded=[BART.account])
    assert await sees_bart(town)
    assert (await of_bart(town)).leaving_since is None


async def test_who_is_missing_from_a_fresh_roster_has_left(town):
    """Teams told nobody; an hour later the list does."""
    await shares(town)
    town.settle(CHANNEL, ANOUK, CHANTAL)
    town.clock.move(timedelta(hours=2))
    assert not await sees_bart(town)
    assert (await of_bart(town)).leaving_since == town.clock.now()
    assert not await sees_bart(town, personal(ANOUK))


@BY_ID
async def test_somebody_known_who_never_shared_leaves_too(town, known_as):
    await town.says("waar morgen thuis", BART, CHANNEL)
    town.settle(CHANNEL, ANOUK, CHANTAL)
    await happens(town, membersRemoved=[known_as])
    assert (await of_bart(town)).leaving_since == town.clock.now()


async def test_who_is_still_in_another_team_is_not_leaving(town):
    await shares(town, BART, CHANNEL)
    await shares(town, BART, GROUP)
    town.settle(CHANNEL, ANOUK, CHANTAL)
    await happens(town, membersRemoved=[BART.account])
    assert (await of_bart(town)).leaving_since is None
    assert await sees_bart(town, GROUP)


async def test_a_colleague_nobody_knows_leaves_no_trace(town):
    """No row is made of somebody who never chose anything."""
    await town.says("waar", ANOUK, CHANNEL)
    await happens(town, membersRemoved=[BART.account])
    assert await of_bart(town) is None


@pytest.mark.parametrize("text", ["help", "waar morgen thuis"], ids=["a read", "a choice"])
async def test_removing_samen_from_ones_own_chat_is_leaving_until_one_speaks(town, text):
    await town.says("waar morgen thuis", BART)
    await happens(town, personal(BART), BART, type="installationUpdate", action="remove")
    assert (await of_bart(town)).leaving_since == town.clock.now()
    await town.says(text, BART)
    assert (await of_bart(town)).leaving_since is None


async def test_installing_it_again_is_coming_back(town):
    await town.says("waar morgen thuis", BART)
    await happens(town, personal(BART), BART, type="installationUpdate", action="remove")
    await happens(town, personal(BART), BART, type="installationUpdate", action="add")
    assert (await of_bart(town)).leaving_since is None


async def test_uninstalling_makes_nobody_known(town):
    await happens(town, personal(BART), BART, type="installationUpdate", action="remove")
    assert await of_bart(town) is None


async def test_leaving_on_both_databases(any_town):
    """The same on both: gone, leaving, and back."""
    await shares(any_town)
    await shares(any_town, ANOUK)
    any_town.settle(CHANNEL, ANOUK, CHANTAL)
    await happens(any_town, membersRemoved=[BART.account])
    assert not await sees_bart(any_town)
    assert (await of_bart(any_town)).leaving_since
    any_town.settle(CHANNEL, ANOUK, BART, CHANTAL)
    any_town.clock.move(timedelta(hours=2))
    assert await sees_bart(any_town)
    await happens(any_town, membersRemoved=[BOT])
    await happens(any_town, membersAdded=[BOT])
    assert await sees_bart(any_town)
    assert (await of_bart(any_town)).leaving_since is None
