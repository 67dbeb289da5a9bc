"""A store on each database, in a week of November 2026."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.services.clock import FakeClock
from bot.store import Store
from bot.store.outbox import FakeOutbox


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


@pytest.fixture
async def store(database_url: str, clock: FakeClock) -> AsyncIterator[Store]:
    store = Store(database_url, clock.now, FakeOutbox())
    yield store
    await store.close()
