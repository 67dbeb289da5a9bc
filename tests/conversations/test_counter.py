"""`/balie`: what a team needs at the counter, and asking it for help without naming anybody."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.commands.counter import COUNTER
from bot.domain.days import DayPart, Slot
from bot.domain.people import Team, TeamKind
from bot.domain.places import NamedPlace, Place
from bot.domain.together import WeekPart
from bot.turn import Reference, Scope
from tests.conversations.town import (
    ANOUK,
    BART,
    CHANNEL,
    CHANTAL,
    DIRK,
    GROUP,
    TEAM_ID,
    TOMORROW,
    Button,
    Said,
    personal,
)
from tests.fakes.botframework import TENANT
from tests.fakes.teams_client import BOT

pytestmark = pytest.mark.thorough

ZONE = ZoneInfo("Europe/Amsterdam")
NAMES = ("Anouk", "Bart", "Chantal")


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def heard(town, who, start=0):
    """All that somebody could read from a moment on, as text."""
    mine = [body for body in town.teams.heard_by(who.channel_user_id) if body in town.teams.sent()[start:]]
    return [_text(body) for body in mine]


def _text(body):
    return body["attachments"][0]["content"]["fallbackText"] if body.get("attachments") else body["text"]


def asked(town, who=BART, start=0):
    return [text for text in heard(town, who, start) if "Hulp nodig aan de balie" in text]


def busy(town, who=BART, start=0):
    return [text for text in heard(town, who, start) if "Het is druk aan de balie" in text]


def card_of(town, words):
    """The last card that was sent with these words on it."""
    cards = [body["attachments"][0]["content"] for body in town.teams.sent() if body.get("attachments")]
    return next(card for card in reversed(cards) if words in card["fallbackText"])


def i_can(town, words="Hulp nodig"):
    actions = [a for part in card_of(town, words)["body"] for a in part.get("actions", ())]
    action = next(action for action in actions if action["verb"] == "counter.help")
    return Button(action["title"], action["verb"], action["data"])


async def says_busy(town, who=ANOUK, where=None, **more):
    """Somebody says that it is busy, and the card that asks for it comes."""
    said = await town.says("/balie druk", who, where, **more)
    await town.work_off()
    return said


async def helps(town, who=BART, words="Hulp nodig"):
    """Somebody presses "I can" on the card that all see; what they are told in their own chat."""
    start = len(town.teams.sent())
    await town.presses(i_can(town, words), who, CHANNEL)
    told = town.teams.sent()[start:]
    assert [body["conversation"]["id"] for body in told] == [personal(who).id]
    card = told[0]["attachments"][0]["content"]
    return Said(card, card["fallbackText"])


async def shares(town, who, text, where=CHANNEL):
    await town.says(text, who, where)
    await town.says("waar delen aan", who, where)


async def closes(town, when="di", *, close=True):
    """The administrator closes the site, or opens it; and what stands in the team is drawn again."""
    await town.says(f"/kantoor {'dicht' if close else 'open'} Stadskantoor {when}", ANOUK)
    await town.tick(timedelta(seconds=2))


async def settles(town):
    """Past the second look at what was just posted: from here on only a touch has it drawn again."""
    for _ in range(2):
        await town.tick(timedelta(minutes=1))


def stands(town, who=BART):
    """What stands in somebody's chats now."""
    return town.screen(who)


# --- What is needed ---


async def test_a_member_sets_what_is_needed_and_everybody_sees_it(town):
    said = await town.says("/balie ma t/m vr ochtend 2 Stadskantoor", ANOUK, CHANNEL)
    assert "Genoteerd. Vanaf nu 2 mensen nodig (Stadskantoor): maandag ’s\xa0ochtends" in said.text
    seen = await town.says("/balie", BART, CHANNEL)
    assert seen.text.count("2 mensen nodig (Stadskantoor), er is nog iemand nodig") == 5
    assert "di 24 nov ’s\xa0ochtends" in seen.text


@pytest.mark.parametrize("none", ["0", "geen", "niemand"])
async def test_nobody_needed_any_more(town, none):
    await town.says("/balie di ochtend 2", ANOUK, CHANNEL)
    said = await town.says(f"/balie di ochtend {none}", BART, CHANNEL)
    assert "Er is niemand meer nodig" in said.text or "Er is nog niet ingevuld" in said.text
    assert "di 24 nov" not in said.text


