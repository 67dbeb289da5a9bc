"""What is to be asked of Graph for a focus session, by what stands there now: the person's own always wins.

Each step is noted before it is asked (`planned`) and after it (`done`, `undone`), so that whoever finds a note without its end
knows what may have happened. To do all of it again does no harm.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.focus.acts import Act, Step
from bot.domain.focus.blocks import block_asked
from bot.domain.focus.seen import UNSEEN, Seen
from bot.domain.focus.session import Hold, Session, Trace
from bot.domain.focus.showing import presence_asked, status_asked

_UNDER_WAY = frozenset({Hold.ASKED, Hold.RENEWING, Hold.CLEARING})


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
        presence, first = presence_asked(session, seen, now, others)
        status, second = status_asked(session, seen, now, text, others)
    block, third = block_asked(session, seen, now)
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


def _ended(trace: Trace, step: Step) -> Trace:
    if trace.hold is Hold.CLEARING:
        return replace(trace, hold=Hold.GONE)
    return replace(trace, hold=Hold.OURS, until=step.until)
