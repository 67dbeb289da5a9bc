"""`/bereik`: how I want to be reached, who sees it, and what a colleague is told."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.store.keeping import Deletion
from bot.turn import TurnKey
from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, DIRK, GROUP, TEAM_ID, Button, personal
from tests.fakes.botframework import TENANT
from tests.plugins.databases import counted

pytestmark = pytest.mark.thorough

UPN = {"userPrincipalName": "bart.jansen@gemeente.example"}
RULES = "/bereik gewoon chat binnen 4 uur 9-17, spoed bellen 8:00-18:00"
UNKNOWN = "Ik kan je niets laten zien"


@pytest.fixture
async def reachable(town):
    """Bart has rules, shows them to the team, and Teams knows his address."""
    town.settle(CHANNEL, ANOUK, BART, CHANTAL, **{BART.name: UPN})
    await town.says(RULES, BART)
    await town.says("/bereik delen aan", BART, CHANNEL)
    return town


async def rules(town, who=ANOUK):
    async with town.store.units.read(TENANT) as unit:
        found = await unit.reach.of(who.user_id)
    return {
        str(urgency): (str(rule.route), rule.within, rule.hours and (rule.hours.start, rule.hours.until))
        for urgency, rule in found.items()
    }


async def shown_to(town, who=ANOUK):
    async with town.store.units.read(TENANT) as unit:
        return await unit.reach_sharing.teams_of(who.user_id)


def told(said):
    """The answer without what differs by turn: nothing."""
    return said.card, said.text


async def test_rules_are_typed_and_kept(town):
    """Closed values, exactly as typed; the answer says that only I see them and how to change it back."""
    said = await town.says(RULES, where=personal(ANOUK))
    assert await rules(town) == {"normal": ("chat", 240, (540, 1020)), "urgent": ("call", None, (480, 1080))}
    assert "Alleen jij ziet dit" in said.text
    await town.presses(said.button(verb="reach.set"))
    assert await rules(town) == {}


async def test_rules_are_filled_in_on_the_card(town):
    """Every input has its words; what is left empty is no agreement, and no hours mean always."""
    said = await town.says("/bereik")
    save = said.button(verb="reach.save")
    filled = {"normal_route": "chat", "normal_within": "60", "normal_from": "09:00", "normal_until": "12:30"}
    await town.presses(replace(save, data={**save.data, **filled, "urgent_route": "call", "urgent_from": ""}))
    assert await rules(town) == {"normal": ("chat", 60, (540, 750)), "urgent": ("call", None, None)}
    await town.presses(replace(save, data={**save.data, "normal_route": "none", "urgent_route": "mail"}))
    assert await rules(town) == {"urgent": ("mail", None, None)}


async def test_what_is_not_named_stays(town):
    await town.says(RULES)
    await town.says("/bereik spoed uit")
    assert set(await rules(town)) == {"normal"}
    await town.says("/reach urgent mail within 1 hour")
    assert (await rules(town))["urgent"] == ("mail", 60, None)


@pytest.mark.parametrize(
    "text",
    [
        "/bereik spoed bellen 06-12345678",
        "/bereik spoed bellen 0612345678",
        "/bereik spoed bellen +32 470 12 34 56",
        "/bereik 06 1234 5678",
        "/bereik gewoon langskomen Kerkstraat 12",
        "/bereik mail bart@gemeente.example",
    ],
)
async def test_numbers_and_addresses_are_refused(town, text):
    """Nothing is kept, nothing is repeated on the card."""
    said = await town.says(text)
    assert "geen telefoonnummers" in said.text
    assert await rules(town) == {}
    for piece in ("12345678", "5678", "470", "Kerkstraat", "gemeente.example"):
        assert piece not in str(said.card)


@pytest.mark.parametrize("text", ["/bereik spoed bellen 18-8", "/bereik chat binnen 2 uur", "/bereik chat bellen"])
async def test_what_is_not_clear_changes_nothing(town, text):
    await town.says(RULES)
    before = await rules(town)
    assert "niets veranderd" in (await town.says(text)).text
    assert await rules(town) == before


async def test_sharing_is_a_switch_of_its_own(town):
    """Sharing places does not show rules, and the other way round; off by default, with a button to a named team."""
    await town.says("waar vandaag thuis", ANOUK, CHANNEL)
    await town.says("waar delen aan", ANOUK, CHANNEL)
    said = await town.says(RULES)
    assert await shown_to(town) == frozenset()
    shared = await town.presses(said.button(verb="reach.share", on=True, team=TEAM_ID))
    assert await shown_to(town) == {TEAM_ID}
    assert "Leden van Wijkzaken zien dit" in shared.text
    await town.presses(shared.button(verb="reach.share", on=False))
    assert await shown_to(town) == frozenset()


async def test_a_colleague_is_told_rules_and_links(reachable):
    """Ten in the morning: both hold."""
    said = await reachable.says("/bereik Bart")
    assert "Zo bereik je Bart Jansen" in said.text
    assert "Gewone vragen: chat, antwoord binnen 4 uur, nu, tot 17:00" in said.text
    assert "Spoed: bellen, nu, tot 18:00" in said.text
    assert "https://teams.microsoft.com/l/chat/0/0?users=bart.jansen@gemeente.example" in said.text
    assert "https://teams.microsoft.com/l/call/0/0?users=bart.jansen@gemeente.example" in said.text
    assert "thuis" not in said.text


async def test_his_place_only_where_he_shares_places(reachable):
    """The counter until half past twelve, chat after it, and urgent things at once; the kind of work says so."""
    await reachable.says("/waar vandaag ochtend stadskantoor balie, middag thuis", BART)
    assert "Stadskantoor" not in (await reachable.says("/bereik Bart")).text
    await reachable.says("/waar delen aan", BART, CHANNEL)
    said = await reachable.says("/bereik Bart")
    assert "Tot 12:30 Stadskantoor" in said.text
    assert "daarna thuis" in said.text
    assert "Gewone vragen: chat, antwoord binnen 4 uur, van 12:30 tot 17:00" in said.text
    assert "Spoed: bellen, nu, tot 18:00" in said.text


async def test_the_morning_is_over_after_noon_and_other_days_are_never_told(reachable):
    await reachable.says("/waar vandaag ochtend stadskantoor balie, middag thuis", BART)
    await reachable.says("/waar morgen bibliotheek", BART)
    await reachable.says("/waar delen aan", BART, CHANNEL)
    reachable.clock.move(timedelta(hours=4))
    said = await reachable.says("/bereik Bart")
    assert "Nu thuis" in said.text
    assert "Stadskantoor" not in said.text
    assert "ibliotheek" not in said.text


async def test_not_working_is_said_without_a_reason(reachable):
    await reachable.says("/waar vandaag ziek", BART)
    await reachable.says("/waar delen aan", BART, CHANNEL)
    said = await reachable.says("/bereik Bart")
    assert "niet aan het werk" in said.text
    assert "Spoed: vandaag niet meer" in said.text
    assert "ziek" not in said.text


async def test_a_closed_where_closes_the_place_here_too(reachable):
    await reachable.says("/waar vandaag thuis", BART)
    await reachable.says("/waar delen aan", BART, CHANNEL)
    await reachable.says("/beheer uit waar", ANOUK)
    said = await reachable.says("/bereik Bart", CHANTAL)
    assert "Zo bereik je Bart" in said.text
    assert "huis" not in said.text


async def nothing(town, who, setting):
    """Make somebody show nothing, in one of the ways there are."""
    if setting == "not_shared":
        await town.says(RULES, who)
    if setting == "no_rules":
        await town.says("/bereik delen aan", who, CHANNEL)
    if setting in ("paused", "stopped"):
        await town.says(RULES, who)
        await town.says("/bereik delen aan", who, CHANNEL)
        paused = {"paused_until": town.clock.now() + timedelta(days=1)} if setting == "paused" else {"stopped": True}
        async with town.store.units.write(TurnKey(TENANT, "x", setting)) as unit:
            await unit.people.change(who.user_id, **paused)
    if setting == "other_team":
        town.settle(GROUP, who, DIRK)
        await town.says(RULES, who)
        await town.says("/bereik delen aan", who, GROUP)


SETTINGS = ("unknown", "not_shared", "no_rules", "paused", "stopped", "other_team")


@pytest.mark.parametrize("setting", SETTINGS)
async def test_nothing_to_tell_looks_and_costs_the_same_whatever_the_reason(town, setting):
    """Not shown, nothing filled in, pausing, stopped, shown elsewhere, and nobody: one card, as many statements."""
    await town.says("waar", CHANTAL, CHANNEL)
    await nothing(town, BART, setting)
    answers, costs = [], []
    for name in ("Bart", "Willemijn"):
        await town.says(f"/bereik {name}", CHANTAL)
        with counted(town.store) as sent:
            answers.append(await town.says(f"/bereik {name}", CHANTAL))
        costs.append(len(sent))
    assert UNKNOWN in answers[0].text
    assert told(answers[0]) == told(answers[1])
    assert costs[0] == costs[1]


async def test_nobody_is_asked_of_teams_where_nothing_is_shown(town):
    await town.says(RULES, BART)
    await town.says("waar", CHANTAL, CHANNEL)
    start = len(town.teams.asked)
    await town.says("/bereik Bart", CHANTAL)
    assert not [asked for asked in town.teams.asked[start:] if asked.method == "GET"]


async def test_the_person_asked_about_notices_nothing(reachable):
    """No message, no row: BART listens."""
    heard = len(reachable.teams.heard_by(BART.channel_user_id))
    async with reachable.store.engines.read.connect() as connection:
        before = [
            (await connection.exec_driver_sql(f"select * from {table}")).all()
            for table in ("seen_activity", "delivery", "person", "audit")
        ]
    said = await reachable.says("/bereik Bart", CHANTAL, GROUP)
    assert "Zo bereik je Bart" in said.text
    mine = reachable.teams.heard_by(BART.channel_user_id)[heard:]
    assert "bellen" not in str(mine)
    assert "Bart" not in str([body.get("text") for body in mine])
    async with reachable.store.engines.read.connect() as connection:
        after = [
            (await connection.exec_driver_sql(f"select * from {table}")).all()
            for table in ("seen_activity", "delivery", "person", "audit")
        ]
    assert before == after


async def test_a_mention_in_a_group_is_told_by_teams_itself(reachable):
    """Samen tells nobody, but a mention is one: the answer says so."""
    mentions = [reachable.client.mention(), reachable.client.mention(BART)]
    text = "<at>Samen</at> /bereik <at>Bart Jansen</at>"
    said = await reachable.says(text, CHANTAL, CHANNEL, entities=mentions, recipient={"id": "28:bot", "name": "Samen"})
    assert "Zo bereik je Bart" in said.text
    assert "bericht van Teams zelf" in said.text


async def test_two_people_of_one_name_are_offered(reachable):
    other = replace(
        BART, name="Bart Peeters", channel_user_id="29:bart2", user_id="aaaaaaaa-0000-4000-8000-000000000009"
    )
    reachable.settle(CHANNEL, ANOUK, BART, other, CHANTAL)
    reachable.clock.move(timedelta(hours=2))
    said = await reachable.says("/bereik Bart")
    assert "Wie bedoel je" in said.text
    pressed = await reachable.presses(said.button(verb="reach.find", of=BART.user_id))
    assert "Zo bereik je Bart Jansen" in pressed.text
    assert UNKNOWN in (await reachable.presses(said.button(verb="reach.find", of=other.user_id))).text
    assert "Zo bereik je Bart Jansen" in (await reachable.says("/bereik bart jansen")).text


async def test_somebody_outside_the_team_is_told_nothing(reachable):
    """DIRK is in no team with Bart; a press that names Bart does not help."""
    reachable.settle(GROUP, DIRK)
    await reachable.says("waar", DIRK, GROUP)
    forged = Button("", "reach.find", {"of": BART.user_id, "l": "nl"})
    assert UNKNOWN in (await reachable.presses(forged, DIRK, personal(DIRK))).text
    assert UNKNOWN in (await reachable.says("/bereik Bart", DIRK)).text


async def test_a_guest_gets_no_answer_and_is_not_found(reachable):
    reachable.settle(CHANNEL, ANOUK, BART, DIRK, **{DIRK.name: {"userRole": "guest"}})
    reachable.clock.move(timedelta(hours=2))
    await reachable.says("waar", ANOUK, CHANNEL)
    said = await reachable.says("/bereik Bart", DIRK, CHANNEL)
    assert said.card is None
    assert UNKNOWN in (await reachable.says("/bereik Dirk")).text


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        ("reach.save", {"normal_route": "fax"}),
        ("reach.save", {"normal_route": "chat", "normal_within": "7"}),
        ("reach.save", {"normal_route": "chat", "normal_from": "half negen", "normal_until": "17:00"}),
        ("reach.save", {"normal_route": ["chat"]}),
        ("reach.set", {"rules": ["normal.chat.240.1020.540"]}),
        ("reach.set", {"rules": ["normal.chat...", "normal.call..."]}),
        ("reach.set", {"rules": [7]}),
        ("reach.set", {"rules": "normal.chat..."}),
        ("reach.share", {"team": TEAM_ID, "on": "misschien"}),
        ("reach.share", {"on": True}),
        ("reach.find", {"of": 7}),
    ],
)
async def test_a_forged_press_changes_nothing(town, verb, data):
    await town.says("waar", ANOUK, CHANNEL)
    assert (await town.presses(Button("", verb, data | {"l": "nl"}))).card is None
    assert await rules(town) == {}
    assert await shown_to(town) == frozenset()


async def test_a_forged_team_is_not_shared_with(town):
    town.settle(GROUP, BART, CHANTAL)
    await town.says("waar", BART, GROUP)
    await town.says("waar", ANOUK, CHANNEL)
    await town.presses(Button("", "reach.share", {"team": GROUP.id, "on": True, "l": "nl"}))
    assert await shown_to(town) == frozenset()


async def test_hours_the_wrong_way_round_are_told(town):
    data = {"normal_route": "chat", "normal_from": "17:00", "normal_until": "09:00", "l": "nl"}
    assert "twee tijden" in (await town.presses(Button("", "reach.save", data))).text
    assert await rules(town) == {}


async def test_delivered_twice_has_one_effect(any_town):
    activity = any_town.client.activity(text="/bereik spoed bellen 8-18")
    await any_town.client.post(activity)
    await any_town.says("/bereik spoed mail")
    await any_town.client.post(activity)
    assert await rules(any_town) == {"urgent": ("mail", None, None)}
    assert "mail" in any_town.teams.sent()[-1]["attachments"][0]["content"]["fallbackText"]


async def test_asking_is_a_question_and_leaves_no_trace(any_town):
    await any_town.says("/bereik Bart", ANOUK, CHANNEL)
    await any_town.says("/bereik", ANOUK, CHANNEL)
    async with any_town.store.units.read(TENANT) as unit:
        assert await unit.people.get(ANOUK.user_id) is None


async def test_words_about_a_plan_are_no_name(town):
    """ "Bereikbaar thuis morgen" is about a place: asked about, as without the word in front."""
    assert UNKNOWN not in (await town.says("bereikbaar morgen thuis")).text
    assert UNKNOWN in (await town.says("bereik Willemijn")).text


async def test_english_speakers_get_english(reachable):
    said = await reachable.says("/reach Bart", locale="en-US")
    assert "How to reach Bart Jansen" in said.text
    assert "Urgent: a call, now, until 18:00" in said.text


async def test_times_are_told_on_the_readers_clock(reachable):
    """Bart's 17:00 in the Netherlands is 16:00 for a colleague in Portugal."""
    said = await reachable.says("/bereik Bart", CHANTAL, localTimezone="Europe/Lisbon")
    assert "nu, tot 16:00" in said.text