async def test_setting_again_is_what_holds(town):
    await town.says("/balie di ochtend 2 Stadskantoor", ANOUK, CHANNEL)
    said = await town.says("/balie di ochtend 1", BART, CHANNEL)
    assert "di 24 nov ’s\xa0ochtends: 1 persoon nodig, er is nog iemand nodig" in said.text


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("/balie ma ochtend 21", "Typ een getal van 1 tot en met 20"),
        ("/balie ma ochtend", "Typ een getal van 1 tot en met 20"),
        ("balie ma ochtend -1", "Typ een getal van 1 tot en met 20"),
        ("balie ma ochtend 2,5", "Typ een getal van 1 tot en met 20"),
        ("balie ma ochtend 9999", "Typ een getal van 1 tot en met 20"),
        ("/balie ma ochtend 2 Vlinderkasteel", "Ik ken geen plek met die naam"),
        ("/balie morgen", "Dat begreep ik niet."),
        ("/counter mon morning 2 Butterfly", "I know no place with that name"),
    ],
)
async def test_a_refusal_says_what_to_do_and_changes_nothing(town, text, answer):
    said = await town.says(text, ANOUK, CHANNEL)
    assert answer in said.text
    async with town.store.units.read(TENANT) as unit:
        assert await unit.counter.needs(TEAM_ID) == ()


async def test_balie_is_also_what_people_say_of_themselves(town):
    """Without the slash only the counter's own words are its own."""
    await town.says("waar", ANOUK, CHANNEL)
    for text in ("balie morgen stadskantoor", "balie morgen", "balie ma ochtend", "balie hulp"):
        said = await town.says(text, ANOUK)
        assert "De balie van" not in said.text
        assert "Dat begreep ik niet. Er is niets veranderd." not in said.text
    assert "De balie van Wijkzaken" in (await town.says("balie di ochtend 2", ANOUK)).text
    assert "De balie van Wijkzaken" in (await town.says("balie", ANOUK)).text


async def test_planned_and_shared_counts_as_covered(town):
    """What is not shared counts for nobody; what is shared counts once there are enough."""
    await town.says("/balie di ochtend 1", ANOUK, CHANNEL)
    await town.says("waar di ochtend stadskantoor balie", BART)
    assert "er is nog iemand nodig" in (await town.says("/balie", ANOUK, CHANNEL)).text
    await town.says("waar delen aan", BART, CHANNEL)
    said = await town.says("/balie", ANOUK, CHANNEL)
    assert "di 24 nov ’s\xa0ochtends: 1 persoon nodig, bemand" in said.text
    assert "Bart" not in said.text


async def test_a_pattern_covers_too(town):
    await town.says("/balie di ochtend 1", ANOUK, CHANNEL)
    await shares(town, BART, "waar patroon di stadskantoor balie")
    assert "bemand" in (await town.says("/balie", ANOUK, CHANNEL)).text


async def test_only_members(town):
    """Not somebody else of the tenant, not a guest, and not with a forged button."""
    town.settle(CHANNEL, ANOUK, BART, DIRK, **{DIRK.name: {"userRole": "guest"}})
    await town.says("/balie di ochtend 2", ANOUK, CHANNEL)
    for who in (CHANTAL, DIRK):
        await town.says("/balie di ochtend 5", who, CHANNEL)
        await town.presses(
            Button("", "counter.need", {"team": TEAM_ID, "parts": ["1.m"], "people": 5}), who, personal(who)
        )
        said = await town.presses(Button("", "counter.help", {"team": TEAM_ID, "slot": "2026-11-24.m"}), who)
        assert said.card is None
        assert "2 mensen" not in (await town.presses(Button("", "counter.show", {"team": TEAM_ID}), who)).text
        assert await town.plan(who) == {}
    async with town.store.units.read(TENANT) as unit:
        assert [need.people for need in await unit.counter.needs(TEAM_ID)] == [2]


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        ("counter.need", {"team": TEAM_ID, "parts": ["7.m"], "people": 2}),
        ("counter.need", {"team": TEAM_ID, "parts": ["1.m"], "people": 21}),
        ("counter.need", {"team": TEAM_ID, "parts": ["1.m"], "people": True}),
        ("counter.need", {"team": TEAM_ID, "parts": ["1.m"], "people": 2, "named": "Kerkstraat 5"}),
        ("counter.need", {"team": TEAM_ID, "parts": [], "people": 2}),
        ("counter.need", {"parts": ["1.m"], "people": 2}),
        ("counter.help", {"team": TEAM_ID, "slot": "2026-11-24.x"}),
        ("counter.help", {"team": TEAM_ID, "slot": 5}),
        ("counter.show", {"team": 5}),
        ("counter.busy", {}),
    ],
)
async def test_a_button_that_is_not_ours_does_nothing(town, verb, data):
    said = await town.presses(Button("", verb, data), ANOUK, CHANNEL)
    assert said.text.startswith("Die knop werkt niet meer.")


