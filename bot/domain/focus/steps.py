"""What is to be asked of Graph for a focus session, by what stands there now: the person's own always wins.

Each step is noted before it is asked (`planned`) and after it (`done`, `undone`), so that whoever finds a note without its end
knows what may have happened. To do all of it again does no harm.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from bot.domain.focus.neighbours import STANDS, Part, is_taken_over, may_stand, part_of
from bot.domain.focus.session import Hold, Mode, Session, Trace

DO_NOT_DISTURB, BUSY = "DoNotDisturb", "Busy"
# With Teams closed on every device nobody can see what is preferred: a preference shows only while there is a session.
UNSEEN = ("Offline", "PresenceUnknown")
_UNDER_WAY = frozenset({Hold.ASKED, Hold.RENEWING, Hold.CLEARING})
# Of another session, it may stand there until Graph has said what came of the asking.
_TAKING = frozenset({Hold.RENEWING, Hold.CLEARING})
AVAILABILITY = {Mode.QUIET: DO_NOT_DISTURB, Mode.REACHABLE: BUSY}


class Calendar(StrEnum):
    """How far somebody's calendar could be read."""

    READ = "read"
    UNREAD = "unread"  # not now
    ABSENT = "absent"  # they have none in Microsoft 365


class Act(StrEnum):
    """One request to Graph; all are absolute, and the same again changes nothing more."""

    PREFER = "prefer"  # show this presence until then
    UNPREFER = "unprefer"
    SAY = "say"  # show this status message until then
    UNSAY = "unsay"
    BLOCK = "block"  # an event in the calendar
    MOVE = "move"  # its end
    UNBLOCK = "unblock"


@dataclass(frozen=True, slots=True)
class Step:
    """One request, and when what it makes ends by itself."""

    act: Act
    until: datetime


@dataclass(frozen=True, slots=True)
class Block:
    """Samen's event as it stands in the calendar.

    `moved`: at other times than Samen gave it. `changed`: the person made it their own otherwise.
    """

    id: str
    start: datetime
    end: datetime
    changed: bool = False
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What Graph reports of the person now. `availability` is None where their presence could not be read.

    `stamp` is its version of their presence, None where it tells none. `by_calendar`: their calendar is why they show so, and nobody prefers
    another presence. `covered`: the person has such a block already. `meetings`: when others are in it, by their start. `activity`: as Graph has it.
    """

    availability: str | None
    stamp: str | None = None
    status: str | None = None
    block: Block | None = None
    covered: bool = False
    meetings: tuple[tuple[datetime, datetime], ...] = ()
    by_calendar: bool = False
    calendar: Calendar = Calendar.READ
    activity: str = ""

    def is_chosen(self) -> bool:
        """Whether they set Do not disturb themselves: while they present, it shows without their choosing it."""
        return self.availability == DO_NOT_DISTURB and self.activity in ("", DO_NOT_DISTURB)

    def shows(self, mode: Mode) -> bool:
        """Whether the presence of that mode is preferred: a block in the calendar alone makes somebody busy, too."""
        return self.availability == AVAILABILITY[mode] and not self.by_calendar


@dataclass(frozen=True, slots=True)
class Plan:
    """The session with everything noted that is about to be asked, and what that is."""

    session: Session
    steps: tuple[Step, ...]

    @property
    def waves(self) -> tuple[tuple[Step, ...], ...]:
        """What is asked at once, one after the other.

        Graph has one version for presence and status. While Samen's presence is being taken away, only its own going may
        change that: else a process that finds this half done could not tell whether what is there is the person's.
        """
        acts = {step.act for step in self.steps}
        later = tuple(step for step in self.steps if step.act is Act.UNSAY and Act.UNPREFER in acts)
        first = tuple(step for step in self.steps if step not in later)
        return (first, later) if later else (first,)


def planned(session: Session, seen: Seen, now: datetime, text: str | None, others: Sequence[Session] = ()) -> Plan:
    """What is to be done now; `text` is the status message to show, None for none. What could not be read is left as it is.

    `others`: the same person's other sessions.
    """
    presence, first, status, second = session.presence, None, session.status, None
    if seen.availability is not None:
        presence, first = _presence(session, seen, now, others)
        status, second = _status(session, seen, now, text, others)
    block, third = _block(session, seen, now)
    steps = tuple(Step(act, session.ends_at) for act in (first, second, third) if act)
    return Plan(replace(session, presence=presence, status=status, block=block), steps)


def done(session: Session, step: Step, event_id: str | None = None) -> Session:
    """The session after Graph said that a step is done; `event_id` is the event that was made."""
    if step.act in (Act.PREFER, Act.UNPREFER):
        return replace(session, presence=replace(_ended(session.presence, step), what=None))
    if step.act in (Act.SAY, Act.UNSAY):
        status = _ended(session.status, step)
        return replace(session, status=replace(status, what=(status.what or "").split()[-1]))
    block = replace(_ended(session.block, step), stamp=None)
    return replace(session, block=replace(block, what=event_id) if event_id else block)


def undone(session: Session, step: Step, before: Session) -> Session:
    """The session after Graph said that a step was not done: as `before` it was planned, so that it is asked anew."""
    if step.act in (Act.PREFER, Act.UNPREFER):
        return replace(session, presence=before.presence)
    if step.act in (Act.SAY, Act.UNSAY):
        return replace(session, status=before.status)
    return replace(session, block=before.block)


def overtaken_by_own(plan: Plan, session: Session) -> bool:
    """Whether only one of presence and status was done: Graph has one version for both, so the other's is no longer true."""
    pairs = ((plan.session.presence, session.presence), (plan.session.status, session.status))
    was_done = [before != after for before, after in pairs]
    return any(was_done) and any(after.hold in _UNDER_WAY for _, after in pairs)


