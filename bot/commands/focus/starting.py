"""Starting a focus session, now or later."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial

from bot.commands.focus.answers import card, card_at, unclear
from bot.commands.focus.bringing import bring, soon
from bot.commands.focus.changing import brought
from bot.commands.focus.moving import called
from bot.commands.focus.state import State, state_of
from bot.commands.focus.views import Reached, session_of, start_of
from bot.dispatcher import variant
from bot.domain.focus import rules
from bot.domain.focus.intents import Problem, Start, Unclear
from bot.domain.focus.session import Session
from bot.domain.working import next_working_moment
from bot.services import Services
from bot.services.focusing import LEASE, owner
from bot.services.people import know
from bot.turn import Answer, Ask
from cards.focus import FocusView


@dataclass(frozen=True, slots=True)
class Said:
    """What a start says besides its times: the subject, and which session it takes the place of.

    `called`: the name of that one's block, for the new one.
    """

    subject: str | None = field(repr=False)
    instead: str | None = None
    called: str | None = field(default=None, repr=False)


_LOOK_AHEAD = timedelta(days=15)  # further than a working moment is looked for


async def start(
    ask: Ask, intent: Start, services: Services, *, sure: bool = False, instead: str | None = None
) -> Answer:
    """Keep the time free from now on or later, `instead` of another session that then ends.

    Asked back first outside working hours, unless `sure`.
    """
    async with services.units.read(ask.turn.key.tenant) as unit:
        state = await state_of(ask, unit, services)
        when = rules.in_real_time(intent, state.now, state.zone, state.choices.minutes)
        if isinstance(when, Unclear):
            return unclear(_with_gaps(when, intent, state), state)
        day = when.starts_at.astimezone(state.zone).date()
        plan = await unit.plans.of(ask.user_id, day, day + _LOOK_AHEAD)
    session = Session(
        id=ask.turn.key.new_id("focus").hex,
        user_id=ask.user_id,
        starts_at=when.starts_at,
        ends_at=when.ends_at,
        mode=intent.mode or state.choices.mode,
        learning=intent.learning,
        zone=ask.zone,
        language=variant(ask.language, ask.country),
    )
    if other := _other(state, session, instead):
        return await _has(ask, other, session, state, services)
    session = replace(session, outside=next_working_moment(session.starts_at, state.zone, plan) != session.starts_at)
    if session.outside and not sure:
        return _asked(session, intent, state, instead)
    before = next((one for one in state.ahead if one.id == instead), None)
    if before and before.is_on(state.now) and intent.at is None:
        return await brought(ask, before, state, services, "already")  # "begin now", on a card from before it began
    name = None if intent.subject else await called(ask, before, services)
    return await _begin(ask, session, state, services, Said(intent.subject, before.id if before else None, name))


def _asked(session: Session, intent: Start, state: State, instead: str | None) -> Answer:
    shown = session_of(session, state.now, state.zone, Reached(), state.text(session))
    local = state.now.astimezone(state.zone)
    return Answer(FocusView("asked", local, shown, again=start_of(intent), instead=instead))


async def _begin(ask: Ask, session: Session, state: State, services: Services, said: Said) -> Answer:
    async with services.units.write(ask.turn.key) as unit:
        kept = await unit.focus.get(session.id)
        if not unit.repeated:
            await know(ask, unit)
            # Two devices at once: the second waited for the person's row, and sees what the first began.
            state = replace(state, ahead=await unit.focus.ahead(ask.user_id, state.now))
            other = _other(state, session, said.instead)
            if other is None:
                first = await unit.focus.introduce(ask.user_id)
                claimed = await unit.focus.begin(session, owner(), state.now + LEASE)
                if said.instead:
                    await unit.focus.change(said.instead, stopped_at=state.now)
                    state = replace(state, ahead=tuple(one for one in state.ahead if one.id != said.instead))
    if unit.repeated:
        return card(state, kept or session)
    if other:
        return await _has(ask, other, session, state, services)
    words, draw = state.wording(session, said.subject), partial(card_at, state, first=first)
    if said.called:
        words = replace(words, subject=said.called, said=True)
    if claimed is None:
        return await soon(ask, session, words, services, draw)
    return await bring(ask, claimed, words, services, draw)


def _other(state: State, session: Session, instead: str | None) -> Session | None:
    """One of theirs that it would lie over."""
    return next((one for one in state.ahead if one.id not in (session.id, instead) and _overlap(one, session)), None)


async def _has(ask: Ask, other: Session, session: Session, state: State, services: Services) -> Answer:
    """My card of the other one, as whoever opens it sees it: nothing was done."""
    at_once = session.starts_at <= state.now
    return await brought(ask, other, state, services, "already" if at_once and other.is_on(state.now) else "overlap")


def _with_gaps(found: Unclear, start: Start, state: State) -> Unclear:
    """For a day without a time: free times, none of them over a session that I have."""
    if found.problem is not Problem.NO_TIME:
        return found
    taken = [(one.starts_at, one.ends_at) for one in state.ahead]
    return Unclear(found.problem, rules.free_times(start, state.now, state.zone, state.choices.minutes, taken=taken))


def _overlap(one: Session, other: Session) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at
