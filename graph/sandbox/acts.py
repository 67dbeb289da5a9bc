"""What a person does themselves, in Teams and in Outlook: the other side of every focus session."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, RootModel

from graph.sandbox import presence, sign_in, times
from graph.sandbox.bodies import Body
from graph.sandbox.calendar import Attendee, Event
from graph.sandbox.calendar_paths import new_id
from graph.sandbox.event_body import Invited
from graph.sandbox.presence import PREFERRED, Session
from graph.sandbox.refusals import bad, missing
from graph.sandbox.world import Holdings, SignIn, World

Availability = Literal["Available", "Busy", "DoNotDisturb", "BeRightBack", "Away"]
ShowAs = Literal["unknown", "free", "tentative", "busy", "oof", "workingElsewhere"]
Sensitivity = Literal["normal", "personal", "private", "confidential"]
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$")]
Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class Prefer(Body):
    """Chooses a presence in Teams; without `until` as long as Teams takes."""

    act: Literal["prefer"]
    availability: Literal["Available", "Busy", "DoNotDisturb", "BeRightBack", "Away", "Offline"]
    until: AwareDatetime | None = None


class Reset(Body):
    """Resets the status in Teams, as its menu says."""

    act: Literal["reset"]


class Appear(Body):
    """Is signed in to Teams, as Teams itself sees it; `availability` None: closes Teams everywhere."""

    act: Literal["appear"]
    availability: Availability | None
    activity: str | None = None


class Say(Body):
    """Writes a status message; an empty text takes it away."""

    act: Literal["say"]
    text: str
    until: AwareDatetime | None = None


class Book(Body):
    """Puts something in the own calendar, or accepts a meeting."""

    act: Literal["book"]
    subject: str
    start: AwareDatetime
    end: AwareDatetime
    show_as: ShowAs = "busy"
    sensitivity: Sensitivity = "normal"
    categories: tuple[str, ...] = ()
    attendees: tuple[Invited, ...] = ()


class Edit(Body):
    """Moves or changes an event; what is left out stays."""

    act: Literal["edit"]
    event: str
    subject: str | None = None
    start: AwareDatetime | None = None
    end: AwareDatetime | None = None
    show_as: ShowAs | None = None
    sensitivity: Sensitivity | None = None
    categories: tuple[str, ...] | None = None


class Delete(Body):
    """Deletes an event."""

    act: Literal["delete"]
    event: str


class WorkingHours(Body):
    """Changes working hours in Outlook; times as 08:30:00, the zone by Windows' or IANA's name."""

    act: Literal["working_hours"]
    zone: str | None = None
    days: tuple[Day, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday")
    start: Clock = "08:30:00"
    end: Clock = "17:00:00"


class Consent(Body):
    """Stands otherwise with the bot: gives or takes back consent, signs out, needs an administrator.

    Without `connection`: with every one, also with those that have not been used yet.
    """

    act: Literal["consent"]
    connection: str | None = None
    state: Literal["signed_in", "signed_out", "needs_consent", "needs_admin", "revoked"]
    scopes: tuple[str, ...] = sign_in.SCOPES


class Expire(Body):
    """All tokens of the person end now, while the sign-in stays."""

    act: Literal["expire_tokens"]


class Act(
    RootModel[
        Annotated[
            Prefer | Reset | Appear | Say | Book | Edit | Delete | WorkingHours | Consent | Expire,
            Field(discriminator="act"),
        ]
    ]
):
    """One thing that a person does."""


def done(world: World, one: Holdings, act: Body, now: datetime) -> World:
    """The world after a person did something."""
    if isinstance(act, Consent):
        for name in [act.connection] if act.connection else [sign_in.ANY, *one.sign_ins]:
            world = sign_in.stand(world, world.holdings[one.person.user_id], name, SignIn(act.state, act.scopes))
        return world
    if isinstance(act, Expire):
        return sign_in.without_tokens(world, one.person)
    return world.keeping(_DOES[type(act)](one, act, now))


def _prefer(one: Holdings, act: Prefer, now: datetime) -> Holdings:
    if act.until is not None and act.until <= now:
        raise bad("until is in the past.")
    lasts = None if act.until is None else act.until - now
    return replace(one, presence=presence.prefer(one.presence, act.availability, now, lasts))


def _reset(one: Holdings, _: Reset, __: datetime) -> Holdings:
    return replace(one, presence=replace(one.presence, preferred=None))


def _appear(one: Holdings, act: Appear, _: datetime) -> Holdings:
    if act.availability is None:
        return replace(one, presence=replace(one.presence, sessions=()))
    session = Session("teams", act.availability, act.activity or PREFERRED[act.availability])
    return replace(one, presence=presence.enter(one.presence, session))


def _say(one: Holdings, act: Say, now: datetime) -> Holdings:
    return replace(one, presence=presence.say(one.presence, act.text, now, act.until))


def _book(one: Holdings, act: Book, now: datetime) -> Holdings:
    event = Event(
        id=new_id(),
        start=act.start.astimezone(UTC),
        end=act.end.astimezone(UTC),
        created=now,
        changed=now,
        organizer=Attendee(one.person.name, one.person.address),
        subject=act.subject,
        zone=one.mailbox.zone,
        show_as=act.show_as,
        sensitivity=act.sensitivity,
        categories=act.categories,
        attendees=tuple(Attendee(who.email_address.name, who.email_address.address) for who in act.attendees),
    )
    return one.with_event(_forward(event))


def _edit(one: Holdings, act: Edit, now: datetime) -> Holdings:
    told = {name: getattr(act, name) for name in act.model_fields_set - {"act", "event"}}
    return one.with_event(_forward(replace(_event(one, act.event), changed=now, **told)))


def _delete(one: Holdings, act: Delete, _: datetime) -> Holdings:
    return one.without(_event(one, act.event).id)


def _working_hours(one: Holdings, act: WorkingHours, _: datetime) -> Holdings:
    zone = act.zone or one.mailbox.zone
    times.zone(zone)
    mailbox = replace(one.mailbox, zone=zone, days=act.days, start=act.start, end=act.end)
    return replace(one, mailbox=mailbox)


def _event(one: Holdings, event_id: str) -> Event:
    event = one.event(event_id)
    if event is None:
        raise missing()
    return event


def _forward(event: Event) -> Event:
    if event.end < event.start:
        raise bad("The event ends before it starts.")
    return event


_DOES: dict[type[Body], Any] = {
    Prefer: _prefer,
    Reset: _reset,
    Appear: _appear,
    Say: _say,
    Book: _book,
    Edit: _edit,
    Delete: _delete,
    WorkingHours: _working_hours,
}
