"""Doors over real HTTP, between a fake Bot Framework and a fake client."""

from collections.abc import AsyncIterator, Iterator

import pytest

from bot.adapter import DoorConfig
from bot.adapter.connector import Connector
from bot.services import FakeClock
from bot.turn import Reference, Scope
from cards.renderers import RENDERERS
from tests.fakes.botframework import TENANT, BotFramework, utc
from tests.fakes.doors import (
    QUICK,
    UNHURRIED,
    Doors,
    House,
    Picture,
    Sentence,
    draw_picture,
    draw_sentence,
    production_config,
)
from tests.fakes.drive import Drive
from tests.fakes.teams_client import GROUP


@pytest.fixture(scope="package", autouse=True)
def _own_views() -> Iterator[None]:
    """Two views for this folder alone: the door draws whatever the table knows."""
    own = {Sentence: draw_sentence, Picture: draw_picture}
    RENDERERS.update(own)
    yield
    for view in own:
        del RENDERERS[view]


@pytest.fixture
async def framework() -> AsyncIterator[BotFramework]:
    async with BotFramework() as framework:
        yield framework


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(utc())


@pytest.fixture
def hurried() -> None:
    """A door that soon finds an answer late: for what is done then."""


@pytest.fixture
async def doors(request: pytest.FixtureRequest, framework: BotFramework, clock: FakeClock) -> AsyncIterator[Doors]:
    async with Doors(framework, clock, QUICK if "hurried" in request.fixturenames else UNHURRIED) as doors:
        yield doors


@pytest.fixture
def production(framework: BotFramework) -> DoorConfig:
    return production_config(framework)


@pytest.fixture
async def sandbox(doors: Doors) -> House:
    """A sandbox door."""
    return await doors.open()


@pytest.fixture
async def office(doors: Doors, production: DoorConfig, framework: BotFramework) -> House:
    """A production door: tokens checked both ways."""
    framework.demands_token = True
    return await doors.open(production)


@pytest.fixture
async def drive() -> AsyncIterator[Drive]:
    async with Drive() as drive:
        yield drive


@pytest.fixture
def here(office: House) -> Reference:
    return Reference(TENANT, GROUP.id, office.framework.service_url, "msteams", "28:bot", "Samen", Scope.GROUP)


@pytest.fixture
def connector(office: House) -> Connector:
    return office.door.connector
