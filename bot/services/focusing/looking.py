"""What Graph reports of a person, as far as a focus session of theirs has to do with it."""

import asyncio
from collections.abc import Sequence
from datetime import datetime

from bot.domain.focus.leading import is_led
from bot.domain.focus.session import Hold, Session
from bot.domain.focus.steps import Block, Seen
from graph.account import Account
from graph.types import Event, Presence

# An event of the person's own with this word in its subject or a category is focus time that was booked already,
# by Outlook, by Viva or by hand. The word is the same in all of our languages, and theirs.
FOCUS = "focus"
CATEGORY = "Focus"
IN_A_MEETING = "InAMeeting"


async def look(session: Session, account: Account, now: datetime) -> Seen:
    """What Graph reports of the person, as far as the session has to do with it now. Raises GraphError."""
    traces = (session.presence, session.status)
    shown = session.is_on(now) or any(trace.hold not in (Hold.NONE, Hold.GONE, Hold.THEIRS) for trace in traces)
    presence, block, there = await asyncio.gather(
        account.presence.read() if shown else _none(), _block(session, account), _there(session, account, now)
    )
    return Seen(
        availability=presence.availability if presence else "",
        stamp=presence.version if presence else None,
        status=presence.status.text if presence and presence.status else None,
        block=block,
        covered=session.block.hold is Hold.NONE and _is_covered(session, there),
        meetings=_times(there),
        by_calendar=is_by_calendar(presence) if presence else False,
    )


async def meetings(session: Session, account: Account, now: datetime) -> tuple[tuple[datetime, datetime], ...]:
    """When others are in it, by their start. Raises GraphError."""
    return _times(await _there(session, account, now))


def is_by_calendar(presence: Presence) -> bool:
    """Whether somebody's calendar is why they show so: nobody can prefer that (presence-setuserpreferredpresence)."""
    return presence.activity == IN_A_MEETING


def _times(there: Sequence[Event]) -> tuple[tuple[datetime, datetime], ...]:
    return tuple((event.start, event.end) for event in there if is_meeting(event))


async def _none() -> None:
    return None


async def _block(session: Session, account: Account) -> Block | None:
    """Samen's own event, wherever it stands by now."""
    trace = session.block
    if trace.hold in (Hold.NONE, Hold.THEIRS, Hold.GONE) and not is_led(session):
        return None
    if found := await account.calendar.marked(session.id):
        return _seen(found[0])
    # A search that misses it must not call the session off.
    there = await account.calendar.get(trace.what) if trace.what and is_led(session) else None
    return _seen(there) if there else None


def _seen(event: Event) -> Block:
    as_made = (event.show_as, event.sensitivity, event.categories) == ("busy", "private", (CATEGORY,)) and not (
        event.attendees or event.reminder or event.renamed or event.is_cancelled
    )
    return Block(event.id, event.start, event.end, changed=not as_made, moved=event.moved)


async def _there(session: Session, account: Account, now: datetime) -> Sequence[Event]:
    """What is in the calendar then, while it is still to come or under way."""
    return await account.calendar.view(session.starts_at, session.ends_at) if session.is_ahead(now) else ()


def _is_covered(session: Session, there: Sequence[Event]) -> bool:
    """Whether all of it lies in focus time that the person has booked already."""
    return any(is_focus(event) and event.start <= session.starts_at and session.ends_at <= event.end for event in there)


def is_meeting(event: Event) -> bool:
    """Whether an event asks for the person while they want to be undisturbed."""
    free = event.mark or event.is_all_day or event.is_cancelled or is_focus(event)
    return event.show_as in ("busy", "tentative", "oof") and not free


def is_focus(event: Event) -> bool:
    """Whether an event of the person's own keeps focus time free."""
    words = (event.subject, *event.categories)
    return event.show_as == "busy" and not event.mark and any(FOCUS in word.casefold() for word in words)
