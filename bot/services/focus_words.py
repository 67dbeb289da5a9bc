"""What is written of a focus session in Teams and the calendar, for its owner's language and zone."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from bot.domain.focus.session import Choices, Session
from bot.domain.reach.rules import Rule, Urgency
from bot.services.focusing import Wording
from bot.services.reach import shown_rules
from cards.focus.written import event_subject, status_message

Rules = Mapping[Urgency, Rule | None]


def status_of(session: Session, choices: Choices, rules: Rules, zone: ZoneInfo, language: str) -> str | None:
    """The status message; None where the person wants none."""
    if not choices.status:
        return None
    ends = session.ends_at.astimezone(zone)
    return status_message(ends, shown_rules(rules, list(Urgency)), language, learning=session.learning)


def wording(session: Session, status: str | None, language: str, subject: str | None = None) -> Wording:
    """All of it; `subject` as the person typed it, known to whoever heard it alone."""
    return Wording(event_subject(subject, language, learning=session.learning), status, said=subject is not None)
