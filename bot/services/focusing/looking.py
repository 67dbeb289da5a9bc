"""What Graph reports of a person, as far as a focus session of theirs has to do with it."""

import asyncio
import re
from collections.abc import Awaitable, Sequence
from datetime import datetime
from typing import TypeVar

from bot.domain.focus.blocks import is_covered
from bot.domain.focus.seen import Block, Calendar, Seen
from bot.domain.focus.session import Hold, Session
from bot.services.focusing.blocks import block
from graph.account import Account
from graph.errors import GraphError, NoMailboxError
from graph.types import Event, Presence

# An event of the person's own with this word in its subject or a category is focus time that was booked already,
# by Outlook ("Focus time", "Focustijd"), by Viva or by hand; a "Focusgroep" is a meeting as any other.
FOCUS = re.compile(r"(?<![\w-])focus(?:[- ]?(?:time|tijd|blok))?(?![\w-])", re.IGNORECASE)
IN_A_MEETING = "InAMeeting"
TAKEN = ("busy", "tentative", "oof")  # in Graph's words; working elsewhere is work as any other
_NOWHERE = (Hold.NONE, Hold.ABSENT, Hold.THEIRS, Hold.GONE)

T = TypeVar("T")


async def look(session: Session, account: Account, now: datetime) -> tuple[Seen, GraphError | None]:
    """What Graph reports of the person, as far as the session has to do with it now, and what kept it from telling all."""
    (shown, first), (calendar, second) = await asyncio.gather(
        _tried(_presence(session, account, now)), _tried(_calendar(session, account, now))
    )
    own, there = calendar or (None, ())
    seen = Seen(
        availability=None if first else shown.availability if shown else "",
        stamp=shown.version if shown else None,
        status=shown.status.text if shown and shown.status else None,
        block=own,
        covered=(session.block.hold is Hold.NONE or is_covered(session.block)) and _is_covered(session, there),
        meetings=_times(there),
        by_calendar=is_by_calendar(shown) if shown else False,
        calendar=_how_far(second),
        activity=shown.activity if shown else "",
    )
    # Who has no calendar misses nothing, unless something of Samen's stands in the one they had.
    missed = None if seen.calendar is Calendar.ABSENT and session.block.hold in _NOWHERE else second
    return seen, first or missed


async def meetings(session: Session, account: Account, now: datetime) -> tuple[tuple[datetime, datetime], ...]:
    """When others are in it, by their start. Raises GraphError."""
    return _times(await _there(session, account, now))


def is_by_calendar(presence: Presence) -> bool:
    """Whether somebody's calendar is why they show so: nobody can prefer that (presence-setuserpreferredpresence)."""
    return presence.activity == IN_A_MEETING


def _times(there: Sequence[Event]) -> tuple[tuple[datetime, datetime], ...]:
    return tuple((event.start, event.end) for event in there if is_meeting(event))


async def _tried(asked: Awaitable[T]) -> tuple[T | None, GraphError | None]:
    try:
        return await asked, None
    except GraphError as error:
        return None, error


async def _presence(session: Session, account: Account, now: datetime) -> Presence | None:
    """None where the session has nothing to do with it."""
    traces = (session.presence, session.status)
    shown = session.is_on(now) or any(trace.hold not in (Hold.NONE, Hold.GONE, Hold.THEIRS) for trace in traces)
    return await account.presence.read() if shown else None


async def _calendar(session: Session, account: Account, now: datetime) -> tuple[Block | None, Sequence[Event]]:
    """Samen's own event, and everything then."""
    if session.block.hold is Hold.ABSENT:
        raise NoMailboxError  # known, and not asked for again
    return await asyncio.gather(block(session, account), _there(session, account, now))


def _how_far(error: GraphError | None) -> Calendar:
    if error is None:
        return Calendar.READ
    return Calendar.ABSENT if isinstance(error, NoMailboxError) else Calendar.UNREAD


async def _there(session: Session, account: Account, now: datetime) -> Sequence[Event]:
    """What is in the calendar then, while it is still to come or under way."""
    return await account.calendar.view(session.starts_at, session.ends_at) if session.is_ahead(now) else ()


def _is_covered(session: Session, there: Sequence[Event]) -> bool:
    """Whether all of it lies in focus time that the person has booked already."""
    return any(is_focus(event) and event.start <= session.starts_at and session.ends_at <= event.end for event in there)


def is_meeting(event: Event) -> bool:
    """Whether an event asks for the person while they want to be undisturbed."""
    free = event.mark or event.is_all_day or event.is_cancelled or is_focus(event)
    return event.show_as in TAKEN and not free


def is_focus(event: Event) -> bool:
    """Whether an event of the person's own keeps focus time free: with nobody else, and by its name or category."""
    alone = event.show_as == "busy" and not event.mark and not event.attendees
    return alone and any(FOCUS.search(words) for words in (event.subject, *event.categories))
