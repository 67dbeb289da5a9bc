"""A stage for Graph's side, the client before it, and one person's account."""

from collections.abc import AsyncIterator

import pytest

from graph.account import Account
from graph.client import GraphClient
from graph.types import UserToken
from tests.graph.stage import Stage

USER = "8d7b6c1a-2f34-4e5a-9b80-1c2d3e4f5a6b"
TOKEN = "eyJ0-token-of-anouk"


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    """Fails the test at its end if anything that was asked, or answered, broke the contract."""
    stage = Stage()
    await stage.start()
    yield stage
    await stage.stop()
    assert stage.complaints == []


@pytest.fixture
async def client(stage: Stage) -> AsyncIterator[GraphClient]:
    client = GraphClient(stage.url, patience=2.0)
    yield client
    await client.close()


@pytest.fixture
def account(client: GraphClient) -> Account:
    return Account(client, USER, UserToken(TOKEN))
