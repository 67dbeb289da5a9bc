"""Another time for a focus session: what it is about moves along, out of the person's own calendar."""

import asyncio

from bot.domain.focus.session import Hold, Session
from bot.services import Services, owner_of
from bot.turn import Ask
from graph.errors import GraphError

PATIENCE = 1.2  # seconds, before anything is done
_STANDS = frozenset({Hold.OURS, Hold.RENEWING})


async def called(ask: Ask, session: Session | None, services: Services) -> str | None:
    """What the block of a session is called, which stands there and nowhere else; None where nobody can tell now.

    A block that its owner changed stays where it is, and so does its name.
    """
    if session is None or session.block.hold not in _STANDS:
        return None
    try:
        async with asyncio.timeout(PATIENCE):
            account = await services.accounts.of(ask.user_id, owner_of(ask.turn))
            found = await account.calendar.marked(session.id)
    except (GraphError, TimeoutError):
        return None
    return next((event.subject for event in found if not event.renamed), None)
