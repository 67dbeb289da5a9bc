"""`/done`: my next place, silence until then, and nothing kept of when I stopped."""

import pytest

from tests.canaries import everything
from tests.conversations.november import ZONE, at
from tests.conversations.today_steps import about
from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, TODAY, Button, personal
from tests.plugins.databases import counted

SILENT = "Ik stuur je vandaag niets meer."
CLOSED = "Stadskantoor is dicht"


async def quiet_days(town):
    return (await everything(town.store))["quiet_day"]


async def close(town, *days):
    """An administrator closes the site where Bart planned to be: he is to be told."""
    for day in days:
        await town.says(f"/kantoor dicht Stadskantoor {day}")
    await town.work_off()


def told(town, who=BART):
    return [said for said in town.heard(who) if CLOSED in said.text]


async def test_what_comes_up_waits_until_i_work_again(any_town):
    """Silent from the word on, through the evening; at eight the next morning what waited comes."""
    town = any_town
    await town.says("/waar vrijdag Stadskantoor", BART)
    assert SILENT in (await town.says("/klaar", BART)).text
    await close(town, "vr")
    assert told(town) == []
    for hour, minute in ((10, 1), (14, 0), (17, 59), (21, 0)):
        await town.tick(at(23, hour, minute))
        assert told(town) == []
    await town.tick(at(24, 7, 59))
    assert told(town) == []
    await town.tick(at(24, 8))
    assert len(told(town)) == 1


async def test_without_it_the_message_comes_at_once(any_town):
    await any_town.says("/waar vrijdag Stadskantoor", BART)
    await close(any_town, "vr")
    assert len(told(any_town)) == 1


@pytest.mark.parametrize("pressed", [True, False])
async def test_staying_a_little_longer_lets_messages_come_again(town, pressed):
    await town.says("/waar vrijdag Stadskantoor", BART)
    said = await town.says("/klaar", BART)
    back = said.button(verb="done.undo")
    said = await (town.presses(back, BART) if pressed else town.says("/klaar toch nog even", BART))
    assert "Ik mag je vandaag weer berichten sturen" in said.text
    assert await quiet_days(town) == []
    await close(town, "vr")
    assert len(told(town)) == 1
    assert SILENT in (await town.presses(said.button(verb="done.now"), BART)).text


async def test_it_is_quiet_for_me_alone(town):
    for who in (BART, CHANTAL):
        await town.says("/waar vrijdag Stadskantoor", who)
    await town.says("/klaar", BART)
    await close(town, "vr")
    assert (len(told(town)), len(told(town, CHANTAL))) == (0, 1)


async def test_only_a_date_is_kept_and_it_is_gone_at_three(any_town):
    """A person, a day and its zone: no time, nothing that says when or how often somebody stopped."""
    town = any_town
    await town.says("/waar morgen thuis", BART)
    await town.tick(at(23, 16, 47))
    for _ in range(3):
        await town.says("/klaar", BART)
    (row,) = await quiet_days(town)
    assert {name: str(value) for name, value in row.items() if name not in ("tenant", "user_id")} == {
        "day": "2026-11-23",
        "zone": "Europe/Amsterdam",
    }
    before = {
        name for name, rows in (await everything(town.store)).items() if "16:47" in str(rows) or "15:47" in str(rows)
    }
    assert before <= {"seen_activity", "sent_card", "heartbeat", "roster"}
    await town.tick(at(24, 2, 59))
    assert len(await quiet_days(town)) == 1
    await town.tick(at(24, 3, 1))
    assert await quiet_days(town) == []


async def test_of_somebody_that_samen_does_not_know_nothing_is_kept(town):
    for text, where in [("/klaar", None), ("/done", CHANNEL), ("klaar", None), ("/klaar toch niet", None)]:
        said = await town.says(text, ANOUK, where)
        assert SILENT not in said.text
    await town.presses(said.button(verb="done.now"))
    assert await about(town, ANOUK) == set()


async def test_a_bare_word_asks_first(town):
    """ "Klaar!" is said too easily: nothing is silenced until the button is pressed, or the slash typed."""
    await town.says("/waar morgen thuis")
    for text in ("klaar", "Klaar!", "tot morgen", "done for today"):
        said = await town.says(text)
        assert SILENT not in said.text
    assert await quiet_days(town) == []
    assert "I send you nothing more today." in (await town.presses(said.button(verb="done.now"))).text
    assert len(await quiet_days(town)) == 1


async def test_other_words_change_nothing(town):
    await town.says("/waar morgen thuis")
    assert "De andere woorden begreep ik niet" in (await town.says("/klaar met vergaderen")).text
    await town.says("klaar met vergaderen")
    assert await quiet_days(town) == []


