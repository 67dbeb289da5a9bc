"""Samen's own door with the least behind it: a message is answered with a message, and nothing is kept."""

import asyncio
import signal
from collections.abc import Mapping
from dataclasses import dataclass

import uvloop
from aiohttp import web

from app import door_config
from bot.adapter import Door, make_runner
from bot.logs import set_up_logs
from bot.outgoing import SentCard
from bot.process import spare_the_collector
from bot.services import FakeHealth, SystemClock
from bot.settings import Settings, load_settings
from bot.turn import Reply, Turn
from cards.drawing import Drawn, View
from cards.renderers import RENDERERS


@dataclass(frozen=True, slots=True)
class EchoView(View):
    text: str


class NoCards:
    async def remember(self, card: SentCard) -> None:
        raise AssertionError("an echo has no places on it")


async def echo(turn: Turn) -> Reply:
    return Reply(EchoView(f"Echo: {turn.text}"), "nl", "nl")


async def ready() -> Mapping[str, bool]:
    return {}


async def serve(settings: Settings) -> None:
    RENDERERS.update({EchoView: lambda view, _: Drawn(None, view.text)})
    door = Door(
        door_config(settings),
        echo,
        ready=ready,
        clock=SystemClock(),
        targeted=True,
        cards=NoCards(),
        health=FakeHealth(),
    )
    runner = make_runner(door.application(), grace=1.0)
    await runner.setup()
    await web.TCPSite(runner, settings.host, settings.port).start()
    spare_the_collector()
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()
    await runner.cleanup()


if __name__ == "__main__":
    found = load_settings()
    set_up_logs(found.log)
    uvloop.run(serve(found))
