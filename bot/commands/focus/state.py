"""What the card of `/focus` leans on: my sessions, what is usual for me, and how I want to be reached."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.focus.session import Choices, Session
from bot.domain.reach.rules import Urgency
from bot.services import ReadUnit, Services
from bot.services.reach import shown_rules
from bot.turn import Ask
from cards.focus.written import event_subject, status_message
from cards.reach import ReachRule


@dataclass(frozen=True, slots=True)
class State:
    """As it is at `now` (aware, UTC). `ahead`: under way and to come, by their start."""

    now: datetime
    zone: ZoneInfo
    language: str
    choices: Choices
    ahead: tuple[Session, ...]
    rules: tuple[ReachRule, ...]

    @property
    def under_way(self) -> Session | None:
        return next((session for session in self.ahead if session.is_on(self.now)), None)

    def text(self, session: Session) -> str | None:
        """The status message of a session; None where the person wants none."""
        if not self.choices.status:
            return None
        ends = session.ends_at.astimezone(self.zone)
        return status_message(ends, self.rules, self.language, learning=session.learning)

    def subject(self, session: Session, said: str | None) -> str:
        """What the block in the calendar is called."""
        return event_subject(said, self.language, learning=session.learning)


async def state_of(ask: Ask, unit: ReadUnit, services: Services) -> State:
    """How it stands with the asker."""
    now = services.clock.now()
    return State(
        now,
        ZoneInfo(ask.zone),
        ask.language,
        await unit.focus.choices(ask.user_id),
        await unit.focus.ahead(ask.user_id, now),
        shown_rules(await unit.reach.of(ask.user_id), list(Urgency)),
    )
