"""Who says stop while their message waits for its moment does not get it any more."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot.domain.admin import Switch
from bot.domain.capabilities import Capability
from bot.domain.pace import ALL
from bot.jobs import Timed
from tests.conversations.town import ANOUK, Town
from tests.fakes.botframework import TENANT
from tests.fakes.doors import until
from tests.jobs.street import Bell, add, batches, failures, rung, waiting

pytestmark = pytest.mark.thorough


@asynccontextmanager
async def waits_for_its_moment(town: Town, bell: Bell) -> AsyncIterator[None]:
    """Anouk's message is worded, and nobody may speak for some seconds; at the end it had its moment."""
    await town.store.pace.hold(ALL, 3.5)
    timed = Timed(town.commands, town.services, town.store, town.door, "hurried")
    await add(town)
    (job,) = batches(town)
    sending = asyncio.create_task(timed.work[job.work](*job.arguments))
    await until(lambda: len(bell.receivers) == 1)
    yield
    async with asyncio.timeout(10):
        await sending


@pytest.mark.parametrize("words", ["/klaar", "/pauze 2 weken", "/stop"])
async def test_who_says_stop_meanwhile_hears_nothing(street: Town, bell: Bell, words: str):
    async with waits_for_its_moment(street, bell):
        await street.says(words, ANOUK)
    assert rung(street) == {}
    assert await waiting(street) == (words == "/klaar")  # that one comes tomorrow
    assert await failures(street) == {}


async def test_what_is_switched_off_meanwhile_says_nothing(street: Town, bell: Bell):
    async with waits_for_its_moment(street, bell), street.store.units.mirror(TENANT) as unit:
        await unit.organisation.switch(Capability.REACH, Switch(on=False, changed_at=street.clock.now()))
    assert rung(street) == {}
    assert await waiting(street) == 0


async def test_who_says_nothing_meanwhile_gets_it_once(street: Town, bell: Bell):
    async with waits_for_its_moment(street, bell):
        pass
    assert rung(street) == {"bel 2": 1}
    assert len(bell.receivers) == 2


async def test_a_moment_that_was_missed_and_came_again_late_is_no_leave_to_speak(
    street: Town, bell: Bell, monkeypatch: pytest.MonkeyPatch
):
    """It goes back and is worded anew; that is no attempt."""
    pace = street.timed.deliveries._means.pace
    missed, reserve = [], pace.reserve

    async def late(names):
        slots = await reserve(names)
        if not missed:
            missed.append(names)
            return [replace(slot, at=1.0) for slot in slots]
        return slots

    monkeypatch.setattr(pace, "reserve", late)
    monkeypatch.setattr("bot.jobs.saying.LONG_AGO", 0.0)
    await add(street)
    await street.work_off()
    assert rung(street) == {"bel 2": 1}
    assert len(bell.receivers) == 2