async def test_a_name_is_never_logged_or_kept(reachable):
    from structlog.testing import capture_logs

    with capture_logs() as lines:
        await reachable.says("/bereik Bart")
        await reachable.says("/bereik Willemijn")
    assert "bart" not in str(lines).casefold()
    assert "willemijn" not in str(lines).casefold()


async def test_only_you_see_this_is_never_said_wrongly(reachable):
    """Teams cannot tell who is in the team now: it is still named as one that sees my rules."""
    reachable.clock.move(timedelta(hours=30))
    await Deletion(reachable.store.engines, "Europe/Amsterdam").due(reachable.clock.now())
    for _ in range(3):
        reachable.teams.script(502)
    said = await reachable.says("/bereik", BART)
    assert "Leden van Wijkzaken zien dit" in said.text


async def test_whoever_left_the_team_is_told_nothing_more(reachable):
    """Chantal still shares with the team, is in another one, and Teams says she is no member: no event was needed."""
    reachable.settle(GROUP, ANOUK, CHANTAL)
    for where in (GROUP, CHANNEL):
        await reachable.says("waar delen aan", CHANTAL, where)
    assert "Zo bereik je Bart" in (await reachable.says("/bereik Bart", CHANTAL)).text
    reachable.settle(CHANNEL, ANOUK, BART)
    reachable.clock.move(timedelta(hours=2))
    assert UNKNOWN in (await reachable.says("/bereik Bart", CHANTAL)).text


async def test_hours_do_not_hold_on_a_day_off(reachable):
    """Nobody fills in "9-17" for their Sunday; who shows to work that day is reached as always."""
    await reachable.says("/bereik spoed bellen 9-17", BART)
    sunday = datetime(2026, 11, 29, 11, tzinfo=ZoneInfo("Europe/Amsterdam"))
    await reachable.tick(sunday)
    said = await reachable.says("/bereik Bart", ANOUK)
    assert "vandaag niet (bellen)" in said.text.replace("\xa0", " ")
    assert "l/call" not in said.text
