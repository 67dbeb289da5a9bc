"""Writes docs/eerste-week.md and docs/first-week.md: a first week with Samen, typed into the Agents Playground.

usage: python -m tests.end_to_end.first_week [nl|en]

The bot is the real one with a clock of ours, so that a week takes minutes; the Playground and the browser that takes
the pictures are real too. What is written down is what Samen answered. Look at it, and at the pictures, before it is
committed.
"""

import asyncio
import os
import re
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from playwright.async_api import async_playwright

import app
from bot.services import FakeClock
from bot.settings import load_settings
from tests.end_to_end.conftest import CHROMIUM, FLAGS
from tests.end_to_end.page import Client, open_client
from tests.end_to_end.playground import CHANNEL, PERSONAL, Playground, Seen, playground
from tests.ports import free_port
from tests.stack import ROOT, children, up

ZONE = ZoneInfo("Europe/Amsterdam")
MONDAY = datetime(2026, 11, 23, 8, 40, tzinfo=ZONE)
PICTURES = ROOT / "docs" / "pictures"
A_TICK = 75  # seconds: what the minute tick needs at most
# High enough for the longest card: what scrolls is covered by the Playground's own bar.
TALL = {"width": 1440, "height": 2600}


@dataclass(frozen=True)
class Said:
    """Something typed at a moment of the week, and what to say about it; `arrives` waits for what comes by itself."""

    at: str  # "0 08:40": the day from Monday, and the time
    why: str
    text: str = ""
    where: str = PERSONAL
    picture: str | None = None
    arrives: str = ""  # what a message that comes by itself holds
    most: int = 400  # lines of the answer to write down


NL = (
    Said("0 08:40", "Anneke opent voor het eerst haar chat met Samen. Dit ziet ze.", picture="start", arrives="Samen"),
    Said("0 08:41", "Ze kiest haar taal. Vanaf nu krijgt ze antwoord in het Nederlands, wat ze ook typt.", "/taal nl"),
    Said(
        "0 08:42",
        "Ze typt haar vaste week.",
        "/waar patroon ma di thuis, wo do stadskantoor, vr vrij",
        picture="patroon",
    ),
    Said("0 08:43", "Donderdagmiddag is anders. Eén zin is genoeg.", "/waar do middag bibliotheek De Kade focus"),
    Said("0 08:44", "Tot nu toe ziet niemand er iets van. Ze zet delen aan voor haar team.", "/waar delen aan"),
    Said("0 08:45", "Wie is er vandaag?", "/waar", picture="bord"),
    Said("0 08:46", "En de hele week?", "/waar week", picture="week"),
    Said("0 09:10", "Wie kan ze vandaag aan de balie vinden?", "/wie balie"),
    Said(
        "1 03:05",
        "’s Nachts om drie uur verdwijnt wat voorbij is, ook van kaarten die er al stonden.",
        arrives="ging over maandag 23 november",
        picture="nacht",
    ),
    Said("1 09:05", "Dinsdag zegt ze hoe collega’s haar het best bereiken.", "/bereik gewoon chat binnen 4 uur 9-17"),
    Said("1 09:06", "Voor spoed liever bellen.", "/bereik spoed bellen 9-17"),
    Said("1 09:07", "Ook dat ziet niemand, tot ze het aanzet.", "/bereik delen aan"),
    Said("1 09:30", "En hoe bereikt ze Joris?", "/bereik Joris"),
    Said(
        "1 14:00",
        "In het kanaal legt het team vast hoeveel mensen er aan de balie nodig zijn.",
        "balie do ochtend 2",
        CHANNEL,
    ),
    Said(
        "2 10:15",
        "Woensdag blijkt dat de verwarming kapot is. Anneke is ook beheerder: ze sluit het gebouw.",
        "/kantoor dicht Stadskantoor do ochtend",
    ),
    Said(
        "2 10:15",
        "Iedereen die daar zou werken, krijgt een eigen bericht. Zij dus ook.",
        arrives="Je zou daar werken",
    ),
    Said("2 10:20", "Ze tikt op een knop, of typt het.", "/waar do ochtend thuis"),
    Said("4 09:00", "Vrijdag: ze gaat twee weken weg.", "/pauze 2 weken"),
    Said("4 09:01", "Wat weet Samen eigenlijk van haar?", "/privacy", picture="privacy"),
    Said("4 09:02", "En alles zelf meenemen.", "/mijngegevens", most=12),
    Said("4 09:05", "Toch liever alles weg? Dat kan meteen.", "/vergeet"),
)
EN = (
    Said(
        "0 08:40",
        "Anneke opens her chat with Samen for the first time. This is what she sees.",
        picture="start",
        arrives="Samen",
    ),
    Said("0 08:41", "She would like to be answered in English.", "/language en"),
    Said(
        "0 08:42",
        "She types her usual week.",
        "/where pattern mon tue home, wed thu Stadskantoor, fri off",
        picture="pattern",
    ),
    Said(
        "0 08:43",
        "Thursday afternoon is different. One sentence will do.",
        "/where thu afternoon Bibliotheek De Kade focus",
    ),
    Said("0 08:44", "So far nobody sees any of it. She switches sharing on for her team.", "/where share on"),
    Said("0 08:45", "Who is in today?", "/where", picture="board"),
    Said("0 08:46", "And the whole week?", "/where week", picture="week"),
    Said("0 09:10", "Whom can she find at the counter today?", "/who counter"),
    Said(
        "1 03:05",
        "At three at night what is over disappears, also from cards that were sent before.",
        arrives="was for Monday 23 November",
        picture="night",
    ),
    Said("1 09:05", "On Tuesday she says how colleagues best reach her.", "/reach normal chat within 4 hours 9-17"),
    Said("1 09:06", "When it is urgent, rather a call.", "/reach urgent call 9-17"),
    Said("1 09:07", "Nobody sees that either until she switches it on.", "/reach share on"),
    Said("1 09:30", "And how does she reach Joris?", "/reach Joris"),
    Said(
        "1 14:00", "In the channel the team says how many people the counter needs.", "counter thu morning 2", CHANNEL
    ),
    Said(
        "2 10:15",
        "On Wednesday the heating turns out to be broken. Anneke is an administrator too: she closes the building.",
        "/office closed Stadskantoor thu morning",
    ),
    Said(
        "2 10:15",
        "Everybody who was going to work there gets a message of their own. So does she.",
        arrives="You had planned to work there",
    ),
    Said("2 10:20", "She taps a button, or types it.", "/where thu morning home"),
    Said("4 09:00", "Friday: she goes away for two weeks.", "/pause 2 weeks"),
    Said("4 09:01", "What does Samen know of her, actually?", "/privacy", picture="privacy"),
    Said("4 09:02", "And to take all of it with her.", "/mydata", most=12),
    Said("4 09:05", "Rather have all of it gone? That can be done at once.", "/forget"),
)
WEEKS = {"nl": (NL, "eerste-week", "Een eerste week met Samen"), "en": (EN, "first-week", "A first week with Samen")}
FOREWORD = {
    "nl": "Zo ging het in de Agents Playground, met de verzonnen gemeente Voorbeeldrecht. De antwoorden zijn "
    "letterlijk, in hun tekstvorm. `python -m tests.end_to_end.first_week nl` maakt deze bladzijde opnieuw.",
    "en": "This is how it went in the Agents Playground, with the made-up municipality Voorbeeldrecht. The answers are "
    "literal, in their text form. `python -m tests.end_to_end.first_week en` makes this page again.",
}


