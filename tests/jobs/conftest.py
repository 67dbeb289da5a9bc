"""The street that deliveries are tried in, and the town with a tally that living cards are tried in."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest

from bot.commands import COMMANDS
from bot.services import FakeClock
from bot.store import Store
from bot.store.outbox import FakeOutbox
from cards.notices import OverView
from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, GROUP, Town
from tests.fakes.botframework import BotFramework, utc
from tests.jobs.street import FAR, Bell, DayView
from tests.jobs.tally_steps import stands

if TYPE_CHECKING:
    from tests.jobs.tally import Tally


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
async def street(database_url: str, bell: Bell) -> AsyncIterator[Town]:
    """A town with a bell; Anouk and Bart chose something, so that they can be reached. It is Monday, 10:00."""
    from cards.renderers import RENDERERS

    RENDERERS[DayView] = RENDERERS[OverView]
    clock = FakeClock(utc())
    store = Store(database_url, clock.now, FakeOutbox())
    async with BotFramework() as framework:
        town = Town(framework, store, clock)
        town.commands = (*COMMANDS, bell.command())
        async with town:
            town.settle(CHANNEL, ANOUK, BART, CHANTAL)
            town.settle(GROUP, ANOUK, BART, CHANTAL)
            await town.says("taal nl", ANOUK)
            await town.says("taal en", BART)
            await town.says("waar", ANOUK, CHANNEL)
            for card in await store.cards.take(FAR, FAR, 10):
                await store.cards.done(card)
            town._start = len(framework.sent())
            yield town
    await store.close()
    del RENDERERS[DayView]


@pytest.fixture
def tally() -> "Tally":
    from tests.jobs.tally import Tally  # not before a test needs it: its card joins the table of all views

    return Tally()


@pytest.fixture
async def tallied(database_url: str, tally: "Tally") -> AsyncIterator[Town]:
    """A town with a tally, on each database. It is Monday, 10:00."""
    clock = FakeClock(utc())
    store = Store(database_url, clock.now, FakeOutbox())
    async with BotFramework() as framework:
        town = Town(framework, store, clock)
        town.commands = (tally.command(), *town.commands)
        async with town:
            town.settle(CHANNEL, ANOUK, BART, CHANTAL)
            yield town
    await store.close()


@pytest.fixture
async def board(tallied: Town) -> Town:
    """The tally's card stands in the team."""
    await tallied.says("turf", ANOUK, CHANNEL)
    await tallied.work_off()
    assert stands(tallied) == ["nl: "]
    return tallied
