"""`/today`: my day on one card, only of those who share it, when I ask or at the time I chose."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.commands.today import CARD, word
from bot.domain.days import whole_day
from bot.domain.places import Place, WorkLocation
from bot.domain.prompts import Prompt, PromptKind
from bot.domain.where.intents import Change
from bot.outgoing import Delivery, Receiver
from tests.canaries import everything
from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, DIRK, GROUP, TEAM_ID, TODAY, Button, Who, personal
from tests.fakes.botframework import TENANT
from tests.plugins.databases import counted

ZONE = ZoneInfo("Europe/Amsterdam")
CALM = "Er wacht niets op je"


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


async def plans(town, who, *sentences, share=True):
    """Somebody plans, and shares it with the team or not."""
    for sentence in sentences:
        await town.says(f"/waar {sentence}", who)
    if share:
        await town.says("/waar delen aan", who, CHANNEL)


def days_of(town, who=ANOUK):
    """The cards of a day that somebody was sent since the last word or tick."""
    return [said for said in town.heard(who) if said.text.startswith(("Vandaag\n", "Today\n"))]


async def about(town, who):
    """Every row about somebody, but for the member lists and the cards that are in their chat."""
    rows = await everything(town.store)
    skipped = {"roster_member", "sent_card"}
    return {
        name for name, found in rows.items() if name not in skipped and any(who.user_id in str(row) for row in found)
    }


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


async def test_what_is_not_filled_in_is_set_with_one_tap(town):
    said = await town.says("vandaag")
    assert "Waar werk je vandaag?" in said.text
    said = await town.presses(said.button(verb="where.set", title="Thuis"))
    assert await town.plan() == {f"{TODAY} {part}": "home" for part in ("morning", "afternoon")}
    assert not [one for one in said.buttons if one.verb == "where.set"]


async def test_who_chooses_a_place_stays_on_the_card_of_the_day(any_town):
    """With what was set, who sees it, and an undo that shows the same card, with its question, again."""
    town = any_town
    await plans(town, BART, "vandaag Stadskantoor")
    asked = await town.says("vandaag")
    said = await town.presses(asked.button(verb="where.set", title="Stadskantoor"))
    assert said.text.startswith("Vandaag\n\nMaandag 23 november\n\nGenoteerd\n\n- ma 23 nov: hele dag Stadskantoor")
    assert "Alleen jij ziet dit." in said.text
    assert said.button(verb="where.share")
    assert "Jouw plek: Stadskantoor" in said.text
    assert "Op dezelfde plek\n\n- Stadskantoor: Bart Jansen" in said.text
    assert "Bord van" not in said.text
    back = await town.presses(said.button(verb="where.undo"))
    assert back.text.startswith("Vandaag\n\nMaandag 23 november\n\nTeruggezet")
    assert "Waar werk je vandaag?" in back.text
    assert await town.plan() == {}
    await town.presses(back.button(verb="where.set", title="Thuis"))
    late = await town.presses(said.button(verb="where.undo"))  # of a card further up: what is newer stays
    assert "Wat je daarna nog wijzigde, laat ik staan." in late.text
    assert "Jouw plek: thuis" in late.text


async def test_who_shares_reads_on_the_card_who_sees_the_place(town):
    await plans(town, ANOUK, "morgen thuis")
    said = await town.presses((await town.says("vandaag")).button(verb="where.set", title="Thuis"))
    assert "Ook zichtbaar voor Wijkzaken." in said.text
    assert not [one for one in said.buttons if one.verb == "where.share"]


async def test_a_place_pressed_on_the_card_of_a_day_that_is_over_is_not_set(town):
    press = (await town.says("vandaag")).button(verb="where.set", title="Thuis")
    await town.tick(at(24, 1))
    said = await town.presses(press)
    assert "Vandaag\n" not in said.text
    assert await town.plan() == {}


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


async def test_only_the_half_that_is_open_is_asked_about_and_none_that_is_over(town):
    await town.says("/waar vandaag ochtend thuis")
    said = await town.says("/vandaag")
    assert "En waar ben je ’s\u00a0middags?" in said.text
    await town.presses(said.button(verb="where.set", title="Stadskantoor"))
    assert await town.plan() == {f"{TODAY} morning": "home", f"{TODAY} afternoon": "site s1"}
    await town.says("/waar vandaag leeg")
    await town.tick(at(23, 14))
    said = await town.says("/vandaag")
    assert "Waar werk je vanmiddag?" in said.text
    await town.tick(at(23, 18, 30))
    assert not [one for one in (await town.says("/vandaag")).buttons if one.verb == "where.set"]


async def test_in_a_team_only_the_asker_gets_it(town):
    await plans(town, BART, "vandaag thuis")
    said = await town.says("/vandaag", ANOUK, CHANNEL)
    assert "Bart" in said.text
    assert not [one for one in town.heard(BART) if "Bart" in one.text]


async def test_other_words_behind_it_are_about_the_plan(town):
    """ "vandaag thuis" was never a question for one's day; it is asked about, and nothing is set by itself."""
    for text in ("vandaag thuis", "/vandaag thuis"):
        said = await town.says(text)
        assert "Bedoel je dit?" in said.text
        assert said.button(verb="where.set")
    assert await town.plan() == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/vandaag elke dag half", "hoe laat"),
        ("/vandaag elke dag 7:00", "tussen 8 en 17 uur"),
        ("/vandaag 23:00", "tussen 8 en 17 uur"),
        ("vandaag 8:30", "Wil je deze kaart op elke dag dat je werkt?"),
        ("/vandaag maandag 8:30", "Wil je deze kaart op elke dag dat je werkt?"),
        ("/vandaag hoe laat", "Wil je deze kaart op elke dag dat je werkt?"),
    ],
)
async def test_what_cannot_be_sent_is_explained_and_keeps_nothing(town, text, words):
    """In a sentence that says what to type, on the card that was asked for anyway."""
    said = await town.says(text)
    assert words in said.text
    assert ": /vandaag elke dag 8:30\n" in said.text
    assert await about(town, ANOUK) == set()


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
    assert "zoekt nog hulp aan de balie van Stadskantoor: vanmiddag." in said.text
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
    assert "zoekt nog hulp aan de balie: vanochtend." in said.text
    assert "zoekt" not in (await town.says("/vandaag", DIRK)).text
    await plans(town, CHANTAL, "vandaag ochtend stadskantoor balie")
    assert "zoekt" not in (await town.says("/vandaag", CHANTAL)).text
    assert "zoekt" not in (await town.says("/vandaag", BART)).text


