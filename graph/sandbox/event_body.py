"""An event as Graph takes it: the body of a POST or a PATCH."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from graph.sandbox import odata, times
from graph.sandbox.bodies import Body
from graph.sandbox.calendar import Attendee, Event, Property
from graph.sandbox.refusals import bad

FIRST = frozenset({"subject", "start", "end"})
# What is the same in a body and in an event, but for its name.
PLAIN = {
    "subject": "subject",
    "show_as": "show_as",
    "sensitivity": "sensitivity",
    "importance": "importance",
    "is_all_day": "all_day",
    "is_reminder_on": "reminder",
    "reminder_minutes_before_start": "reminder_minutes",
    "categories": "categories",
}


class When(Body):
    """A dateTimeTimeZone."""

    date_time: str
    time_zone: str

    def moment(self) -> datetime:
        return times.moment(self.date_time, self.time_zone)


class Text(Body):
    content: str
    content_type: Literal["text", "html"] = "text"


class Address(Body):
    name: str = ""
    address: str


class Invited(Body):
    email_address: Address
    type: Literal["required", "optional", "resource"] = "required"


class Location(Body):
    display_name: str


class Extended(Body):
    id: str
    value: str


class EventBody(Body):
    """What the twin takes of an event; what is left out stays as it is, or gets Graph's own default."""

    subject: Annotated[str, StringConstraints(max_length=255)] = ""
    start: When | None = None
    end: When | None = None
    show_as: Literal["unknown", "free", "tentative", "busy", "oof", "workingElsewhere"] = "busy"
    sensitivity: Literal["normal", "personal", "private", "confidential"] = "normal"
    importance: Literal["low", "normal", "high"] = "normal"
    is_all_day: bool = False
    is_reminder_on: bool = True
    reminder_minutes_before_start: Annotated[int, Field(ge=0)] = 15
    categories: tuple[str, ...] = ()
    body: Text = Text(content="")
    location: Location = Location(display_name="")
    attendees: tuple[Invited, ...] = ()
    response_requested: bool = True
    transaction_id: str | None = None
    single_value_extended_properties: tuple[Extended, ...] = ()


def draft(told: Mapping[str, Any], new_id: str, organizer: Attendee, at: datetime) -> Event:
    """A new event from the body of a POST."""
    if not told.keys() >= FIRST:
        raise bad("An event needs a subject, a start and an end.", "ErrorPropertyValidationFailure")
    bare = Event(id=new_id, start=at, end=at, created=at, changed=at, organizer=organizer)
    asked = json.dumps({name: value for name, value in told.items() if name != "transactionId"}, sort_keys=True)
    transaction = EventBody.read(told).transaction_id
    return replace(_written(bare, told), transaction_id=transaction, asked=asked)


def changed(event: Event, told: Mapping[str, Any], at: datetime) -> Event:
    """The event after a PATCH."""
    if "transactionId" in told:
        raise bad("The transactionId can't be changed.", "ErrorInvalidPropertySet")
    return replace(_written(event, told), changed=at)


def _written(event: Event, told: Mapping[str, Any]) -> Event:
    """With everything that the body names."""
    body = EventBody.read(told)
    named = body.model_fields_set
    told_plainly = {there: getattr(body, here) for here, there in PLAIN.items() if here in named}
    after = replace(event, **told_plainly, properties=_properties(event, body))
    if "location" in named:
        after = replace(after, location=body.location.display_name)
    if "attendees" in named:
        after = replace(after, attendees=tuple(_attendee(one) for one in body.attendees))
    if "body" in named:
        after = replace(after, body=body.body.content, body_type=body.body.content_type)
    return _placed(after, body)


def _placed(event: Event, body: EventBody) -> Event:
    if body.start is not None:
        event = replace(event, start=body.start.moment(), zone=body.start.time_zone)
    if body.end is not None:
        event = replace(event, end=body.end.moment())
    if event.end < event.start:
        raise bad("The end date of the event is before its start.", "ErrorCalendarEndDateIsEarlierThanStartDate")
    if event.all_day and not all(_midnight(at, event.zone) for at in (event.start, event.end)):
        raise bad("An all-day event starts and ends at midnight.", "ErrorInvalidRequest")
    return event


def _midnight(at: datetime, zone: str) -> bool:
    return at.astimezone(times.zone(zone)).time() == time.min


def _attendee(one: Invited) -> Attendee:
    return Attendee(one.email_address.name or one.email_address.address, one.email_address.address)


def _properties(event: Event, body: EventBody) -> tuple[Property, ...]:
    kept = {prop.id: prop for prop in event.properties}
    for told in body.single_value_extended_properties:
        name = odata.property_id(told.id)
        kept[name] = Property(name, told.value)
    return tuple(kept.values())
