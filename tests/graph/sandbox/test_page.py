"""The twin's page, in Chromium."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Page, async_playwright, expect

from graph.sandbox.pages import FILES, FOLDER
from tests.graph.sandbox.served import Served, block

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# A browser under a busy machine: long enough that only a page that does not follow fails.
SOON = 15_000


@asynccontextmanager
async def opened(served: Served, width: int = 1100, language: str = "nl-NL") -> AsyncIterator[Page]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = await browser.new_page(viewport={"width": width, "height": 800}, locale=language)
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        await page.goto(served.url)
        yield page
        await browser.close()
        assert complaints == []


@pytest.mark.browser
async def test_it_follows_what_happens(served: Served) -> None:
    async with opened(served) as page:
        anneke = page.locator("article").first
        await expect(anneke.locator(".presence")).to_contain_text("Beschikbaar", timeout=SOON)
        body = {"availability": "DoNotDisturb", "activity": "DoNotDisturb", "expirationDuration": "PT90M"}
        await served.ask("POST", "/presence/setUserPreferredPresence", body)
        await served.ask("POST", "/events", block(sensitivity="private", categories=["Focus"]))
        await served.does("say", text="<b>Focus</b>")
        await expect(anneke.locator(".presence")).to_contain_text("Niet storen", timeout=SOON)
        await expect(anneke).to_contain_text("Ingesteld tot 11:30", timeout=SOON)
        await expect(anneke.locator(".events li")).to_contain_text(
            "10:00 – 11:30bezwaarschrift bezetprivéFocus", timeout=SOON
        )
        await expect(anneke.locator("blockquote")).to_have_text("<b>Focus</b>", timeout=SOON)
        served.clock.passes(minutes=90)
        await expect(anneke.locator(".presence")).to_contain_text("Beschikbaar", timeout=SOON)
        await page.get_by_role("button", name="English").click()
        await expect(anneke.locator(".presence")).to_contain_text("Available", timeout=SOON)


@pytest.mark.browser
async def test_somebody_does_something_by_hand(served: Served) -> None:
    async with opened(served, width=360, language="en-GB") as page:
        anneke = page.locator("article").first
        await anneke.locator("summary").click()
        await anneke.get_by_label("Presence").select_option("Busy")
        await anneke.get_by_role("button", name="Set", exact=True).click()
        await anneke.get_by_label("Status message").fill("Back at two")
        await anneke.get_by_role("button", name="Write").click()
        await anneke.get_by_role("button", name="Put in calendar").click()
        await expect(anneke.locator(".presence")).to_contain_text("Busy", timeout=SOON)
        await expect(anneke.locator("blockquote")).to_have_text("Back at two", timeout=SOON)
        await expect(anneke.locator(".events .when")).to_have_text("10:30 – 11:00", timeout=SOON)
        await anneke.get_by_role("button", name="30 min later: Meeting").click()
        await expect(anneke.locator(".events .when")).to_have_text("11:00 – 11:30", timeout=SOON)
        await anneke.get_by_role("button", name="Delete: Meeting").click()
        await expect(anneke.locator(".events")).to_have_count(0, timeout=SOON)
        assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    assert (await served.seen()) == ("Busy", "Busy")


@pytest.mark.browser
async def test_it_says_in_words_what_goes_wrong_and_names_a_day_once(served: Served) -> None:
    begins, ends = "2026-11-24T08:00:00Z", "2026-11-24T10:00:00Z"
    await served.does("book", subject="Overleg", start=begins, end=ends)
    await served.own("POST", "/_twin/faults", json={"kind": "slow", "seconds": 9, "path": "/v1.0/*"})
    async with opened(served) as page:
        await expect(page.locator("#clock")).to_contain_text("mis: antwoord komt laat.", timeout=SOON)
        await expect(page.locator(".events .when")).to_have_text("di 24 nov 09:00 – 11:00", timeout=SOON)
        await page.get_by_role("button", name="English").click()
        await expect(page.locator(".events .when")).to_have_text("Tue 24 Nov 09:00 – 11:00", timeout=SOON)


@pytest.mark.browser
async def test_graph_is_made_to_fail_to_be_slow_and_to_work_again(served: Served) -> None:
    """With a button each, one at a time; signing in goes on working."""
    async with opened(served) as page:
        for name, kinds, words in (
            ("uitvallen", ["unavailable"], re.compile("met opzet iets mis: Graph ligt plat")),
            ("traag", ["slow"], re.compile("met opzet iets mis: antwoord komt laat")),
            ("alles weer", [], re.compile(r"^In de tweeling is het [0-9:]+\.$")),
        ):
            await page.get_by_role("button", name=name).click()
            await expect(page.locator("#clock")).to_have_text(words, timeout=SOON)
            _, answer = await served.own("GET", "/_twin/faults")
            assert [(one["kind"], one["path"], one["left"]) for one in answer["value"]] == [
                (kind, "/v1.0/*", None) for kind in kinds
            ]
            if kinds == ["unavailable"]:
                status, _ = await served.ask("GET", "/presence")
                assert status == 503


@pytest.mark.browser
async def test_what_is_spoken_has_the_language_of_the_page_and_ends_are_to_the_nearest_minute(served: Served) -> None:
    async with opened(served, language="en-GB") as page:
        await expect(page.locator("article").first.locator(".presence")).to_contain_text("Available", timeout=SOON)
        body = {"availability": "DoNotDisturb", "activity": "DoNotDisturb", "expirationDuration": "PT89M59S"}
        await served.ask("POST", "/presence/setUserPreferredPresence", body)
        await expect(page.locator("#news")).to_contain_text("Do not disturb", timeout=SOON)
        await expect(page.locator("article").first).to_contain_text("Set until 11:30", timeout=SOON)
        await page.get_by_role("button", name="Nederlands").click()
        await expect(page.locator("#news")).to_be_empty(timeout=SOON)
        await served.ask("POST", "/presence/clearUserPreferredPresence", {})
        await expect(page.locator("#news")).to_contain_text("Beschikbaar", timeout=SOON)


async def test_the_page_takes_nothing_from_elsewhere(served: Served) -> None:
    for path, name in FILES.items():
        status, _ = await served.own("GET", path)
        assert status == 200
        assert "default-src 'none'" in served.headers["Content-Security-Policy"]
        assert "http" not in await asyncio.to_thread((FOLDER / name).read_text, "utf-8")


async def test_both_languages_say_the_same_things() -> None:
    words = await asyncio.to_thread((FOLDER / "words.js").read_text, "utf-8")
    dutch, english = (part.partition("},\n")[0] for part in words.split("{\n")[2:4])

    def keys(part: str) -> list[str]:
        # Keys stand before ": " and after the start of a line or ", ".
        return sorted(
            key.strip().strip('"')
            for line in part.splitlines()
            for key in re.findall(r'(?:^|", )\s*("[\w-]+"|[\w]+): "', line)
        )

    assert keys(dutch) == keys(english) != []
