"""From focus sessions and starts to what the cards show."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot.domain.focus.blocks import is_covered
from bot.domain.focus.intents import At, Extend, Offered, Settings, Start
from bot.domain.focus.session import CalledOff, Hold, Session, Trace
from cards.focus import FocusExtend, FocusSession, FocusSet, FocusStart, FocusStop, Moment, Offer

_SHOWN = {
    Hold.ASKED: "busy",
    Hold.RENEWING: "busy",
    Hold.CLEARING: "busy",
    Hold.OURS: "done",
    Hold.THEIRS: "theirs",
    Hold.GONE: "done",
    Hold.ABSENT: "absent",
}


@dataclass(frozen=True, slots=True)
class Reached:
    """How far Samen came in somebody's Microsoft 365.

    `connection` is as the card has it ("on", "offer", "lost", "admin", "off"); `failed`: something could not be done now.
    `meetings`: when others are in the session, by their start. `free`: times of today to begin one at.
    """

    connection: str = "on"
    failed: bool = False
    meetings: tuple[tuple[datetime, datetime], ...] = ()
    free: tuple[Moment, ...] = ()


def session_of(session: Session, now: datetime, zone: ZoneInfo, reached: Reached, text: str | None) -> FocusSession:
    """A session as the card shows it; `text` is its status message, None where the person wants none."""
    ahead, ended = now < session.starts_at, not session.is_ahead(now)
    session = session if ended else _as_long(session)
    how_far = _taken_away if ended else partial(_how_far, ahead=ahead)
    return FocusSession(
        id=session.id,
        starts=session.starts_at.astimezone(zone),
        ends=session.ends_at.astimezone(zone),
        mode=session.mode.value,
        learning=session.learning,
        presence=how_far(session.presence, reached),
        status="off" if text is None else how_far(session.status, reached),
        block=_block(session.block, reached, _taken_away if ended else partial(_how_far, ahead=False)),
        text=text,
        called_off=session.called_off and session.called_off.value,
        stopped=_stopped(session, zone),
    )


def _stopped(session: Session, zone: ZoneInfo) -> datetime | None:
    if session.stopped_at is None or session.stopped_at < session.starts_at:
        return None
    # The look at its start calls off what does not go on: a moment later, and it never began.
    never = session.called_off not in (None, CalledOff.OFF)
    return None if never else session.stopped_at.astimezone(zone)


def _as_long(session: Session) -> Session:
    """What has another end than the session is not done: it still has to be lengthened or shortened."""

    def told(trace: Trace) -> Trace:
        other = trace.hold is Hold.OURS and trace.until != session.ends_at
        return replace(trace, hold=Hold.RENEWING) if other else trace

    return replace(session, presence=told(session.presence), status=told(session.status), block=told(session.block))


def _block(trace: Trace, reached: Reached, how_far: Callable[[Trace, Reached], str]) -> str:
    # Never made, and yet theirs: they had focus time in their calendar already.
    return "covered" if is_covered(trace) else how_far(trace, reached)


def _taken_away(trace: Trace, reached: Reached) -> str:
    """Afterwards: what was never there needs no line, and what Graph was not asked about stands there still."""
    if trace.hold in (Hold.NONE, Hold.ABSENT):
        return "off"
    if trace.hold in (Hold.GONE, Hold.THEIRS):
        return _SHOWN[trace.hold]
    return "failed" if reached.failed or reached.connection != "on" else "busy"


def _how_far(trace: Trace, reached: Reached, *, ahead: bool) -> str:
    shown = _SHOWN.get(trace.hold)
    if shown and not (shown == "busy" and reached.failed):
        return shown
    if reached.connection != "on":
        return "unconnected"
    if ahead:
        return "later"
    return "failed" if reached.failed else "busy"


def offers_of(acts: Sequence[Offered], zone: ZoneInfo) -> tuple[Offer, ...]:
    """What can be chosen, as buttons."""
    return tuple(offer_of(act, zone) for act in acts)


def offer_of(act: Offered, zone: ZoneInfo) -> Offer:
    match act:
        case Start():
            return start_of(act)
        case Extend(until):
            return FocusExtend(until.astimezone(zone))
        case Settings():
            mode = act.mode and act.mode.value
            return FocusSet(act.minutes, mode, act.end_line, act.status)
    return FocusStop()


def start_of(start: Start) -> FocusStart:
    return FocusStart(
        at=moment_of(start.at) if start.at else None,
        minutes=start.minutes,
        until=moment_of(start.until) if start.until else None,
        mode=start.mode and start.mode.value,
        learning=start.learning,
        subject=start.subject,
    )


def moment_of(at: At) -> Moment:
    return Moment(at.day, at.minute, at.part.value if at.part else None)
