"""The house that focus sessions are brought in line in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.services import FakeClock
from bot.store import Store
from bot.store.outbox import FakeOutbox
from graph.client import GraphClient
from graph.user_tokens import UserTokens
from tests.graph.sandbox.served import CONNECTION, START, Served
from tests.services.house import House, Kept


@pytest.fixture
async def house(database_url: str, tmp_path: Path) -> AsyncIterator[House]:
    clock = FakeClock(START)
    async with Served(tmp_path) as served, UserTokens(CONNECTION, base_url=served.url) as tokens:
        client = GraphClient(f"{served.url}/v1.0")
        store = Store(database_url, clock.now, FakeOutbox())
        yield House(served, store, clock, client, tokens, Kept(store))
        await store.close()
        await client.close()
