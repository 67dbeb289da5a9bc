"""Bringing a focus session in line while somebody waits for the answer."""

import asyncio
from uuid import uuid4

from bot.commands.focus.state import State
from bot.commands.focus.views import Reached
from bot.domain.focus.session import Claimed, Session
from bot.errors import Overtaken
from bot.services import Services, owner_of
from bot.services.focusing import Settled
from bot.turn import Ask
from graph.errors import ConsentMissingError, GraphError, NotSignedInError

# An answer, or that it is busy, within two seconds (design, section 7); reading and writing take a while besides.
PATIENCE = 1.5  # seconds


def owner() -> str:
    """Whoever brings it in line now."""
    return uuid4().hex


async def bring(
    ask: Ask, claimed: Claimed, state: State, services: Services, said: str | None
) -> tuple[Session, Reached]:
    """The session by now, and how far Samen came; what is not done in time goes on by itself.

    `said` is the subject of a session that is new.
    """
    session = claimed.session
    work = asyncio.ensure_future(services.focusing.bring(claimed, ask.contact, state.wording(session, said)))
    try:
        settled = await asyncio.wait_for(asyncio.shield(work), PATIENCE)
    except (TimeoutError, Overtaken):
        return session, Reached()
    return settled.session, reached(settled, services)


def reached(settled: Settled, services: Services) -> Reached:
    """How far that is, as the card has it."""
    return Reached(connection(settled.error, services), failed=settled.error is not None)


def connection(error: GraphError | None, services: Services) -> str:
    if services.accounts.connection is None:
        return "off"
    if isinstance(error, NotSignedInError):
        return "offer"
    if isinstance(error, ConsentMissingError):
        return "admin" if error.admin else "lost"
    return "on"


async def connected(ask: Ask, services: Services) -> str:
    """Whether Samen reaches the asker's account, as the card has it."""
    try:
        await asyncio.wait_for(services.accounts.of(ask.user_id, owner_of(ask.turn)), PATIENCE)
    except GraphError as error:
        return connection(error, services)
    except TimeoutError:
        return "on"  # nobody knows; what is asked of it says more
    return "on"
