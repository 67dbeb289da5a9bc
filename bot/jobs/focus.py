"""Bringing somebody's Teams and calendar in line with their focus session, without anybody who waits for it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.dispatcher import variant
from bot.domain.capabilities import Capability, switched_on
from bot.domain.focus.rules import is_off
from bot.domain.focus.session import CalledOff, Choices, Claimed, Hold, Session
from bot.domain.health import Failure
from bot.domain.people import Contact
from bot.domain.reach.rules import Rule, Urgency
from bot.domain.where.board import Plan
from bot.errors import Overtaken
from bot.logs import get_logger
from bot.services import Services
from bot.services.focus import MEETING, OVER
from bot.services.focus_words import public_rules, status_of, wording, zone_of
from bot.services.focusing import BEFORE, Settled, Wording

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose session it is, as far as it matters now; `away`: why it can no longer be, if so."""

    contact: Contact
    zone: ZoneInfo
    language: str
    choices: Choices
    rules: Mapping[Urgency, Rule | None]
    away: CalledOff | None

    def wording(self, session: Session) -> Wording:
        """What is written of it, without the subject: nobody knows that any more."""
        status = status_of(session, self.choices, self.rules, self.zone, self.language)
        return wording(session, status, self.language)


class FocusWork:
    """What the engine's focus jobs do. Twice at once, or by two processes, it is done once."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def bring(self, tenant: str, session_id: str) -> None:
        """Do what is due of one session; where nobody is known any more to do it for, leave it."""
        focusing = self._services.focusing
        claimed = await focusing.claim(tenant, session_id)
        if claimed is None:
            return
        owner = await self._find(claimed)
        if owner is None:
            await focusing.leave(claimed)
            return
        if owner.away and _may_go(claimed.session, owner.away, self._services.clock.now()):
            # Whoever does not work needs no Do not disturb. Changed meanwhile, it goes on as it is and is looked at again.
            claimed = await focusing.call_off(claimed, owner.away) or claimed

        async def tell(settled: Settled) -> None:
            await self._tell_meetings(tenant, settled)
            if owner.choices.end_line:
                await self._tell_end(tenant, settled.session)

        try:
            settled = await focusing.bring(claimed, owner.contact, owner.wording(claimed.session), tell)
        except Overtaken:
            return  # whoever has it now goes on
        self._count(settled)

    async def _find(self, claimed: Claimed) -> Owner | None:
        session, defaults = claimed.session, self._services.defaults
        async with self._services.units.read(claimed.tenant) as unit:
            person = await unit.people.get(session.user_id)
            if person is None or person.contact is None:
                return None
            zone = zone_of(session, ZoneInfo(person.zone or defaults.zone))
            on = switched_on(await unit.capabilities.switches(), all_on=defaults.all_on)
            day = session.starts_at.astimezone(zone).date()
            plan = await unit.plans.of(session.user_id, day, day)
            return Owner(
                person.contact,
                zone,
                variant(person.language or defaults.language, defaults.country),
                await unit.focus.choices(session.user_id),
                await public_rules(person, unit, on, self._services.clock.now()),
                away=_away(session, zone, plan, on),
            )

    async def _tell_meetings(self, tenant: str, settled: Settled) -> None:
        """One message about meetings in what is about to begin: once, however often this is run."""
        session, now = settled.session, self._services.clock.now()
        if not settled.meetings or session.stopped_at is not None or not _is_soon(session, now):
            return
        async with self._services.units.mirror(tenant) as unit:
            if await unit.focus.tell(session.id, MEETING):
                await unit.deliveries.add(MEETING, session.id, user_id=session.user_id, due_at=now)

    def _count(self, settled: Settled) -> None:
        session, error = settled.session, settled.error
        if settled.given_up:
            self._services.health.count(Failure.FOCUS_LEFT)
        last = settled.again is None or settled.again >= session.starts_at
        if error is None or not last or not _is_soon(session, self._services.clock.now()):
            return
        log.warning("focus_not_looked_at", error=type(error).__name__)
        if session.block.hold is not Hold.NONE:  # who never connected misses nothing
            self._services.health.count(Failure.FOCUS_UNSEEN)

    async def _tell_end(self, tenant: str, session: Session) -> None:
        """One line at its own end, however often this is run; not where they stopped it themselves."""
        now = self._services.clock.now()
        if session.stopped_at is not None or now < session.ends_at:
            return
        async with self._services.units.mirror(tenant) as unit:
            if await unit.focus.tell(session.id, OVER):
                await unit.deliveries.add(OVER, session.id, user_id=session.user_id, due_at=now)


def _away(session: Session, zone: ZoneInfo, plan: Plan, on: Collection[str]) -> CalledOff | None:
    if Capability.FOCUS not in on:
        return CalledOff.OFF
    return CalledOff.AWAY if is_off(session.starts_at, zone, plan) else None


def _may_go(session: Session, why: CalledOff, now: datetime) -> bool:
    return session.is_ahead(now) if why is CalledOff.OFF else _is_near(session, now)


def _is_soon(session: Session, now: datetime) -> bool:
    return session.starts_at - BEFORE <= now < session.starts_at


def _is_near(session: Session, now: datetime) -> bool:
    """Whether it may still be called off for a plan that changed: from shortly before its start until it has begun."""
    planned = session.stopped_at is None and not session.outside and not session.has_begun()
    return planned and session.starts_at - BEFORE <= now < session.ends_at
