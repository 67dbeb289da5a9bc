"""One round of timed work: everything that is due at a moment, as the minute tick and the tests run it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Protocol

from bot.dispatcher import Command
from bot.domain.health import Failure
from bot.domain.jobs import Work
from bot.jobs.deliveries import Deliveries
from bot.jobs.focus import FocusWork
from bot.jobs.nights import Nights
from bot.jobs.pace import Pace
from bot.jobs.redraws import Redraws
from bot.jobs.saying import Means
from bot.logs import get_logger, where_it_failed
from bot.services import Services
from bot.services.health import Health
from bot.services.living import KeptCards
from bot.services.pacing import Pacing
from bot.services.sending import DueDeliveries, Sender, SentCards
from bot.telemetry import PART, TICK, timed

Part = Callable[[datetime], Awaitable[object]]

log = get_logger(__name__)


class Deletion(Protocol):
    async def due(self, now: datetime) -> int:
        """Delete what is past its time."""


class Kept(Protocol):
    """What the store offers to timed work."""

    @property
    def deletion(self) -> Deletion: ...
    @property
    def deliveries(self) -> DueDeliveries: ...
    @property
    def cards(self) -> SentCards: ...
    @property
    def living(self) -> KeptCards: ...
    @property
    def pace(self) -> Pacing: ...


class Round:
    """Runs its parts one after the other; what goes wrong in one is logged and counted, and stops no other."""

    def __init__(self, parts: Mapping[str, Part], health: Health) -> None:
        self._parts, self._health = parts, health

    async def due(self, now: datetime) -> None:
        """Do what is due at `now` (aware, UTC). Twice at once, or by two replicas, does no harm."""
        with timed(TICK):
            await self._due(now)

    async def _due(self, now: datetime) -> None:
        for name, part in self._parts.items():
            try:
                with timed(PART, part=name):
                    await part(now)
            except Exception as error:  # noqa: BLE001 - whatever it was, the other parts go on
                log.error("tick_part_failed", part=name, error=type(error).__name__, where=where_it_failed(error))  # noqa: TRY400 - a traceback quotes values
                self._health.count(Failure.TICK)
        await self._health.beat(now)
        await self._health.flush()


class Timed:
    """All that Samen does without being asked: the round of every minute, and what the engine's jobs do, by name.

    `life` names this run of the process, as nobody else is named; `rate` is how many messages all processes may send in a
    second.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - one constructor for all timed work
        self, commands: Sequence[Command], services: Services, kept: Kept, sender: Sender, life: str, rate: int = 25
    ) -> None:
        self._closing = asyncio.Event()
        means = Means(services, sender, Pace(kept.pace, rate), self._closing)
        self.deliveries = Deliveries(commands, kept.deliveries, means, life)
        self._nights = Nights(kept.cards, means)
        redraws = Redraws(commands, kept.living, means, life)
        # What the engine's jobs do, by name; each takes the job's arguments.
        self.work: dict[Work, Callable[..., Awaitable[None]]] = {
            Work.COLLECT: self.deliveries.collect,
            Work.DELIVER: self.deliveries.deliver,
            Work.REDRAW: redraws.redraw,
            Work.FOCUS: FocusWork(services).bring,
        }
        # Cards are replaced before what is remembered of them goes: a bot that was down for days does it too.
        parts: dict[str, Part] = {"nights": self._nights.due, "deletion": kept.deletion.due}
        parts |= {command.name: partial(_due, command, services) for command in commands if command.due}
        parts["redraws"] = redraws.due
        # Last: what waited for this minute, and what an earlier job left.
        parts["collect"] = self.deliveries.collect
        self.round = Round(parts, services.health)

    async def close(self, grace: float) -> None:
        """Begin nothing more; what is being sent is sent, within `grace` seconds."""
        self._closing.set()
        await asyncio.gather(self.deliveries.close(grace), self._nights.close(grace))


async def _due(command: Command, services: Services, now: datetime) -> None:
    if command.due:
        await command.due(now, services)
