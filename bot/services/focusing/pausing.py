"""When a focus session is looked at next."""

from datetime import datetime, timedelta

from bot.domain.focus.leading import is_led
from bot.domain.focus.session import Claimed, Session
from bot.services.focusing.settled import THEIRS_TO_MEND
from graph.errors import GraphError

# So long before one that was planned begins, somebody looks whether there is a meeting in it (the issue of `/focus`).
BEFORE = timedelta(minutes=15)
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=15), timedelta(minutes=10)  # doubles
_NO_PAUSE, _NOW_AND_THEN = timedelta(0), timedelta(hours=1)


def next_look(session: Session, now: datetime) -> datetime | None:
    """When somebody has to look at a session that is in line; None = never again."""
    if session.stopped_at is not None or now >= session.ends_at:
        return None if session.is_clean() else now
    if session.starts_at <= now and is_led(session):
        return now  # it followed the calendar to where it is under way
    moments = (session.starts_at - BEFORE, session.starts_at, session.ends_at)
    return next(moment for moment in moments if now < moment)


def try_again(claimed: Claimed, session: Session, error: GraphError, now: datetime) -> datetime:
    """After a pause; where Microsoft asks for none, at its start in any case."""
    again = now + _pause(claimed, error)
    return min(again, session.starts_at) if now < session.starts_at and not error.retry_after else again


def _pause(claimed: Claimed, error: GraphError) -> timedelta:
    """Longer each time; what only the person can mend, now and then."""
    if isinstance(error, THEIRS_TO_MEND):
        return _NOW_AND_THEN
    doubled = _FIRST_PAUSE * (1 << min(claimed.attempts - 1, 10))
    told = timedelta(seconds=error.retry_after) if error.retry_after else _NO_PAUSE
    return max(min(doubled, _LONGEST_PAUSE), told)
