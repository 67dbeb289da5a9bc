"""What other sessions of the same person left in Teams: that is not the person's own either."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from bot.domain.focus.session import Hold, Session, Trace

Part = Literal["presence", "status"]

# What ends by itself stands there a second or two longer, and clocks are not the same.
LINGERS = timedelta(minutes=2)
STANDS = frozenset({Hold.ASKED, Hold.OURS, Hold.RENEWING})  # Samen's own, as far as anybody knows


def part_of(session: Session, part: Part) -> Trace:
    return session.presence if part == "presence" else session.status


def may_stand(others: Sequence[Session], part: Part, now: datetime) -> tuple[Session, ...]:
    """Those of the others of which it may be that stands there."""
    return tuple(other for other in others if _may_stand(other, part_of(other, part), now))


def _may_stand(other: Session, trace: Trace, now: datetime) -> bool:
    if trace.until is None or now >= trace.until + LINGERS:
        return False
    ended_by_itself = trace.hold is Hold.GONE and other.stopped_at is None and trace.until <= now
    return trace.hold in STANDS or trace.hold is Hold.CLEARING or ended_by_itself


def is_taken_over(session: Session, others: Sequence[Session], part: Part, now: datetime) -> bool:
    """Whether one that began later, and is under way, has its own in the place of this one's."""
    return any(
        other.is_on(now) and part_of(other, part).hold in STANDS and _began_later(other, session, now)
        for other in others
    )


def _began_later(other: Session, session: Session, now: datetime) -> bool:
    if session.is_on(now):
        return (other.starts_at, other.id) > (session.starts_at, session.id)
    return other.starts_at >= session.starts_at  # stopped, and begun anew in the same moment