def restamped(session: Session, seen: Seen) -> Session:
    """The session with another version of the presence, for what nobody knows of whether it was done.

    What Samen asked for and was not there before it asked stands there by its doing.
    """
    presence, status = (
        replace(trace, stamp=seen.stamp) if trace.hold in _UNDER_WAY else trace
        for trace in (session.presence, session.status)
    )
    if seen.availability in UNSEEN:
        presence = session.presence  # nobody can see yet whether it was done
    if presence.hold is Hold.ASKED and presence.what != seen.availability and seen.shows(session.mode):
        presence = replace(presence, hold=Hold.RENEWING, what=None)
    return replace(session, presence=presence, status=status)


def digest(text: str) -> str:
    """What a status message is told by: the text itself is not kept."""
    return sha256(text.strip().encode()).hexdigest()[:32]


def is_moved(trace: Trace, there: Block) -> bool:
    """Whether the person gave the block other times than those that Samen knows of."""
    return there.moved and times_of(there) != trace.stamp


def times_of(there: Block) -> str:
    """What a block's times are told by."""
    return f"{there.start.timestamp():.0f}-{there.end.timestamp():.0f}"


def is_covered(trace: Trace) -> bool:
    """Whether the person had focus time in their calendar already: theirs, and never made by Samen."""
    return trace.hold is Hold.THEIRS and trace.what is None


def _ended(trace: Trace, step: Step) -> Trace:
    if trace.hold is Hold.CLEARING:
        return replace(trace, hold=Hold.GONE)
    return replace(trace, hold=Hold.OURS, until=step.until)


def _presence(session: Session, seen: Seen, now: datetime, others: Sequence[Session]) -> tuple[Trace, Act | None]:
    trace, untouched = session.presence, seen.stamp is not None and seen.stamp == session.presence.stamp
    ours = seen.shows(session.mode) or (trace.hold in _TAKING and trace.what == seen.availability)
    if _is_let_go(session, others, "presence", now):
        return replace(trace, hold=Hold.GONE), None
    if not session.is_on(now):
        if trace.hold is Hold.CLEARING and not untouched:
            return replace(trace, hold=Hold.GONE), None  # done, or what stands there is newer
        never = trace.hold is Hold.ASKED and untouched
        return _clear(trace, seen, now, Act.UNPREFER, ours=ours and not never)
    if trace.hold is Hold.OURS and trace.until == session.ends_at and seen.availability in UNSEEN:
        return trace, None
    return _shown(session, seen, _left_presence(session, seen, now, others), ours=ours, untouched=untouched)


