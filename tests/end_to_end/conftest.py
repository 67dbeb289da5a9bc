import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import aiohttp
import pytest
from playwright.async_api import Browser, async_playwright, expect

from tests.end_to_end.page import Client, open_client
from tests.end_to_end.playground import DEMO, ME, PEOPLE, Playground, playground
from tests.end_to_end.twin import Twin
from tests.stack import HAS_NODE, ROOT, Stack

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# Milliseconds until what is expected is to be seen: a browser on a busy machine is slow.
PATIENCE = 30_000
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The bot and the Playground, with a demo municipality that nobody has touched yet: one for each module."""
    if not HAS_NODE:
        pytest.skip("Node.js with npm is not installed")
    folder = tmp_path_factory.mktemp("stack")
    # Three slashes and an absolute path, which has the fourth.
    stack = Stack(ROOT, folder, DATABASE_URL=f"sqlite+aiosqlite:///{folder}/samen.sqlite")
    try:
        yield stack.until_ready(seconds=300)
        assert stack.stop() == 0
    finally:
        stack.kill()


@pytest.fixture
async def teams(stack: Stack) -> AsyncIterator[Playground]:
    async with playground(stack.url) as connected:
        yield connected


@pytest.fixture
async def twin(stack: Stack) -> AsyncIterator[Twin]:
    """The twin beside the Playground."""
    async with aiohttp.ClientSession(stack.twin_url, timeout=aiohttp.ClientTimeout(total=20)) as http:
        yield Twin(http)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
async def page_of(browser: Browser, stack: Stack) -> Callable[..., Awaitable[Client]]:
    """Opens the Playground as one of the six people: each looks at one of their own, all speak with the same bot."""

    async def of(who: str = ME) -> Client:
        return await open_client(browser, stack.url if who == ME else stack.playground_of(PEOPLE[who], DEMO))

    return of
