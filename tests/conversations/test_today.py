"""`/today`: my day on one card, only of those who share it."""

from datetime import timedelta

import pytest

from bot.domain.days import whole_day
from bot.domain.places import Place, WorkLocation
from bot.domain.where.intents import Change
from tests.conversations.november import at
from tests.conversations.today_steps import CALM, about, plans
from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, DIRK, GROUP, TEAM_ID, TODAY, Who
from tests.fakes.botframework import TENANT
from tests.plugins.databases import counted


async def test_who_is_with_me_comes_first_and_my_place_stands_on_top(town):
    await plans(town, BART, "vandaag Stadskantoor")
    await plans(town, CHANTAL, "vandaag ochtend Stadskantoor, middag thuis")
    await plans(town, ANOUK, "vandaag Stadskantoor balie")
    said = await town.says("/vandaag")
    assert "Maandag 23 november" in said.text
    assert "Anouk" not in said.text
    assert "Jouw plek: Stadskantoor (balie of loket)" in said.text
    assert "Op dezelfde plek\n\n- Stadskantoor: Bart Jansen, Chantal Özdemir (’s\u00a0middags: thuis)" in said.text
    assert "Anderen" not in said.text
    assert CALM in said.text


async def test_others_stand_by_place_and_who_is_off_nowhere(town):
    await plans(town, BART, "vandaag Stadskantoor")
    await plans(town, CHANTAL, "vandaag vrij")
    await town.says("/waar vandaag thuis")
    said = await town.says("/today", locale="en-GB")
    assert "Your place: at home" in said.text
    assert "Your colleagues today\n\n- Stadskantoor: Bart Jansen" in said.text
    assert "Chantal" not in said.text


async def test_not_shared_not_filled_in_and_not_there_look_alike(town):
    """Whatever a colleague who does not share fills in, my card is the same to the letter."""
    await plans(town, BART, "vandaag thuis")
    before = (await town.says("/vandaag")).text
    await plans(town, CHANTAL, "vandaag Stadskantoor balie", share=False)
    assert (await town.says("/vandaag")).text == before
    await town.says("/waar delen aan", CHANTAL, CHANNEL)
    assert "Chantal" in (await town.says("/vandaag")).text
    await town.says("/pauze 2 weken", CHANTAL)
    assert (await town.says("/vandaag")).text == before


async def test_only_of_teams_that_i_am_in(town):
    """Who shares with a team that I am not in, or left, is not on my card."""
    await plans(town, BART, "vandaag thuis")
    assert "Bart" in (await town.says("/vandaag")).text
    assert "Bart" not in (await town.says("/vandaag", DIRK)).text
    town.settle(CHANNEL, BART, CHANTAL)
    await town.tick(timedelta(hours=2))
    assert "Bart" not in (await town.says("/vandaag")).text


async def test_who_is_not_on_the_member_list_is_not_shown(town):
    """A choice to share that is left over from before somebody left shows nobody."""
    await plans(town, BART, "vandaag thuis")
    before = (await town.says("/vandaag")).text
    async with town.store.units.mirror(TENANT) as unit:
        day = [Change(slot, WorkLocation(Place.SITE, "s1")) for slot in whole_day(TODAY)]
        await unit.plans.put(DIRK.user_id, day, zone="Europe/Amsterdam")
        await unit.sharing.set(DIRK.user_id, TEAM_ID, True)
    assert (await town.says("/vandaag")).text == before


async def test_an_empty_board_says_how_to_be_the_first(town):
    await town.says("help", ANOUK, CHANNEL)
    said = await town.says("/vandaag")
    assert "staat er vandaag nog geen plek op het bord" in said.text
    assert "/waar delen aan" in said.text
    await plans(town, ANOUK, "vandaag thuis")
    assert "Wees de eerste" not in (await town.says("/vandaag")).text


async def test_looking_makes_no_row(town):
    """Nobody becomes known by looking, in their own chat or in a team, in whatever words."""
    for text, where in [("vandaag", None), ("/today", None), ("/vandaag", CHANNEL), ("/vandaag elke dag 7", GROUP)]:
        await town.says(text, ANOUK, where)
    assert await about(town, ANOUK) == set()


async def test_after_noon_the_card_offers_to_be_done(town):
    """In the morning it only says what to type: nobody silences a day that begins with a slip of the thumb."""
    await town.says("/waar vandaag thuis")
    said = await town.says("/vandaag")
    assert "· /klaar" in said.text
    assert not [one for one in said.buttons if one.verb == "done.now"]
    await town.tick(at(23, 14))
    said = await town.presses((await town.says("/vandaag")).button(verb="done.now"))
    assert said.text.startswith("Klaar voor vandaag")
    await town.says("/waar vandaag vrij")
    said = await town.says("/vandaag")
    assert "/klaar" not in said.text
    assert not [one for one in said.buttons if one.verb == "done.now"]


