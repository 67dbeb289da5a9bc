"""The counter's call for help stays true: settled, over or asked again, for all to see and naming nobody."""

from datetime import timedelta

import pytest

from bot.commands.counter import COUNTER
from tests.conversations.november import at
from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, DIRK, GROUP, TEAM_ID, Button
from tests.fakes.botframework import TENANT
from tests.plugins.databases import counted

pytestmark = pytest.mark.thorough

WANTED, BUSY = "nog hulp nodig aan de balie", "Wie kan even helpen?"
SETTLED, OVER = "Het is geregeld. Bedankt!", "Dit dagdeel is voorbij."
HELP = Button("Ik kan", "counter.help", {"team": TEAM_ID, "slot": "2026-11-24.m", "all": True})


def stands(town, where=CHANNEL):
    """The text of the one card about help that stands in a conversation now."""
    there = [asked for asked in town.teams.messages.values() if asked.path[2] in _ids(where)]
    texts = [each["content"]["fallbackText"] for asked in there for each in asked.body.get("attachments", ())]
    (text,) = [text for text in texts if "balie" in text or "counter" in text]
    return text


def _ids(where):
    return (where.id.partition(";")[0], TEAM_ID if where is CHANNEL else where.id)


def posted(town):
    """The cards that asked for help."""
    sent = [body["attachments"][0]["content"]["fallbackText"] for body in town.teams.sent() if body.get("attachments")]
    return [text for text in sent if WANTED in text or BUSY in text]


def puts(town, start=0):
    return [asked for asked in town.teams.asked[start:] if asked.method == "PUT"]


async def says(town, text, who=BART, where=None):
    said = await town.says(text, who, where)
    await town.work_off()
    return said


@pytest.fixture
async def asked(town):
    """One is needed on Tuesday morning; Bart shares his plan, Chantal does not; the team was asked on Monday."""
    await town.says("/balie di ochtend 1", ANOUK, CHANNEL)
    await town.says("waar delen aan", BART, CHANNEL)
    await town.tick(at(23, 10))
    assert WANTED in stands(town)
    return town


async def test_settled_as_soon_as_it_is_covered_and_asked_again_when_taken_back(asked):
    """By "I can", by an undo, typed, and by sharing."""
    await asked.presses(HELP, BART, CHANNEL)
    await asked.work_off()
    assert SETTLED in stands(asked)
    await says(asked, "waar di ochtend thuis")
    assert WANTED in stands(asked)
    await says(asked, "waar di ochtend balie stadskantoor")
    assert SETTLED in stands(asked)
    await says(asked, "waar delen uit", BART, CHANNEL)
    await asked.tick(timedelta(minutes=11))
    assert WANTED in stands(asked)
    await says(asked, "waar delen aan", BART, CHANNEL)
    assert SETTLED in stands(asked)
    undone = await says(asked, "waar di ochtend vrij")
    assert WANTED in stands(asked)
    await asked.presses(undone.button(verb="where.undo"), BART)
    await asked.work_off()
    assert SETTLED in stands(asked)
    assert len(posted(asked)) == 1


@pytest.mark.parametrize(
    ("quiet", "where"), [("waar delen uit", CHANNEL), ("/pauze 2 weken", None), ("/stop", None), ("/vergeet", None)]
)
async def test_who_shows_nothing_any_more_is_not_told_by_the_card(asked, quiet, where):
    """Changed at that very second it would say who it was; it is right again at the next look, within ten minutes."""
    await says(asked, "waar patroon di stadskantoor balie")
    assert SETTLED in stands(asked)
    start = len(asked.teams.asked)
    await asked.tick(timedelta(minutes=2))
    await says(asked, quiet, BART, where)
    await asked.tick(timedelta(minutes=1))
    assert SETTLED in stands(asked)
    assert [
        put for put in puts(asked, start) if CHANNEL.id.partition(";")[0] in put.path[2] or TEAM_ID in put.path[2]
    ] == []
    await asked.tick(timedelta(minutes=11))
    assert WANTED in stands(asked)


