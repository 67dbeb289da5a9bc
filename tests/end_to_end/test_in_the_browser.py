"""What it looks and feels like: taps and eyes, in Chromium. Pictures are kept under var/pictures."""

import re
from datetime import timedelta

import pytest
from playwright.async_api import expect

from tests.end_to_end.days import named, next_monday
from tests.end_to_end.playground import DEMO, PEOPLE, TEAM_NAME
from tests.end_to_end.words import dutch, half, kind

pytestmark = [pytest.mark.playground, pytest.mark.browser]


def starting(words: str) -> re.Pattern[str]:
    """A name that starts so. Cards hold words together with a space that does not break."""
    return re.compile("^" + re.escape(words).replace("\\ ", r"\s").replace("\xa0", r"\s"))


async def test_a_week_is_planned_by_tapping(page_of):
    page = await page_of()
    monday = next_monday()
    tuesday = monday + timedelta(days=1)
    await page.type("/waar")
    await page.says(dutch("My plan"))
    await page.picture("1-waar")

    await page.press(starting(f"{named(monday)} {half('morning')}: "))
    await expect(page.newest).to_contain_text(dutch("Where?"))
    await page.picture("2-keuzes")
    await page.press(kind("counter"))
    await expect(page.newest).to_contain_text(f"✓ {kind('counter')}")
    await page.press("Stadskantoor")
    await expect(page.newest).to_contain_text(dutch("Noted"))
    chosen = starting(f"{named(monday)} {half('morning')}: Stadskantoor (")
    await expect(page.button(chosen)).to_be_visible()
    await page.picture("3-gekozen")

    await page.press(dutch("{day}, all day", day=named(tuesday)))
    await page.press("Wijkpost Noord")
    cells = [starting(f"{named(tuesday)} {half(name)}: Wijkpost Noord") for name in ("morning", "afternoon")]
    for cell in cells:
        await expect(page.button(cell)).to_be_visible()
    await page.press(dutch("Undo"))
    for cell in cells:
        await expect(page.button(cell)).to_be_hidden()
    await expect(page.button(chosen)).to_be_visible()


async def test_two_people_look_at_one_board(page_of):
    anneke, joris = await page_of(), await page_of("Joris")
    name = PEOPLE["Anneke"]["name"]
    board = dutch("Board of {team}", team=TEAM_NAME)
    await joris.type("/waar morgen bibliotheek leren")
    await joris.says(dutch("Noted"))
    await anneke.type("/waar morgen thuis focus")
    await anneke.says(dutch("Noted"))
    await joris.type("/waar bord morgen")
    await joris.says(board)
    await expect(joris.newest).not_to_contain_text(name)

    await anneke.press(dutch("Share it with {team}", team=TEAM_NAME))
    await anneke.says(dutch("{team} now sees your plan", team=TEAM_NAME))
    await joris.type("/waar bord morgen")
    await joris.says(name)
    await anneke.type("/waar bord morgen")
    await anneke.says(PEOPLE["Joris"]["name"])
    await expect(anneke.newest).to_contain_text(kind("learning"))
    await anneke.picture("4-bord-anneke")
    await joris.picture("5-bord-joris")
    await anneke.card_picture("bord")


async def test_a_group_sees_that_there_was_an_answer_and_the_asker_sees_it(page_of):
    page = await page_of()
    await page.chat(DEMO["groupChat"]["name"])
    await page.type(" waar morgen thuis", mention=True)
    await page.says(dutch("{name}, the answer is in your own chat with me.", name=PEOPLE["Anneke"]["name"]))
    # The one card is Samen's introduction: the answer itself is nowhere to be seen.
    await expect(page.cards).to_have_count(1)
    await expect(page.newest).to_contain_text("Hallo, ik ben Samen")
    await page.picture("6-groep")
    await page.chat("Personal Chat")
    await page.says(dutch("Noted"))
    await page.type("hallo")
    await page.says("/waar")
    await page.picture("7-hallo")


async def test_english_from_the_first_word(page_of):
    page = await page_of()
    await page.type("/where friday library learning")
    await page.says("Noted")
    await page.type("/where")
    await page.says("My plan")
    await page.picture("8-english")
