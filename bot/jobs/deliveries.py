"""Messages that Samen sends by itself: found when they are due, worded then, sent in the receiver's working time."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from contextvars import Context
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count

from bot.dispatcher import Command, Kind
from bot.domain.health import Failure
from bot.jobs.batches import Run
from bot.jobs.outcomes import MOST_ATTEMPTS, Outcomes
from bot.jobs.routes import Looked, Routes
from bot.jobs.saying import Means, Worded
from bot.logs import get_logger, where_it_failed
from bot.outgoing import Delivery, Message
from bot.services.sending import DueDeliveries

# Renderers that read the store at the same time.
WORDED_AT_ONCE = 4
# Seconds before a batch is tried again that the store failed; what is left then is found by the tick.
PAUSES = (1.0, 3.0, 10.0, 30.0)
# What a row raises that says something this version does not know: not the store's trouble, and no better in a moment.
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError)

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Known:
    """A kind of message and whose it is."""

    command: Command
    kind: Kind


class Deliveries:
    """Makes batches of what is due, and sends them. `life` names this run of the process, as nobody else is named."""

    def __init__(self, commands: Sequence[Command], waiting: DueDeliveries, means: Means, life: str) -> None:
        self._kinds: Mapping[str, Known] = {
            name: Known(command, kind) for command in commands for name, kind in command.kinds.items()
        }
        self._waiting, self._means, self._life = waiting, means, life
        self._routes = Routes(means.services)
        self._numbers = count(1)
        self._runs: set[asyncio.Task[None]] = set()
        # Over and done with, but the store could not be told: not said again when it is taken again.
        self._over: set[tuple[str, str]] = set()

    async def collect(self, now: datetime | None = None) -> None:
        """Have everything sent that is due."""
        while not self._means.closing.is_set() and await self._waiting.collect(now or self._means.services.clock.now()):
            pass

    async def deliver(self, tenant: str, batch: str) -> None:
        """Send one batch. Run twice, also at the same moment or by two processes, it sends each message once."""
        # In a task of its own, without the engine's context: that the engine stops must not cut a message in two.
        task = asyncio.create_task(self._deliver(tenant, batch), context=Context())
        self._runs.add(task)
        task.add_done_callback(self._runs.discard)
        await asyncio.shield(task)

    async def close(self, grace: float) -> None:
        """Begin no more; let what is being sent be sent, and leave the rest to others."""
        self._means.closing.set()
        if self._runs:
            await asyncio.wait(self._runs, timeout=grace)

    async def _deliver(self, tenant: str, batch: str) -> None:
        run = self._run(tenant, batch)
        work = run.work
        for pause in PAUSES:
            try:
                await work()
            except Exception as error:  # noqa: BLE001 - the store may be back in a moment
                where = where_it_failed(error)
                log.warning("batch_interrupted", error=type(error).__name__, where=where)
                await self._pause(pause)
            else:
                return
            # It alone knows what it did not say: what it leaves is collected into another batch.
            work = run.leave
        await work()

    def _run(self, tenant: str, batch: str) -> Run:
        # Each run has a name of its own: two of one process are no more to each other than two of two processes.
        rows = self._waiting.batch(tenant, batch, f"{self._life}:{next(self._numbers)}")
        outcomes = Outcomes(rows, self._means.pace, self._means.services.health, self._over)
        return Run(rows, self._means, self._word, outcomes)

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._means.closing.wait(), seconds)
        except TimeoutError:
            return

    async def _word(self, chunk: Sequence[Delivery], outcomes: Outcomes) -> Sequence[Worded]:
        """What is to be said now; the others are settled."""
        now = self._means.services.clock.now()
        worth = [found for one in chunk if (found := await self._worth(one, outcomes))]
        if not worth:
            return ()
        looked = await self._look(worth, outcomes, now)
        places = asyncio.Semaphore(WORDED_AT_ONCE)
        waits: list[tuple[Delivery, datetime]] = []

        async def word(one: Delivery) -> Worded | None:
            async with places:
                return await self._one(one, looked[one.id], outcomes, waits)

        worded = await asyncio.gather(*(word(one) for one in worth if one.id in looked))
        await outcomes.wait(waits, now)
        return [one for one in worded if one]

    async def _look(self, worth: Sequence[Delivery], outcomes: Outcomes, now: datetime) -> Mapping[str, Looked]:
        """What each of them leans on, by id; who leans on something that cannot be read is settled."""
        tenant = worth[0].tenant
        with suppress(*UNREADABLE):
            looked = await self._routes.look(tenant, worth, now)
            return {one.id: looked for one in worth}
        found: dict[str, Looked] = {}
        for one in worth:
            try:
                found[one.id] = await self._routes.look(tenant, [one], now)
            except UNREADABLE as error:
                await outcomes.faulty(one, error, now)
        return found

    async def _worth(self, delivery: Delivery, outcomes: Outcomes) -> Delivery | None:
        """The delivery where it may be tried, once more at most when nobody knows whether it arrived."""
        known = self._kinds.get(delivery.kind)
        if outcomes.is_over(delivery):
            await outcomes.done(delivery)
        elif delivery.attempts > MOST_ATTEMPTS:
            await outcomes.give_up(delivery, Failure.DELIVERY_EXPIRED)
        elif known is None:
            await outcomes.unknown(delivery, self._means.services.clock.now())
        elif delivery.asked_at and not known.kind.again:
            await outcomes.give_up(delivery, Failure.DELIVERY_UNSURE)
        else:
            return replace(delivery, attempts=MOST_ATTEMPTS) if delivery.asked_at else delivery
        return None

    async def _one(
        self, delivery: Delivery, looked: Looked, outcomes: Outcomes, waits: list[tuple[Delivery, datetime]]
    ) -> Worded | None:
        services, known = self._means.services, self._kinds[delivery.kind]
        now = services.clock.now()
        try:
            route = self._routes.route(delivery, known.command, looked, now)
            if route and route.at > now:
                waits.append((delivery, route.at))
                return None
            if route and known.kind.to:
                route = replace(route, receiver=await known.kind.to(delivery, route.receiver, services))
            view = await known.kind.word(delivery, route.receiver, services) if route else None
        except Exception as error:  # noqa: BLE001 - one message that cannot be worded must not hold up the others
            await outcomes.faulty(delivery, error, now)
            return None
        if route is None or view is None:
            await (
                outcomes.give_up(delivery, Failure.DELIVERY_BLOCKED)
                if looked.is_lost(delivery)
                else outcomes.done(delivery)
            )
            return None
        receiver = route.receiver
        said = Message(route.to, view, receiver.language, route.only_for, delivery.user_id, receiver.zone)
        return Worded(delivery, known.kind, said)
