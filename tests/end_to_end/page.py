"""The Playground as people see it: a page in Chromium, and what they do with hands and eyes."""

import re
from pathlib import Path

from playwright.async_api import Browser, Locator, Page, expect

from tests.end_to_end.playground import BOT
from tests.stack import ROOT

PICTURES = ROOT / "var" / "pictures"
ELSEWHERE = re.compile(r"^https?://(?!127\.0\.0\.1|localhost)")
# Narrower, and the list of chats is off the screen.
VIEWPORT = {"width": 1440, "height": 1400}


class Client:
    """One person's page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def chat(self, name: str) -> None:
        """Opens a chat ("Personal Chat"), a group by its name, a channel by "<Team> - <Channel>"."""
        await self.page.get_by_role("treeitem", name=name).click()
        await self.box.wait_for()

    @property
    def box(self) -> Locator:
        return self.page.locator('[data-lexical-editor="true"]').last

    async def type(self, text: str, *, mention: bool = False) -> None:
        await self.box.click()
        if mention:
            await self.box.press_sequentially("@")
            await self.page.get_by_role("menuitem", name=BOT["name"]).click()
        await self.box.press_sequentially(text)
        await self.page.get_by_role("button", name="Send Message").last.click()

    @property
    def cards(self) -> Locator:
        return self.page.locator(".fai-OutputCard .ac-adaptiveCard")

    @property
    def newest(self) -> Locator:
        """The newest card."""
        return self.cards.last

    def button(self, name: str | re.Pattern[str]) -> Locator:
        """What can be tapped on the newest card, by what a screen reader says of it."""
        return self.newest.get_by_role("button", name=name, exact=isinstance(name, str))

    async def says(self, text: str) -> Locator:
        """Waits for a message or card of the bot that says this."""
        message = self.page.locator(".fai-OutputCard").filter(has_text=text).last
        await expect(message).to_be_visible()
        return message

    async def press(self, name: str | re.Pattern[str]) -> None:
        await self.button(name).first.click()

    async def card_picture(self, name: str) -> None:
        """Keeps the newest card alone."""
        await self.newest.screenshot(path=_picture(name))

    async def picture(self, name: str) -> None:
        """Keeps what is on the screen, to be looked at by people."""
        await self.page.screenshot(path=_picture(name))


def _picture(name: str) -> Path:
    PICTURES.mkdir(parents=True, exist_ok=True)
    return PICTURES / f"{name}.png"


async def open_client(browser: Browser, url: str) -> Client:
    """Opens a Playground in a browser of its own."""
    context = await browser.new_context(viewport=VIEWPORT, locale="nl-NL", timezone_id="Europe/Amsterdam")
    page = await context.new_page()
    await page.route(ELSEWHERE, lambda route: route.abort())  # its fonts come from a network that tests do without
    await page.goto(url, wait_until="domcontentloaded")
    await page.get_by_role("treeitem", name="Personal Chat").wait_for(timeout=30_000)
    await page.get_by_role("button", name="Hide log panel").click()
    return Client(page)