async def test_in_ones_own_chat_several_teams_are_asked_about(town):
    """What I see is my first team's; what I change or ask is for the team I choose."""
    await town.says("waar", ANOUK, CHANNEL)
    await town.says("waar", ANOUK, GROUP)
    shown = await town.says("/balie")
    assert shown.button(verb="counter.show")
    which = await town.says("/balie di ochtend 2 Stadskantoor")
    said = await town.presses(which.button(title="Wijkzaken"))
    assert "De balie van Wijkzaken" in said.text
    assert "2 mensen nodig (Stadskantoor)" in said.text
    async with town.store.units.read(TENANT) as unit:
        assert [(need.people, need.named) for need in await unit.counter.needs(TEAM_ID)] == [(2, "s1")]
        assert await unit.counter.needs(GROUP.id) == ()


# --- Asking for help by itself ---


async def test_a_team_is_asked_once_naming_nobody(town):
    await town.says("/balie di ochtend 2 Stadskantoor", ANOUK, CHANNEL)
    await shares(town, ANOUK, "waar di ochtend stadskantoor balie")
    await town.tick(at(23, 9, 59))
    assert asked(town) == []
    for minute in range(3):
        await town.tick(at(23, 10, minute))
    (text,) = asked(town)
    assert (
        "Dinsdag 24 november ’s\xa0ochtends is er nog hulp nodig aan de balie van Stadskantoor (in totaal 2 mensen)."
        in text
    )
    assert not [name for name in NAMES if name in text]
    await town.tick(at(23, 15))
    await town.tick(at(24, 7, 30))
    assert len(asked(town)) == 1


async def test_a_question_that_was_held_up_does_not_come_at_night(town):
    """Teams asks to wait until after eight: the question comes in the morning, if the day-part did not begin."""
    await town.says("/balie di middag 1", ANOUK, CHANNEL)
    town.clock.set(at(23, 19, 40))
    town.teams.script(429, Retry_After="1800")
    await town.tick()
    start = len(town.teams.sent())
    for hour in range(20, 31):
        await town.tick(at(23, 0, 15) + timedelta(hours=hour))
    assert asked(town, start=start) == []
    await town.tick(at(24, 7))
    assert len(asked(town, start=start)) == 1


async def test_a_team_whose_counter_is_covered_is_not_asked(town):
    await town.says("/balie di ochtend 1", ANOUK, CHANNEL)
    await shares(town, BART, "waar di ochtend stadskantoor balie")
    await town.tick(at(23, 10))
    await town.tick(at(23, 10, 1))
    assert asked(town) == []


async def test_a_team_that_sleeps_is_not_asked(town):
    await town.says("/balie di ochtend 1", ANOUK, CHANNEL)
    activity = town.client.activity("conversationUpdate", ANOUK, CHANNEL, membersRemoved=[BOT])
    await town.client.post(activity)
    await town.tick(at(23, 10))
    await town.tick(at(23, 10, 1))
    assert asked(town) == []


async def test_nobody_is_asked_where_it_is_switched_off(town):
    await town.says("/balie di ochtend 1", ANOUK, CHANNEL)
    await town.says("/beheer uit balie", ANOUK)
    await town.says("/balie", ANOUK, GROUP)
    assert "De bezetting van de balie staat uit" in heard(town, ANOUK)[-1] + heard(town, ANOUK)[-2]
    for minute in range(2):
        await town.tick(at(23, 10, minute))
    assert asked(town) == []