async def test_the_next_working_day_is_called_by_its_day(town):
    await town.says("/waar di ochtend thuis, di middag Stadskantoor")
    said = await town.says("/klaar")
    assert "Morgen (dinsdag): ’s\u00a0ochtends thuis, ’s\u00a0middags Stadskantoor" in said.text
    await town.says("/waar di t/m vr vrij")
    assert "Maandag 30 november: nog niet ingevuld" in (await town.says("/klaar")).text
    await town.says("/waar patroon ma t/m vr vrij")
    assert "De komende twee weken werk je niet." in (await town.says("/klaar")).text


async def test_tomorrow_is_filled_in_with_one_tap(town):
    await town.says("/waar di ochtend thuis")
    said = await town.says("/klaar")
    assert "En waar ben je ’s\u00a0middags?" in said.text
    said = await town.presses(said.button(verb="where.set", title="Stadskantoor"))
    assert await town.plan() == {"2026-11-24 morning": "home", "2026-11-24 afternoon": "site s1"}
    assert not [one for one in said.buttons if one.verb == "where.set"]


@pytest.mark.parametrize("silent", [True, False])
async def test_who_chooses_tomorrows_place_stays_on_the_card(town, silent):
    """Still as silent as before, with what was set and an undo that shows the same card again; nothing more is kept."""
    if silent:
        await town.says("/waar vr thuis")
    asked = await town.says("/klaar")
    said = await town.presses(asked.button(verb="where.set", title="Thuis"))
    assert said.text.startswith("Klaar voor vandaag\n\nGenoteerd\n\n- di 24 nov: hele dag thuis")
    assert "Morgen (dinsdag): thuis" in said.text
    assert (SILENT in said.text) is silent
    said = await town.presses(said.button(verb="where.undo"))
    assert said.text.startswith("Klaar voor vandaag\n\nTeruggezet")
    assert "Waar ben je dan?" in said.text
    assert len(await quiet_days(town)) == silent


async def test_on_the_morning_after_a_place_is_set_on_the_card_of_that_day(town):
    """The evening's card stays until somebody chooses on it; by then it is their day that begins, not one that ends."""
    asked = await town.says("/klaar")
    await town.tick(at(24, 8, 10))
    said = await town.presses(asked.button(verb="where.set", title="Thuis"))
    assert said.text.startswith("Vandaag\n\nDinsdag 24 november")
    assert "Jouw plek: thuis" in said.text


async def test_after_midnight_a_place_is_set_on_the_card_of_the_evening(town):
    await town.tick(at(24, 0, 20))
    said = await town.presses((await town.says("/klaar")).button(verb="where.set", title="Thuis"))
    assert said.text.startswith("Klaar voor vandaag")
    assert "Morgen (dinsdag): thuis" in said.text


async def test_it_says_first_what_yes_will_do(town):
    """A newcomer has nothing to silence, nor whoever pauses; without places there is no next one to show."""
    assert "Dan laat ik je volgende werkdag zien.\n" in (await town.says("klaar", BART)).text
    await town.says("/waar di thuis", BART)
    assert "volgende werkdag zien, en stuur ik je vandaag niets meer." in (await town.says("klaar", BART)).text
    await town.says("/pauze 2 weken", BART)
    said = await town.says("klaar", BART)
    assert "Dan laat ik je volgende werkdag zien.\n" in said.text
    assert "Ik stuur je nu niets" in said.text
    await town.says("/beheer uit waar")
    assert "dan verandert er niets" in (await town.says("klaar", BART)).text
    await town.says("/start", BART)
    await town.says("hoi", CHANTAL)
    assert "Dan stuur ik je vandaag niets meer." in (await town.says("klaar", BART)).text


async def test_nobody_else_sees_it(town):
    """The board, the week, who is where and how to reach somebody: the same to the letter, done or not."""
    await town.says("/waar vandaag Stadskantoor", BART)
    await town.says("/waar delen aan", BART, CHANNEL)
    await town.says("/bereik gewoon chat binnen 1 uur", BART)
    await town.says("/bereik delen aan", BART, CHANNEL)
    asked = ("/waar bord", "/waar week", "/wie Stadskantoor", "/bereik Bart", "/vandaag")
    before = [(await town.says(text, CHANTAL)).text for text in asked]
    await town.says("/klaar", BART)
    assert [(await town.says(text, CHANTAL)).text for text in asked] == before


async def test_in_a_team_nobody_reads_the_answer(town):
    await town.says("/waar morgen thuis")
    said = await town.says("/klaar", ANOUK, CHANNEL)
    assert SILENT in said.text
    assert not [one for one in town.heard(BART) if SILENT in one.text or "thuis" in one.text]


async def test_a_button_of_the_day_before_is_old(town):
    await town.says("/waar morgen thuis")
    back = (await town.says("/klaar")).button(verb="done.undo")
    await town.tick(at(24, 9))
    await town.says("/klaar")
    await town.presses(back)
    for data in ({}, {"day": 3}, {"day": "2026-11-25"}):
        await town.presses(Button("", "done.undo", data))
    assert [str(row["day"]) for row in await quiet_days(town)] == ["2026-11-24"]


