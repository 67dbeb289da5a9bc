"""A card that is drawn and messages that are due, in one conversation: they take turns, and all of it arrives."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise
from time import monotonic

import pytest

from bot.domain.pace import GAP
from bot.jobs import Timed
from bot.jobs.pace import LATE
from bot.services import FakeClock
from bot.store import Store
from bot.store.living import LOST
from bot.store.outbox import FakeOutbox
from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, TEAM_ID, Button, Town
from tests.fakes.botframework import BotFramework, utc
from tests.jobs.street import Bell, add, rung, waiting
from tests.jobs.tally import Tally

PRESS = Button("+", "tally.press", {"all": True})
LONGEST_S = 40.0


@pytest.fixture
async def town(database_url: str, bell: Bell) -> AsyncIterator[Town]:
    """A card stands in the team, and Samen speaks no faster than Teams allows."""
    clock = FakeClock(utc())
    store = Store(database_url, clock.now, FakeOutbox())
    async with BotFramework() as framework:
        town = Town(framework, store, clock)
        town.commands = (Tally().command(), bell.command(), *town.commands)
        async with town:
            town.settle(CHANNEL, ANOUK, BART, CHANTAL)
            await town.says("turf", ANOUK, CHANNEL)
            await town.work_off()
            yield town
    await store.close()


async def work_off(town: Town, timed: Timed) -> None:
    """Do what is asked for, all of it at the same moment, until there is nothing more; our clock runs with the machine's."""
    begun, last = monotonic(), monotonic()
    while await waiting(town) or town.store.outbox.jobs:
        jobs = [timed.work[job.work](*job.arguments) for job in town.store.outbox.take()]
        await asyncio.gather(*jobs, timed.deliveries.collect())
        await asyncio.sleep(0.05)
        now = monotonic()
        assert now - begun < LONGEST_S
        town.clock.move(timedelta(seconds=now - last))
        last = now


@pytest.mark.thorough
async def test_they_take_turns(town: Town):
    """Never two within a second; and in the end the card is right."""
    timed = Timed(town.commands, town.services, town.store, town.door, "hurried")
    start = len(town.teams.asked)
    for n in range(4):
        await add(town, str(n), team_id=TEAM_ID)
    await town.presses(PRESS, BART, CHANNEL)
    working = asyncio.create_task(work_off(town, timed))
    await asyncio.sleep(1.5)
    await town.presses(PRESS, CHANTAL, CHANNEL)
    await working
    # The outbox here gives a job away a moment before its commit, so one may have been looked for too early. The engine's
    # cannot; what is lost all the same is asked for again by the tick.
    town.clock.move(LOST + timedelta(minutes=1))
    await timed.round.due(town.clock.now())
    await work_off(town, timed)
    spoken = [one for one in town.teams.asked[start:] if one.path[2] == TEAM_ID and one.method in {"POST", "PUT"}]
    assert rung(town) == {f"bel {n}": 1 for n in range(4)}
    drawn = [one.body["attachments"][0]["content"]["fallbackText"] for one in spoken if one.method == "PUT"]
    assert drawn[-1] == "nl: Bart Jansen Chantal Özdemir"
    assert all(later.at - earlier.at >= GAP - 2 * LATE for earlier, later in pairwise(spoken))
