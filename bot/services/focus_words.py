"""What is written of a focus session in Teams and the calendar, for its owner's language and zone."""

from collections.abc import Collection, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.capabilities import Capability
from bot.domain.focus.session import Choices, Session
from bot.domain.people import Person
from bot.domain.reach.rules import Rule, Urgency
from bot.services.focusing import Wording
from bot.services.reach import shown_rules
from bot.services.units import ReadUnit
from cards.focus.written import event_subject, status_message

Rules = Mapping[Urgency, Rule | None]


async def public_rules(person: Person | None, unit: ReadUnit, on: Collection[str], now: datetime) -> Rules:
    """How somebody is reached, as far as their status message may say it; `on`: the organisation's capabilities.

    The whole organisation can read that message: nothing for whoever shows no team how to reach them, or nobody anything
    now (docs/decisions/0028).
    """
    if person is None or person.is_quiet(now) or Capability.REACH not in on:
        return {}
    return await unit.reach.of(person.user_id) if await unit.reach_sharing.teams_of(person.user_id) else {}


def status_of(session: Session, choices: Choices, rules: Rules, zone: ZoneInfo, language: str) -> str | None:
    """The status message; None where the person wants none. `zone` and `language` where it is not known what it was asked in."""
    if not choices.status:
        return None
    ends = session.ends_at.astimezone(zone_of(session, zone))
    said = session.language or language
    return status_message(ends, shown_rules(rules, list(Urgency)), said, learning=session.learning)


def wording(session: Session, status: str | None, language: str, subject: str | None = None) -> Wording:
    """All of it; `subject` as the person typed it, known to whoever heard it alone."""
    said = session.language or language
    return Wording(event_subject(subject, said, learning=session.learning), status, said=subject is not None)


def zone_of(session: Session, otherwise: ZoneInfo) -> ZoneInfo:
    """The zone that a session was asked in."""
    return ZoneInfo(session.zone) if session.zone else otherwise