@asynccontextmanager
async def bot(clock: FakeClock, folder: Path, ports: tuple[int, int]) -> AsyncIterator[None]:
    """The bot as `make run` starts it, but for its clock."""
    os.environ |= {
        "PORT": str(ports[0]),
        "PLAYGROUND_PORT": str(ports[1]),
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/samen.sqlite",
    }
    serving = asyncio.create_task(app.serve(load_settings(), clock))
    while not await asyncio.to_thread(up.answers, ports[0], "/healthz"):
        await asyncio.sleep(0.1)
        if serving.done():
            serving.result()
    yield
    serving.cancel()
    await asyncio.gather(serving, return_exceptions=True)


async def week(language: str) -> None:
    steps, name, title = WEEKS[language]
    folder = Path(tempfile.mkdtemp())
    ports = (free_port(), free_port())
    clock = FakeClock(MONDAY)
    async with bot(clock, folder, ports):
        teams = up.playground(*ports, folder)
        try:
            children.wait_until(
                lambda: up.answers(ports[1], "/_internal/v1/testConfig"), [teams], lambda: False, seconds=60
            )
            lines = await _lived(steps, clock, f"http://127.0.0.1:{ports[1]}", language)
        finally:
            children.stop([teams])
    page = "\n\n".join([f"# {title}", FOREWORD[language], *lines])
    (ROOT / "docs" / f"{name}.md").write_text(page + "\n", "utf-8")


async def _lived(steps: tuple[Said, ...], clock: FakeClock, url: str, language: str) -> list[str]:
    lines: list[str] = []
    day = ""
    async with playground(url) as teams, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await open_client(browser, url)
        await page.page.set_viewport_size(TALL)
        await page.chat("Personal Chat")
        for step in steps:
            print(step.at, step.text or step.arrives, flush=True)  # noqa: T201 - it takes minutes
            moment = _moment(step.at)
            clock.set(moment)
            heading = format_datetime(moment, "EEEE d MMMM", locale="nl" if language == "nl" else "en_GB")
            if heading != day:
                lines.append(f"## {heading[0].upper()}{heading[1:]}")
                day = heading
            lines += await _told(step, teams, page, language)
        await browser.close()
    return lines


async def _told(step: Said, teams: Playground, page: Client, language: str) -> list[str]:
    time = step.at.split()[1]
    lines = [f"**{time}** {step.why}"]
    if step.text:
        spoken = f"@Samen {step.text}" if step.where != PERSONAL else step.text
        lines.append(f"> {spoken}")
        answer = await teams.ask(step.text, step.where)
    else:
        answer = await teams.until(lambda: _arrived(teams, step.arrives), seconds=A_TICK)
    lines.append(_block(answer, step.most))
    if step.picture:
        picture = f"{'eerste-week' if language == 'nl' else 'first-week'}-{step.picture}"
        await page.page.wait_for_timeout(1500)
        await page.newest.screenshot(path=PICTURES / f"{picture}.png")
        lines.append(f"![{step.why}](pictures/{picture}.png)")
    return lines


def _arrived(teams: Playground, words: str) -> Seen | None:
    for seen in reversed(teams.seen):
        if seen.conversation == PERSONAL and words in seen.words:
            return seen
    return None


def _block(seen: Seen, most: int) -> str:
    text = str(seen.card["fallbackText"]) if seen.card else seen.text
    lines = re.sub(r"\n{3,}", "\n\n", text.replace("\xa0", " ")).strip().splitlines()
    return "\n".join(["```text", *lines[:most], *(["…"] if len(lines) > most else []), "```"])


def _moment(at: str) -> datetime:
    day, time = at.split()
    hour, minute = map(int, time.split(":"))
    return (MONDAY + timedelta(days=int(day))).replace(hour=hour, minute=minute)


if __name__ == "__main__":
    for chosen in sys.argv[1:] or list(WEEKS):
        asyncio.run(week(chosen))