def _shown(
    session: Session, seen: Seen, left: Sequence[Trace], *, ours: bool, untouched: bool
) -> tuple[Trace, Act | None]:
    """The presence of one that is under way."""
    trace = session.presence
    if trace.hold is Hold.NONE and left:
        return _instead(session, seen, left, seen.availability or ""), Act.PREFER
    if trace.hold is Hold.NONE and seen.is_chosen():
        return replace(trace, hold=Hold.THEIRS), None  # they have it already, and ours would end theirs
    again = trace.hold in STANDS and seen.availability in UNSEEN
    # Asked at the same time, Samen's block may have made them busy, and its status message be the new version.
    as_before = seen.by_calendar or trace.what in (seen.availability, *UNSEEN)
    beside = as_before and _is_said(session, seen)
    asked = replace(trace, what=seen.availability) if trace.hold is Hold.NONE else trace
    untouched = (untouched or beside) and not again
    found, act = _stand(trace, session, seen, Act.PREFER, ours=ours or again, untouched=untouched, what=asked.what)
    # What stood there before it was asked for says nothing any more once it stands there.
    known = found.hold is Hold.RENEWING and trace.hold is not Hold.RENEWING
    return replace(found, what=None) if known else found, act


def _status(
    session: Session, seen: Seen, now: datetime, text: str | None, others: Sequence[Session]
) -> tuple[Trace, Act | None]:
    trace = session.status
    known, ours = (trace.what or "").split(), _is_said(session, seen)
    if _is_let_go(session, others, "status", now):
        return replace(trace, hold=Hold.GONE), None
    if not session.is_on(now):
        return _clear(trace, seen, now, Act.UNSAY, ours=ours)
    if text is None:  # they want none any more, or never did
        return _clear(trace, seen, now, Act.UNSAY, ours=ours)
    if trace.hold in (Hold.CLEARING, Hold.GONE):  # and now they do again
        trace = replace(trace, hold=Hold.OURS) if ours else Trace()
    left = [other.status for other in may_stand(others, "status", now) if _is_said(other, seen)]
    if trace.hold is Hold.NONE and seen.status and left:
        return _instead(session, seen, left, f"{digest(seen.status)} {digest(text)}"), Act.SAY
    if trace.hold is Hold.NONE and seen.status:
        return replace(trace, hold=Hold.THEIRS), None
    beside = seen.shows(session.mode) and session.presence.hold in STANDS
    untouched = not seen.status and (beside or (seen.stamp is not None and seen.stamp == trace.stamp))
    # Until Graph says that the new text stands there, those before it may.
    what = " ".join([*(each for each in known if each != digest(text)), digest(text)])
    return _stand(trace, session, seen, Act.SAY, ours=ours, untouched=untouched, what=what)


def _is_let_go(session: Session, others: Sequence[Session], part: Part, now: datetime) -> bool:
    """Whether what stands there is another one's to take away by now."""
    hold = part_of(session, part).hold
    has = hold in STANDS or hold is Hold.CLEARING or (hold in (Hold.NONE, Hold.GONE) and session.is_on(now))
    return has and is_taken_over(session, others, part, now)


def _left_presence(session: Session, seen: Seen, now: datetime, others: Sequence[Session]) -> list[Trace]:
    """Of which others it can be that stands there; while one is taken away, a newer version is the person's own."""
    found = [other for other in may_stand(others, "presence", now) if seen.shows(other.mode)]
    newer = [other for other in found if other.presence.hold is Hold.CLEARING and other.presence.stamp != seen.stamp]
    return [other.presence for other in found if other not in newer or _is_said(session, seen)]


