"""`/today`: what waits for me, and for nobody else."""

from bot.domain.prompts import Prompt, PromptKind
from tests.conversations.november import at
from tests.conversations.today_steps import plans
from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, DIRK, TEAM_ID, TODAY
from tests.fakes.botframework import TENANT


async def test_a_closed_site_waits_for_me_today_and_later(town):
    await town.says("/waar vandaag Stadskantoor", BART)
    await town.says("/waar donderdag Stadskantoor", BART)
    await town.says("/kantoor dicht Stadskantoor vandaag")
    await town.says("/kantoor dicht Stadskantoor do")
    said = await town.says("/vandaag", BART)
    first, _, later = said.text.replace("\u00a0", " ").partition("Dit wacht op je")
    assert "Stadskantoor is dicht op ma 23 nov" in first
    assert "Stadskantoor is dicht op do 26 nov" in later
    away = said.button(verb="where.set", title="Thuis", parts=[f"{TODAY}.m.home..", f"{TODAY}.a.home.."])
    await town.presses(away, BART)
    assert "ma 23 nov" not in (await town.says("/vandaag", BART)).text.replace("\u00a0", " ")


async def test_what_my_team_was_asked_about_its_counter_waits_for_who_could_go(town):
    await town.says("/balie ma middag 1 Stadskantoor", ANOUK, CHANNEL)
    assert "Verder wacht er niets op je" in (await town.says("/vandaag", BART)).text
    await town.tick(at(23, 10, 30))
    said = await town.says("/vandaag", BART)
    assert "zoekt vanmiddag nog hulp aan de balie van Stadskantoor." in said.text
    await town.says("/waar vandaag vrij", CHANTAL)
    assert "zoekt" not in (await town.says("/vandaag", CHANTAL)).text
    await town.presses(said.button(verb="counter.help", team=TEAM_ID), BART)
    assert (await town.plan(BART))[f"{TODAY} afternoon"] == "site s1 counter"
    assert "zoekt" not in (await town.says("/vandaag", BART)).text


async def test_that_it_is_busy_waits_for_who_could_go_until_somebody_is_there(town):
    await town.tick(at(23, 10, 5))
    await town.says("/balie druk", ANOUK, CHANNEL)
    await town.work_off()
    said = await town.says("/vandaag", BART)
    assert "zoekt vanochtend nog hulp aan de balie." in said.text
    assert "zoekt" not in (await town.says("/vandaag", DIRK)).text
    await plans(town, CHANTAL, "vandaag ochtend stadskantoor balie")
    assert "zoekt" not in (await town.says("/vandaag", CHANTAL)).text
    assert "zoekt" not in (await town.says("/vandaag", BART)).text


async def test_help_at_a_closed_site_waits_for_nobody(town):
    await town.says("/balie ma middag 1 Stadskantoor", ANOUK, CHANNEL)
    await town.tick(at(23, 10, 30))
    await town.says("/kantoor dicht Stadskantoor vandaag")
    assert "zoekt" not in (await town.says("/vandaag", BART)).text


async def test_a_need_that_nobody_was_asked_about_is_not_spoken_of(town):
    """Only what the team itself read: a card of one's own tells nothing of how it is staffed."""
    await town.tick(at(23, 7, 30))
    await town.says("/balie ma middag 1 Stadskantoor", ANOUK, CHANNEL)
    assert "zoekt" not in (await town.says("/vandaag", BART)).text


async def test_next_week_waits_only_for_who_asked_to_be_asked(town):
    await town.says("/waar volgende week thuis", CHANTAL)
    await town.says("/waar vandaag thuis", BART)
    async with town.store.units.mirror(TENANT) as unit:
        for who in (BART, CHANTAL):
            weekly = Prompt(PromptKind.WEEK, 4, 840, "Europe/Amsterdam")
            await unit.prompts.put(who.user_id, weekly, at(27, 14), TODAY)
    await town.tick(at(25, 9))
    assert "volgende week" not in (await town.says("/vandaag", BART)).text
    await town.tick(at(26, 9))
    said = await town.says("/vandaag", BART)
    assert "Nog niet ingevuld voor volgende week: maandag, dinsdag, woensdag, donderdag en vrijdag." in said.text
    assert said.button(verb="where.plan", title="Mijn plan")
    for who in (ANOUK, CHANTAL):
        assert "volgende week" not in (await town.says("/vandaag", who)).text
