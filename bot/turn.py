"""One activity in our own words, what it asks, and what is answered."""

from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from bot.domain.days import IN_UTC, Ending
from bot.domain.facts import NO_FACTS, Facts
from bot.domain.people import Contact, Membership, Person, Role, Team, TeamKind
from bot.domain.places import NamedPlace
from cards import View

# True while a unit of work is open. The doors to Teams and Graph refuse to work then: a database lock must
# never wait for a network.
unit_is_open: ContextVar[bool] = ContextVar("unit_is_open", default=False)


class Scope(StrEnum):
    PERSONAL = "personal"
    GROUP = "group"
    CHANNEL = "channel"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class TurnKey:
    """What makes an activity itself: delivered twice, it has the same key."""

    tenant: str
    conversation: str
    activity: str

    def new_id(self, label: str) -> UUID:
        """An id for something this turn makes; a repeated delivery makes the same id."""
        return uuid5(NAMESPACE_URL, f"{self.tenant}\n{self.conversation}\n{self.activity}\n{label}")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `user_id` is the Entra object id, None for somebody anonymous."""

    tenant: str
    user_id: str | None
    channel_user_id: str
    name: str
    guest: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A conversation reference: all that is needed to speak in a conversation later.

    `conversation` is the id Teams gave, `;messageid=` suffix included where it had one.
    """

    tenant: str
    conversation: str
    service_url: str
    channel: str
    bot_id: str
    bot_name: str
    scope: Scope


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody mentioned in the text (never the bot itself)."""

    channel_user_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Press:
    """A button pressed on a card: its verb and the card's data. Untrusted: treated exactly like typed text."""

    verb: str
    data: Mapping[str, Any]
    activity_id: str | None = None  # the message that holds the card, where Teams says so
    automatic: bool = False


class EventKind(StrEnum):
    ADDED = "added"  # the bot was installed or added here
    REMOVED = "removed"  # the bot was removed, or the team deleted
    GONE = "gone"  # the team was deleted for good
    ARCHIVED = "archived"  # the team can only be read now
    RESTORED = "restored"  # archived or deleted, and back
    MEMBERS = "members"  # somebody joined or left: the roster is no longer true
    RENAMED = "renamed"  # the team's name changed
    SIGNED_IN = "signed_in"  # somebody signed in with Microsoft: now there is a token for them
    NOT_SIGNED_IN = "not_signed_in"  # they tried, and there is none
    APPROVAL_NEEDED = "approval_needed"  # they tried, and an administrator must approve first
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Event:
    """What happened; `left` are those who left: user ids, or the channel's own ids where Teams says no more."""

    kind: EventKind
    left: tuple[str, ...] = ()

    @property
    def awaited(self) -> bool:
        """Whether it is somebody's own doing, and they wait for an answer."""
        return self.kind in (EventKind.SIGNED_IN, EventKind.NOT_SIGNED_IN, EventKind.APPROVAL_NEEDED)


@dataclass(frozen=True, slots=True)
class Turn:
    """One activity in our own words. `time` is aware UTC; `text` has the bot's own mention removed."""

    key: TurnKey
    time: datetime
    actor: Actor
    scope: Scope
    reference: Reference
    text: str = ""
    mentions: tuple[Mention, ...] = ()
    press: Press | None = None
    event: Event | None = None
    attachments: int = 0  # files, pictures, stickers; never looked into
    private: bool = False  # arrived as a targeted message
    files: bool = False  # a file can be offered here
    locale: str | None = None  # "nl-BE"; a hint, see Ask.language
    zone: str | None = None  # an IANA name, when the client says one that exists
    team_id: str | None = None  # the Teams team's id in a channel, the chat's in a group or meeting, None in 1:1
    team_name: str | None = None
    team_kind: TeamKind | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """A turn with everything a handler may lean on, resolved once."""

    turn: Turn
    language: str  # "nl" or "en": what this person is answered in
    country: str  # "NL" or "BE": how day words are understood
    zone: str
    today: date  # in the person's own zone
    team_today: date  # where the team spoken in is, else the tenant: what is over there is shown to nobody
    roles: frozenset[Role]
    person: Person | None = None
    team: Team | None = None  # the team spoken in; None in a personal chat
    team_known: bool = False  # whether the store knew the team before this turn
    facts: Facts = NO_FACTS  # the tenant's, as they were when the turn began
    capabilities: frozenset[str] = frozenset()  # what is on in this tenant
    slashed: bool = False  # typed with the command's slash, or pressed: meant, not just said
    quiet: bool = False  # pauses or stopped: nobody sees anything of theirs now
    # The teams the asker was known to be in or to share with when the turn began; None = not looked up yet.
    memberships: tuple[Membership, ...] | None = None

    @property
    def places(self) -> tuple[NamedPlace, ...]:
        """The tenant's named places, retired ones included: old plans still name them."""
        return self.facts.places

    @property
    def team_reference(self) -> Reference:
        """How to speak to the whole team spoken in, not in one thread of it. Raises LookupError in a personal chat."""
        if self.team is None:
            raise LookupError("a personal chat has no team")
        return replace(self.turn.reference, conversation=self.team.id)

    @property
    def user_id(self) -> str:
        """The asker's user id; only members get as far as a handler that needs it."""
        if self.turn.actor.user_id is None:
            raise LookupError("an anonymous person has no user id")
        return self.turn.actor.user_id

    @property
    def contact(self) -> Contact:
        """How to reach the asker later."""
        reference, own = self.turn.reference, self.turn.scope is Scope.PERSONAL
        known = self.person.contact.conversation if self.person and self.person.contact else None
        return Contact(
            channel_user_id=self.turn.actor.channel_user_id,
            service_url=reference.service_url,
            channel=reference.channel,
            bot_id=reference.bot_id,
            bot_name=reference.bot_name,
            conversation=reference.conversation if own else known,
        )


@dataclass(frozen=True, slots=True)
class Upload:
    """A file for somebody who took the offer of one: `done` goes with it, `failed` is said where it could not be brought."""

    content: bytes = field(repr=False)
    done: View
    failed: View


After = Callable[[], Awaitable[View | None]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a handler answers: `show`, and `more` after it, is for the asker alone. None = nothing needs saying.

    `announce` is said openly, to everybody in the conversation, in its language. `upload` is for the press that took an
    offered file, and nobody else's. `sign_in` offers the asker in their own chat to sign in with Microsoft; once they
    did, the turn that says so (EventKind.SIGNED_IN) goes on with what waited. `after` waits for work that took too long,
    and gives what then takes the place of `show`, wherever only the asker sees that.
    """

    show: View | None = None
    language: str | None = None  # where the answer itself changes the asker's language
    more: tuple[View, ...] = ()
    announce: View | None = None
    upload: Upload | None = None
    sign_in: bool = False
    after: After | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with the languages it is spoken in: the asker's, and the conversation's for a line that all see."""

    show: View | None
    language: str
    team_language: str
    more: tuple[View, ...] = ()
    announce: View | None = None
    ending: Ending = IN_UTC  # when the days on the cards are over
    upload: Upload | None = None
    sign_in: bool = False
    after: After | None = None
