"""What it looks and feels like: taps and eyes, in Chromium. Pictures are kept under var/pictures."""

import re
from datetime import timedelta

import pytest
from playwright.async_api import expect

from tests.end_to_end.days import dutch, next_monday
from tests.end_to_end.playground import DEMO, PEOPLE, TEAM_NAME

pytestmark = [pytest.mark.playground, pytest.mark.browser]


async def test_a_week_is_planned_by_tapping(page_of):
    page = await page_of()
    monday = next_monday()
    await page.type("/waar")
    await page.says("Mijn plan")
    await page.picture("1-waar")

    await page.press(page.newest, f"{dutch(monday)} ’s ochtends: leeg")
    await expect(page.newest).to_contain_text("Wat voor werk?")
    await page.picture("2-keuzes")
    await page.press(page.newest, "Balie")
    await expect(page.newest).to_contain_text("✓ Balie")
    await page.press(page.newest, "Stadskantoor")
    await expect(page.newest).to_contain_text("Genoteerd")
    await expect(page.cell(f"{dutch(monday)} ’s ochtends: Stadskantoor (balie)")).to_be_visible()
    await page.picture("3-gekozen")

    tuesday = monday + timedelta(days=1)
    await page.press(page.newest, f"{dutch(tuesday)}, hele dag")
    await page.press(page.newest, "Thuis")
    for half in ("’s ochtends", "’s middags"):
        await expect(page.cell(f"{dutch(tuesday)} {half}: thuis")).to_be_visible()
    await page.press(page.newest, "Ongedaan maken")
    await expect(page.newest).to_contain_text("Ongedaan gemaakt")
    await expect(page.cell(f"{dutch(tuesday)} ’s ochtends: leeg")).to_be_visible()
    await expect(page.cell(f"{dutch(monday)} ’s ochtends: Stadskantoor (balie)")).to_be_visible()


async def test_two_people_look_at_one_board(page_of):
    anneke, joris = await page_of(), await page_of("Joris")
    name = PEOPLE["Anneke"]["name"]
    await joris.type("/waar morgen bibliotheek leren")
    await joris.says("Genoteerd")
    await anneke.type("/waar morgen thuis focus")
    await anneke.says("Alleen jij ziet dit")
    await joris.type("/waar bord morgen")
    await joris.says(f"Bord van {TEAM_NAME}")
    await expect(joris.newest).not_to_contain_text(name)

    await anneke.press(anneke.newest, f"Toon het aan {TEAM_NAME}")
    await anneke.says(f"{TEAM_NAME} ziet nu jouw plan")
    await joris.type("/waar bord morgen")
    await joris.says(name)
    await anneke.type("/waar bord morgen")
    await anneke.says(PEOPLE["Joris"]["name"])
    await expect(anneke.newest).to_contain_text(re.compile("leren", re.IGNORECASE))
    await anneke.picture("4-bord-anneke")
    await joris.picture("5-bord-joris")
    await anneke.card_picture("bord")


async def test_a_group_sees_that_there_was_an_answer_and_the_asker_sees_it(page_of):
    page = await page_of()
    await page.chat(DEMO["groupChat"]["name"])
    await page.type(" waar morgen thuis", mention=True)
    await page.says("het antwoord staat in je chat met mij")
    await expect(page.cards).to_have_count(0)
    await page.picture("6-groep")
    await page.chat("Personal Chat")
    await page.says("Genoteerd")
    await page.type("/help")
    await page.says("/waar")
    await page.picture("7-help")


async def test_english_from_the_first_word(page_of):
    page = await page_of()
    await page.type("/where friday library learning")
    await page.says("Noted")
    await page.type("/where")
    await page.says("My plan")
    await page.picture("8-english")
