"""A focus session: somebody's protected time, and what Samen did for it in their Teams and their calendar."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

SHORTEST, LONGEST = timedelta(minutes=10), timedelta(hours=4)
USUAL = timedelta(minutes=50)


class Mode(StrEnum):
    """How undisturbed: the presence that Teams shows meanwhile."""

    QUIET = "quiet"  # Do not disturb
    REACHABLE = "reachable"  # Busy


@dataclass(frozen=True, slots=True)
class Choices:
    """What is usual for somebody: how long (minutes), how undisturbed, one line at the end, a status message meanwhile.

    `unapproved`: they were told that an administrator has to approve Microsoft 365 first, and it has not worked since.
    """

    minutes: int = int(USUAL.total_seconds()) // 60
    mode: Mode = Mode.QUIET
    end_line: bool = False
    status: bool = True
    unapproved: bool = False


class CalledOff(StrEnum):
    """Why Samen called off what was still to come."""

    DELETED = "deleted"  # its owner took the block out of their calendar
    MOVED = "moved"  # and here moved it to where no session can be
    AWAY = "away"  # they do not work then any more
    PAUSED = "paused"  # they pause Samen then
    OFF = "off"  # their organisation switched focus time off


class Hold(StrEnum):
    """Whose a thing in Teams or the calendar is, as far as one session is concerned."""

    NONE = "none"  # nothing was done yet
    ASKED = "asked"  # Graph is being asked for it, or was, and nobody knows what came of it
    OURS = "ours"  # Samen's own stands there
    RENEWING = "renewing"  # Samen's own stands there, and Graph is or was being asked to give it another end
    CLEARING = "clearing"  # Graph is being asked to take Samen's own away, or was
    THEIRS = "theirs"  # the person's own: left alone for the rest of the session
    GONE = "gone"  # nothing of Samen's is left
    ABSENT = "absent"  # there is no calendar of theirs that it could stand in


@dataclass(frozen=True, slots=True)
class Trace:
    """One thing that Samen left, or is about to.

    `until` is when it has ended by itself at the latest. `stamp` is Graph's version of the person's presence when Samen last asked for
    something: the same again means that nothing was done since. `what` tells ours from another: digests of the
    texts that the status message may have, the id of the event. Of a block, `stamp` is the times its owner gave it, where
    Samen follows them.
    """

    hold: Hold = Hold.NONE
    until: datetime | None = None
    stamp: str | None = None
    what: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """Protected time of one person, from `starts_at` until `ends_at` (aware, UTC) or until it is stopped.

    What it is about is not kept here: that stands in the person's own calendar only (the issue of `/focus`).
    `outside`: whoever plans it does so knowing that they do not work then, or put it there themselves. `zone` and `language`: those
    it was asked in, None where that is not known; what is written of it later is in those.
    """

    id: str
    user_id: str
    starts_at: datetime
    ends_at: datetime
    mode: Mode = Mode.QUIET
    learning: bool = False
    stopped_at: datetime | None = None
    outside: bool = False
    called_off: CalledOff | None = None
    zone: str | None = None
    language: str | None = None
    presence: Trace = field(default=Trace())
    status: Trace = field(default=Trace())
    block: Trace = field(default=Trace())

    def is_on(self, now: datetime) -> bool:
        """Whether it is under way."""
        return self.starts_at <= now < self.ends_at and self.stopped_at is None

    def is_ahead(self, now: datetime) -> bool:
        """Whether it is still to come, or under way."""
        return now < self.ends_at and self.stopped_at is None

    def has_begun(self) -> bool:
        """Whether Teams was asked to show it, or would have been but for what is the person's own."""
        return not (self.presence.hold is Hold.NONE and self.status.hold is Hold.NONE)

    def is_clean(self) -> bool:
        """Whether nothing of Samen's is left in Teams and the calendar."""
        return all(trace.hold in _CLEAN for trace in (self.presence, self.status, self.block))


@dataclass(frozen=True, slots=True)
class Claimed:
    """A session that one process brings in line now; `touched` counts its changes when it was taken.

    `others`: the other sessions of the same person that are kept. None of them is brought in line meanwhile.
    """

    tenant: str
    session: Session
    owner: str
    touched: int
    attempts: int
    others: tuple[Session, ...] = ()


_CLEAN = frozenset({Hold.NONE, Hold.THEIRS, Hold.GONE, Hold.ABSENT})
