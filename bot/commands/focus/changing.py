"""What is under way: looked at, made longer, ended, or tried once more."""

from dataclasses import replace
from functools import partial

from bot.commands.focus.answers import card, card_at, unclear
from bot.commands.focus.bringing import bring, connected
from bot.commands.focus.opening import opened
from bot.commands.focus.state import State, state_of
from bot.domain.focus import rules
from bot.domain.focus.intents import Extend, Problem, Unclear
from bot.domain.focus.session import Session
from bot.services import Services
from bot.services.signing import keep_approval
from bot.turn import Answer, Ask
from cards.focus import ConnectView, FocusView


async def show(ask: Ask, services: Services, session_id: str | None = None, *, new: bool = False) -> Answer:
    """My card, with Teams and the calendar brought in line; `new`: of what is under way, or of what can begin."""
    state, session = await _find(ask, services, session_id)
    if session is None or (new and not session.is_on(state.now)):
        return await opened(ask, state, services)
    return await _brought(ask, session, state, services)


async def go_on(ask: Ask, services: Services) -> Answer | None:
    """After signing in: what is under way or to come is brought in line."""
    state, session = await _find(ask, services, None)
    if state.choices.unapproved:
        await keep_approval(ask, services, needed=False)
        state = replace(state, choices=replace(state.choices, unapproved=False))
    return await _brought(ask, session, state, services) if session else None


async def connect(ask: Ask, services: Services) -> Answer:
    """Sign in with Microsoft; whoever is signed in already sees how it stands."""
    if await connected(ask, services) not in ("on", "off"):
        return Answer(ConnectView(), sign_in=True)
    answer = await show(ask, services)
    # There is a token, and what it is for was taken back: only signing in anew mends that.
    lost = isinstance(answer.show, FocusView) and answer.show.connection == "lost"
    return Answer(ConnectView("revoked"), sign_in=True) if lost else answer


async def extend(ask: Ask, intent: Extend, services: Services, session_id: str | None) -> Answer:
    """Let it end at another moment."""
    state, session = await _find(ask, services, session_id)
    if session is None or not session.is_ahead(state.now):
        return unclear(Unclear(Problem.NOTHING_ON), state)
    found = rules.extended((session.starts_at, session.ends_at), intent.until, state.now)
    if isinstance(found, Unclear):
        return unclear(found, state)
    changed = "extended" if found.until > session.ends_at else "shortened"
    return await _change(ask, replace(session, ends_at=found.until), services, changed)


async def stop(ask: Ask, services: Services, session_id: str | None) -> Answer:
    """End it now, or call off one that is still to come."""
    state, session = await _find(ask, services, session_id)
    if session is None:
        return await opened(ask, state, services)
    if not session.is_ahead(state.now):
        return await _brought(ask, session, state, services)
    return await _change(ask, replace(session, stopped_at=state.now), services)


async def _find(ask: Ask, services: Services, session_id: str | None) -> tuple[State, Session | None]:
    """The session of theirs that a button names; without one, what is under way, else what comes first."""
    async with services.units.read(ask.turn.key.tenant) as unit:
        state = await state_of(ask, unit, services)
        if session_id is None:
            return state, state.under_way or next(iter(state.ahead), None)
        session = await unit.focus.get(session_id)
    return state, session if session and session.user_id == ask.user_id else None


async def _change(ask: Ask, wanted: Session, services: Services, changed: str | None = None) -> Answer:
    """Keep its end and whether it is stopped as wanted."""
    async with services.units.write(ask.turn.key) as unit:
        if not unit.repeated:
            await unit.focus.change(wanted.id, ends_at=wanted.ends_at, stopped_at=wanted.stopped_at)
        # Also where it was delivered twice: told as it is by now.
        session = await unit.focus.get(wanted.id) or wanted
        state = await state_of(ask, unit, services)
    return await _brought(ask, session, state, services, changed)


async def _brought(ask: Ask, session: Session, state: State, services: Services, changed: str | None = None) -> Answer:
    claimed = await services.focusing.claim(ask.turn.key.tenant, session.id, early=True)
    if claimed is None:
        return card(state, session, changed=changed)
    words = state.wording(session, None)
    return await bring(ask, claimed, words, services, partial(card_at, state, changed=changed))