@pytest.mark.parametrize(
    ("locale", "words"), [("nl-NL", "vanochtend"), ("nl-BE", "deze voormiddag"), ("en-GB", "this morning")]
)
async def test_the_time_together_is_said_as_of_today(town, locale, words):
    await town.says("/team samen ma ochtend", ANOUK, CHANNEL)
    text = "/today" if locale == "en-GB" else "/vandaag"
    said = (await town.says(text, locale=locale)).text
    assert f": {words}\n" in said
    assert "★" in said


async def test_in_a_team_only_the_asker_gets_it(town):
    await plans(town, BART, "vandaag thuis")
    said = await town.says("/vandaag", ANOUK, CHANNEL)
    assert "Bart" in said.text
    assert not [one for one in town.heard(BART) if "Bart" in one.text]


async def test_the_weekend_and_a_day_off_are_left_in_peace(town):
    await plans(town, BART, "vandaag thuis")
    await town.says("/waar vandaag vrij")
    await town.says("/waar morgen Stadskantoor")
    said = await town.says("/vandaag")
    assert "Je werkt vandaag niet." in said.text
    assert "Morgen (dinsdag): Stadskantoor" in said.text
    assert "Bart" not in said.text
    await town.tick(at(28, 10))
    said = await town.says("/vandaag")
    assert "Het is weekend" in said.text
    assert "Maandag: nog niet ingevuld" in said.text


async def test_while_pausing_the_card_says_so_and_offers_no_sending(town):
    await plans(town, ANOUK, "vandaag thuis")
    await town.says("/pauze 2 weken")
    said = await town.says("/vandaag")
    assert "Niemand ziet dit nu" in said.text
    assert said.button(verb="start.show")
    assert not [one for one in said.buttons if one.verb == "today.daily"]
    assert "Ik stuur je nu niets" in (await town.says("/vandaag elke dag 8:30")).text


async def test_a_colleague_with_two_places_is_shown_with_the_other_one(town):
    await plans(town, BART, "vandaag ochtend Stadskantoor, middag bij een inwoner")
    assert "Stadskantoor: Bart Jansen (’s\u00a0middags: bij een inwoner)" in (await town.says("/vandaag")).text
    await town.says("/waar vandaag ochtend Stadskantoor, middag thuis")
    assert (
        "Stadskantoor (’s\u00a0ochtends): Bart Jansen (’s\u00a0middags: bij een inwoner)"
        in (await town.says("/vandaag")).text
    )


async def test_at_my_closed_site_nobody_is_with_me(town):
    await plans(town, BART, "vandaag Stadskantoor")
    await town.says("/waar vandaag Stadskantoor")
    await town.says("/kantoor dicht Stadskantoor vandaag")
    said = await town.says("/vandaag")
    assert "Op dezelfde plek" not in said.text
    assert "Ook daar gepland\n\n- Stadskantoor: Bart Jansen" in said.text
    assert "er niets op je" not in said.text


async def test_many_people_are_counted_by_place_and_the_board_names_them(town):
    crowd = [Who(f"Collega {n}", f"29:c{n}", f"cccccccc-0000-4000-8000-{n:012}") for n in range(23)]
    town.settle(CHANNEL, ANOUK, *crowd)
    await town.says("help", ANOUK, CHANNEL)
    async with town.store.units.mirror(TENANT) as unit:
        for who in crowd:
            day = [Change(slot, WorkLocation(Place.SITE, "s1")) for slot in whole_day(TODAY)]
            await unit.plans.put(who.user_id, day, zone="Europe/Amsterdam")
            await unit.sharing.set(who.user_id, TEAM_ID, True)
    said = await town.says("/vandaag")
    assert "- Stadskantoor: ongeveer 25 mensen" in said.text
    assert "Collega" not in said.text
    assert "Collega" in (await town.presses(said.button(verb="where.board"))).text


async def test_with_places_switched_off_it_says_so(town):
    await town.says("/beheer uit waar")
    said = await town.says("/vandaag", BART)
    assert said.card is None
    assert "uit" in said.text


async def test_what_a_look_costs(town):
    """Two teams, colleagues, a closed site and a counter: a handful of statements, no call but the answer."""
    await plans(town, BART, "vandaag thuis")
    await town.says("help", ANOUK, GROUP)
    await town.says("/balie ma middag 1 Stadskantoor", ANOUK, CHANNEL)
    await town.says("/waar vandaag Stadskantoor")
    await town.tick(at(23, 10, 30))
    await town.says("/vandaag")
    with counted(town.store) as sent:
        calls = len(town.teams.asked)
        await town.says("/vandaag")
    assert len(sent) <= 13, "\n".join(each[:80] for each in sent)
    assert len(town.teams.asked) - calls == 1
