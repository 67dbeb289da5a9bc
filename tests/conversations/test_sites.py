"""`/kantoor`: a site closes, whoever planned there is told, and nobody else learns who that is."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from bot.domain.places import NamedPlace, Place
from bot.store.tables import audit, closure, move
from bot.store.tenants import ACROSS_TENANTS
from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, GROUP, TEAM_ID, Button, Said, personal
from tests.fakes.botframework import TENANT

MINUTE = timedelta(minutes=1)
CLOSE = "/kantoor dicht Stadskantoor di ochtend"
MORNING, AFTERNOON = "2026-11-24 morning", "2026-11-24 afternoon"
NORTH = NamedPlace("s2", "Wijkkantoor Noord", Place.SITE)


def messages(town, who):
    """What Samen said to somebody by itself or in answer, as cards."""
    own = [body for body in town.teams.sent() if body["conversation"]["id"] == personal(who).id]
    cards = [body["attachments"][0]["content"] for body in own if body.get("attachments")]
    return [Said(card, card["fallbackText"]) for card in cards]


async def told(town, who):
    """What a minute brings somebody that they did not ask for."""
    before = len(messages(town, who))
    await town.tick(MINUTE)
    return messages(town, who)[before:]


async def rows(town, table):
    async with town.store.engines.read.execution_options(**{ACROSS_TENANTS: True}).connect() as connection:
        return (await connection.execute(select(table))).all()


async def keep(town, who, place="s1"):
    async with town.store.units.mirror(TENANT) as unit:
        await unit.sites.set_keeper(place, who.user_id)


async def test_a_site_closes_and_people_move_with_one_tap(any_town):
    """The whole way: planned, closed, told, moved, and undone like any change of plan."""
    town = any_town
    await town.says("waar di stadskantoor balie", BART)
    said = await town.says(CLOSE)
    assert "Stadskantoor is dicht" in said.text
    assert "di 24 nov ’s ochtends" in said.text.replace("\u00a0", " ")
    (card,) = await told(town, BART)
    assert "Stadskantoor is dicht" in card.text
    changed = await town.presses(card.button(verb="where.set", title="Thuis"), BART)
    assert await town.plan(BART) == {MORNING: "home", AFTERNOON: "site s1 counter"}
    await town.presses(changed.button(verb="where.undo"), BART)
    assert await town.plan(BART) == {MORNING: "site s1 counter", AFTERNOON: "site s1 counter"}
    assert await told(town, BART) == []


async def test_the_kind_of_work_goes_along_to_another_site(town):
    async with town.store.units.mirror(TENANT) as unit:
        await unit.places.save(NORTH)
    await town.says("waar di ochtend stadskantoor balie", BART)
    await town.says(CLOSE)
    (card,) = await told(town, BART)
    await town.presses(card.button(title="Noord"), BART)
    assert await town.plan(BART) == {MORNING: "site s2 counter"}


async def test_who_plans_by_pattern_is_told_too(town):
    await town.says("waar patroon di stadskantoor", BART)
    await town.says(CLOSE)
    (card,) = await told(town, BART)
    await town.presses(card.button(title="De Kade"), BART)
    assert (await town.plan(BART, last=date(2026, 11, 24)))[MORNING] == "library l1"


async def test_nobody_else_is_told(town):
    """Another day, another half, another place, or nothing at all."""
    await town.says("waar di middag stadskantoor", BART)
    await town.says("waar di ochtend thuis", CHANTAL)
    await town.says(CLOSE)
    await town.tick(MINUTE)
    assert not [one for who in (BART, CHANTAL) for one in messages(town, who) if "is dicht" in one.text]
    assert await rows(town, move) == []


async def test_a_message_is_about_its_own_site(town):
    """Moved to another site that closes as well before the first message went out: one message, about the other."""
    async with town.store.units.mirror(TENANT) as unit:
        await unit.places.save(NORTH)
    await town.says("waar di ochtend stadskantoor", BART)
    await town.says(CLOSE)
    await town.says("waar di ochtend wijkkantoor noord", BART)
    await town.says("/kantoor dicht Wijkkantoor Noord di")
    (card,) = await told(town, BART)
    assert "Wijkkantoor Noord is dicht" in card.text
    assert [button.title for button in card.buttons if button.verb == "where.set"] == ["Thuis", "Bibliotheek De Kade"]


async def test_later_is_fine_and_is_not_asked_again(town):
    await town.says("waar di stadskantoor", BART)
    await town.says(CLOSE)
    (card,) = await told(town, BART)
    later = await town.presses(card.button(verb="sites.later"), BART)
    assert "Ik vraag het niet nog een keer" in later.text
    assert (await town.says("/kantoor later", BART)).text == later.text
    assert await told(town, BART) == []
    await town.tick(timedelta(hours=20))
    assert "is dicht" not in messages(town, BART)[-1].text


async def test_what_is_no_longer_so_is_not_sent(town):
    """Moved in the meantime, or opened again before the message went out."""
    await town.says("waar di stadskantoor", BART)
    await town.says("waar di stadskantoor", CHANTAL)
    said = await town.says(CLOSE)
    await town.says("waar di thuis", BART)
    assert await told(town, BART) == []
    await town.presses(said.button(verb="sites.open"))
    closed = await town.says("/kantoor dicht Stadskantoor wo")
    await town.says("waar wo stadskantoor", CHANTAL)
    await town.presses(closed.button(verb="sites.open"))
    assert [one.text for one in await told(town, CHANTAL) if "dicht" in one.text] == []


async def test_whoever_pauses_or_stopped_gets_nothing(town):
    for who in (BART, CHANTAL):
        await town.says("waar di stadskantoor", who)
    async with town.store.units.mirror(TENANT) as unit:
        await unit.people.change(BART.user_id, stopped=True)
    await town.says(CLOSE)
    async with town.store.units.mirror(TENANT) as unit:
        await unit.people.change(CHANTAL.user_id, paused_until=town.clock.now() + timedelta(days=1))
    assert [await told(town, who) for who in (BART, CHANTAL)] == [[], []]


async def test_who_was_told_hears_that_it_is_open_again(any_town):
    """Whoever moved can go back with one tap; whoever stayed need not do anything."""
    town = any_town
    await town.says("waar di ochtend stadskantoor samenwerken", BART)
    await town.says("waar di stadskantoor", CHANTAL)
    said = await town.says(CLOSE)
    (card,) = await told(town, BART)
    await town.presses(card.button(title="Thuis"), BART)
    await town.presses(said.button(verb="sites.open"))
    (back,) = await told(town, BART)
    assert "Stadskantoor is weer open" in back.text
    assert "Het staat nog in je plan" in messages(town, CHANTAL)[-1].text
    assert not messages(town, CHANTAL)[-1].buttons
    await town.presses(back.button(verb="where.set"), BART)
    assert await town.plan(BART) == {MORNING: "site s1 together"}
    assert await rows(town, closure) == await rows(town, move) == []


async def test_going_back_is_about_ones_own_days_only(town):
    """A week that closed and opened again: of no other day is anything offered or said."""
    await town.says("waar ma stadskantoor, di wo thuis, do stadskantoor", BART)
    await town.says("/kantoor dicht Stadskantoor ma t/m vr")
    (card,) = await told(town, BART)
    await town.presses(card.button(title="Thuis"), BART)
    await town.says("/kantoor open Stadskantoor ma t/m vr")
    (back,) = await told(town, BART)
    assert [len(button.data["parts"]) for button in back.buttons if button.verb == "where.set"] == [2, 2]
    assert "di 24" not in back.text.replace("\u00a0", " ")


async def test_a_part_of_it_opens_again(town):
    await town.says("waar di stadskantoor", BART)
    await town.says("/kantoor dicht Stadskantoor di")
    await told(town, BART)
    await town.says("/kantoor open Stadskantoor di middag")
    (card,) = await told(town, BART)
    assert "’s middags" in card.text.replace("\u00a0", " ")
    assert "’s ochtends" not in card.text.replace("\u00a0", " ")
    assert [row.part for row in await rows(town, closure)] == ["morning"]


async def test_opening_before_the_message_went_out_says_nothing_at_all(town):
    await town.says("waar di stadskantoor", BART)
    said = await town.says(CLOSE)
    await town.presses(said.button(verb="sites.open"))
    assert await told(town, BART) == []


async def test_closing_twice_is_harmless(town):
    await town.says("waar di stadskantoor", BART)
    await town.says(CLOSE)
    again = await town.says(CLOSE)
    assert "was al dicht" in again.text
    assert not [button for button in again.buttons if button.title == "Ongedaan maken"]
    assert len(await told(town, BART)) == 1
    assert len([row for row in await rows(town, audit) if row.act == "site_closed"]) == 1
    await town.says("/kantoor open Stadskantoor di")
    assert "was al open" in (await town.says("/kantoor open Stadskantoor di")).text


async def test_delivered_twice_it_closes_once(town):
    await town.says("waar di stadskantoor", BART)
    first = await town.says(CLOSE, id="activity-7")
    second = await town.says(CLOSE, id="activity-7")
    assert second.text in ("", first.text)
    assert len(await told(town, BART)) == 1
    assert len([row for row in await rows(town, audit) if row.act == "site_closed"]) == 1


async def test_whoever_plans_there_afterwards_is_told_at_once(town):
    """Typed or pressed: with one tap to another place."""
    await town.says(CLOSE)
    said = await town.says("waar di stadskantoor", BART)
    assert "Let op: Stadskantoor is dicht op di 24 nov ’s ochtends" in said.text.replace("\u00a0", " ")
    instead = await town.presses(said.button(verb="where.set", title="Thuis"), BART)
    assert await town.plan(BART) == {MORNING: "home", AFTERNOON: "site s1"}
    assert "is dicht" not in instead.text
    pressed = Button("", "where.set", {"parts": ["2026-11-24.m.site.s1."], "from": "plan"})
    assert "is dicht" in (await town.presses(pressed, BART)).text
    assert "is dicht" not in (await town.says("waar wo stadskantoor", BART)).text


async def test_the_answer_to_closing_says_nothing_about_people(town):
    """Whether somebody planned there or nobody: the same words, the same size, now and afterwards."""
    nobody = await town.says(CLOSE)
    overview = await town.says("/kantoor")
    await town.says("/kantoor open Stadskantoor di")
    await town.says("waar di stadskantoor", BART)
    await town.says("waar delen aan", BART, CHANNEL)
    somebody = await town.says(CLOSE)
    await told(town, BART)
    assert somebody.text == nobody.text
    assert (await town.says("/kantoor")).text == overview.text


async def test_the_others_hear_nothing_of_who_planned_there(town):
    """Anouk closes and Chantal looks on: nothing that reaches either of them names Bart, or counts him."""
    await town.says("waar di stadskantoor", BART)
    await town.says(CLOSE, ANOUK, GROUP)
    (card,) = await told(town, BART)
    await town.presses(card.button(title="Thuis"), BART)
    await town.says("/kantoor", CHANTAL, GROUP)
    await town.tick(timedelta(hours=7))
    await town.says("/kantoor", ANOUK)
    await town.says("/kantoor aantallen", ANOUK)
    for who in (ANOUK, CHANTAL):
        heard = str(town.teams.heard_by(who.channel_user_id))
        assert "Stadskantoor" in heard
        assert "Bart" not in heard
        assert "ongeveer" not in heard.casefold()


async def test_only_an_administrator_or_the_keeper_closes_it(town):
    """Typed or forged, nothing happens for anybody else, and they are told who can."""
    async with town.store.units.mirror(TENANT) as unit:
        await unit.places.save(NORTH)
    await keep(town, CHANTAL, "s2")
    forged = Button("", "sites.close", {"site": "s1", "slots": "2026-11-24.3"})
    for who in (BART, CHANTAL):
        assert "Alleen een beheerder" in (await town.says(CLOSE, who)).text
        assert "Alleen een beheerder" in (await town.presses(forged, who)).text
    assert await rows(town, closure) == []
    await keep(town, BART)
    assert "Stadskantoor is dicht" in (await town.presses(forged, BART)).text
    opened = Button("", "sites.open", {"site": "s1", "slots": "2026-11-24.3"})
    assert "Alleen een beheerder" in (await town.presses(opened, CHANTAL)).text
    assert len(await rows(town, closure)) == 2


@pytest.mark.parametrize("data", [
    {}, {"site": "s1"}, {"slots": "2026-11-24.1"}, {"site": 5, "slots": "2026-11-24.1"}, {"site": "s1", "slots": "2026-11-24.0"},
    {"site": "s1", "slots": "2026-11-24." + "f" * 200}, {"site": "s1", "slots": "2026-11-24.-1"}, {"site": "s1", "slots": ["2026-11-24.1"]},
    {"site": "s1", "slots": "2026-11-20.1"}, {"site": "s1", "slots": "2029-11-20.1"}, {"site": "l1", "slots": "2026-11-24.1"}, {"site": "x", "slots": "2026-11-24.1"},
])  # fmt: skip
async def test_a_forged_press_closes_nothing(town, data):
    await town.presses(Button("", "sites.close", data))
    assert await rows(town, closure) == []


async def test_an_old_card_closes_no_day_that_has_passed(town):
    said = await town.says("/kantoor dicht Stadskantoor vandaag")
    town.clock.move(timedelta(days=1))
    assert "al voorbij" in (await town.presses(said.button(verb="sites.open"))).text


async def test_everybody_sees_what_is_closed_and_only_who_keeps_it_the_buttons(town):
    await town.says(CLOSE)
    seen = await town.says("/kantoor", BART)
    assert "Stadskantoor: di 24 nov" in seen.text.replace("\u00a0", " ")
    assert not seen.buttons
    assert "/kantoor dicht" not in seen.text
    assert (await town.says("/kantoor")).button(verb="sites.open", site="s1")


async def test_without_a_slash_the_office_is_a_place(town):
    """ "Kantoor morgen" is what somebody says about themselves; "kantoor dicht" is about the office."""
    assert "Bedoel je dit" in (await town.says("kantoor morgen")).text
    assert "Gesloten locaties" in (await town.says("kantoor overzicht")).text
    assert "Gesloten locaties" in (await town.says("/kantoor morgen")).text
    assert "Closed sites" in (await town.says("office overview")).text


async def test_which_site_is_asked(town):
    said = await town.says("/kantoor dicht Nergens morgen")
    assert "Dit zijn de locaties: Stadskantoor." in said.text
    readings = await town.says("/kantoor dicht Stadskantoor morgen middag", ANOUK, locale="nl-BE")
    assert [button.verb for button in readings.buttons] == ["sites.close"] * 2
    await town.presses(readings.buttons[0])
    assert len(await rows(town, closure)) == 1


async def test_a_site_without_a_name_cannot_close(empty_town):
    assert "/locaties" in (await empty_town.says("/kantoor dicht kantoor morgen")).text


async def test_a_closed_site_can_retire(town):
    await town.says("waar di stadskantoor", BART)
    await town.says(CLOSE)
    await town.says("/locaties weg Stadskantoor")
    assert "Stadskantoor" not in (await town.says("/kantoor")).text
    (card,) = await told(town, BART)
    assert "Stadskantoor is dicht" in card.text


async def test_a_pattern_that_leads_to_a_closed_site_says_so(town):
    """The one day that is closed is named, and moved with one tap; the pattern stays."""
    await town.says(CLOSE)
    said = await town.says("waar patroon ma di stadskantoor", BART)
    assert "Let op: Stadskantoor is dicht op di 24 nov ’s ochtends" in said.text.replace("\u00a0", " ")
    await town.presses(said.button(verb="where.set", title="Thuis"), BART)
    plan = await town.plan(BART, last=date(2026, 12, 1))
    assert {day: at for day, at in plan.items() if at != "site s1"} == {MORNING: "home"}


async def test_the_board_says_which_sites_are_closed(town):
    """Nobody travels to a closed door; nothing is said where closing is switched off, or on another day."""
    await town.says("/kantoor dicht Stadskantoor morgen ochtend", ANOUK)
    for who in (BART, CHANTAL):
        said = (await town.says("waar bord morgen", who, CHANNEL)).text.replace("\xa0", " ")
        assert "Dicht: Stadskantoor (’s ochtends)" in said
    assert "Dicht:" not in (await town.says("waar bord", BART, CHANNEL)).text
    await town.says("/beheer uit sluiten", ANOUK)
    assert "Dicht:" not in (await town.says("waar bord morgen", BART, CHANNEL)).text


async def test_the_first_card_tells_of_a_closed_site_and_nobody_can_say_yes_to_its_counter(town):
    """Whoever would come to plan there afterwards, by whichever way, is told at once."""
    await town.says("/kantoor dicht Stadskantoor morgen ochtend", ANOUK)
    first = await town.says("/start", BART)
    save = first.button(verb="start.save")
    saved = await town.presses(Button("", save.verb, {**save.data, "tue": "site.s1"}), BART)
    assert "Let op: Stadskantoor is dicht" in saved.text.replace("\xa0", " ")
    await town.says("/balie di ochtend 2 Stadskantoor", BART, CHANNEL)
    yes = await town.presses(Button("", "counter.help", {"slot": "2026-11-24.m", "team": TEAM_ID}), CHANTAL)
    assert yes.text == "Stadskantoor is dan dicht. Er is niets veranderd."
    assert await town.plan(CHANTAL) == {}