async def test_who_presses_helps_and_hears_who_sees_it(town):
    """Pressed in the team by Bart: in Bart's own plan, and nobody else is told."""
    await town.says("/balie di ochtend 1 Stadskantoor", ANOUK, CHANNEL)
    await town.tick(at(23, 10))
    await town.tick(at(23, 10, 1))
    said = await helps(town)
    assert "’s\xa0ochtends Stadskantoor (balie of loket)" in said.text
    assert said.button(verb="where.share", team=TEAM_ID, on=True)
    assert await town.plan(BART) == {"2026-11-24 morning": "site s1 counter"}
    undone = await town.presses(said.button(verb="where.undo"), BART)
    assert "Teruggezet" in undone.text
    assert await town.plan(BART) == {}


async def test_who_shares_and_helps_covers_the_counter(town):
    await town.says("/balie di ochtend 1", ANOUK, CHANNEL)
    await shares(town, BART, "waar di thuis")
    await town.tick(at(23, 10))
    await town.tick(at(23, 10, 1))
    assert "Wijkzaken" in (await helps(town)).text
    assert (await town.plan(BART))["2026-11-24 afternoon"] == "home"
    assert "bemand" in (await town.says("/balie", ANOUK, CHANNEL)).text


async def test_too_late_to_help(town):
    """The card stays; the day-part does not."""
    await town.says("/balie di ochtend 1", ANOUK, CHANNEL)
    await town.tick(at(23, 10))
    await town.tick(at(23, 10, 1))
    button = i_can(town)
    await town.tick(at(24, 12, 30))
    assert (await town.presses(button, BART, CHANNEL)).text == "Dat dagdeel is al voorbij. Fijn dat je wilde helpen."
    assert await town.plan(BART) == {}


async def test_a_question_about_a_site_that_closes_says_so_until_it_opens(any_town):
    town = any_town
    await town.says("/balie di ochtend 1 Stadskantoor", ANOUK, CHANNEL)
    await town.tick(at(23, 10))
    assert "Hulp is niet meer nodig" not in stands(town)
    await settles(town)
    await closes(town)
    assert "Hulp is niet meer nodig: Stadskantoor is dicht." in stands(town)
    assert "counter.help" not in stands(town)
    await closes(town, close=False)
    assert "Hulp is niet meer nodig" not in stands(town)
    assert "counter.help" in stands(town)


async def test_i_can_for_a_closed_site_changes_nothing_and_says_why(town):
    await town.says("/balie di ochtend 1 Stadskantoor", ANOUK, CHANNEL)
    await town.tick(at(23, 10))
    await closes(town)
    said = await town.presses(i_can(town), BART, CHANNEL)
    assert said.text == "Stadskantoor is dan dicht. Er is niets veranderd."
    assert await town.plan(BART) == {}


async def test_for_a_closed_site_nobody_is_asked(town):
    await town.says("/balie ma t/m di ochtend 1 Stadskantoor", ANOUK, CHANNEL)
    await closes(town, "vandaag en morgen")
    await town.tick(at(23, 10))
    assert asked(town) == []
    seen = await town.says("/balie", BART, CHANNEL)
    assert "di 24 nov ’s\xa0ochtends: 1 persoon nodig (Stadskantoor), maar dan dicht" in seen.text
    await says_busy(town, ANOUK, CHANNEL)
    assert [text for text in heard(town, ANOUK) if "Stadskantoor is dan dicht" in text]
    assert busy(town) == []
    await closes(town, "vandaag en morgen", close=False)
    assert len(asked(town)) == 1


async def test_the_question_that_is_busy_closes_with_its_site(town):
    await town.says("/balie ma ochtend 1 Stadskantoor", ANOUK, CHANNEL)
    await town.tick(at(23, 10))
    await says_busy(town, ANOUK, CHANNEL)
    assert "Het is druk aan de balie" in stands(town)
    await settles(town)
    await closes(town, "vandaag")
    assert "Hulp is niet meer nodig: Stadskantoor is dicht." in stands(town)
    assert "counter.help" not in stands(town)


