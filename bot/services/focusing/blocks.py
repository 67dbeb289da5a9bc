"""Samen's own event in somebody's calendar: made, and found back among copies that its owner made of it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from bot.domain.focus.leading import is_led
from bot.domain.focus.seen import Block
from bot.domain.focus.session import Hold, Session
from graph.account import Account
from graph.types import Draft, Event

CATEGORY = "Focus"
_NO_BLOCK = (Hold.NONE, Hold.THEIRS, Hold.GONE, Hold.ABSENT)
_LATEST = datetime.max.replace(tzinfo=UTC)


async def make(session: Session, account: Account, subject: str, until: datetime) -> str:
    """The id of the event that keeps its time free; made once, however often this is asked. Raises GraphError."""
    draft = Draft(subject, session.starts_at, until, CATEGORY)
    return (await account.calendar.create(draft, _transaction(session), session.id)).id


async def block(session: Session, account: Account) -> Block | None:
    """Samen's own event, wherever it stands by now. Raises GraphError."""
    if session.block.hold in _NO_BLOCK and not is_led(session):
        return None
    found = await account.calendar.marked(session.id)
    known = session.block.what
    event = next((each for each in found if each.id == known), None) if known else _made(session, found)
    # A search that misses it must not call the session off, and a copy is the person's own, mark and all.
    if event is None and known and (found or is_led(session)):
        event = await account.calendar.get(known)
    return _seen(event) if event else None


def _made(session: Session, found: Sequence[Event]) -> Event | None:
    """Samen's own where its id never came: a copy has another transaction id, or none, and comes later."""
    ours = [event for event in found if event.transaction_id == _transaction(session)] or found
    return min(ours, key=lambda event: event.changed_at or _LATEST, default=None)


def _transaction(session: Session) -> str:
    return str(uuid5(NAMESPACE_URL, f"focus\n{session.id}"))


def _seen(event: Event) -> Block:
    as_made = (event.show_as, event.sensitivity, event.categories) == ("busy", "private", (CATEGORY,)) and not (
        event.attendees or event.reminder or event.renamed or event.is_cancelled
    )
    return Block(event.id, event.start, event.end, changed=not as_made, moved=event.moved)
