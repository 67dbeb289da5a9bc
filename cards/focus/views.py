"""What the cards of `/focus` show, in plain values. Every moment is aware, on the reader's own clock."""

from dataclasses import dataclass, field
from datetime import date, datetime

from cards.drawing import View
from cards.reach import ReachRule
from cards.where import TeamChoice


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of a day, `minute` after midnight; None: some time that day, or in its `part` ("morning", "afternoon")."""

    day: date
    minute: int | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class FocusStart:
    """A start to choose; what is None is now, or as usual. `mode`: "quiet" or "reachable". `subject` is never drawn."""

    at: Moment | None = None
    minutes: int | None = None
    until: Moment | None = None
    mode: str | None = None
    learning: bool = False
    subject: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class FocusStop:
    """Ending what is under way, to choose."""


@dataclass(frozen=True, slots=True)
class FocusExtend:
    """Another end for a focus time, to choose."""

    until: datetime


@dataclass(frozen=True, slots=True)
class FocusSet:
    """What is usual for me, to choose; what is None stays as it is."""

    minutes: int | None = None
    mode: str | None = None
    end_line: bool | None = None
    status: bool | None = None


@dataclass(frozen=True, slots=True)
class FocusWhich:
    """One of several focus times, to choose by its begin: to begin or end `to` another time, None: to call it off."""

    session: str
    starts: datetime
    to: FocusStart | FocusExtend | None = None


Offer = FocusStart | FocusStop | FocusExtend | FocusSet | FocusWhich


@dataclass(frozen=True, slots=True)
class FocusSession:
    """A focus time, and how far its three things are: my status in Teams, my status message, the block in my calendar.

    Each is "done", "busy" (being done), "theirs" (my own, left alone), "failed", "unconnected", "later" (when it
    begins) or "off" (I want none); the block also "covered" (I had focus time there already) or "absent" (my calendar is
    not in Microsoft 365). After the end "done" is taken away. `text` is the status message that Samen wrote.
    `stopped`: when it was ended, while it was under way. `called_off` by Samen, and why: "deleted", "moved" (the block
    in my calendar), "away" (I do not work then), "paused" (I pause then) or "off" (my organisation switched it off).
    """

    id: str
    starts: datetime
    ends: datetime
    mode: str = "quiet"
    learning: bool = False
    presence: str = "done"
    status: str = "done"
    block: str = "done"
    text: str | None = None
    called_off: str | None = None
    stopped: datetime | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """When a meeting inside a focus time is; nothing else of it is shown."""

    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class FocusView(View):
    """My focus time, for me alone.

    `state`: "on", "planned", "soon" (it begins, and there are meetings in it), "stopped", "over" (all with `session`), "asked" (outside my working hours: still start
    `again`? with `session` as it would be), or "none". `connection` with Microsoft 365: "on", "offer" (not yet, with
    a button), "lost" (no longer, with a button), "admin" (an administrator first; said once), "off" (one line).
    `changed`: "extended", "shortened", "already" (it was under way), "overlap" (nothing was
    done), "another" (pressed on the card of one that is over), "nothing_on" (asked to stop while this one is still to
    come, or none is there) or "followed" (the block in my calendar).
    """

    state: str
    now: datetime
    session: FocusSession | None = None
    later: tuple[FocusSession, ...] = ()  # others to come
    changed: str | None = None
    usual: int = 50  # minutes
    mode: str = "quiet"  # the usual one
    connection: str = "on"
    reach: tuple[ReachRule, ...] = ()  # my own rules
    shown_to: tuple[TeamChoice, ...] = ()  # teams that I show how to reach me
    others: tuple[TeamChoice, ...] = ()  # my other teams
    first: bool = False  # the first time: with an explanation
    meetings: tuple[Meeting, ...] = ()
    shorter: Offer | None = None  # to end before the meeting
    after: Offer | None = None  # or to begin after it
    again: FocusStart | None = None
    instead: str | None = None  # the one that `again` takes the place of
    times: tuple[Moment, ...] = ()  # free times to plan it at, while nothing is on
    quiet: bool = False  # I pause or stopped
    gone: FocusSession | None = None  # the latest that Samen called off by itself, for a day

    @property
    def first_day(self) -> date | None:
        return min((one.ends.date() for one in (self.session, *self.later) if one), default=None)


@dataclass(frozen=True, slots=True)
class FocusUnclearView(View):
    """Nothing was done: why (`problem` as in bot/domain/focus/intents.py), and complete readings to choose from."""

    problem: str
    now: datetime
    offers: tuple[Offer, ...] = ()
    usual: int = 50
    session: str | None = None  # the one that is under way

    @property
    def first_day(self) -> date | None:
        return self.now.date()


@dataclass(frozen=True, slots=True)
class FocusSettingsView(View):
    """What is usual for me. `changed`: "saved", "undone" or "same"; `undo` holds what an undo would set."""

    minutes: int = 50
    mode: str = "quiet"
    end_line: bool = False
    status: bool = True
    changed: str | None = None
    undo: FocusSet | None = None
    unapproved: bool = False  # an administrator had to approve Microsoft 365 first: is that done?


@dataclass(frozen=True, slots=True)
class FocusOverView(View):
    """One quiet line at the end; `left`: something of Samen's could not be taken away yet."""

    learning: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True)
class ConnectView(View):
    """Samen and my Microsoft 365.

    `why`: "new" and "revoked" (I took the permission back): the button to sign in comes below, on Teams' own card;
    "failed" (signing in did not work), "admin" (an administrator has to approve it first) or "connected" (done).
    """

    why: str = "new"


@dataclass(frozen=True, slots=True)
class SignedOutView(View):
    """Samen reaches my Microsoft 365 no more; `was`: it did. `failed`: nobody knows.

    `until`: when the Teams status and message that it set end by themselves. `blocks`: those it leaves in my calendar.
    """

    was: bool = True
    until: datetime | None = None
    failed: bool = False
    today: date | None = None
    blocks: tuple[tuple[datetime, datetime], ...] = ()

    @property
    def first_day(self) -> date | None:
        days = [moment.date() for moment in (self.until, *(ends for _, ends in self.blocks)) if moment]
        return min(days, default=None)
