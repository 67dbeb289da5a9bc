"""The world as the page and the tests read it: everything, also what Graph does not tell."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from graph.sandbox import presence, sign_in, times
from graph.sandbox.calendar import Event, in_meeting
from graph.sandbox.twin import Twin
from graph.sandbox.world import Holdings


def snapshot(twin: Twin) -> dict[str, Any]:
    """All people, with presence as it is seen now."""
    now = twin.now()
    return {
        "now": now.isoformat(),
        "ahead": twin.store.world.ahead.total_seconds(),
        "faults": [{**fault.told.model_dump(by_alias=True), "left": fault.left} for fault in twin.faults.waiting()],
        "people": [_one(twin, one, now) for one in twin.store.world],
    }


def _one(twin: Twin, one: Holdings, now: datetime) -> dict[str, Any]:
    seen = presence.seen(one.presence, now, in_meeting=in_meeting(one.events, now))
    connections = [name for name in one.sign_ins if name != sign_in.ANY] or [sign_in.ANY]
    return {
        "userId": one.person.user_id,
        "channelUserId": one.person.channel_user_id,
        "name": one.person.name,
        "availability": seen.availability,
        "activity": seen.activity,
        "sessions": [_told(session) for session in one.presence.sessions],
        "preferred": _told(presence.preferred_at(one.presence, now)),
        "status": _told(presence.status_at(one.presence, now)),
        "zone": times.zone(one.mailbox.zone).key,
        "events": [_event(event) for event in sorted(one.events, key=lambda event: (event.start, event.id))],
        "signIns": {name: sign_in.standing(one, name, twin.sign_in).state for name in connections},
    }


def _event(event: Event) -> dict[str, Any]:
    told = _told(event)
    return {
        "id": event.id,
        "subject": event.subject,
        "start": told["start"],
        "end": told["end"],
        "showAs": event.show_as,
        "sensitivity": event.sensitivity,
        "reminder": event.reminder,
        "categories": list(event.categories),
        "attendees": [attendee.name for attendee in event.attendees],
        "transactionId": event.transaction_id,
        "properties": {prop.id: prop.value for prop in event.properties},
    }


def _told(value: Any) -> Any:
    if value is None:
        return None
    return {name: part.isoformat() if isinstance(part, datetime) else part for name, part in asdict(value).items()}
