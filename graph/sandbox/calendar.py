"""A person's calendar: events, what a repeated request does, and what a view of some days shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Attendee:
    """Somebody at a meeting."""

    name: str
    address: str


@dataclass(frozen=True)
class Property:
    """A single-value extended property; Graph names it `String {GUID} Name word`."""

    id: str
    value: str


@dataclass(frozen=True)
class Event:
    """An appointment or a meeting. `start` and `end` are aware UTC; `zone` is the one it was written in."""

    id: str
    start: datetime
    end: datetime
    created: datetime
    changed: datetime
    organizer: Attendee
    subject: str = ""
    zone: str = "UTC"
    show_as: str = "busy"
    sensitivity: str = "normal"
    importance: str = "normal"
    all_day: bool = False
    reminder: bool = True
    reminder_minutes: int = 15
    categories: tuple[str, ...] = ()
    body: str = ""
    body_type: str = "text"
    location: str = ""
    attendees: tuple[Attendee, ...] = ()
    properties: tuple[Property, ...] = ()
    transaction_id: str | None = None
    asked: str = ""  # the request that made it, so that a repeat is told from another event under its transaction id


class Reused(Exception):
    """The transaction id made a different event already."""


def made_by(events: Iterable[Event], transaction_id: str | None, asked: str) -> Event | None:
    """The event that the same request made before. Raises Reused.

    Graph answers another event under a used id with ErrorDuplicateTransactionId (alcionai/corso issue 2490). Whether it
    remembers the id of a deleted event is not documented; here it does not, so a careless repeat is seen.
    """
    for event in events:
        if transaction_id is not None and event.transaction_id == transaction_id:
            if event.asked != asked:
                raise Reused
            return event
    return None


def view(events: Iterable[Event], start: datetime, end: datetime) -> list[Event]:
    """The events that touch [start, end), first to start first; one that only meets a bound is not in it."""
    touching = (event for event in events if _touches(event, start, end))
    return sorted(touching, key=lambda event: (event.start, event.id))


def in_meeting(events: Iterable[Event], at: datetime) -> bool:
    """Whether the calendar makes Teams show "In a meeting"."""
    return any(event.show_as == "busy" and event.start <= at < event.end for event in events)


def marked(events: Iterable[Event], prop: Property) -> list[Event]:
    """The events with exactly that extended property."""
    return [event for event in events if prop in event.properties]


def _touches(event: Event, start: datetime, end: datetime) -> bool:
    if event.start == event.end:  # an event without length is where it is
        return start <= event.start < end
    return event.start < end and event.end > start
