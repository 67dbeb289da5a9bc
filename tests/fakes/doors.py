"""Opening real doors in tests, and standing in for the dispatcher behind them."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from typing import Any, Self

import aiohttp
from aiohttp import web

from bot.adapter import Door, DoorConfig, Pace, make_runner
from bot.services import FakeClock, FakeHealth
from bot.services.sending import FakeSentCards
from bot.turn import Reply, Turn
from cards import Drawn, View
from tests.fakes.botframework import APP_ID, SECRET, TENANT, BotFramework
from tests.fakes.teams_client import TeamsClient

# A second is a tenth here, so that "too late" can be tested without waiting for it.
QUICK = Pace(typing=0.1, press=0.3, message=0.6, longest=2.0, goodbye=0.2)
# Elsewhere nothing is too late: a busy machine may take as long as it takes.
UNHURRIED = replace(QUICK, typing=20.0, press=20.0, message=20.0, longest=40.0)


@dataclass(frozen=True)
class Sentence(View):
    text: str


@dataclass(frozen=True)
class Picture(View):
    title: str
    button: bool = False


def draw_picture(view: Picture, language: str) -> Drawn:
    body = [{"type": "TextBlock", "text": view.title}]
    actions = {"actions": [{"type": "Action.Execute", "verb": "x", "data": {"l": "nl"}}]} if view.button else {}
    card = {"type": "AdaptiveCard", "version": "1.5", "lang": language, "body": body, **actions}
    return Drawn(card, f"{view.title}\nall of it")


def draw_sentence(view: Sentence, _: str) -> Drawn:
    return Drawn(None, view.text)


class Handler:
    """Stands in for the dispatcher: remembers the turns and gives the reply it was told to."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self.reply = Reply(Sentence("goed"), "nl", "nl")
        self.act: Callable[[Turn], Awaitable[Any]] | None = None

    async def __call__(self, turn: Turn) -> Reply:
        self.turns.append(turn)
        if self.act:
            await self.act(turn)
        return self.reply

    def shows(self, view: View | None, language: str = "nl", team_language: str = "nl") -> None:
        self.reply = Reply(view, language, team_language)

    @property
    def turn(self) -> Turn:
        """The only turn there was."""
        (turn,) = self.turns
        return turn


@dataclass
class House:
    """A door with all its neighbours."""

    door: Door
    client: TeamsClient
    handler: Handler
    framework: BotFramework
    clock: FakeClock
    cards: FakeSentCards
    health: FakeHealth


GRACE_SECONDS = 2.0


class Doors:
    """Opens doors on loopback and closes them at the end."""

    def __init__(self, framework: BotFramework, clock: FakeClock, pace: Pace = UNHURRIED) -> None:
        self._framework, self._clock, self._pace = framework, clock, pace
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        self._session = await self._stack.enter_async_context(aiohttp.ClientSession())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def open(self, config: DoorConfig | None = None, *, targeted: bool = True, **more: Any) -> House:
        """A sandbox door, unless a config is given; `more` replaces what a Door takes."""
        handler = Handler()
        config = config or DoorConfig()
        cards, health = FakeSentCards(), FakeHealth()
        known = {"cards": cards, "health": health}
        door = Door(
            config,
            handler,
            targeted=targeted,
            **{"ready": all_well, "pace": self._pace, "clock": self._clock, **known, **more},
        )
        url = await self.serve(door)
        token = None if config.sandbox else self._framework.token(self._clock.now())
        return House(door, self.client(url, token), handler, self._framework, self._clock, cards, health)

    async def serve(self, door: Door) -> str:
        """Put a door on a port of its own; its address."""
        runner = make_runner(door.application(), grace=GRACE_SECONDS)
        await runner.setup()
        self._stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        return f"http://{host}:{port}"

    def client(self, url: str, token: str | None = None) -> TeamsClient:
        """Somebody's Teams, for a door at an address."""
        return TeamsClient(self._session, url, self._framework.service_url, token)


def production_config(framework: BotFramework, **more: Any) -> DoorConfig:
    """A production door's values, all of them on loopback."""
    usual = {
        "app_id": APP_ID,
        "tenant_id": TENANT,
        "password": SECRET,
        "openid_metadata_url": framework.metadata_url,
        "login_url": framework.login_url,
        "allowed_tenants": frozenset({TENANT}),
        "allowed_service_urls": (framework.service_url,),
    }
    return DoorConfig(**(usual | more))


async def all_well() -> Mapping[str, bool]:
    return {"database": True}


async def until(true: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait until something is so, on a busy machine too."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - what is waited for happens on the other side of a wire
            await asyncio.sleep(0.01)


def targeted() -> dict[str, Any]:
    """What Teams adds to an activity that only the bot and its sender see."""
    return {"recipient": {"id": "28:bot", "name": "Samen", "isTargeted": True}}
