"""Out of somebody's Microsoft account again."""

from zoneinfo import ZoneInfo

from bot.logs import get_logger
from bot.services.accounts import owner_of
from bot.services.services import Services
from bot.turn import Ask
from cards.focus import SignedOutView
from graph.errors import ConsentMissingError, GraphError, NotSignedInError

log = get_logger(__name__)


async def sign_out(ask: Ask, services: Services) -> SignedOutView:
    """Have the asker's token forgotten, and tell what that leaves behind, or that it may still be there."""
    was = await _is_signed_in(ask, services)
    try:
        await services.accounts.sign_out(owner_of(ask.turn))
    except GraphError as error:
        log.warning("sign_out_failed", error=type(error).__name__, status=error.status)
        return SignedOutView(failed=True)
    now = services.clock.now()
    async with services.units.read(ask.turn.key.tenant) as unit:
        sessions = await unit.focus.ahead(ask.user_id, now)
    ends = [session.ends_at.astimezone(ZoneInfo(ask.zone)) for session in sessions if session.is_on(now)]
    return SignedOutView(was, max(ends, default=None) if was else None)


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
