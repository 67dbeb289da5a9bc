"""What is under way: looked at, made longer, ended, or tried once more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.commands.focus.answers import card_at, unclear
from bot.commands.focus.bringing import Draw, bring, connected, in_turn, soon
from bot.commands.focus.opening import opened
from bot.commands.focus.state import State, state_of
from bot.commands.focus.views import Reached
from bot.domain.focus import rules
from bot.domain.focus.intents import Extend, Problem, Unclear
from bot.domain.focus.session import Session
from bot.services import Services
from bot.services.focusing import Wording
from bot.services.signing import keep_approval
from bot.turn import Answer, Ask
from cards import View
from cards.focus import ConnectView, FocusView


async def show(ask: Ask, services: Services, session_id: str | None = None, *, new: bool = False) -> Answer:
    """My card, with Teams and the calendar brought in line; `new`: of what is under way, or of what can begin.

    With nothing under way or to come: of the latest of which something is left, to have it taken away.
    """
    state, session = await _find(ask, services, session_id)
    session = session or state.under_way
    left = sorted((one for one in state.left if not one.is_ahead(state.now)), key=lambda one: one.ends_at, reverse=True)
    if session is None and left and not new:
        return await _all_brought(ask, left, state, services)
    if session is None or (new and not session.is_on(state.now)):
        return await opened(ask, state, services)
    return await brought(ask, session, state, services)


async def go_on(ask: Ask, services: Services) -> Answer | None:
    """After signing in: all that is under way, to come, or still to be taken away is brought in line."""
    async with services.units.read(ask.turn.key.tenant) as unit:
        state = await state_of(ask, unit, services)
    if state.choices.unapproved:
        await keep_approval(ask, services, needed=False)
        state = replace(state, choices=replace(state.choices, unapproved=False))
    left = [one for one in state.left if not one.is_ahead(state.now)]
    # The card is of what is on, else of what comes first, else of what was last.
    each = (*state.ahead, *reversed(left))
    # Connected for the first time, or once more: what that means is told with it.
    return await _all_brought(ask, each, state, services, first=True) if each else None


async def _all_brought(
    ask: Ask, each: Sequence[Session], state: State, services: Services, *, first: bool = False
) -> Answer:
    """My card of the first of these; the rest is brought in line behind it."""
    answer = await brought(ask, each[0], state, services, first=first)
    rest = [(one, state.wording(one, None)) for one in each[1:]]
    return replace(answer, after=partial(_and_the_rest, ask, answer, rest, services)) if rest else answer


async def _and_the_rest(
    ask: Ask, answer: Answer, rest: Sequence[tuple[Session, Wording]], services: Services
) -> View | None:
    shown = await answer.after() if answer.after else None
    await in_turn(ask, rest, services)
    return shown


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
        return await _another(ask, state, services) or unclear(Unclear(Problem.NOTHING_ON), state)
    found = rules.extended((session.starts_at, session.ends_at), intent.until, state.now)
    others = [(one.starts_at, one.ends_at) for one in state.ahead if one.id != session.id]
    found = rules.not_over(others, (session.starts_at, session.ends_at), found)
    if isinstance(found, Unclear):
        return unclear(found, state, session)
    changed = "extended" if found.until > session.ends_at else "shortened"
    return await _change(ask, replace(session, ends_at=found.until), services, changed)


async def stop(ask: Ask, services: Services, session_id: str | None) -> Answer:
    """End it now, or call off one that is still to come: by its button, for a word means what is under way."""
    state, session = await _find(ask, services, session_id)
    if session is None:
        return await _another(ask, state, services) or await _nothing_on(ask, state, services)
    if not session.is_ahead(state.now):
        return await brought(ask, session, state, services)
    if session_id is None and not session.is_on(state.now):
        return await brought(ask, session, state, services, "nothing_on")
    return await _change(ask, replace(session, stopped_at=state.now), services)


async def _another(ask: Ask, state: State, services: Services) -> Answer | None:
    """What is under way, to whoever pressed a button of one that is over; None where nothing is."""
    on = state.under_way
    return await brought(ask, on, state, services, "another") if on else None


async def _nothing_on(ask: Ask, state: State, services: Services) -> Answer:
    answer = await opened(ask, state, services)
    told = isinstance(answer.show, FocusView) and replace(answer.show, changed="nothing_on")
    return replace(answer, show=told or answer.show)


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
    return await brought(ask, session, state, services, changed)


async def brought(  # noqa: PLR0913 - what changed and whether it is the first are named
    ask: Ask, session: Session, state: State, services: Services, changed: str | None = None, *, first: bool = False
) -> Answer:
    """My card of this one, with Teams and the calendar looked at and brought in line."""
    claimed = await services.focusing.claim(ask.turn.key.tenant, session.id, early=True)
    words, draw = state.wording(session, None), _drawing(state, session, changed, first=first)
    if claimed is None:
        return await soon(ask, session, words, services, draw)
    return await bring(ask, claimed, words, services, draw)


def _drawing(state: State, before: Session, changed: str | None, *, first: bool) -> Draw:
    """My card; where the calendar gave the session other times, it says that instead."""

    def draw(now: datetime, session: Session, reached: Reached) -> Answer:
        same = (session.starts_at, session.ends_at) == (before.starts_at, before.ends_at)
        return card_at(state, now, session, reached, changed=changed if same else "followed", first=first)

    return draw