async def test_help_at_a_closed_site_waits_for_nobody(town):
    await town.says("/balie ma middag 1 Stadskantoor", ANOUK, CHANNEL)
    await town.tick(at(23, 10, 30))
    await town.says("/kantoor dicht Stadskantoor vandaag")
    assert "zoekt" not in (await town.says("/vandaag", BART)).text


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


async def test_it_comes_each_working_day_at_the_time_i_chose_until_i_switch_it_off(any_town):
    """Typed on and off; Tuesday and Wednesday once each, not on the Thursday off, and no more after that."""
    town = any_town
    await plans(town, BART, "morgen thuis")
    said = await town.says("/vandaag elke dag 8:30")
    assert "De eerste komt op dinsdag 24 november." in said.text
    await town.says("/waar do vrij")
    found = []
    for day in (24, 25, 26, 27):
        for hour, minute in ((8, 29), (8, 30), (8, 31), (12, 30)):
            await town.tick(at(day, hour, minute))
            found += [(day, hour, minute) for _ in days_of(town)]
        if day == 24:
            assert found == [(24, 8, 30)]
        if day == 26:
            assert "Je krijgt je dag niet meer" in (await town.says("/vandaag uit")).text
    assert found == [(24, 8, 30), (25, 8, 30)]
    assert not [row for row in (await everything(town.store))["prompt"] if row["user_id"] == ANOUK.user_id]


async def test_the_card_that_comes_is_worded_when_it_comes(town):
    """With the places of that morning, in my language then, for me alone, and with the button to stop it."""
    await plans(town, BART, "morgen thuis")
    await town.says("/vandaag elke dag 9 uur")
    await plans(town, BART, "morgen Stadskantoor")
    await town.says("/waar morgen Stadskantoor")
    await town.says("/language en")
    await town.tick(at(24, 9))
    (card,) = days_of(town)
    assert "With you\n\n- Stadskantoor: Bart Jansen" in card.text
    assert days_of(town, BART) == []
    off = await town.presses(card.button(verb="today.off"))
    assert "I no longer send you your day" in off.text
    await town.tick(at(25, 9))
    assert days_of(town) == []


async def test_the_card_goes_in_the_night_after_its_day(town):
    """Asked for or sent by itself: at three it is replaced, for it says where people were."""
    await plans(town, BART, "vandaag Stadskantoor", "morgen Stadskantoor")
    await town.says("/vandaag elke dag 8:30")
    await town.says("/vandaag")
    assert "Stadskantoor: Bart" in town.screen()
    await town.tick(at(24, 3, 1))
    assert "Stadskantoor: Bart" not in town.screen()
    await town.tick(at(24, 8, 30))
    assert "Stadskantoor: Bart" in town.screen()
    await town.tick(at(25, 3, 1))
    assert "Stadskantoor: Bart" not in town.screen()


