"""Ending all of somebody's focus time, because they leave Samen or want nothing of it any more."""

import asyncio
from datetime import datetime

from bot.domain.focus.session import Claimed, Session
from bot.errors import Overtaken
from bot.logs import get_logger, where_it_failed
from bot.services.focusing import Wording
from bot.services.services import Services
from bot.services.units import WriteUnit
from bot.turn import Ask

PATIENCE = 1.5  # seconds; what is asked of Microsoft by then is done all the same
_LOOKS = 15
_NOTHING = Wording("")

log = get_logger(__name__)


async def stop_all(unit: WriteUnit, user_id: str, now: datetime) -> None:
    """Stop what is under way and call off what is to come; jobs take away what Samen put in Teams and the calendar."""
    for session in await unit.focus.ahead(user_id, now):
        await unit.focus.change(session.id, stopped_at=now)


async def take_away(ask: Ask, services: Services) -> tuple[Session, ...]:
    """The same, at once and before anything else: afterwards nobody knows any more what was Samen's. As `clear`.

    What Microsoft does not do now ends by itself, but for a block in the calendar: that is its owner's from then on.
    """
    async with services.units.read(ask.turn.key.tenant) as unit:
        if not await unit.focus.of(ask.user_id):
            return ()
    async with services.units.mirror(ask.turn.key.tenant) as unit:
        await stop_all(unit, ask.user_id, services.clock.now())
    return await clear(ask, services)


async def clear(ask: Ask, services: Services) -> tuple[Session, ...]:
    """Take away now what is left of their sessions that are stopped or over; those that something is left of after that."""
    clearing = [asyncio.create_task(_clear(ask, one, services)) for one in await _left(ask, services)]
    if not clearing:
        return ()
    await asyncio.wait(clearing, timeout=PATIENCE)
    return await _left(ask, services)


async def _left(ask: Ask, services: Services) -> tuple[Session, ...]:
    now = services.clock.now()
    async with services.units.read(ask.turn.key.tenant) as unit:
        return tuple(one for one in await unit.focus.of(ask.user_id) if not (one.is_clean() or one.is_ahead(now)))


async def _clear(ask: Ask, session: Session, services: Services) -> None:
    try:
        claimed = await _taken(ask, session, services)
        if claimed:
            await services.focusing.bring(claimed, ask.contact, _NOTHING)
    except Overtaken:
        return  # it was deleted meanwhile
    except Exception as error:  # noqa: BLE001 - whoever leaves is not held up by it
        log.error("focus_not_cleared", error=type(error).__name__, where=where_it_failed(error))  # noqa: TRY400 - a traceback quotes values


async def _taken(ask: Ask, session: Session, services: Services) -> Claimed | None:
    """As soon as nobody is at it, or at another one of theirs; None where a job is done with it by then."""
    for _ in range(_LOOKS):
        if claimed := await services.focusing.claim(ask.turn.key.tenant, session.id, early=True):
            return claimed
        await asyncio.sleep(PATIENCE / _LOOKS)
        async with services.units.read(ask.turn.key.tenant) as unit:
            found = await unit.focus.get(session.id)
        if found is None or found.is_clean():
            return None
    return None
