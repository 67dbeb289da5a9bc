"""Conversations: what people type and press, through the real door, and what they see."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.adapter import Pace
from bot.services import FakeClock
from bot.store import Store
from bot.store.outbox import FakeOutbox
from tests.conversations.focus_steps import Place, made
from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, GROUP, Town
from tests.fakes.botframework import BotFramework, utc

# How long Samen waits for Microsoft before it answers all the same.
PATIENCE = (
    "bot.commands.focus.bringing.PATIENCE",
    "bot.commands.focus.bringing.PRESS_PATIENCE",
    "bot.commands.focus.moving.PATIENCE",
    "bot.services.signing.PATIENCE",
    "graph.transport.CONNECT",
)


@pytest.fixture
def hurried() -> None:
    """Microsoft is waited for no longer than in production: for what is said where it is slow."""


@pytest.fixture(autouse=True)
def _patient(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere it has half a minute: a press waits 0.7 s, and a busy machine is no slow Microsoft, nor a slow Samen."""
    if "hurried" not in request.fixturenames:
        for each in PATIENCE:
            monkeypatch.setattr(each, 30.0)
        monkeypatch.setattr("tests.conversations.focus_steps.PATIENCE", 20.0)
        monkeypatch.setattr("tests.conversations.town.PACE", Pace(typing=20.0, press=20.0, message=20.0))


@pytest.fixture
async def place(sqlite_files, tmp_path: Path) -> AsyncIterator[Place]:
    """Anneke is signed in with her Microsoft account in the twin."""
    async with made(sqlite_files.ready(), tmp_path) as place:
        yield place


@pytest.fixture
async def unconnected(sqlite_files, tmp_path: Path) -> AsyncIterator[Place]:
    """She never signed in."""
    async with made(sqlite_files.ready(), tmp_path, "signed_out") as place:
        yield place


@pytest.fixture
async def empty_town(sqlite_files) -> AsyncIterator[Town]:
    """Nobody ever typed anything here; on SQLite, as most conversations."""
    clock = FakeClock(utc())
    store = Store(sqlite_files.ready(), clock.now, FakeOutbox())
    async with BotFramework() as framework, Town(framework, store, clock) as town:
        yield town
    await store.close()


@pytest.fixture
async def town(empty_town) -> Town:
    """A site and a library have names; Anouk, Bart and Chantal are in a team and in a group chat."""
    await empty_town.furnish()
    empty_town.settle(CHANNEL, ANOUK, BART, CHANTAL)
    empty_town.settle(GROUP, ANOUK, BART, CHANTAL)
    return empty_town


@pytest.fixture
async def any_town(database_url) -> AsyncIterator[Town]:
    """The same town on each kind of database."""
    clock = FakeClock(utc())
    store = Store(database_url, clock.now, FakeOutbox())
    async with BotFramework() as framework, Town(framework, store, clock) as town:
        await town.furnish()
        town.settle(CHANNEL, ANOUK, BART, CHANTAL)
        town.settle(GROUP, ANOUK, BART, CHANTAL)
        yield town
    await store.close()


@pytest.fixture
async def strict(database_url) -> AsyncIterator[Town]:
    """As in production, on each kind of database: everything is off until somebody decides. Chantal reads along."""
    clock = FakeClock(utc())
    store = Store(database_url, clock.now, FakeOutbox())
    officers = frozenset({CHANTAL.user_id})
    async with (
        BotFramework() as framework,
        Town(framework, store, clock, all_on=False, officers=officers) as town,
    ):
        await town.furnish()
        town.settle(CHANNEL, ANOUK, BART, CHANTAL)
        yield town
    await store.close()
