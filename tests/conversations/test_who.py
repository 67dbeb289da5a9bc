"""Finding colleagues by place or kind of work: only those who share, and never one person."""

import json
from datetime import timedelta

import pytest

from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, DIRK, GROUP, Button, personal
from tests.fakes.teams_client import Place

NOBODY = "Ik zie niemand."


async def share(town, who, sentence, where=CHANNEL):
    await town.says(sentence, who, where)
    await town.says("waar delen aan", who, where)


@pytest.mark.parametrize(
    "question",
    ["/wie bibliotheek", "wie is er vandaag in de bibliotheek?", "/who library today", "wie zit er in de bib"],
)
async def test_who_is_at_the_library_today(town, question):
    await share(town, BART, "waar vandaag ochtend bibliotheek De Kade")
    said = await town.says(question)
    assert "Bart Jansen (" in said.text
    assert "Bibliotheek De Kade" in said.text


@pytest.mark.parametrize("question", ["/wie balie", "/waar balie", "/waar vandaag balie", "wie doet de balie"])
async def test_who_does_this_kind_of_work(town, question):
    await share(town, BART, "waar vandaag stadskantoor balie")
    await share(town, CHANTAL, "waar vandaag thuis focus")
    said = await town.says(question)
    assert "Stadskantoor: Bart Jansen" in said.text
    assert "Chantal" not in said.text


async def test_a_day_and_a_site(town):
    await share(town, BART, "waar vrijdag stadskantoor")
    assert "Bart Jansen" in (await town.says("/wie stadskantoor vrijdag")).text
    assert NOBODY in (await town.says("/wie stadskantoor do")).text


async def test_a_kind_with_a_day_still_asks_where_i_will_be(town):
    said = await town.says("/waar morgen balie")
    assert said.button(verb="where.set", title="Thuis")


async def test_nobody_shares_and_nobody_is_there_read_exactly_alike(town):
    """Promise 1: Bart is not there, there without sharing, there and pausing, or gone: one and the same card."""
    await share(town, BART, "waar vandaag thuis")
    elsewhere = await town.says("/wie bibliotheek")
    await town.says("waar delen uit", BART, CHANNEL)
    await town.says("waar vandaag bibliotheek", BART)
    hidden = await town.says("/wie bibliotheek")
    await town.says("waar delen aan", BART, CHANNEL)
    assert "Bart Jansen" in (await town.says("/wie bibliotheek")).text
    await town.says("/pauze 2 weken", BART)
    paused = await town.says("/wie bibliotheek")
    assert NOBODY in elsewhere.text
    assert elsewhere.card == hidden.card == paused.card


async def test_each_person_once_from_all_my_teams(town):
    """Bart shares with both teams, Chantal with the group chat only."""
    await share(town, BART, "waar vandaag bibliotheek")
    await town.says("waar delen aan", BART, GROUP)
    await share(town, CHANTAL, "waar vandaag bibliotheek", GROUP)
    text = (await town.says("/wie bibliotheek")).text
    assert text.count("Bart Jansen") == 1
    assert text.count("Chantal") == 1


async def test_only_teams_that_i_am_in_count(town):
    """Anouk left the channel: whoever shares with it only is not found by her, also while the old list is kept."""
    await share(town, BART, "waar vandaag bibliotheek")
    await town.says("waar", ANOUK, CHANNEL)
    assert "Bart" in (await town.says("/wie bibliotheek")).text
    town.settle(CHANNEL, BART, CHANTAL)
    town.clock.move(timedelta(hours=2))
    assert "Bart" not in (await town.says("/wie bibliotheek")).text


async def test_a_team_that_i_left_does_not_count_among_others(town):
    """The old list still has Anouk, and she asks in another team: the list is asked for again first."""
    await share(town, BART, "waar vandaag bibliotheek")
    await town.says("waar", ANOUK, CHANNEL)
    await town.says("waar", ANOUK, GROUP)
    town.settle(CHANNEL, BART, CHANTAL)
    town.clock.move(timedelta(hours=2))
    said = await town.says("wie bibliotheek", ANOUK, GROUP)
    assert NOBODY in said.text
    assert "Wijkzaken" not in said.text


async def test_somebody_outside_finds_nobody(town):
    await share(town, BART, "waar vandaag bibliotheek")
    said = await town.says("/wie bibliotheek", DIRK)
    assert "Bart" not in said.text
    assert "Nog geen team" in said.text


async def test_guests_find_nobody(town):
    town.settle(CHANNEL, ANOUK, BART, DIRK, **{DIRK.name: {"userRole": "guest"}})
    await share(town, BART, "waar vandaag bibliotheek")
    said = await town.says("wie bibliotheek", DIRK, CHANNEL)
    assert said.card is None
    assert "gast" in said.text.lower()


async def test_i_do_not_find_myself(town):
    await share(town, ANOUK, "waar vandaag bibliotheek")
    assert NOBODY in (await town.says("/wie bibliotheek")).text


