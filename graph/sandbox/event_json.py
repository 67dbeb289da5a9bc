"""An event as Graph writes it."""

from collections.abc import Collection
from typing import Any

from graph.sandbox import times
from graph.sandbox.calendar import Attendee, Event

PREVIEW = 255  # characters of the body that Graph shows in a list


def event_json(event: Event, zone: str = "UTC", expand: Collection[str] = ()) -> dict[str, Any]:
    """The event for its owner, in the time zone asked for; extended properties only where they are asked for."""
    answer = {
        "@odata.etag": f'W/"{_key(event)}"',
        "id": event.id,
        "createdDateTime": times.stamp(event.created),
        "lastModifiedDateTime": times.stamp(event.changed),
        "changeKey": _key(event),
        "categories": list(event.categories),
        "transactionId": event.transaction_id,
        "originalStartTimeZone": event.zone,
        "originalEndTimeZone": event.zone,
        "iCalUId": f"040000008200E00074C5B7101A82E008{event.id[5:37]}",
        "reminderMinutesBeforeStart": event.reminder_minutes,
        "isReminderOn": event.reminder,
        "hasAttachments": False,
        "subject": event.subject,
        "bodyPreview": event.body[:PREVIEW],
        "importance": event.importance,
        "sensitivity": event.sensitivity,
        "isAllDay": event.all_day,
        "isCancelled": False,
        "isOrganizer": True,
        "responseRequested": True,
        "seriesMasterId": None,
        "showAs": event.show_as,
        "type": "singleInstance",
        "isOnlineMeeting": False,
        "recurrence": None,
        "responseStatus": {"response": "organizer", "time": "0001-01-01T00:00:00Z"},
        "body": {"contentType": event.body_type, "content": event.body},
        "start": times.date_time_json(event.start, zone),
        "end": times.date_time_json(event.end, zone),
        "location": {"displayName": event.location, "locationType": "default"},
        "attendees": [{"type": "required", "emailAddress": _address(one)} for one in event.attendees],
        "organizer": {"emailAddress": _address(event.organizer)},
    }
    shown = [{"id": prop.id, "value": prop.value} for prop in event.properties if prop.id in expand]
    return {**answer, "singleValueExtendedProperties": shown} if shown else answer


def _address(one: Attendee) -> dict[str, str]:
    return {"name": one.name, "address": one.address}


def _key(event: Event) -> str:
    return f"{event.id[5:13]}{int(event.changed.timestamp() * 1_000_000):x}"