def _instead(session: Session, seen: Seen, left: Sequence[Trace], what: str) -> Trace:
    """Asked for in the place of what another session left."""
    until = max([session.ends_at, *(trace.until for trace in left if trace.until)])
    return Trace(Hold.RENEWING, until, seen.stamp, what)


def _is_said(session: Session, seen: Seen) -> bool:
    """Whether a status message of Samen's stands there."""
    return seen.status is not None and digest(seen.status) in (session.status.what or "").split()


def _stand(  # noqa: PLR0913 - both facts about what stands there are named
    trace: Trace, session: Session, seen: Seen, act: Act, *, ours: bool, untouched: bool, what: str | None = None
) -> tuple[Trace, Act | None]:
    """What is to be there: asked for where nothing was, again where that is not known, and anew where its end changed."""
    asked = Trace(Hold.ASKED, session.ends_at, seen.stamp, what)
    # It ended by itself, before it could be asked for anew.
    ended = trace.hold is Hold.RENEWING and not ours and seen.stamp is not None and seen.stamp == trace.stamp
    if trace.hold is Hold.NONE or (trace.hold is Hold.ASKED and untouched) or ended:
        return asked, act
    if trace.hold not in STANDS:
        return trace, None
    if not ours:
        return replace(trace, hold=Hold.THEIRS), None
    if trace.hold is Hold.OURS and (trace.until, trace.what) == (session.ends_at, what):
        return trace, None
    return replace(asked, hold=Hold.RENEWING, until=max(trace.until or session.ends_at, session.ends_at)), act


def _clear(trace: Trace, seen: Seen, now: datetime, act: Act, *, ours: bool) -> tuple[Trace, Act | None]:
    """What is to be there no more: it ends by itself, or is taken away while it is what Samen put there."""
    if trace.hold not in {*STANDS, Hold.CLEARING}:
        return trace, None
    if not ours or trace.until is None or now >= trace.until:
        return replace(trace, hold=Hold.GONE), None
    return replace(trace, hold=Hold.CLEARING, stamp=seen.stamp), act


def _block(session: Session, seen: Seen, now: datetime) -> tuple[Trace, Act | None]:
    trace, there = session.block, seen.block
    if is_covered(trace) and session.is_ahead(now) and session.ends_at > (trace.until or session.ends_at):
        trace = Trace()  # made longer than the focus time that they had booked themselves
    if trace.hold in (Hold.THEIRS, Hold.GONE, Hold.ABSENT):
        return trace, None
    if seen.calendar is not Calendar.READ:
        never = seen.calendar is Calendar.ABSENT and trace.hold is Hold.NONE
        return (replace(trace, hold=Hold.ABSENT) if never else trace), None
    if there and (there.changed or is_moved(trace, there)):
        return replace(trace, hold=Hold.THEIRS, what=there.id), None
    if not session.is_ahead(now):
        return _remove(trace, there)
    if trace.hold is Hold.NONE and seen.covered:
        return Trace(Hold.THEIRS, session.ends_at), None
    return _keep(session, trace, there)


def _keep(session: Session, trace: Trace, there: Block | None) -> tuple[Trace, Act | None]:
    if there is None:
        if trace.hold in (Hold.OURS, Hold.RENEWING):
            return replace(trace, hold=Hold.THEIRS), None  # they took it out of their calendar
        return replace(trace, hold=Hold.ASKED, until=session.ends_at), Act.BLOCK
    trace = replace(trace, what=there.id, stamp=trace.stamp if there.moved else None)
    if there.end != session.ends_at.replace(microsecond=0):  # a calendar keeps whole seconds
        return replace(trace, hold=Hold.RENEWING, until=session.ends_at), Act.MOVE
    return replace(trace, hold=Hold.OURS, until=session.ends_at), None


def _remove(trace: Trace, there: Block | None) -> tuple[Trace, Act | None]:
    if there is None or trace.hold is Hold.NONE:
        return replace(trace, hold=Hold.GONE if trace.hold is not Hold.NONE else Hold.NONE), None
    return replace(trace, hold=Hold.CLEARING, what=there.id), Act.UNBLOCK
