"""Meetings in a focus session, and the ways around them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.commands.focus.views import Reached, moment_of, offer_of
from bot.domain.focus import rules
from bot.domain.focus.intents import At, Extend
from bot.domain.focus.session import Session
from cards.focus import FocusStart, Meeting, Offer

_MINUTE = timedelta(minutes=1)


def meetings_of(reached: Reached, zone: ZoneInfo) -> tuple[Meeting, ...]:
    """Their times alone."""
    return tuple(Meeting(start.astimezone(zone), end.astimezone(zone)) for start, end in reached.meetings)


def shorter(session: Session, reached: Reached, now: datetime, zone: ZoneInfo) -> Offer | None:
    """To end when the first one begins, where enough is left before it."""
    if not reached.meetings:
        return None
    found = rules.extended((session.starts_at, session.ends_at), reached.meetings[0][0], now)
    return offer_of(found, zone) if isinstance(found, Extend) else None


def after(session: Session, reached: Reached, zone: ZoneInfo) -> Offer | None:
    """To begin as long a one when the last one is over."""
    if not reached.meetings:
        return None
    over = max(end for _, end in reached.meetings).astimezone(zone)
    at = moment_of(At(over.date(), over.hour * 60 + over.minute))
    minutes = (session.ends_at - session.starts_at) // _MINUTE
    return FocusStart(at, minutes, mode=session.mode.value, learning=session.learning)
