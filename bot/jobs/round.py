"""One round of timed work: everything that is due at a moment, as the minute tick and the tests run it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Protocol

from bot.dispatcher import Command
from bot.domain.health import Failure
from bot.logs import get_logger, where_it_failed
from bot.services import Services
from bot.services.health import Health

Part = Callable[[datetime], Awaitable[object]]

log = get_logger(__name__)


class Deletion(Protocol):
    async def due(self, now: datetime) -> int:
        """Delete what is past its time."""


class Kept(Protocol):
    """What the store offers to timed work."""

    @property
    def deletion(self) -> Deletion: ...


class Round:
    """Runs its parts one after the other; what goes wrong in one is logged and counted, and stops no other."""

    def __init__(self, parts: Mapping[str, Part], health: Health) -> None:
        self._parts, self._health = parts, health

    async def due(self, now: datetime) -> None:
        """Do what is due at `now` (aware, UTC). Twice at once, or by two replicas, does no harm."""
        for name, part in self._parts.items():
            try:
                await part(now)
            except Exception as error:  # noqa: BLE001 - whatever it was, the other parts go on
                log.error("tick_part_failed", part=name, error=type(error).__name__, where=where_it_failed(error))  # noqa: TRY400 - a traceback quotes values
                self._health.count(Failure.TICK)
        await self._health.beat(now)
        await self._health.flush()


def make_round(commands: Sequence[Command], services: Services, kept: Kept) -> Round:
    """The round of these commands: what is past is deleted first, whatever else takes long."""
    parts: dict[str, Part] = {"deletion": kept.deletion.due}
    parts |= {command.name: partial(_due, command, services) for command in commands if command.due}
    return Round(parts, services.health)


async def _due(command: Command, services: Services, now: datetime) -> None:
    if command.due:
        await command.due(now, services)
