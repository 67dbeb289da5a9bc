"""One of what is under way or planned, named by typing: called off, or given another begin or end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.commands.focus.changing import extend, stop
from bot.commands.focus.opening import opened
from bot.commands.focus.starting import start
from bot.commands.focus.state import State, state_of
from bot.commands.focus.views import start_of
from bot.domain.focus import rules
from bot.domain.focus.intents import FEWEST, MOST, At, CallOff, EndAt, Extend, Move, Problem, Start, Which
from bot.domain.focus.session import Session
from bot.services import Services
from bot.turn import Answer, Ask
from cards.focus import FocusExtend, FocusStart, FocusStop, FocusUnclearView, FocusWhich

_MINUTE = timedelta(minutes=1)


async def change_ahead(ask: Ask, intent: CallOff | Move | EndAt, services: Services) -> Answer:
    """What was typed of it, done; or which one it is asked back."""
    match intent:
        case CallOff():
            return await _call_off(ask, intent, services)
        case Move():
            return await _move(ask, intent, services)
    return await _end_at(ask, intent, services)


async def _call_off(ask: Ask, intent: CallOff, services: Services) -> Answer:
    """At once where it is plain which one and the slash was typed; else each with its button (promise 6)."""
    state, named = await _named(ask, intent.which, services)
    if len(named) == 1 and (ask.slashed or named[0].is_on(state.now)):
        return await stop(ask, services, named[0].id)
    return await _ask_which(ask, named, state, services, lambda _: None)


async def _move(ask: Ask, intent: Move, services: Services) -> Answer:
    """At another time; "start now" is of what is planned first today, or of a new one."""
    state, named = await _named(ask, intent.which, services)
    if intent == Move():
        named = tuple(one for one in state.ahead if not one.is_on(state.now))[:1]
        if not named or named[0].starts_at.astimezone(state.zone).date() != ask.today:
            return await start(ask, Start(), services)
    if len(named) == 1:
        again = _as_it_was(named[0], intent, state)
        return await start(ask, again, services, sure=intent.sure, instead=named[0].id)
    return await _ask_which(ask, named, state, services, lambda one: start_of(_as_it_was(one, intent, state)))


async def _end_at(ask: Ask, intent: EndAt, services: Services) -> Answer:
    """Until another time, on the day it begins or in the night after it."""
    state, named = await _named(ask, intent.which, services)
    if len(named) == 1:
        return await extend(ask, Extend(_end(named[0], intent, state)), services, named[0].id)
    return await _ask_which(
        ask, named, state, services, lambda one: FocusExtend(_end(one, intent, state).astimezone(state.zone))
    )


async def _named(ask: Ask, which: Which, services: Services) -> tuple[State, tuple[Session, ...]]:
    async with services.units.read(ask.turn.key.tenant) as unit:
        state = await state_of(ask, unit, services)
    return state, tuple(one for one in state.ahead if which.fits(one.starts_at.astimezone(state.zone)))


async def _ask_which(
    ask: Ask,
    named: tuple[Session, ...],
    state: State,
    services: Services,
    to: Callable[[Session], FocusStart | FocusExtend | None],
) -> Answer:
    """Each of those that it can be, else each there is; my card where there is none."""
    if not state.ahead:
        return await opened(ask, state, services)
    offers: list[FocusStop | FocusWhich] = []
    for one in named or state.ahead:
        what = to(one)
        stops = what is None and one.is_on(state.now)
        offers.append(FocusStop() if stops else FocusWhich(one.id, one.starts_at.astimezone(state.zone), what))
    now, on = state.now.astimezone(state.zone), state.under_way
    session = on.id if on else None
    return Answer(FocusUnclearView(Problem.WHICH.value, now, tuple(offers), state.choices.minutes, session))


def _as_it_was(one: Session, intent: Move, state: State) -> Start:
    # The calendar may have made it longer.
    minutes = min(max((one.ends_at - one.starts_at) // _MINUTE, FEWEST), MOST)
    return Start(_begin(one, intent, state), minutes, None, one.mode, one.learning)


def _begin(one: Session, intent: Move, state: State) -> At | None:
    """A time alone is on the day that it was planned for; where that is past, as it is read: today."""
    if intent.at is None or not intent.own_day:
        return intent.at
    there = replace(intent.at, day=one.starts_at.astimezone(state.zone).date())
    return there if rules.moment(there, state.zone, state.now) > state.now else intent.at


def _end(one: Session, intent: EndAt, state: State) -> datetime:
    begin = one.starts_at.astimezone(state.zone).date()
    same_day, next_day = (
        rules.moment(At(begin + timedelta(days=days), intent.minute), state.zone, one.starts_at) for days in (0, 1)
    )
    return same_day if same_day > one.starts_at else next_day


__all__ = ["change_ahead"]
