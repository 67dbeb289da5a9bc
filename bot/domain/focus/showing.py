"""What Teams is to show during a focus session: the presence and the status message; what is the person's own stays."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from bot.domain.focus.acts import Act
from bot.domain.focus.neighbours import STANDS, Part, is_taken_over, may_stand, part_of
from bot.domain.focus.seen import UNSEEN, Seen
from bot.domain.focus.session import Hold, Session, Trace

# Of another session, it may stand there until Graph has said what came of the asking.
_TAKING = frozenset({Hold.RENEWING, Hold.CLEARING})


def digest(text: str) -> str:
    """What a status message is told by: the text itself is not kept."""
    return sha256(text.strip().encode()).hexdigest()[:32]


def presence_asked(session: Session, seen: Seen, now: datetime, others: Sequence[Session]) -> tuple[Trace, Act | None]:
    """What is to be noted of the presence, and asked for; `others` are the same person's other sessions."""
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
    # What only the calendar shows is nothing that stood there: Samen's Busy can be told from it.
    before = None if seen.by_calendar else seen.availability
    asked = replace(trace, what=before) if trace.hold is Hold.NONE else trace
    untouched = (untouched or beside) and not again
    found, act = _stand(trace, session, seen, Act.PREFER, ours=ours or again, untouched=untouched, what=asked.what)
    # What stood there before it was asked for says nothing any more once it stands there.
    known = found.hold is Hold.RENEWING and trace.hold is not Hold.RENEWING
    return replace(found, what=None) if known else found, act


def status_asked(
    session: Session, seen: Seen, now: datetime, text: str | None, others: Sequence[Session]
) -> tuple[Trace, Act | None]:
    """The same of the status message; `text` is what it is to say, None for none."""
    trace = session.status
    known, ours = (trace.what or "").split(), _is_said(session, seen)
    if _is_let_go(session, others, "status", now):
        return replace(trace, hold=Hold.GONE), None
    if text is None or not session.is_on(now):  # without a text they want none any more, or never did
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
