"""The block of a focus session in its owner's calendar: what is to be there, and how far it is theirs."""

from dataclasses import replace
from datetime import datetime

from bot.domain.focus.acts import Act
from bot.domain.focus.seen import Block, Calendar, Seen
from bot.domain.focus.session import Hold, Session, Trace


def is_moved(trace: Trace, there: Block) -> bool:
    """Whether the person gave the block other times than those that Samen knows of."""
    return there.moved and times_of(there) != trace.stamp


def times_of(there: Block) -> str:
    """What a block's times are told by."""
    return f"{there.start.timestamp():.0f}-{there.end.timestamp():.0f}"


def is_covered(trace: Trace) -> bool:
    """Whether the person had focus time in their calendar already: theirs, and never made by Samen."""
    return trace.hold is Hold.THEIRS and trace.what is None


def block_asked(session: Session, seen: Seen, now: datetime) -> tuple[Trace, Act | None]:
    """What is to be noted of the block, and asked for."""
    trace, there = session.block, seen.block
    if is_covered(trace) and session.is_ahead(now) and session.ends_at > (trace.until or session.ends_at):
        trace = Trace()  # made longer than the focus time that they had booked themselves
    if trace.hold in (Hold.THEIRS, Hold.GONE, Hold.ABSENT):
        return trace, None
    if seen.calendar is not Calendar.READ:
        never = seen.calendar is Calendar.ABSENT and trace.hold is Hold.NONE
        return (replace(trace, hold=Hold.ABSENT) if never else trace), None
    if there and (there.changed or is_moved(trace, there)):
        return replace(trace, hold=Hold.THEIRS, what=there.id), None
    if not session.is_ahead(now):
        return _remove(trace, there)
    if trace.hold is Hold.NONE and seen.covered:
        return Trace(Hold.THEIRS, session.ends_at), None
    return _keep(session, trace, there)


def _keep(session: Session, trace: Trace, there: Block | None) -> tuple[Trace, Act | None]:
    if there is None:
        if trace.hold in (Hold.OURS, Hold.RENEWING):
            return replace(trace, hold=Hold.THEIRS), None  # they took it out of their calendar
        return replace(trace, hold=Hold.ASKED, until=session.ends_at), Act.BLOCK
    trace = replace(trace, what=there.id, stamp=trace.stamp if there.moved else None)
    if there.end != session.ends_at.replace(microsecond=0):  # a calendar keeps whole seconds
        return replace(trace, hold=Hold.RENEWING, until=session.ends_at), Act.MOVE
    return replace(trace, hold=Hold.OURS, until=session.ends_at), None


def _remove(trace: Trace, there: Block | None) -> tuple[Trace, Act | None]:
    if trace.hold is Hold.NONE:
        return trace, None
    if there is None:
        return replace(trace, hold=Hold.GONE), None
    return replace(trace, hold=Hold.CLEARING, what=there.id), Act.UNBLOCK
