"""Out of somebody's Microsoft account again."""

import asyncio
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.focus.session import Hold, Session
from bot.logs import get_logger
from bot.services.accounts import owner_of
from bot.services.services import Services
from bot.turn import Ask
from cards.focus import SignedOutView
from graph.errors import ConsentMissingError, GraphError, NotSignedInError

PATIENCE = 1.0  # seconds; an answer waits for it, after what is taken away
# Samen's own stands there, or may.
_STANDS = frozenset({Hold.ASKED, Hold.OURS, Hold.RENEWING, Hold.CLEARING})

log = get_logger(__name__)


async def sign_out(ask: Ask, services: Services) -> SignedOutView:
    """Have the asker's token forgotten, and tell what that leaves behind, or that it may still be there."""
    was = await _is_signed_in(ask, services)
    if not await _forgotten(ask, services):
        return SignedOutView(failed=True)
    now, zone = services.clock.now(), ZoneInfo(ask.zone)
    async with services.units.read(ask.turn.key.tenant) as unit:
        sessions = await unit.focus.of(ask.user_id) if was else ()
    shown = [trace.until for one in sessions for trace in (one.presence, one.status) if trace.hold in _STANDS]
    ends = [until.astimezone(zone) for until in shown if until and until > now]
    blocks = [
        (one.starts_at.astimezone(zone), one.ends_at.astimezone(zone)) for one in sessions if _has_block(one, now)
    ]
    return SignedOutView(was, max(ends, default=None), today=ask.today, blocks=tuple(blocks))


async def disconnect(ask: Ask, services: Services) -> bool | None:
    """Have the asker's token forgotten where there is one: whether it is; None where there was none. Takes a second at most."""
    if services.accounts.connection is None:
        return None
    try:
        async with asyncio.timeout(PATIENCE):
            if not await _is_signed_in(ask, services):
                return None
            return await _forgotten(ask, services)
    except TimeoutError:
        log.warning("sign_out_failed", error="TimeoutError", status=None)
        return False


async def _forgotten(ask: Ask, services: Services) -> bool:
    try:
        await services.accounts.sign_out(owner_of(ask.turn))
    except GraphError as error:
        log.warning("sign_out_failed", error=type(error).__name__, status=error.status)
        return False
    return True


def _has_block(session: Session, now: datetime) -> bool:
    """Whether Samen's block for it is in the calendar, or may be, and matters to anybody."""
    return session.block.hold in _STANDS and session.ends_at > now


async def keep_approval(ask: Ask, services: Services, *, needed: bool) -> None:
    """Keep of the asker whether an administrator has to approve first, so that it is told once."""
    async with services.units.mirror(ask.turn.key.tenant) as unit:
        await unit.focus.approval(ask.user_id, needed=needed)


async def _is_signed_in(ask: Ask, services: Services) -> bool:
    try:
        await services.accounts.of(ask.user_id, owner_of(ask.turn))
    except (NotSignedInError, ConsentMissingError):
        return False
    except GraphError:
        return True  # not to be had now; signing out fails the same way, or was needed
    return True
