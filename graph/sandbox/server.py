"""The twin as an aiohttp application."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web

from graph.sandbox.calendar_paths import CalendarPaths
from graph.sandbox.door import Door
from graph.sandbox.pages import Pages
from graph.sandbox.people import Person
from graph.sandbox.person_paths import PersonPaths
from graph.sandbox.presence_paths import PresencePaths
from graph.sandbox.sign_in_page import SignInPage
from graph.sandbox.store import Store, read_world
from graph.sandbox.token_paths import TokenPaths
from graph.sandbox.twin import Twin
from graph.sandbox.twin_paths import TwinPaths
from graph.sandbox.world import World, peopled


def utc_now() -> datetime:
    """The real time."""
    return datetime.now(UTC)


def twin(
    state: Path, people: Iterable[Person], clock: Callable[[], datetime] = utc_now, sign_in: str = "signed_in"
) -> Twin:
    """The twin of exactly these people, with what the file keeps of them. Raises StateUnreadable."""
    world = peopled(read_world(state) or World(), people)
    return Twin(Store(state, world), clock, sign_in)


def application(held: Twin) -> web.Application:
    """The twin's doors: Graph below /v1.0, the token service below /api, the twin's own below /_twin, the page at /."""
    app = web.Application(middlewares=Door(held).middlewares())
    parts = (PresencePaths, CalendarPaths, PersonPaths, TokenPaths, SignInPage, TwinPaths)
    for part in parts:
        app.add_routes(part(held).routes())
    app.add_routes(Pages().routes())
    return app
