"""What people say and press in the Playground, and what each of them gets to see; no browser."""

from datetime import timedelta
from typing import Any

import pytest

from tests.end_to_end.days import next_monday
from tests.end_to_end.playground import CHANNEL, GROUP, PEOPLE, PERSONAL, Playground, Seen
from tests.end_to_end.words import dutch, kind

pytestmark = pytest.mark.playground

ANNEKE, JORIS, FATIMA = (PEOPLE[name]["name"] for name in ("Anneke", "Joris", "Fatima"))


async def board_for(teams: Playground, who: str, conversation: str, text: str) -> str:
    """Asks in a group or channel and gives what came to the asker alone, in words."""
    screens, lines = len(teams.seen), len(teams.log)
    await teams.say(text, conversation, who)
    if who == "Anneke":
        alone = [new for new in teams.seen[screens:] if new.conversation == PERSONAL]
    else:
        alone = list(teams.off_screen(lines))
    assert len(alone) == 1
    return alone[0].words


def button_saying(message: Seen, words: str) -> dict[str, Any]:
    return next(press for press in message.presses() if press["title"] == words)


def place_on(plan: Seen, slot: str) -> str:
    """What a part of a day on the plan card says, as a screen reader reads it."""
    return str(plan.button("where.plan", slot=slot)["title"])


async def test_a_week_is_planned_by_a_sentence_and_by_buttons(teams):
    monday = next_monday()
    tuesday, thursday = monday + timedelta(days=1), monday + timedelta(days=3)
    said = await teams.ask("/waar volgende week ma t/m wo stadskantoor")
    assert dutch("Noted") in said.words
    assert "Stadskantoor" in said.words

    plan = await teams.press(said, button_saying(said, dutch("My plan")))
    assert place_on(plan, f"{tuesday}.m").endswith(": Stadskantoor")
    empty = place_on(plan, f"{thursday}.a")
    opened = await teams.press(plan, plan.button("where.plan", slot=f"{thursday}.a"))
    counter = await teams.press(opened, opened.button("where.plan", slot=f"{thursday}.a", kind="counter"))
    north = button_saying(counter, "Wijkpost Noord")
    chosen = await teams.press(counter, north)
    assert "Wijkpost Noord (" in place_on(chosen, f"{thursday}.a")
    assert "Wijkpost Noord" not in place_on(chosen, f"{thursday}.m")

    undone = await teams.press(chosen, chosen.button("where.undo"))
    assert place_on(undone, f"{thursday}.a") == empty
    await teams.press(undone, north)
    later = await teams.ask("/waar plan")
    assert place_on(later, f"{tuesday}.a").endswith(": Stadskantoor")
    assert "Wijkpost Noord (" in place_on(later, f"{thursday}.a")


async def test_two_people_see_each_other_on_one_board_once_they_show_themselves(teams):
    async def anneke() -> str:
        return await board_for(teams, "Anneke", CHANNEL, "waar bord morgen")

    async def joris() -> str:
        return await board_for(teams, "Joris", CHANNEL, "waar bord morgen")

    await board_for(teams, "Joris", CHANNEL, "waar delen uit")
    await board_for(teams, "Joris", CHANNEL, "waar morgen bibliotheek leren")
    mine = await teams.ask("waar morgen thuis", CHANNEL)
    assert JORIS not in await anneke()
    assert ANNEKE not in await joris()

    await teams.press(mine, mine.button("where.share", on=True))
    assert ANNEKE in await joris()
    assert JORIS not in await anneke()
    await board_for(teams, "Joris", CHANNEL, "waar delen aan")
    board = await anneke()
    assert JORIS in board
    assert kind("learning") in board

    await board_for(teams, "Anneke", CHANNEL, "waar delen uit")
    assert ANNEKE not in await joris()


async def test_what_one_asks_in_a_group_only_that_one_is_answered(teams):
    for who in ("Joris", "Fatima"):
        await board_for(teams, who, GROUP, "waar delen aan")
        await board_for(teams, who, GROUP, "waar vandaag onderweg")
    screens, lines = len(teams.seen), len(teams.log)
    await teams.say("waar", GROUP)

    alone = [new for new in teams.seen[screens:] if new.conversation == PERSONAL]
    openly = [new for new in teams.seen[screens:] if new.conversation == GROUP]
    assert len(alone) == len(openly) == 1
    assert JORIS in alone[0].words
    assert FATIMA in alone[0].words
    assert_says_nothing(openly[0], ANNEKE)
    assert list(teams.off_screen(lines)) == []  # nothing to anybody else's own chat
    assert {new.conversation for new in teams.seen[screens:]} == {PERSONAL, GROUP}


async def test_somebody_else_listens_and_hears_only_that_there_was_an_answer(teams):
    """Listening as Anneke, whose screen this is, to what Joris and Fatima ask."""
    screens, lines = len(teams.seen), len(teams.log)
    await teams.say("waar morgen bibliotheek", GROUP, "Joris")
    await teams.say("waar", GROUP, "Fatima")
    heard = teams.seen[screens:]
    assert {new.conversation for new in heard} == {GROUP}
    for new, name in zip(heard, (JORIS, FATIMA), strict=True):
        assert_says_nothing(new, name)
    to_joris, to_fatima = teams.off_screen(lines)
    assert "Bibliotheek" in to_joris.words
    assert to_fatima.card


def assert_says_nothing(notice: Seen, name: str) -> None:
    """One line that an answer was sent, to whom, and not a word of it."""
    assert notice.card is None
    assert notice.text == dutch("{name}, the answer is in your own chat with me.", name=name)


async def test_each_is_answered_in_the_language_they_typed_or_chose(teams):
    assert dutch("Noted") in (await teams.ask("/waar morgen onderweg")).words
    english = await teams.ask("/where tomorrow walking")
    assert "Noted" in english.words
    assert "My plan" in (await teams.press(english, button_saying(english, "My plan"))).words

    await teams.ask("/taal en")
    assert "Noted" in (await teams.ask("/waar morgen thuis")).words
    await teams.ask("/language nl")
    assert dutch("Noted") in (await teams.ask("/where tomorrow walking")).words
    assert "Board of" in await board_for(teams, "Joris", CHANNEL, "where")


async def test_an_address_goes_nowhere(teams):
    screens, lines = len(teams.seen), len(teams.log)
    refused = await teams.ask("/waar morgen Dorpsstraat 12")
    assert dutch("Noted") not in refused.words
    assert refused.card
    sent = [*(new.words for new in teams.seen[screens:]), *(new.words for new in teams.off_screen(lines))]
    assert not any("dorpsstraat" in words.lower() for words in sent)


@pytest.mark.parametrize("text", ["hallo", "hi", "/help", "wat?", "stop", "<b>waar</b>", "🙂", "waar " + "x" * 3000])
async def test_whatever_is_typed_gets_one_useful_answer(teams, text):
    screens = len(teams.seen)
    answer = await teams.ask(text)
    assert answer.words.strip()
    assert len(teams.seen) == screens + 1


async def test_a_press_on_a_card_of_yesterday_is_answered_kindly(teams):
    card = await teams.ask("/waar plan")
    old = {"type": "Action.Execute", "title": "?", "verb": "where.gone", "data": {}}
    told = await teams.press(card, old)
    assert told.words.strip()
    assert dutch("Noted") not in told.words
