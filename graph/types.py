"""What Samen knows of a person's presence, calendar and mailbox, in its own words. Times are aware, in UTC."""

from dataclasses import dataclass, field
from datetime import datetime, time


@dataclass(frozen=True, slots=True)
class UserToken:
    """A person's own token for Graph: used at once, never kept, never shown."""

    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ExchangeResource:
    """What a Teams client needs to get a token by itself (single sign-on)."""

    id: str
    uri: str
    provider_id: str | None = None


@dataclass(frozen=True, slots=True)
class SignIn:
    """How somebody signs in: a link for their browser (theirs alone), and what single sign-on needs, if set up."""

    link: str = field(repr=False)
    exchange: ExchangeResource | None = None


@dataclass(frozen=True, slots=True)
class StatusMessage:
    """The line below somebody's name in Teams. `until` is None where it stays, or where Graph does not say."""

    text: str = field(repr=False)
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Presence:
    """Presence now, in Graph's words ("DoNotDisturb", "InAMeeting"). It does not say who set it, or until when.

    `version` changes with every change of presence or status, None where Graph tells none.
    """

    availability: str
    activity: str
    status: StatusMessage | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """An event still to be made: private, without reminder or attendees. `show_as` in Graph's words."""

    subject: str = field(repr=False)
    start: datetime
    end: datetime
    category: str
    show_as: str = "busy"


@dataclass(frozen=True, slots=True)
class Event:
    """Something in somebody's calendar.

    `mark` is what Samen wrote on an event of its own, None on any other; `renamed` where its subject is another than
    Samen gave it, `moved` where its times are. `attendees` is how many others were asked.
    The times of an all-day event are dates, at midnight UTC. `transaction_id` and `changed_at` are what Graph gives,
    where it does.
    """

    id: str
    subject: str = field(repr=False)
    start: datetime
    end: datetime
    show_as: str
    sensitivity: str
    reminder: bool
    categories: tuple[str, ...] = field(repr=False)
    attendees: int
    is_all_day: bool
    is_cancelled: bool
    transaction_id: str | None = None
    mark: str | None = None
    renamed: bool = False
    moved: bool = False
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """When somebody works, by Outlook: weekdays (0 = Monday), times of day, and their zone's IANA name if known."""

    days: frozenset[int]
    start: time
    end: time
    zone: str | None


@dataclass(frozen=True, slots=True)
class Mailbox:
    """What Outlook knows of somebody's days. `zone` is an IANA name."""

    zone: str | None
    hours: WorkingHours | None
