"""Presence as Microsoft computes it: what a person prefers, where they are signed in, what their calendar says.

Source of the rules: learn.microsoft.com/graph/cloud-communications-manage-presence-state and the pages of
setUserPreferredPresence and setStatusMessage.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

PREFERRED = {
    "Available": "Available",
    "Busy": "Busy",
    "DoNotDisturb": "DoNotDisturb",
    "BeRightBack": "BeRightBack",
    "Away": "Away",
    "Offline": "OffWork",
}
LASTS = {"Busy": timedelta(days=1), "DoNotDisturb": timedelta(days=1)}
LASTS_OTHERWISE = timedelta(days=7)
STRENGTH = ("DoNotDisturb", "Busy", "Available", "BeRightBack", "Away")  # BeRightBack's place: ours, it is not told


@dataclass(frozen=True)
class Session:
    """A Teams client, or an application, in which the person is present; until None: as long as it is open."""

    id: str
    availability: str
    activity: str
    until: datetime | None = None


@dataclass(frozen=True)
class Preferred:
    """What the person prefers to be seen as, whoever asked for it: Graph does not tell who did."""

    availability: str
    activity: str
    until: datetime


@dataclass(frozen=True)
class Status:
    """The status message."""

    text: str
    published: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Seen:
    """What others see."""

    availability: str
    activity: str


@dataclass(frozen=True)
class Presence:
    """All that presence is computed from, expired parts included."""

    sessions: tuple[Session, ...] = ()
    preferred: Preferred | None = None
    status: Status | None = None


def seen(presence: Presence, at: datetime, *, in_meeting: bool = False) -> Seen:
    """What others see at that moment: nothing counts without a session, then the preference, then the strongest."""
    sessions = [session for session in presence.sessions if _lasts(session.until, at)]
    if not sessions:
        return Seen("Offline", "Offline")
    preferred = preferred_at(presence, at)
    if preferred is not None:
        return Seen(preferred.availability, preferred.activity)
    candidates = [Seen(session.availability, session.activity) for session in sessions]
    if in_meeting:
        candidates.append(Seen("Busy", "InAMeeting"))
    return strongest(candidates)


def strongest(candidates: Iterable[Seen]) -> Seen:
    """The one that wins among several sessions."""
    return min(candidates, key=lambda one: STRENGTH.index(one.availability))


def preferred_at(presence: Presence, at: datetime) -> Preferred | None:
    """The preference that is in force, None when there is none or it has expired."""
    preferred = presence.preferred
    return preferred if preferred is not None and _lasts(preferred.until, at) else None


def status_at(presence: Presence, at: datetime) -> Status | None:
    """The status message that is in force."""
    status = presence.status
    return status if status is not None and _lasts(status.until, at) else None


def prefer(presence: Presence, availability: str, at: datetime, lasts: timedelta | None = None) -> Presence:
    """With this preference in place of any earlier one; without `lasts`, for as long as Graph takes by default."""
    until = at + (lasts if lasts is not None else LASTS.get(availability, LASTS_OTHERWISE))
    return replace(presence, preferred=Preferred(availability, PREFERRED[availability], until))


def say(presence: Presence, text: str, at: datetime, until: datetime | None = None) -> Presence:
    """With this status message in place of any earlier one; an empty text takes it away."""
    return replace(presence, status=Status(text, at, until) if text else None)


def enter(presence: Presence, session: Session) -> Presence:
    """With this session, in place of an earlier one of the same id."""
    return replace(leave(presence, session.id), sessions=(*leave(presence, session.id).sessions, session))


def leave(presence: Presence, session_id: str) -> Presence:
    """Without that session."""
    return replace(presence, sessions=tuple(one for one in presence.sessions if one.id != session_id))


def _lasts(until: datetime | None, at: datetime) -> bool:
    return until is None or at < until
