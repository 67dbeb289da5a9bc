"""What is under way: looked at, made longer, ended, or tried once more."""

from dataclasses import replace

from bot.commands.focus.answers import card, nothing, unclear
from bot.commands.focus.bringing import bring
from bot.commands.focus.state import State, state_of
from bot.domain.focus import rules
from bot.domain.focus.intents import Extend, Problem, Unclear
from bot.domain.focus.session import Session
from bot.services import Services
from bot.turn import Answer, Ask


async def show(ask: Ask, services: Services) -> Answer:
    """My card, with Teams and the calendar brought in line where that is not so yet."""
    state = await _read(ask, services)
    session = _meant(state, None)
    return await _brought(ask, session, state, services) if session else nothing(state)


async def extend(ask: Ask, intent: Extend, services: Services, session_id: str | None) -> Answer:
    """Let it end at another moment."""
    state = await _read(ask, services)
    session = _meant(state, session_id)
    if session is None:
        return unclear(Unclear(Problem.NOTHING_ON), state)
    found = rules.extended((session.starts_at, session.ends_at), intent.until, state.now)
    if isinstance(found, Unclear):
        return unclear(found, state)
    changed = "extended" if found.until > session.ends_at else "shortened"
    return await _change(ask, replace(session, ends_at=found.until), services, changed)


async def stop(ask: Ask, services: Services, session_id: str | None) -> Answer:
    """End it now, or call off one that is still to come."""
    state = await _read(ask, services)
    session = _meant(state, session_id)
    if session is None:
        return nothing(state)
    return await _change(ask, replace(session, stopped_at=state.now), services)


async def _read(ask: Ask, services: Services) -> State:
    async with services.units.read(ask.turn.key.tenant) as unit:
        return await state_of(ask, unit, services)


def _meant(state: State, session_id: str | None) -> Session | None:
    """The session that a button names; without one, what is under way, else what comes first."""
    if session_id is not None:
        return next((one for one in state.ahead if one.id == session_id), None)
    return state.under_way or next(iter(state.ahead), None)


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
    claimed = await services.focusing.claim(ask.turn.key.tenant, session.id)
    if claimed is None:
        return card(state, session, changed=changed)
    session, reached = await bring(ask, claimed, state, services, None)
    return card(state, session, reached, changed=changed)