async def test_who_helps_a_team_that_cannot_see_it_is_told_in_one_breath(town):
    await town.says("/balie di ochtend 1 Stadskantoor", ANOUK, CHANNEL)
    await town.says("waar delen uit", BART, CHANNEL)
    await town.tick(at(23, 10))
    said = await helps(town)
    assert "ziet dit nog niet en vraagt dus verder om hulp. Wil je het daar laten zien?" in said.text
    await town.presses(said.button(verb="where.share", team=TEAM_ID), BART)
    await town.tick(timedelta(seconds=2))
    assert "Het is geregeld" in stands(town)


async def test_the_words_beside_the_button_do_the_same(town):
    await town.says("/balie di ochtend 1 Stadskantoor", ANOUK, CHANNEL)
    await town.tick(at(23, 10))
    await town.tick(at(23, 10, 1))
    (text,) = asked(town)
    await town.says(text.partition("Of typ: ")[2].partition("\n")[0], BART)
    assert await town.plan(BART) == {"2026-11-24 morning": "site s1 counter"}


async def test_two_replicas_at_once_ask_once(any_town):
    """Both find the same counter short; one of them asks."""
    async with any_town.store.units.mirror(TENANT) as unit:
        for number in range(10):
            team = Team(f"19:{number}@thread.v2", "", TeamKind.CHAT)
            await unit.teams.save(team, _reference(any_town, team.id))
            await unit.counter.set(team.id, (WeekPart(1, DayPart.MORNING),), 2, None)
    any_town.clock.set(at(23, 10))
    now = any_town.clock.now()
    await asyncio.gather(*(COUNTER.due(now, any_town.services) for _ in range(4)))
    for minute in range(1, 4):
        await any_town.tick(at(23, 10, minute))
    for number in range(10):
        sent = [one for one in any_town.teams.asked if one.method == "POST" and f"19:{number}@thread.v2" in one.path]
        assert len(sent) == 1, number


def _reference(town, conversation):
    return Reference(TENANT, conversation, town.teams.service_url, "msteams", BOT["id"], BOT["name"], Scope.GROUP)


# --- It is busy ---


async def test_busy_asks_the_team_once_an_hour(town):
    town.clock.set(at(23, 9, 5))
    await says_busy(town, ANOUK, GROUP)
    (text,) = busy(town, BART)
    assert "Wie kan even helpen?" in text
    assert not [name for name in NAMES if name in text]
    town.clock.move(timedelta(minutes=59))
    start = len(town.teams.sent())
    await says_busy(town, CHANTAL, GROUP)
    assert busy(town, BART, start) == []
    assert [text for text in heard(town, CHANTAL, start) if "om 09:05 al hulp gevraagd" in text]
    town.clock.move(timedelta(minutes=1))
    await says_busy(town, CHANTAL, GROUP)
    assert len(busy(town, BART)) == 2


async def test_busy_once_an_hour_over_noon_too(town):
    town.clock.set(at(23, 12, 20))
    await says_busy(town, ANOUK, GROUP)
    town.clock.set(at(23, 12, 40))
    await says_busy(town, ANOUK, GROUP)
    assert len(busy(town, BART)) == 1


async def test_busy_helps_for_the_day_part_that_it_is(town):
    town.clock.set(at(23, 14))
    await says_busy(town, ANOUK, CHANNEL)
    await town.presses(i_can(town, "Het is druk"), BART, CHANNEL)
    assert await town.plan(BART) == {"2026-11-23 afternoon": "site s1 counter"}


async def test_busy_from_ones_own_chat_is_said_in_the_team(town):
    await town.says("waar", ANOUK, CHANNEL)
    await town.says("waar", ANOUK, GROUP)
    which = await says_busy(town)
    said = await town.presses(which.button(title="Wijkzaken"))
    assert said.text == "Ik vraag in Wijkzaken wie er aan de balie kan helpen."
    await town.tick(timedelta(minutes=1))
    assert len(busy(town, BART)) == 1
    again = await town.presses(which.button(title="Wijkzaken"))
    assert "al hulp gevraagd" in again.text


@pytest.mark.parametrize(("hour", "minute"), [(7, 59), (18, 0), (19, 55), (23, 0)])
async def test_nobody_is_asked_outside_working_time(town, hour, minute):
    town.clock.set(at(23, hour, minute))
    await says_busy(town, ANOUK, CHANNEL)
    assert busy(town, BART) == []
    assert [text for text in heard(town, ANOUK) if "tussen 8 en 18 uur" in text]


