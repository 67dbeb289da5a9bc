"""What is answered to `/focus`: my card, or why nothing was done."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.commands.focus.meetings import after, meetings_of, shorter
from bot.commands.focus.state import State
from bot.commands.focus.views import Reached, offers_of, session_of
from bot.domain.focus.intents import Unclear
from bot.domain.focus.session import Hold, Session
from bot.turn import Answer
from cards.focus import FocusUnclearView, FocusView, Moment

HERE = Reached()


def card(
    state: State, session: Session | None, reached: Reached = HERE, *, changed: str | None = None, first: bool = False
) -> Answer:
    """My card: this session, or none. Signing in is offered the first time; later on the card has a button for it."""
    now = state.now.astimezone(state.zone)
    view = FocusView(
        "none",
        now,
        changed=changed,
        usual=state.choices.minutes,
        mode=state.choices.mode.value,
        connection=_connection(state, session, reached),
        reach=state.reach,
        shown_to=state.shown_to,
        others=state.others,
        quiet=state.quiet,
        first=first,
        times=reached.free,
        gone=session_of(state.gone, state.now, state.zone, HERE, None) if state.gone else None,
        later=tuple(
            session_of(one, state.now, state.zone, HERE, state.text(one))
            for one in state.ahead
            if (session is None or one.id != session.id) and not one.is_on(state.now)
        ),
    )
    if session is None:
        return Answer(view)
    shown = session_of(session, state.now, state.zone, reached, state.text(session))
    return Answer(
        replace(view, state=_state(session, state), session=shown, **_around(session, state, reached)),
        sign_in=first and reached.connection == "offer",
    )


def _connection(state: State, session: Session | None, reached: Reached) -> str:
    """What is said of it: that an administrator has to approve is told once, and then signing in is offered no more.

    Whoever has something of Samen's there was connected, whatever became of that; so was who has it of another session.
    """
    if reached.connection not in ("admin", "offer"):
        return reached.connection
    if state.choices.unapproved:
        return "off"
    was = session and any(trace.hold is not Hold.NONE for trace in (session.presence, session.status, session.block))
    return "lost" if (was or state.left) and reached.connection == "offer" else reached.connection


def _around(session: Session, state: State, reached: Reached) -> dict[str, Any]:
    """Meetings in it, and the ways around them, while it is not over."""
    if not session.is_ahead(state.now):
        return {}
    return {
        "meetings": meetings_of(reached, state.zone),
        "shorter": shorter(session, reached, state.now, state.zone),
        "after": after(session, reached, state.zone),
    }


def card_at(  # noqa: PLR0913 - what changed and whether it is the first are named
    state: State, now: datetime, session: Session, reached: Reached, *, changed: str | None = None, first: bool = False
) -> Answer:
    """My card of a session at a moment after `state` was read."""
    return card(replace(state, now=now), session, reached, changed=changed, first=first)


def unclear(found: Unclear, state: State, about: Session | None = None) -> Answer:
    """Why nothing was done, with what can be chosen instead; `about` one of mine, or what is under way."""
    under_way = about or state.under_way
    return Answer(
        FocusUnclearView(
            found.problem.value,
            state.now.astimezone(state.zone),
            offers_of(found.offers, state.zone),
            state.choices.minutes,
            under_way.id if under_way else None,
        )
    )


def _state(session: Session, state: State) -> str:
    if session.stopped_at is not None:
        return "stopped"
    if session.is_on(state.now):
        return "on"
    return "planned" if session.is_ahead(state.now) else "over"


def nothing(state: State, connection: str, free: tuple[Moment, ...] = ()) -> Answer:
    """My card while nothing is on, with free times to begin at."""
    return card(state, None, Reached(connection, free=free))


__all__ = ["HERE", "card", "card_at", "nothing", "unclear"]
