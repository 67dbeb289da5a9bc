"""People, teams and members, as far as Samen needs to know them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do. Everybody in the tenant is a MEMBER; guests and outsiders are only GUEST."""

    GUEST = "guest"
    MEMBER = "member"
    OFFICER = "officer"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach somebody in their own chat with Samen; `conversation` None = not opened yet."""

    channel_user_id: str
    service_url: str
    channel: str
    bot_id: str
    bot_name: str
    conversation: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """What somebody chose about themselves; None = not chosen. Exists only after a first choice (promise 1).

    Moments are aware UTC. While somebody pauses or stopped, nothing of theirs is shown and nothing is sent to them.
    """

    user_id: str
    language: str | None = None
    zone: str | None = None
    contact: Contact | None = None
    paused_until: datetime | None = None
    stopped: bool = False
    offer_after: datetime | None = None  # "not now": the first card is not offered before
    leaving_since: datetime | None = None  # forgotten 30 days later
    unreachable_since: datetime | None = None  # they blocked Samen; nothing is sent until they are heard of

    def is_quiet(self, now: datetime) -> bool:
        """Whether this person pauses or stopped."""
        return self.stopped or (self.paused_until is not None and self.paused_until > now)


class TeamKind(StrEnum):
    TEAM = "team"  # a Teams team with all its channels
    CHAT = "chat"  # one group or meeting chat


@dataclass(frozen=True, slots=True)
class Team:
    """A Teams team or a group chat. `id` is the team's or the chat's channel id; settings None = tenant's default.

    Asleep (Samen was removed, the team archived): nothing is shown of it and nothing sent to it.
    """

    id: str
    name: str
    kind: TeamKind
    language: str | None = None
    zone: str | None = None
    asleep_since: datetime | None = None  # aware UTC
    unreachable_since: datetime | None = None  # Teams refuses messages to it; nothing is sent until it is heard of


@dataclass(frozen=True, slots=True)
class Membership:
    """A team somebody is in, whether they share their places there, and when its mirrored roster was fetched (or None)."""

    team: Team
    sharing: bool
    listed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Member:
    """One line of a team's roster, as Teams shows it to every member. `user_id` is None for anonymous people."""

    channel_user_id: str
    user_id: str | None
    name: str
    guest: bool = False


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody in a team, as fetched at a moment (aware UTC)."""

    members: tuple[Member, ...]
    fetched_at: datetime

    def names(self) -> dict[str, str]:
        """user id -> name, of those who have a user id."""
        return {m.user_id: m.name for m in self.members if m.user_id}

    def has(self, user_id: str | None) -> bool:
        """Whether somebody with this user id, and no guest, is a member."""
        return user_id is not None and any(m.user_id == user_id and not m.guest for m in self.members)