@pytest.mark.parametrize(("hour", "minute"), [(7, 30), (18, 0), (18, 30), (19, 55)])
async def test_from_ones_own_chat_nothing_is_promised_that_does_not_come(town, hour, minute):
    """And the refusal claims nothing: as soon as somebody can help, it is asked."""
    await town.says("waar", ANOUK, CHANNEL)
    town.clock.set(at(23, hour, minute))
    assert "tussen 8 en 18 uur" in (await says_busy(town)).text
    await town.tick(timedelta(minutes=1))
    assert busy(town) == []
    town.clock.set(at(23 if hour < 8 else 24, 8, 5))
    assert (await says_busy(town)).text == "Ik vraag in Wijkzaken wie er aan de balie kan helpen."
    await town.tick(timedelta(minutes=1))
    assert len(busy(town)) == 1


@pytest.mark.parametrize("where", [CHANNEL, None])
async def test_busy_at_the_weekend_only_where_somebody_is_needed_then(town, where):
    await town.says("/balie ma ochtend 1", ANOUK, CHANNEL)
    for day, heard_then in ((28, 0), (28, 1), (29, 1)):
        if heard_then and day == 28:
            await town.says("/balie za ochtend 1", ANOUK, CHANNEL)
        town.clock.set(at(day, 10))
        await says_busy(town, ANOUK, where)
        refused = [text for text in heard(town, ANOUK) if "In het weekend vraag ik alleen" in text]
        assert len(refused) == (2 if day == 29 else 1)
        await town.tick(timedelta(minutes=1))
        assert len(busy(town)) == heard_then


async def test_who_helps_says_at_which_site_where_nothing_else_does(town):
    """With several sites, and neither a need nor an own plan that names one."""
    async with town.store.units.mirror(TENANT) as unit:
        await unit.places.save(NamedPlace("s2", "Wijkpost Noord", Place.SITE))
    town.clock.set(at(23, 9))
    await says_busy(town, ANOUK, CHANNEL)
    start = len(town.teams.sent())
    await town.presses(i_can(town, "Het is druk"), BART, CHANNEL)
    assert await town.plan(BART) == {"2026-11-23 morning": "site counter"}
    sent = town.teams.sent()[start:]
    assert {body["conversation"]["id"] for body in sent} == {personal(BART).id}
    assert len([text for text in heard(town, BART, start) if "Op welke locatie ben je dan?" in text]) == 1
    card = card_of(town, "Op welke locatie")
    said = Said(card, card["fallbackText"])
    await town.presses(said.button(title="Wijkpost Noord"), BART)
    assert await town.plan(BART) == {"2026-11-23 morning": "site s2 counter"}


async def test_who_planned_at_a_site_is_not_asked_at_which(town):
    async with town.store.units.mirror(TENANT) as unit:
        await unit.places.save(NamedPlace("s2", "Wijkpost Noord", Place.SITE))
    await town.says("waar vandaag stadskantoor", BART)
    town.clock.set(at(23, 9))
    await says_busy(town, ANOUK, CHANNEL)
    await town.presses(i_can(town, "Het is druk"), BART, CHANNEL)
    assert (await town.plan(BART))["2026-11-23 morning"] == "site s1 counter"
    assert [text for text in heard(town, BART) if "Op welke locatie" in text] == []


async def test_a_repeated_message_asks_once(town):
    for _ in range(2):
        await says_busy(town, ANOUK, GROUP, id="the same")
    assert len(busy(town, BART)) == 1


async def test_two_colleagues_at_once_ask_once(any_town):
    await any_town.says("waar", ANOUK, GROUP)
    await asyncio.gather(*(says_busy(any_town, who, GROUP) for who in (ANOUK, BART, CHANTAL)))
    assert len(busy(any_town, BART)) == 1


async def test_what_is_asked_fits_in_a_card(town):
    await says_busy(town, ANOUK, CHANNEL)
    assert len(json.dumps(card_of(town, "Het is druk")).encode()) < 25_000


async def test_a_day_part_is_claimed_once(any_town):
    """Also where the first question was sent and its delivery is gone."""
    slot = Slot(TOMORROW, DayPart.MORNING)
    for first in (True, False):
        async with any_town.store.units.mirror(TENANT) as unit:
            assert await unit.counter.ask(TEAM_ID, slot) is first
