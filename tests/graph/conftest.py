"""A stage for Graph's side, the client before it, and one person's account."""

from collections.abc import AsyncIterator, Iterator

import pytest

from graph.account import Account
from graph.client import GraphClient
from graph.types import UserToken
from tests.graph.stage import Stage

USER = "8d7b6c1a-2f34-4e5a-9b80-1c2d3e4f5a6b"
TOKEN = "eyJ0-token-of-anouk"


@pytest.fixture(scope="session")
async def theatre() -> AsyncIterator[tuple[Stage, GraphClient]]:
    """One for all: a client's first request costs a second, its next ones a thousandth."""
    stage = Stage()
    await stage.start()
    client = GraphClient(stage.url, patience=20.0)  # a busy machine is no silence: that has a client of its own
    yield stage, client
    await client.close()
    await stage.stop()


@pytest.fixture
def stage(theatre: tuple[Stage, GraphClient]) -> Iterator[Stage]:
    """Fails the test at its end if anything that was asked, or answered, broke the contract."""
    stage, _ = theatre
    stage.clear()
    yield stage
    stage.open.set()
    assert stage.complaints == []


@pytest.fixture
def client(stage: Stage, theatre: tuple[Stage, GraphClient]) -> GraphClient:
    return theatre[1]


@pytest.fixture
def account(client: GraphClient) -> Account:
    return Account(client, USER, UserToken(TOKEN))