async def test_every_day_without_a_time_keeps_the_one_i_chose(town):
    await town.says("/vandaag elke dag om half tien")
    assert "9:30" in (await town.says("/vandaag elke dag")).text
    await town.says("/vandaag uit")
    assert "8:30" in (await town.says("/vandaag elke dag")).text


@pytest.mark.parametrize("text", ["/vandaag 9:15", "/today at 9:15", "/vandaag stuur me dit om kwart over negen aub"])
async def test_a_time_behind_the_slash_is_when_it_comes(town, text):
    said = await town.says(text)
    assert "9:15" in said.text
    assert said.button(verb="today.off")
    await town.tick(at(24, 9, 15))
    assert len(days_of(town)) == 1


async def test_switching_it_on_and_off_with_buttons(town):
    said = await town.says("/vandaag")
    on = await town.presses(said.button(verb="today.daily"))
    assert "om 8:30 uur" in on.text
    off = await town.presses(on.button(verb="today.off"))
    assert "niet meer" in off.text
    again = await town.presses(off.button(verb="today.daily"))
    assert "Vandaag\n" in (await town.presses(again.button(verb="today.show"))).text
    await town.tick(at(24, 8, 30))
    assert len(days_of(town)) == 1


@pytest.mark.parametrize("last", ["/waar morgen vrij", "/stop", "/pauze 3 dagen", "/vergeet", "/beheer uit waar"])
async def test_nothing_comes_where_nothing_is_to_come(town, last):
    await town.says("/vandaag elke dag 8:30")
    await town.says(last)
    await town.tick(at(24, 8, 30))
    assert days_of(town) == []


async def test_a_day_off_that_was_said_after_it_was_due_gets_none(town):
    """It waits for my working time; by then the day it was for is over, and it is not sent on another one."""
    await town.says("/vandaag elke dag 8:30")
    async with town.store.units.mirror(TENANT) as unit:
        await unit.deliveries.add(CARD, "2026-11-23", user_id=ANOUK.user_id, due_at=at(24, 8, 15))
    await town.tick(at(24, 8, 15))
    assert days_of(town) == []
    await town.tick(at(24, 8, 30))
    assert len(days_of(town)) == 1


async def test_it_is_worded_only_for_who_works_that_day_and_still_wants_it(town):
    """Asked at the last moment, when all may be different from what it was when it was put in the queue."""
    await town.says("/vandaag elke dag 8:30")
    async with town.store.units.read(TENANT) as unit:
        person = await unit.people.get(ANOUK.user_id)
    receiver = Receiver("nl", "NL", "Europe/Amsterdam", TODAY, person)
    card = Delivery(TENANT, "d1", CARD, TODAY.isoformat(), at(23, 8), ANOUK.user_id)
    assert await word(card, receiver, town.services)
    assert await word(replace(card, subject="2026-11-22"), receiver, town.services) is None
    assert await word(card, replace(receiver, person=None), town.services) is None
    await town.says("/waar vandaag vrij")
    assert await word(card, receiver, town.services) is None
    await town.says("/waar vandaag thuis")
    await town.says("/vandaag uit")
    assert await word(card, receiver, town.services) is None


async def test_who_begins_in_the_afternoon_gets_it_then(town):
    await town.says("/vandaag elke dag 8:30")
    await town.says("/waar morgen ochtend vrij, middag thuis")
    await town.tick(at(24, 8, 30))
    assert days_of(town) == []
    await town.tick(at(24, 12, 30))
    assert len(days_of(town)) == 1


async def test_with_places_switched_off_it_says_so(town):
    await town.says("/beheer uit waar")
    said = await town.says("/vandaag", BART)
    assert said.card is None
    assert "uit" in said.text


async def test_asked_for_twice_it_is_kept_once_and_told_as_it_is(any_town):
    """Delivered again after it was switched off: it stays off, and the answer says so."""
    town = any_town
    activity = town.client.activity("message", ANOUK, personal(ANOUK), text="/vandaag elke dag 9:00")
    await town.client.post(activity)
    await town.says("/vandaag uit")
    await town.client.post(activity)
    assert "niet meer" in town.heard()[-1].text
    assert (await everything(town.store))["prompt"] == []


@pytest.mark.parametrize("data", [{}, {"minute": 3}, {"minute": "510"}, {"minute": True}])
async def test_a_button_that_is_none_of_ours_keeps_nothing(town, data):
    said = await town.presses(Button("", "today.daily", data))
    assert "oud" in said.text.casefold() or "niet meer" in said.text
    assert await about(town, ANOUK) == set()


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
