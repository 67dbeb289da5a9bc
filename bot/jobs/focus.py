"""Bringing somebody's Teams and calendar in line with their focus session, without anybody who waits for it."""

from zoneinfo import ZoneInfo

from bot.dispatcher import variant
from bot.domain.focus.session import Choices, Claimed, Session
from bot.domain.health import Failure
from bot.domain.people import Contact
from bot.errors import Overtaken
from bot.services import Services
from bot.services.focus import OVER
from bot.services.focus_words import status_of, wording
from bot.services.focusing import Wording


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
        found = await self._find(claimed)
        if found is None:
            await focusing.leave(claimed)
            return
        contact, words, choices = found
        try:
            settled = await focusing.bring(claimed, contact, words)
        except Overtaken:
            return  # whoever has it now goes on
        if settled.given_up:
            self._services.health.count(Failure.FOCUS_LEFT)
        if choices.end_line and claimed.attempts == 1:  # tried again, it was told already
            await self._tell(tenant, settled.session)

    async def _find(self, claimed: Claimed) -> tuple[Contact, Wording, Choices] | None:
        session, defaults = claimed.session, self._services.defaults
        async with self._services.units.read(claimed.tenant) as unit:
            person = await unit.people.get(session.user_id)
            choices = await unit.focus.choices(session.user_id)
            rules = await unit.reach.of(session.user_id)
        if person is None or person.contact is None:
            return None
        zone = ZoneInfo(person.zone or defaults.zone)
        language = variant(person.language or defaults.language, defaults.country)
        status = status_of(session, choices, rules, zone, language)
        return person.contact, wording(session, status, language), choices

    async def _tell(self, tenant: str, session: Session) -> None:
        """One line at its own end, for whoever wants one; not where they stopped it themselves."""
        now = self._services.clock.now()
        if session.stopped_at is not None or now < session.ends_at:
            return
        async with self._services.units.mirror(tenant) as unit:
            await unit.deliveries.add(OVER, session.id, user_id=session.user_id, due_at=now)