async def test_delivered_twice_it_is_told_as_it_is(any_town):
    """Nothing is kept to tell it by: after it was taken back, the second one silences again, and says so."""
    town = any_town
    await town.says("/waar morgen thuis")
    activity = town.client.activity("message", ANOUK, personal(ANOUK), text="/klaar")
    await town.client.post(activity)
    await town.says("/klaar toch nog even")
    assert await quiet_days(town) == []
    for _ in range(2):
        await town.client.post(activity)
        assert SILENT in town.heard()[-1].text
        assert len(await quiet_days(town)) == 1


async def test_no_handled_message_says_when_somebody_stopped(any_town):
    """Somebody's own chat, the day that is quiet and the messages handled there, put together."""
    town = any_town
    await town.says("/waar vrijdag Stadskantoor", BART)
    await town.tick(at(23, 16, 47))
    said = await town.says("/klaar", BART)
    await town.presses(said.button(verb="done.undo"), BART)
    await town.says("/klaar", BART)
    handled = (await everything(town.store))["seen_activity"]
    assert {row["seen_at"].astimezone(ZONE).hour for row in handled} == {10}


async def test_after_midnight_it_is_the_evening_that_ends(any_town):
    """The council meets until twenty past midnight: tomorrow is the Tuesday that has begun, and quiet until it works."""
    town = any_town
    await town.says("/waar di Stadskantoor, vr Stadskantoor", BART)
    await town.tick(at(24, 0, 20))
    said = await town.says("/klaar", BART)
    assert SILENT in said.text
    assert "Morgen (dinsdag): Stadskantoor" in said.text
    assert [str(row["day"]) for row in await quiet_days(town)] == ["2026-11-23"]
    back = said.button(verb="done.undo")
    await town.presses(back, BART)
    assert await quiet_days(town) == []
    await town.says("/klaar", BART)
    await close(town, "vr")
    for hour, minute, messages in ((2, 59, 0), (7, 59, 0), (8, 0, 1)):
        await town.tick(at(24, hour, minute))
        assert len(told(town)) == messages
    await town.tick(at(24, 9))
    await town.says("/klaar", BART)
    await town.presses(back, BART)
    assert [str(row["day"]) for row in await quiet_days(town)] == ["2026-11-24"]


async def test_from_three_on_it_is_the_new_day(town):
    await town.says("/waar di Stadskantoor, wo thuis", BART)
    await town.tick(at(24, 3))
    assert "Morgen (woensdag): thuis" in (await town.says("/klaar", BART)).text


@pytest.mark.parametrize("word", ["/pauze 2 weken", "/stop"])
async def test_whoever_gets_nothing_anyway_has_nothing_silenced(town, word):
    await town.says("/waar morgen thuis")
    await town.says(word)
    said = await town.says("/klaar")
    assert "Niemand ziet dit nu" in said.text
    assert SILENT not in said.text
    assert await quiet_days(town) == []


async def test_not_now_to_the_first_card_stays_all_that_is_kept(town):
    """Somebody of whom only that is kept gets no messages, so nothing more becomes known of them."""
    await town.presses(Button("", "start.later", {}))
    await town.says("/klaar")
    (person,) = [row for row in (await everything(town.store))["person"] if row["user_id"] == ANOUK.user_id]
    assert person["channel_user_id"] is None
    assert await quiet_days(town) == []


async def test_i_see_it_take_it_along_and_have_it_forgotten(town):
    await town.says("/waar morgen thuis")
    await town.says("/klaar")
    assert "dagen waarop je geen berichten meer wilt" in (await town.says("/privacy")).text.casefold()
    assert str(TODAY) in (await town.says("/mijngegevens")).text or "23 nov" in town.screen()
    await town.says("/vergeet")
    assert await about(town, ANOUK) == set()


async def test_with_places_switched_off_it_still_silences(town):
    await town.says("/waar morgen thuis", BART)
    await town.says("/beheer uit waar")
    said = await town.says("/klaar", BART)
    assert SILENT in said.text
    assert "thuis" not in said.text
    assert {one.verb for one in said.buttons} == {"done.undo"}


async def test_the_kind_sentence_is_not_the_same_every_day(town):
    await town.says("/waar patroon ma t/m vr thuis")
    heard = []
    for day in range(23, 28):
        await town.tick(at(day, 16))
        heard += {(await town.says("/klaar")).text.split("\n\n")[1] for _ in range(2)}
    assert len(heard) == len(set(heard)) == 5
    assert not [one for one in heard if "!" in one]


async def test_what_it_costs(any_town):
    await any_town.says("/waar morgen thuis")
    with counted(any_town.store) as sent:
        await any_town.says("/klaar")
    assert len(sent) <= 7, "\n".join(each[:80] for each in sent)
