"""Before a focus session begins its owner's calendar leads; from then on the card does."""

from dataclasses import replace
from datetime import datetime

from bot.domain.focus.blocks import is_moved, times_of
from bot.domain.focus.seen import Block, Calendar, Seen
from bot.domain.focus.session import LONGEST, SHORTEST, CalledOff, Hold, Session, Trace


def led(session: Session, there: Block | None, now: datetime) -> Session:
    """The session as its owner's calendar has it: called off, at other times, or as it was. `there` is its block."""
    if not is_led(session):
        return session
    if there is None:
        known = session.block.hold is not Hold.ASKED  # else nobody knows whether it was ever made
        return called_off(session, CalledOff.DELETED, now) if known and session.is_ahead(now) else session
    if not is_moved(session.block, there):
        return session
    if not (SHORTEST <= there.end - there.start <= LONGEST and now < there.end):
        return called_off(session, CalledOff.MOVED, now)
    block = replace(session.block, until=there.end, stamp=times_of(there))
    # Where somebody puts it by hand they want it, also where they do not work.
    return replace(session, starts_at=there.start, ends_at=there.end, outside=True, block=block)


def followed(session: Session, seen: Seen, now: datetime) -> Session:
    """The session as its owner's calendar has it, where that could be read; else as it was."""
    return led(session, seen.block, now) if seen.calendar is Calendar.READ else session


def waits(session: Session, seen: Seen) -> bool:
    """Whether nobody knows what its owner wants by now: their calendar leads, and could not be read."""
    return seen.calendar is Calendar.UNREAD and is_led(session)


def is_led(session: Session) -> bool:
    """Whether there is a block of Samen's making to follow, and Teams shows nothing of the session yet."""
    return session.stopped_at is None and not session.has_begun() and _was_made(session.block)


def called_off(session: Session, why: CalledOff, now: datetime) -> Session:
    return replace(session, stopped_at=now, called_off=why)


def _was_made(block: Trace) -> bool:
    """Also one that they gave another subject: what is theirs without an id is focus time that they booked themselves."""
    return block.hold in (Hold.ASKED, Hold.OURS, Hold.RENEWING) or (
        block.hold is Hold.THEIRS and block.what is not None
    )
