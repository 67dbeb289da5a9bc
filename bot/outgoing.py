"""What Samen sends and keeps up to date: messages, deliveries that wait, and cards that stay true."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from bot.domain.people import Person, Team
from bot.turn import Reference
from cards import View


@dataclass(frozen=True, slots=True)
class Message:
    """Something to send: a view in a language, to everybody in a conversation or to one person there.

    A personal chat that is still to be opened has an empty `to.conversation`; `only_for` says whose it is.
    """

    to: Reference
    view: View
    language: str
    only_for: str | None = field(default=None)  # a channel user id: a targeted message, or their own chat
    user_id: str | None = None  # whose own chat it is for
    zone: str = "UTC"  # when the days on the card are over


@dataclass(frozen=True, slots=True)
class SentCard:
    """A card that was sent and shows places: replaced once `day`, the first one on it, is over.

    `user_id` is whose own chat it is in, None in a group.
    """

    to: Reference
    activity: str
    user_id: str | None
    targeted: bool
    language: str
    day: date
    due_at: datetime
    attempts: int = 0  # to replace it


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message that Samen sends by itself, to a person or a team; it is worded when it is sent.

    `kind` says which renderer words it, `subject` is the id of what it is about.
    """

    tenant: str
    id: str
    kind: str
    subject: str
    made_at: datetime
    user_id: str | None = None
    team_id: str | None = None
    attempts: int = 1  # this one included
    asked_at: datetime | None = None  # somebody asked Teams then, and is gone: nobody knows what came of it


class Asked(Enum):
    """Whether Teams may be asked to take a delivery."""

    YES = "yes"
    GONE = "gone"  # it was deleted meanwhile
    TAKEN = "taken"  # another run of its job has it now: this one is to stop


@dataclass(frozen=True, slots=True)
class Later:
    """A delivery that is offered again at `due_at`, after so many attempts; its days count from `made_at`."""

    delivery: Delivery
    due_at: datetime
    attempts: int
    made_at: datetime


@dataclass(frozen=True, slots=True)
class LivingCard:
    """A card that everybody in a conversation sees and that stays true: drawn again whenever its subject is touched.

    `kind` says who draws it, `subject` is the id of what it shows, `until` when it is drawn for the last time.
    `activity` is the message it stands in, None until it was posted; `shown` is a digest of what stands there, None
    where that is not known; `touched` counts the changes of its subject. `owner` is who is drawing it now.
    """

    tenant: str
    id: str
    kind: str
    subject: str
    team_id: str
    to: Reference
    made_at: datetime
    until: datetime
    owner: str
    activity: str | None = None
    shown: str | None = None
    touched: int = 1
    attempts: int = 1  # this one included


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who gets a delivery, with what its card leans on; `person` or `team` is set."""

    language: str
    country: str
    zone: str
    today: date
    person: Person | None = None
    team: Team | None = None
