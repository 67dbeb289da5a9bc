"""Messages that Samen sends by itself: found when they are due, worded then, sent in the receiver's working time."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.dispatcher import Command, Kind, variant
from bot.domain.capabilities import switched_on
from bot.domain.health import Failure
from bot.domain.working import LOOK_AHEAD, next_team_moment, next_working_moment
from bot.errors import Blocked, ConnectorError, NotFound, NotSent, Refused, Throttled, TooLarge, Transient
from bot.jobs.batches import Worker
from bot.logs import get_logger, where_it_failed
from bot.services import ReadUnit, Services
from bot.services.sending import DueDeliveries, Sender
from bot.turn import Delivery, Message, Receiver, Reference, Scope

# Design, section 9: as long as a delivery is kept, from the first moment that it may be sent.
LONGEST = timedelta(days=3)
FIRST_PAUSE = timedelta(seconds=30)  # doubles
LONGEST_PAUSE = timedelta(hours=1)
# Those of a replica that died with it are among them. The last is also the only one after a send that may have arrived.
MOST_ATTEMPTS = 20
MOST_FAULTS = 5  # of our own making: trying on would only fill the log

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Route:
    """To whom a delivery goes and how to speak there; `at` is when they may be spoken to."""

    receiver: Receiver
    to: Reference
    at: datetime
    only_for: str | None = None


class Deliveries:
    """Sends what is due. A row goes when it was sent, or when there is nobody (any more) to send it to."""

    def __init__(self, commands: Sequence[Command], services: Services, waiting: DueDeliveries, sender: Sender) -> None:
        self._kinds: Mapping[str, tuple[Command, Kind]] = {
            name: (command, kind) for command in commands for name, kind in command.kinds.items()
        }
        self._services, self._waiting, self._sender = services, waiting, sender
        self._worker = Worker(waiting, self._work)
        # Over and done with, but the store could not be told: not said again when it is taken again.
        self._over: set[tuple[str, str, datetime]] = set()

    async def due(self, now: datetime) -> None:
        """Send what is due at `now`. Two at once never send the same one."""
        await self._worker.due(now)

    async def close(self, grace: float) -> None:
        """Begin no more; let a message that is being sent be sent."""
        await self._worker.close(grace)

    async def _work(self, delivery: Delivery, now: datetime) -> None:
        if _key(delivery) in self._over:
            await self._end(delivery)
            return
        try:
            await self._deliver(delivery, now)
        except (Blocked, NotFound) as error:
            await self._give_up(delivery, Failure.DELIVERY_BLOCKED, error)
        except (Refused, TooLarge) as error:
            await self._give_up(delivery, Failure.DELIVERY_REFUSED, error)
        except ConnectorError as error:
            await self._try_later(delivery, now, error)
        except Exception as error:  # noqa: BLE001 - one message that cannot be worded must not hold up the others
            log.error("delivery_failed", kind=delivery.kind, error=type(error).__name__, where=where_it_failed(error))  # noqa: TRY400 - a traceback quotes values
            self._services.health.count(Failure.DELIVERY_FAULT)
            if delivery.attempts >= MOST_FAULTS:
                await self._end(delivery)
            else:
                await self._try_later(delivery, now, error)

    async def _deliver(self, delivery: Delivery, now: datetime) -> None:
        known = self._kinds.get(delivery.kind)
        if delivery.attempts > MOST_ATTEMPTS:
            await self._give_up(delivery, Failure.DELIVERY_EXPIRED, None)
            return
        if known is None:
            await self._give_up(delivery, Failure.DELIVERY_FAULT, None)
            return
        command, kind = known
        route = await self._route(delivery, command, now)
        if route is None:
            await self._end(delivery)
            return
        if route.at > now:
            await self._waiting.wait(delivery, route.at)
            return
        view = await kind.word(delivery, route.receiver, self._services)
        if view is not None:
            receiver = route.receiver
            said = Message(route.to, view, receiver.language, route.only_for, delivery.user_id, receiver.zone)
            await self._sender.send(said)
        await self._end(delivery)

    async def _route(self, delivery: Delivery, command: Command, now: datetime) -> Route | None:
        """None: nobody to send it to, or the organisation switched it off meanwhile."""
        async with self._services.units.read(delivery.tenant) as unit:
            on = switched_on(await unit.capabilities.switches(), all_on=self._services.defaults.all_on)
            if command.capability and command.capability not in on:
                return None
            if delivery.team_id:
                return await self._to_team(unit, delivery.team_id, delivery.made_at, now)
            return await self._to_person(unit, delivery, now)

    async def _to_team(self, unit: ReadUnit, team_id: str, asked_at: datetime, now: datetime) -> Route | None:
        team, to = await unit.teams.get(team_id), await unit.teams.reference(team_id)
        if team is None or to is None or team.asleep_since:
            return None
        receiver = self._receiver(team.language, team.zone, now, team=team)
        return Route(receiver, to, next_team_moment(now, ZoneInfo(receiver.zone), asked_at))

    async def _to_person(self, unit: ReadUnit, delivery: Delivery, now: datetime) -> Route | None:
        person = await unit.people.get(delivery.user_id) if delivery.user_id else None
        if person is None or person.contact is None or person.is_quiet(now) or person.leaving_since:
            return None
        receiver = self._receiver(person.language, person.zone, now, person=person)
        # The pattern is in it already.
        plan = await unit.plans.of(person.user_id, receiver.today, receiver.today + LOOK_AHEAD)
        at = next_working_moment(now, ZoneInfo(receiver.zone), plan)
        contact = person.contact
        chat = Reference(
            tenant=delivery.tenant,
            conversation=contact.conversation or "",
            service_url=contact.service_url,
            channel=contact.channel,
            bot_id=contact.bot_id,
            bot_name=contact.bot_name,
            scope=Scope.PERSONAL,
        )
        return Route(receiver, chat, at, contact.channel_user_id) if at else None

    def _receiver(self, language: str | None, zone: str | None, now: datetime, **who: object) -> Receiver:
        defaults = self._services.defaults
        zone = zone or defaults.zone
        return Receiver(
            language=variant(language or defaults.language, defaults.country),
            country=defaults.country,
            zone=zone,
            today=now.astimezone(ZoneInfo(zone)).date(),
            **who,  # type: ignore[arg-type]  # person or team
        )

    async def _try_later(self, delivery: Delivery, now: datetime, error: Exception) -> None:
        pause = min(FIRST_PAUSE * 2 ** min(delivery.attempts - 1, 10), LONGEST_PAUSE)
        pause *= 1 + random.random() / 2  # noqa: S311 - jitter needs no secrecy
        if isinstance(error, Throttled):
            pause = max(pause, timedelta(seconds=error.seconds))
        if delivery.attempts >= MOST_ATTEMPTS or now + pause - delivery.made_at > LONGEST:
            await self._give_up(delivery, Failure.DELIVERY_EXPIRED, error)
        else:
            log.info("delivery_waits", kind=delivery.kind, error=type(error).__name__, attempts=delivery.attempts)
            attempts = MOST_ATTEMPTS - 1 if _may_have_arrived(error) else delivery.attempts
            await self._waiting.later(delivery, now + pause, attempts=attempts)

    async def _give_up(self, delivery: Delivery, failure: Failure, error: Exception | None) -> None:
        log.warning("delivery_dropped", kind=delivery.kind, reason=failure.value, error=type(error).__name__)
        self._services.health.count(failure)
        await self._end(delivery)

    async def _end(self, delivery: Delivery) -> None:
        """Keep it no longer. Where the store fails it is taken again, and not said again: only this is tried again."""
        self._over.add(_key(delivery))
        try:
            await self._waiting.done(delivery)
        except Exception as error:  # noqa: BLE001 - what was said is said
            kind, where = delivery.kind, where_it_failed(error)
            log.error("delivery_not_ended", kind=kind, error=type(error).__name__, where=where)  # noqa: TRY400 - a traceback quotes values
            self._services.health.count(Failure.DELIVERY_FAULT)
        else:
            self._over.discard(_key(delivery))


def _key(delivery: Delivery) -> tuple[str, str, datetime]:
    return delivery.tenant, delivery.id, delivery.made_at


def _may_have_arrived(error: Exception) -> bool:
    """Whether Teams was asked and did not answer: it may have carried it out."""
    return isinstance(error, Transient) and error.status is None and not isinstance(error, NotSent)
