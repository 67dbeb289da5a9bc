"""`/today` every day: it comes at the time that somebody chose, and where there is something to come."""

from dataclasses import replace

import pytest

from bot.commands.today import CARD, word
from bot.outgoing import Delivery, Receiver
from tests.canaries import everything
from tests.conversations.november import at
from tests.conversations.today_steps import about, days_of, plans
from tests.conversations.town import ANOUK, BART, TODAY, Button, personal
from tests.fakes.botframework import TENANT
from tests.plugins.databases import counted


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/vandaag elke dag half", "hoe laat"),
        ("/vandaag elke dag 7:00", "tussen 8 en 17 uur"),
        ("/vandaag 23:00", "tussen 8 en 17 uur"),
        ("vandaag 8:30", "Wil je deze kaart elke werkdag krijgen?"),
        ("/vandaag maandag 8:30", "Wil je deze kaart elke werkdag krijgen?"),
        ("/vandaag dagelijks maandag 8:30", "Wil je deze kaart elke werkdag krijgen?"),
        ("/vandaag hoe laat", "Wil je deze kaart elke werkdag krijgen?"),
    ],
)
async def test_what_cannot_be_sent_is_explained_and_keeps_nothing(town, text, words):
    """In a sentence that says what to type, on the card that was asked for anyway."""
    said = await town.says(text)
    assert words in said.text
    assert ": /vandaag elke dag 8:30\n" in said.text
    assert await about(town, ANOUK) == set()


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


async def test_my_teams_are_looked_up_once_for_it(town):
    """Along with whom it is for, as where somebody asks; and a colleague who shares stands on it."""
    await plans(town, BART, "vandaag thuis")
    await town.says("/vandaag elke dag 8:30")
    async with town.store.units.read(TENANT) as unit:
        receiver = Receiver("nl", "NL", "Europe/Amsterdam", TODAY, await unit.people.get(ANOUK.user_id))
    with counted(town.store) as sent:
        view = await word(
            Delivery(TENANT, "d1", CARD, TODAY.isoformat(), at(23, 8), ANOUK.user_id), receiver, town.services
        )
    assert view
    assert [who.name for at_place in view.others for who in at_place.people] == ["Bart Jansen"]
    assert sum(".asleep_since IS NULL" in statement for statement in sent) == 1


async def test_who_begins_in_the_afternoon_gets_it_then(town):
    await town.says("/vandaag elke dag 8:30")
    await town.says("/waar morgen ochtend vrij, middag thuis")
    await town.tick(at(24, 8, 30))
    assert days_of(town) == []
    await town.tick(at(24, 12, 30))
    assert len(days_of(town)) == 1


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
