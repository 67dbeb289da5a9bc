"""`/focus`: protected time that Teams and the calendar respect."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from bot.commands.focus.ahead import change_ahead
from bot.commands.focus.answers import unclear
from bot.commands.focus.asking import as_asked
from bot.commands.focus.before import MEETING, meeting
from bot.commands.focus.changing import connect, extend, go_on, show, stop
from bot.commands.focus.choosing import choose
from bot.commands.focus.ending import OVER, over
from bot.commands.focus.starting import start
from bot.commands.focus.state import state_of
from bot.dispatcher import Command, Kind
from bot.domain.capabilities import Capability, switched_on
from bot.domain.focus import presses
from bot.domain.focus.aside import aside
from bot.domain.focus.grammar import Context, parse
from bot.domain.focus.intents import (
    CallOff,
    EndAt,
    Extend,
    Intent,
    Move,
    Retry,
    Settings,
    SignIn,
    Start,
    Stop,
    Unclear,
)
from bot.domain.focus.session import CalledOff, Session
from bot.domain.words import Lexicon
from bot.services import Services
from bot.services.signing import sign_out
from bot.turn import Answer, Ask, Scope
from cards.focus.verbs import CONNECT, EXTEND, RETRY, SETTINGS, SHOW, SIGN_OUT, START, STOP


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, to be understood with what is under way; the words themselves go no further."""

    read: Callable[[Context], Intent] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button, of which session, and whether what it asks was asked back already."""

    intent: Intent
    session: str | None = None
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Connect:
    """Sign in with Microsoft, or out again."""

    out: bool = False


def understand(text: str, lexicon: Lexicon, _: Ask) -> Typed:
    return Typed(partial(parse, text, lexicon))


def guess(text: str, lexicon: Lexicon, ask: Ask) -> Typed | None:
    """What is about focus time without its word in front."""
    said = aside(text, lexicon, ask.language)
    return Typed(partial(parse, said, lexicon)) if said else None


async def handle(  # noqa: PLR0911 - one line for each intent
    ask: Ask, said: Typed | Pressed | Connect, services: Services
) -> Answer:
    if isinstance(said, Connect):
        return Answer(await sign_out(ask, services)) if said.out else await connect(ask, services)
    pressed = said if isinstance(said, Pressed) else Pressed(await _read(ask, said, services))
    intent = pressed.intent
    match intent:
        case Start():
            return await start(ask, intent, services, sure=pressed.sure or intent.sure, instead=pressed.session)
        case Stop():
            return await stop(ask, services, pressed.session)
        case Extend():
            return await extend(ask, intent, services, pressed.session)
        case CallOff() | Move() | EndAt():
            return await change_ahead(ask, intent, services)
        case SignIn():
            return await connect(ask, services)
        case Retry():
            return await show(ask, services)
        case Settings():
            return await choose(ask, intent, services)
        case Unclear():
            async with services.units.read(ask.turn.key.tenant) as unit:
                return unclear(intent, await state_of(ask, unit, services))
    new = (isinstance(said, Pressed) and pressed.session is None) or intent.new
    return await show(ask, services, pressed.session, new=new)


async def leave(ask: Ask, said: Typed | Pressed | Connect, services: Services) -> Answer | None:
    """While the organisation has switched it off: out of Microsoft 365, and ending what is there, with what became of that."""
    if isinstance(said, Connect):
        return Answer(await sign_out(ask, services)) if said.out else None
    pressed = said if isinstance(said, Pressed) else Pressed(await _read(ask, said, services))
    async with services.units.read(ask.turn.key.tenant) as unit:
        mine = {one.id: one for one in await unit.focus.of(ask.user_id)}
    now = services.clock.now()
    if isinstance(pressed.intent, CallOff):
        ahead = any(one.is_ahead(now) for one in mine.values())
        return await change_ahead(ask, pressed.intent, services) if ahead else None
    named = mine.get(pressed.session) if pressed.session else _last(mine.values(), now)
    if named is None or not (isinstance(pressed.intent, Stop) or (pressed.session and not named.is_ahead(now))):
        return None
    return await stop(ask, services, named.id)


def _last(sessions: Iterable[Session], now: datetime) -> Session | None:
    """What is under way, else the one that was stopped by being switched off."""
    found = [one for one in sessions if one.is_on(now) or one.called_off is CalledOff.OFF]
    return max(found, key=lambda one: (one.is_on(now), -one.starts_at.timestamp()), default=None)


async def _read(ask: Ask, said: Typed, services: Services) -> Intent:
    """What was typed, understood against what is usual and under way."""
    now = services.clock.now()
    async with services.units.read(ask.turn.key.tenant) as unit:
        choices = await unit.focus.choices(ask.user_id)
        ahead = await unit.focus.ahead(ask.user_id, now)
    on = next(((one.starts_at, one.ends_at) for one in ahead if one.is_on(now)), None)
    return said.read(Context(now.astimezone(ZoneInfo(ask.zone)), ask.language, choices.minutes, on))


async def due(now: datetime, services: Services) -> None:
    """Have Teams and calendars brought in line where that should have been done by now; where it was switched off, end it."""
    for tenant in await services.focusing.tenants(now):
        async with services.units.mirror(tenant) as unit:
            on = switched_on(await unit.capabilities.switches(), all_on=services.defaults.all_on)
            if Capability.FOCUS not in on:
                await unit.focus.switched_off(now)
    await services.focusing.due(now)


def _verb(read: Callable[[Mapping[str, Any]], Intent | None]) -> Callable[[Mapping[str, Any], Ask], Pressed | None]:
    def press(data: Mapping[str, Any], _: Ask) -> Pressed | None:
        intent, session = read(data), data.get("session")
        if intent is None or not (session is None or isinstance(session, str)):
            return None
        return Pressed(intent, session, sure=data.get("sure") is True)

    return press


FOCUS = Command(
    name="focus",
    parse=understand,
    handle=handle,
    guess=guess,
    verbs={
        START: _verb(presses.to_start),
        STOP: _verb(presses.to_stop),
        EXTEND: _verb(presses.to_extend),
        SETTINGS: _verb(presses.to_settings),
        SHOW: _verb(presses.to_show),
        RETRY: _verb(presses.to_show),
        CONNECT: lambda _data, _ask: Connect(),
        SIGN_OUT: lambda _data, _ask: Connect(out=True),
    },
    menus=frozenset({Scope.PERSONAL}),
    capability=Capability.FOCUS,
    leave=leave,
    kinds={OVER: Kind(over, again=False, to=as_asked), MEETING: Kind(meeting, again=False, to=as_asked)},
    due=due,
    signed_in=go_on,
    pasted=True,
)

__all__ = ["FOCUS"]