async def test_a_pattern_and_the_end_of_a_pause_settle_it(asked):
    await says(asked, "waar patroon di stadskantoor balie")
    assert SETTLED in stands(asked)
    await says(asked, "/pauze 2 weken")
    await asked.tick(timedelta(minutes=11))
    assert WANTED in stands(asked)
    await says(asked, "/start")
    assert SETTLED in stands(asked)


async def test_what_is_not_shared_changes_nothing_and_nobody_hears_of_it(asked):
    start = len(asked.teams.asked)
    await asked.presses(HELP, CHANTAL, CHANNEL)
    await says(asked, "waar di ochtend stadskantoor balie", CHANTAL)
    assert WANTED in stands(asked)
    assert puts(asked, start) == []


async def test_what_changes_nothing_on_the_card_is_not_drawn(asked):
    """An update shows as one: that somebody changed something in their plan is nobody's business."""
    start = len(asked.teams.asked)
    await says(asked, "waar di ochtend thuis")
    await says(asked, "waar di middag stadskantoor")
    await asked.tick(timedelta(minutes=11))
    assert puts(asked, start) == []


async def test_settled_it_names_and_counts_nobody_and_has_no_button(asked):
    await asked.presses(HELP, BART, CHANNEL)
    await asked.work_off()
    assert stands(asked) == "Hulp aan de balie\n\nDinsdag 24 november ’s\xa0ochtends\n\nHet is geregeld. Bedankt!"
    body = puts(asked)[-1].body
    assert "Action.Execute" not in str(body)
    assert not [name for name in ("Bart", "Anouk", "Chantal") if name in str(body["attachments"])]


async def test_a_guest_reads_no_more_than_that(asked):
    """And what a guest presses on it is refused, as before."""
    asked.settle(CHANNEL, ANOUK, BART, CHANTAL, DIRK, **{DIRK.name: {"userRole": "guest"}})
    await asked.presses(HELP, DIRK, CHANNEL)
    await asked.work_off()
    assert WANTED in stands(asked)
    await asked.presses(HELP, BART, CHANNEL)
    await asked.work_off()
    heard = [body for body in asked.teams.heard_by(DIRK.channel_user_id) if body.get("attachments")]
    assert "Bart" not in str([body["attachments"] for body in heard])


async def test_when_the_half_day_is_over_it_says_so(asked):
    await asked.tick(at(24, 12, 29))
    assert WANTED in stands(asked)
    await asked.tick(at(24, 12, 30))
    assert OVER in stands(asked)
    start = len(asked.teams.asked)
    await says(asked, "waar di middag thuis")
    await asked.tick(timedelta(hours=1))
    assert puts(asked, start) == []


async def test_settled_it_stays_so_when_it_is_over(asked):
    await asked.presses(HELP, BART, CHANNEL)
    await asked.tick(at(24, 12, 30))
    assert SETTLED in stands(asked)


async def test_a_pause_that_ends_by_itself_is_noticed(asked):
    """Nobody's unit ends it: cards are looked at every ten minutes."""
    await says(asked, "waar di ochtend stadskantoor balie")
    async with asked.store.units.mirror(TENANT) as unit:
        await unit.people.change(BART.user_id, paused_until=at(23, 14))
    await asked.tick(timedelta(minutes=11))
    assert WANTED in stands(asked)
    await asked.tick(at(23, 14, 0))
    await asked.tick(at(23, 14, 11))
    assert SETTLED in stands(asked)


async def test_a_need_that_is_taken_away_is_settled(asked):
    await asked.says("/balie di ochtend 0", ANOUK, CHANNEL)
    await asked.work_off()
    assert SETTLED in stands(asked)


async def test_in_the_teams_language_of_then(asked):
    await asked.says("taal team en", ANOUK, CHANNEL)
    await says(asked, "waar di ochtend thuis")
    assert "Help wanted at the counter" in stands(asked)
    await asked.presses(HELP, BART, CHANNEL)
    await asked.work_off()
    assert "It is settled. Thank you!" in stands(asked)


