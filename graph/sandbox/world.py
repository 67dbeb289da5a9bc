"""Everything the twin knows, as one frozen value."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from graph.sandbox.calendar import Event
from graph.sandbox.mailbox import Mailbox
from graph.sandbox.people import Person
from graph.sandbox.presence import Presence, Session

TEAMS = Session("teams", "Available", "Available")  # somebody with Teams open and nothing going on


@dataclass(frozen=True)
class SignIn:
    """How a person stands with one OAuth connection of the bot."""

    state: str
    scopes: tuple[str, ...]


@dataclass(frozen=True)
class Token:
    """What a token that was given out stands for."""

    user_id: str
    connection: str
    scopes: tuple[str, ...]
    until: datetime


@dataclass(frozen=True)
class Code:
    """A six-digit code that was shown to a person and not used yet."""

    user_id: str
    connection: str
    until: datetime


@dataclass(frozen=True)
class Holdings:
    """What Microsoft keeps of one person."""

    person: Person
    presence: Presence = field(default_factory=lambda: Presence(sessions=(TEAMS,)))
    presence_version: int = 0  # counts the changes of presence and status
    events: tuple[Event, ...] = ()
    mailbox: Mailbox = field(default_factory=Mailbox)
    sign_ins: dict[str, SignIn] = field(default_factory=dict)

    def event(self, event_id: str) -> Event | None:
        """The event of that id."""
        return next((event for event in self.events if event.id == event_id), None)

    def with_event(self, event: Event) -> "Holdings":
        """With the event, in place of an earlier one of its id."""
        return replace(self, events=(*self.without(event.id).events, event))

    def without(self, event_id: str) -> "Holdings":
        """Without that event."""
        return replace(self, events=tuple(event for event in self.events if event.id != event_id))


@dataclass(frozen=True)
class World:
    """The tenant. `ahead` is how far the twin's clock was put forward; `tokens` by their text, `codes` by digits."""

    holdings: dict[str, Holdings] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    ahead: timedelta = timedelta()

    def __iter__(self) -> Iterator[Holdings]:
        return iter(self.holdings.values())

    def found(self, name: str) -> Holdings | None:
        """Whoever has that user id, channel user id or address."""
        for one in self:
            if name in {one.person.user_id, one.person.channel_user_id, one.person.address}:
                return one
        return None

    def keeping(self, one: Holdings) -> "World":
        """With these holdings of a person."""
        before = self.holdings.get(one.person.user_id)
        if before and before.presence != one.presence:
            one = replace(one, presence_version=before.presence_version + 1)
        return replace(self, holdings={**self.holdings, one.person.user_id: one})


def peopled(world: World, people: Iterable[Person]) -> World:
    """The same world for exactly these people; whoever stays keeps what they have."""
    before = world.holdings
    return replace(
        world,
        holdings={
            person.user_id: replace(before.get(person.user_id, Holdings(person)), person=person) for person in people
        },
    )
