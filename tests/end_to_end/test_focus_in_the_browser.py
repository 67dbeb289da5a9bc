"""`/focus` as somebody does it who sees it for the first time: in Chromium, with the twin's page beside it."""

import re

import pytest
from playwright.async_api import Locator, expect

from tests.end_to_end.words import dutch

pytestmark = [pytest.mark.playground, pytest.mark.browser]

UNCONNECTED = "I am not connected with your Microsoft 365 yet, so Teams and your calendar do not show this."


async def yes(page, words: Locator) -> None:
    """Outside working hours Samen asks back first, whatever the hour these tests run at."""
    asked = page.button(dutch("Yes, start"))
    await expect(asked.or_(words).first).to_be_visible()
    if await asked.count():
        await asked.click()
    await expect(words).to_be_visible()


async def test_signing_in_focusing_and_stopping_with_the_twin_beside_it(page_of, stack):
    page = await page_of()
    await page.type("/taal nl")
    await page.type("/focus 90 bezwaarschrift")
    await yes(page, page.page.get_by_text(dutch(UNCONNECTED)))
    await page.picture("focus-1-niet-verbonden")

    async with page.page.context.expect_page() as opened:
        await page.page.get_by_role("button").filter(has_text=re.compile(f"^{dutch('Sign in')}$")).click()
    window = await opened.value
    await window.get_by_role("button").click()
    digits = await window.locator(".code").inner_text()
    await window.close()
    twin = await page.page.context.new_page()
    await twin.goto(stack.twin_url)
    anneke = twin.locator("article").first
    await expect(anneke.locator(".presence")).to_contain_text("Beschikbaar")

    await page.type(digits)
    await expect(anneke.locator(".presence")).to_contain_text("Niet storen")
    await expect(anneke.locator("blockquote")).to_contain_text("Focus tot ")
    await expect(anneke.locator(".events li")).to_have_count(1)
    await expect(anneke.locator(".events li")).to_contain_text("bezetprivévan Samengeen herinneringFocus")
    await expect(page.newest).to_contain_text(dutch("In Teams and your calendar"))
    await page.picture("focus-2-verbonden")

    await page.press(dutch("stop now").capitalize())
    await expect(page.newest).to_contain_text(dutch("Stopped"))
    await expect(anneke.locator(".presence")).to_contain_text("Beschikbaar")
    await expect(anneke.locator("blockquote")).to_have_count(0)
    await expect(anneke.locator(".events")).to_have_count(0)
    await page.picture("focus-3-gestopt")