async def test_the_answer_is_for_the_asker_alone(town):
    await share(town, BART, "waar vandaag bibliotheek")
    await town.says("wie bibliotheek", ANOUK, CHANNEL)
    assert "ibliotheek" not in "\n".join(json.dumps(body) for body in town.teams.heard_by(CHANTAL.channel_user_id))


@pytest.mark.parametrize("question", ["/wie Bart", "wie is Bart Jansen", "/wie Chantal morgen", "/who Bart library"])
async def test_one_person_is_not_looked_up(town, question):
    """A name gets the board and the reason, whether or not that person shares."""
    await town.says("waar", ANOUK, CHANNEL)
    said = await town.says(question)
    assert "Bord van Wijkzaken" in said.text or "Board of Wijkzaken" in said.text
    assert "Ik zoek niet op waar één collega is" in said.text or "I do not look up one person" in said.text


async def test_somebody_mentioned_is_not_looked_up(town):
    await share(town, BART, "waar vandaag bibliotheek")
    mention = town.client.mention(BART)
    said = await town.says("wie <at>Bart Jansen</at> bibliotheek", ANOUK, personal(ANOUK), entities=[mention])
    assert "Ik zoek niet op waar één collega is" in said.text


async def test_switched_off_it_says_so_in_one_sentence(town):
    """Promise 10: the organisation decides; `/team` itself stays."""
    await town.says("/beheer uit waar")
    for question in ("/wie bibliotheek", "/waar week", "/waar balie"):
        said = await town.says(question, BART)
        assert said.card is None
        assert "staat uit" in said.text or "uitgezet" in said.text, said.text
    assert "Wijkzaken" in (await town.says("/team", BART, CHANNEL)).text


async def test_who_alone_is_todays_board_without_my_plan(town):
    await share(town, BART, "waar vandaag thuis")
    await town.says("waar", ANOUK, CHANNEL)
    said = await town.says("/wie")
    assert "Bord van Wijkzaken" in said.text
    assert "Bart Jansen" in said.text
    assert "Mijn plan" not in said.text
    assert "Dinsdag 24 november" in (await town.says("/wie morgen")).text


async def test_other_days_by_tapping_and_never_the_past(town):
    await share(town, BART, "waar di bibliotheek balie")
    today = await town.says("/wie balie bibliotheek")
    tomorrow = await town.presses(today.button(verb="who.find", day="2026-11-24"))
    assert "Bart Jansen" in tomorrow.text
    assert not [b for b in today.buttons if b.verb == "who.find" and b.data["day"] < "2026-11-23"]
    data = {"day": "2026-11-20", "place": "library", "l": "nl"}
    assert "Bart" not in (await town.presses(Button("", "who.find", data))).text


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"day": "2026-11-23"},
        {"day": "x", "kind": "counter"},
        {"day": "2026-11-23", "kind": "spy"},
        {"day": "2026-11-23", "place": "home", "named": "s1"},
        {"day": "2026-11-23", "place": "not_working"},
        {"day": "2026-11-23", "place": ["home"]},
        {"day": "2026-11-23", "kind": "counter", "part": ["m"]},
        {"day": "2026-11-23", "place": "site", "named": ["s1"]},
    ],
)
async def test_a_forged_question_is_an_old_card(town, data):
    said = await town.presses(Button("", "who.find", {**data, "l": "nl"}))
    assert said.card is None


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("/wie is ziek", "Wie er niet aan het werk is"),
        ("/wie vrij", "Wie er niet aan het werk is"),
        ("/wie Kerkstraat 12", "Adressen, links"),
        ("/wie gisteren balie", "geen geschiedenis"),
        ("/wie ma t/m wo balie", "één dag"),
        ("/wie thuis of bib", "één plek"),
        ("/wie kan me helpen", "begreep"),
    ],
)
async def test_what_cannot_be_asked_is_refused_kindly(town, question, part):
    said = await town.says(question)
    assert part in said.text
    assert "/wie bibliotheek" in said.text


async def test_a_mistake_is_offered_mended(town):
    await share(town, BART, "waar vandaag bibliotheek")
    said = await town.says("/wie bibliotheeek")
    assert "Bart Jansen" in (await town.presses(said.button(verb="who.find"))).text


async def test_chatter_that_begins_with_who_gets_the_help(town):
    said = await town.says("wie ben jij?")
    assert "/waar" in said.text
    assert "begreep je vraag" not in said.text


async def test_a_few_of_many_teams_are_asked_again(town):
    """After an hour the lists are old: five more of them are asked for again; the others count as they were today."""
    chats = [Place(f"19:chat{number}@thread.v2", "groupChat") for number in range(8)]
    for chat in chats:
        town.settle(chat, ANOUK, BART)
        await town.says("waar", ANOUK, chat)
    await share(town, BART, "waar vandaag bibliotheek", chats[7])
    town.clock.move(timedelta(hours=2))
    before = len(lists(town))
    assert "Bart Jansen" in (await town.says("/wie bibliotheek")).text
    again = {asked.path[2] for asked in lists(town)[before:]}
    assert 1 <= len(again) <= 1 + 5  # the first of my teams, and five more


def lists(town):
    return [asked for asked in town.teams.asked if "pagedmembers" in asked.path]
