"""One delivery's last steps: its moment comes, the row is still ours, Teams is asked once."""

import asyncio
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from time import monotonic
from typing import TypeVar

from bot.dispatcher import Kind
from bot.domain.pace import Slot
from bot.errors import NotFound, Overtaken
from bot.jobs.outcomes import Outcomes
from bot.jobs.pace import Pace
from bot.jobs.together import Together
from bot.outgoing import Asked, Delivery, Message
from bot.services import Services
from bot.services.pacing import pace_name
from bot.services.sending import Batch, Sender
from bot.telemetry import LAG, record
from bot.turn import Scope

Result = TypeVar("Result")

# Seconds: AHEAD, and some. Who missed a moment and waited so long for the next may have said stop meanwhile.
LONG_AGO = 3.0


@dataclass(frozen=True, slots=True)
class Means:
    """What is spoken with; once `closing` is set nothing more is begun."""

    services: Services
    sender: Sender
    pace: Pace
    closing: asyncio.Event


@dataclass(frozen=True, slots=True)
class Worded:
    """A delivery with its words."""

    delivery: Delivery
    kind: Kind
    said: Message
    worded_at: float = field(default_factory=monotonic)

    @property
    def age(self) -> float:
        """Seconds since it was looked at whether it may be said."""
        return monotonic() - self.worded_at

    @property
    def pace_name(self) -> str:
        return pace_name(self.said.to, self.said.only_for)


class Saying:
    """Says the deliveries of one batch."""

    def __init__(self, rows: Batch, means: Means, outcomes: Outcomes) -> None:
        self._rows, self._means, self._outcomes = rows, means, outcomes
        self._ask = Together(self._ask_for)
        self.unsaid: set[str] = set()  # noted as asked, and Teams was not asked: whoever gives up before says so

    async def say(self, worded: Worded, slot: Slot) -> None:
        """Say it at its moment. Raises Overtaken, and what the store raises."""
        delivery = worded.delivery
        try:
            await self._say(worded, slot)
        except _Failed as failed:
            await self._outcomes.failed(delivery, worded.kind, worded.said, failed.error, self._now())
        except _NotFree as busy:
            await self._outcomes.not_free([(delivery, busy.slot)], self._now())
        except _Closing:
            pass  # not asked yet: it is left to others with the rest

    async def _say(self, worded: Worded, slot: Slot) -> None:
        known = bool(worded.said.to.conversation)
        if not known:
            worded = await self._open(worded, slot)
        try:
            await self._post(worded, slot if known else None)
        except _Failed as failed:
            if not (known and isinstance(failed.error, NotFound) and worded.said.to.scope is Scope.PERSONAL):
                raise
            # The chat that was remembered is gone; there may be another one by now.
            await self._post(await self._open(worded, None), None)

    async def _open(self, worded: Worded, slot: Slot | None) -> Worded:
        """With the receiver's own chat opened, and remembered with how to reach them."""
        said = worded.said
        await self._moment(worded, slot)
        conversation = await _teams(self._means.sender.open(said.to, said.only_for or ""))
        await self._rows.opened(worded.delivery, conversation)
        return replace(worded, said=replace(said, to=replace(said.to, conversation=conversation)))

    async def _post(self, worded: Worded, slot: Slot | None) -> None:
        delivery = worded.delivery
        slot = await self._moment(worded, slot, early=True)
        while await self._is_mine(delivery):
            # Whoever slept here finds its moment gone, and looks again whether the row is still its own.
            if await self._comes(slot):
                self._means.pace.kept_up()
                self.unsaid.discard(delivery.id)
                await _teams(self._means.sender.send(worded.said))
                record(LAG, (self._now() - delivery.made_at).total_seconds(), message=delivery.kind)
                await self._outcomes.done(delivery)
                return
            slot = await self._moment(worded, slot, early=True, asked=True)

    async def _is_mine(self, delivery: Delivery) -> bool:
        """Whether the row is still there, written down as asked for. Raises Overtaken where another run has it."""
        asked = await self._ask(delivery)
        if asked is Asked.TAKEN:
            raise Overtaken
        return asked is Asked.YES

    async def _ask_for(self, deliveries: Sequence[Delivery]) -> Sequence[Asked]:
        # Not what was asked by somebody else before: that may have arrived then.
        self.unsaid.update(one.id for one in deliveries if not one.asked_at)
        return await self._rows.ask(deliveries, self._now())

    async def _moment(self, worded: Worded, slot: Slot | None, *, early: bool = False, asked: bool = False) -> Slot:
        """Wait for the moment, or for another one when it is too late; `early`: so that there is time to write it down."""
        while slot is None or not await self._comes(slot, self._means.pace.ahead if early else 0.0):
            slot = await self._means.pace.another(worded.pace_name, slot)
            if not slot.mine:
                raise _NotFree(slot)
            if worded.age > LONG_AGO:
                raise _NotFree(Slot(None, mine=False))  # at once, and from the beginning
        if self._means.closing.is_set() and not asked:
            raise _Closing
        return slot

    async def _comes(self, slot: Slot, lead: float = 0.0) -> bool:
        """Wait for the moment, or so long before; False when it has passed. Closing ends a wait."""
        if slot.at is None:
            return True
        seconds = slot.at - lead - self._means.pace.now()
        if seconds > 0:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._means.closing.wait(), seconds) if lead else await asyncio.sleep(seconds)
        return not self._means.pace.is_late(slot)

    def _now(self) -> datetime:
        return self._means.services.clock.now()


class _Failed(Exception):
    """Teams did not take it; the store had no part in it."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error


class _NotFree(Exception):
    """The conversation may not be spoken in now."""

    def __init__(self, slot: Slot) -> None:
        super().__init__()
        self.slot = slot


class _Closing(Exception):
    """The process stops."""


async def _teams(asked: Awaitable[Result]) -> Result:
    try:
        return await asked
    except Exception as error:
        raise _Failed(error) from error
