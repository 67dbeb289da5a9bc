"""Speaking no faster than Teams allows, however many processes speak."""

import asyncio
import random
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence

from bot.domain.pace import AHEAD, ALL, HEADROOM, LONGEST_HOLD_OF_ALL, Slot, Wanted
from bot.jobs.together import Together
from bot.logs import get_logger
from bot.services.pacing import Pacing, pace_name
from bot.turn import Reference

# Seconds. A moment that is further away is not waited for: what waits goes back.
LONGEST_WAIT = 15.0
# A moment that passed by less is still good, see `SHARE`.
LATE = 0.04
# The longest that using a moment may take. Where the database is slower than that nothing can be sent in time, so it is
# long; it is used on a slow machine only, for what is noted as asked before its moment may, after a kill, be taken for said.
MOST_AHEAD = 1.0
# So many conversations that are told to wait within so many seconds: it is all of Samen that is too fast.
SEVERAL = 3
TOGETHER = 10.0

log = get_logger(__name__)

First = Callable[[], Awaitable[None]]


async def _nothing() -> None:
    return


class Pace:
    """The moments of one process; `rate` is how many messages all processes may send in a second."""

    def __init__(self, kept: Pacing, rate: float) -> None:
        self._kept, self._rate = kept, rate
        self._again = Together(self._reserve)
        self._throttled: OrderedDict[str, float] = OrderedDict()
        self.ahead = HEADROOM  # seconds from asking for a moment to using it: longer on a busy machine

    def now(self) -> float:
        """This moment by the clock of the moments, in seconds since 1970."""
        return self._kept.now()

    def is_late(self, slot: Slot) -> bool:
        """Whether the moment has passed, and with it the leave to speak."""
        return slot.at is not None and self.now() > slot.at + LATE

    async def reserve(self, names: Sequence[str]) -> Sequence[Slot]:
        """A moment for a message in each of these conversations (`pace_name`); waits while there is none anywhere."""
        return await self._reserve([Wanted(name, self.ahead) for name in names])

    async def another(self, name: str, missed: Slot | None) -> Slot:
        """The same for one conversation, instead of a moment that was missed."""
        if missed:
            self.ahead = min(2 * self.ahead, MOST_AHEAD)
        return await self._again(Wanted(name, self.ahead, missed.at if missed else None))

    def kept_up(self) -> None:
        """A moment was used in time."""
        self.ahead = max(0.95 * self.ahead, HEADROOM)

    async def _reserve(self, wanted: Sequence[Wanted]) -> Sequence[Slot]:
        end: float | None = None
        while wanted:
            slots = await self._kept.reserve(wanted, self._rate)
            # Only now is the clock known for sure: it may be the database's.
            end, at = end or self.now() + LONGEST_WAIT, slots[0].at
            if not slots[0].everywhere or at is None or at > end:
                return slots
            # Not all of those who wait at the same moment.
            await asyncio.sleep(max(at - self.now(), 0.0) + random.random() * AHEAD / 2)  # noqa: S311 - jitter needs no secrecy
        return ()

    async def wait(self, name: str, longest: float = LONGEST_WAIT, first: First = _nothing) -> float | None:
        """Wait for a moment to speak in one conversation; None when it is there, else how many seconds it takes.

        `first` is done right before the moment, and again where that made it too late. What it raises ends the wait.
        """
        end: float | None = None
        missed: Slot | None = None
        while True:
            slot = await self.another(name, missed)
            end = end or self.now() + longest
            if slot.at is None:
                await first()
                return None
            if slot.at > end:
                return slot.at - self.now()
            if slot.mine:
                await asyncio.sleep(max(slot.at - self.ahead - self.now(), 0.0))
                await first()
            await asyncio.sleep(max(slot.at - self.now(), 0.0))
            if slot.mine and not self.is_late(slot):
                self.kept_up()
                return None
            missed = slot if slot.mine else None

    async def throttled(self, to: Reference, seconds: float, only_for: str | None = None) -> None:
        """Teams asks to wait in this conversation: nobody speaks there so long; when several do, nobody anywhere."""
        name, now = pace_name(to, only_for), self.now()
        await self._kept.hold(name, seconds)
        self._throttled[name] = now
        for old in [one for one, at in self._throttled.items() if at < now - TOGETHER]:
            del self._throttled[old]
        if len(self._throttled) >= SEVERAL:
            log.warning("teams_throttles", conversations=len(self._throttled), seconds=round(seconds))
            await self._kept.hold(ALL, min(seconds, LONGEST_HOLD_OF_ALL))
            self._throttled.clear()