async def test_switched_off_it_stays_as_it_is(asked):
    await asked.says("/beheer uit balie", ANOUK)
    await asked.work_off()
    start = len(asked.teams.asked)
    await says(asked, "waar di ochtend stadskantoor balie")
    assert puts(asked, start) == []
    await asked.tick(at(24, 12, 30))
    assert puts(asked, start) == []


# --- It is busy ---


@pytest.fixture
async def busy(town):
    await town.says("waar delen aan", BART, CHANNEL)
    town.clock.set(at(23, 9))
    return town


@pytest.mark.parametrize("where", [CHANNEL, None], ids=["in the team", "from the own chat"])
async def test_busy_is_settled_by_one_more_than_there_were(busy, where):
    """Whoever was at the counter already does not settle it; one card, however it was asked for."""
    await says(busy, "waar vandaag stadskantoor balie", BART)
    await says(busy, "/balie druk", ANOUK, where)
    assert BUSY in stands(busy)
    await says(busy, "waar vandaag thuis", BART)
    await says(busy, "waar vandaag stadskantoor balie", BART)
    assert BUSY in stands(busy)
    await says(busy, "waar delen aan", CHANTAL, CHANNEL)
    here = Button("", "counter.help", {"team": TEAM_ID, "slot": "2026-11-23.m", "all": True})
    await busy.presses(here, CHANTAL, CHANNEL)
    await busy.work_off()
    assert SETTLED in stands(busy)
    await says(busy, "waar vandaag thuis", CHANTAL)
    assert BUSY in stands(busy)
    await busy.tick(at(23, 12, 30))
    assert OVER in stands(busy)
    assert len(posted(busy)) == 1


async def test_in_a_group_chat_it_stands_there(busy):
    await says(busy, "/balie druk", ANOUK, GROUP)
    assert BUSY in stands(busy, GROUP)


async def test_typed_in_the_team_nothing_else_is_said(busy):
    start = len(busy.teams.sent())
    await says(busy, "/balie druk", ANOUK, CHANNEL)
    assert len(busy.teams.sent()) - start == 1


async def test_what_a_plan_costs_where_a_card_stands_and_where_none_does(asked):
    with counted(asked.store) as sent:
        await asked.says("waar di ochtend thuis", CHANTAL)
    none = [one for one in sent if "living_card" in one and "UNION ALL" not in one]
    assert none == []
    with counted(asked.store) as sent:
        await asked.says("waar di ochtend thuis", BART)
    assert len([one for one in sent if "living_card" in one and "UNION ALL" not in one]) == 2


async def test_on_both_databases(any_town):
    await any_town.says("/balie di ochtend 1", ANOUK, CHANNEL)
    await any_town.says("waar delen aan", BART, CHANNEL)
    await any_town.tick(at(23, 10))
    assert WANTED in stands(any_town)
    await any_town.presses(HELP, BART, CHANNEL)
    await any_town.work_off()
    assert SETTLED in stands(any_town)
    await says(any_town, "waar di ochtend thuis")
    assert WANTED in stands(any_town)
    await any_town.tick(at(24, 12, 30))
    assert OVER in stands(any_town)


async def test_covered_before_it_was_posted_nobody_is_asked(town):
    await town.says("/balie di ochtend 1", ANOUK, CHANNEL)
    await town.says("waar delen aan", BART, CHANNEL)
    town.clock.set(at(23, 10))
    start = len(town.teams.sent())
    await COUNTER.due(town.clock.now(), town.services)
    await town.says("waar di ochtend stadskantoor balie", BART)
    await town.work_off()
    assert posted(town) == []
    assert not [body for body in town.teams.sent()[start:] if SETTLED in str(body)]


async def test_it_stands_in_the_channel_and_not_in_a_thread(busy):
    await says(busy, "/balie druk", ANOUK, CHANNEL)
    (path,) = {asked.path[2] for asked in busy.teams.asked if asked.method == "POST" and BUSY in str(asked.body)}
    assert path == CHANNEL.id.partition(";")[0]
