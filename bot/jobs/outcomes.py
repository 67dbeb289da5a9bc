"""What becomes of a delivery: sent, dropped and counted, or offered again later."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.dispatcher import Kind
from bot.domain.health import Failure
from bot.domain.pace import Slot
from bot.errors import Blocked, ConnectorError, NotFound, NotSent, Refused, Throttled, TooLarge, Transient
from bot.jobs.pace import Pace
from bot.jobs.together import Together
from bot.logs import get_logger, where_it_failed
from bot.outgoing import Delivery, Later, Message
from bot.services.health import Health
from bot.services.sending import Batch

# Design, section 9: as long as a delivery is kept, from the moment that it may be sent. Days off between two attempts are
# none of it; how often it is tried has an end of its own.
LONGEST = timedelta(days=3)
FIRST_PAUSE = timedelta(seconds=30)  # doubles
FIRST_PAUSE_THROTTLED = timedelta(seconds=1)  # likewise: Teams says itself how long
LONGEST_PAUSE = timedelta(hours=1)
# Those of a process that died with it are among them. The last is also the only one after a send that may have arrived.
MOST_ATTEMPTS = 20
MOST_FAULTS = 5  # of our own making: trying on would only fill the log
UNKNOWN_PAUSE = timedelta(minutes=1)  # so often in all as with a fault

log = get_logger(__name__)


class Outcomes:
    """Settles deliveries of one batch; `over` are those, of this process, that were said and could not be ended."""

    def __init__(self, rows: Batch, pace: Pace, health: Health, over: set[tuple[str, str]]) -> None:
        self._rows, self._pace, self._health, self._over = rows, pace, health, over
        self._end = Together(self._done)

    def is_over(self, delivery: Delivery) -> bool:
        """Whether this process said it already."""
        return (delivery.tenant, delivery.id) in self._over

    async def done(self, delivery: Delivery) -> None:
        """Keep it no longer. Where the store fails it is offered again, and not said again: only this is tried again."""
        key = (delivery.tenant, delivery.id)
        self._over.add(key)
        try:
            await self._end(delivery)
        except Exception as error:  # noqa: BLE001 - what was said is said
            kind, where = delivery.kind, where_it_failed(error)
            log.error("delivery_not_ended", kind=kind, error=type(error).__name__, where=where)  # noqa: TRY400 - a traceback quotes values
            self._health.count(Failure.DELIVERY_FAULT)
        else:
            self._over.discard(key)

    async def _done(self, deliveries: Sequence[Delivery]) -> Sequence[None]:
        await self._rows.done(deliveries)
        return [None] * len(deliveries)

    async def give_up(self, delivery: Delivery, failure: Failure, error: Exception | None = None) -> None:
        """Drop it, and count why."""
        log.warning("delivery_dropped", kind=delivery.kind, reason=failure.value, error=type(error).__name__)
        self._health.count(failure)
        await self.done(delivery)

    async def wait(self, waits: Sequence[tuple[Delivery, datetime]], now: datetime) -> None:
        """They may not be sent before: that is no attempt, and their days count from then."""
        await self._rows.later([Later(one, at, one.attempts - 1, made_at=at) for one, at in waits], now)

    async def not_free(self, busy: Sequence[tuple[Delivery, Slot]], now: datetime) -> None:
        """Teams may not be spoken to there now: they are offered again when it may."""
        pace = self._pace.now()
        rows = [
            Later(one, now + timedelta(seconds=max((slot.at or pace) - pace, 0.0)), one.attempts - 1, one.made_at)
            for one, slot in busy
        ]
        await self._rows.later(rows, now)

    async def failed(self, delivery: Delivery, kind: Kind, said: Message, error: Exception, now: datetime) -> None:
        """Teams did not take it."""
        if isinstance(error, Blocked | NotFound):
            await self._unreachable(delivery, error, now)
        elif isinstance(error, Refused | TooLarge):
            await self.give_up(delivery, Failure.DELIVERY_REFUSED, error)
        elif _may_have_arrived(error) and not kind.again:
            await self.give_up(delivery, Failure.DELIVERY_UNSURE, error)
        elif isinstance(error, ConnectorError):
            if isinstance(error, Throttled):
                await self._pace.throttled(said.to, error.seconds, said.only_for)
            await self._try_later(delivery, now, error)
        else:
            await self.faulty(delivery, error, now)

    async def faulty(self, delivery: Delivery, error: Exception, now: datetime) -> None:
        """One message that cannot be worded must not hold up the others."""
        log.error("delivery_failed", kind=delivery.kind, error=type(error).__name__, where=where_it_failed(error))
        self._health.count(Failure.DELIVERY_FAULT)
        if delivery.attempts >= MOST_FAULTS:
            await self.done(delivery)
        else:
            await self._try_later(delivery, now, error)

    async def unknown(self, delivery: Delivery, now: datetime) -> None:
        """A kind that this version does not know: during an upgrade another process does."""
        if delivery.attempts >= MOST_FAULTS:
            await self.give_up(delivery, Failure.DELIVERY_FAULT)
            return
        log.info("delivery_waits", kind=delivery.kind, error="UnknownKind", attempts=delivery.attempts)
        await self._rows.later([Later(delivery, now + UNKNOWN_PAUSE, delivery.attempts, delivery.made_at)], now)

    async def _unreachable(self, delivery: Delivery, error: Exception, now: datetime) -> None:
        dropped = await self._rows.unreachable(delivery, now)
        reason = Failure.DELIVERY_BLOCKED.value
        log.warning("delivery_dropped", kind=delivery.kind, reason=reason, error=type(error).__name__, dropped=dropped)
        for _ in range(dropped):
            self._health.count(Failure.DELIVERY_BLOCKED)

    async def _try_later(self, delivery: Delivery, now: datetime, error: Exception) -> None:
        first = FIRST_PAUSE_THROTTLED if isinstance(error, Throttled) else FIRST_PAUSE
        pause = min(first * 2 ** min(delivery.attempts - 1, 12), LONGEST_PAUSE)
        pause *= 1 + random.random() / 2  # noqa: S311 - jitter needs no secrecy
        if isinstance(error, Throttled):
            pause = max(pause, timedelta(seconds=error.seconds))
        if delivery.attempts >= MOST_ATTEMPTS or now + pause - delivery.made_at > LONGEST:
            await self.give_up(delivery, Failure.DELIVERY_EXPIRED, error)
            return
        log.info("delivery_waits", kind=delivery.kind, error=type(error).__name__, attempts=delivery.attempts)
        attempts = MOST_ATTEMPTS - 1 if _may_have_arrived(error) else delivery.attempts
        await self._rows.later([Later(delivery, now + pause, attempts, delivery.made_at)], now)


def _may_have_arrived(error: Exception) -> bool:
    """Whether Teams was asked and did not answer: it may have carried it out."""
    return isinstance(error, Transient) and error.status is None and not isinstance(error, NotSent)
