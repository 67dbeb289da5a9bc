"""Bringing a focus session in line while somebody waits for the answer."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.commands.focus.views import Reached
from bot.domain.focus.session import Claimed, Session
from bot.errors import Overtaken
from bot.services import Services, owner_of
from bot.services.focusing import Settled, Wording
from bot.services.signing import keep_approval
from bot.turn import Answer, Ask
from cards import View
from graph.errors import ConsentMissingError, GraphError, NotSignedInError

Draw = Callable[[datetime, Session, Reached], Answer]

UNAUTHORIZED = 401
# Seconds. A message is answered, or told that it is busy, within two and a press within one (design, section 7);
# reading and writing take a while besides.
PATIENCE, PRESS_PATIENCE = 1.6, 0.7
# Whoever else has a session is done with it in a few seconds; somebody waits for the card, and then it has a button.
BETWEEN, LOOKS = 0.5, 20


async def bring(ask: Ask, claimed: Claimed, words: Wording, services: Services, draw: Draw) -> Answer:
    """My card by now; what is not done in time goes on by itself, and then the card is edited."""
    work = _start(ask, claimed, words, services)
    done, _ = await asyncio.wait({work}, timeout=patience(ask))
    if done:
        return draw(services.clock.now(), *await _outcome(ask, work, claimed, services))

    async def after() -> View | None:
        found = await _outcome(ask, work, claimed, services)
        return draw(services.clock.now(), *found).show

    return replace(draw(services.clock.now(), claimed.session, Reached()), after=after)


async def soon(ask: Ask, session: Session, words: Wording, services: Services, draw: Draw) -> Answer:
    """My card while another press, or a job, brings it or another of mine in line; edited when that is done and this is too."""
    services.focusing.hear(session, words)

    async def after() -> View | None:
        claimed = await _claimed(ask, session, services)
        if claimed is None:
            return None
        return draw(
            services.clock.now(), *await _outcome(ask, _start(ask, claimed, words, services), claimed, services)
        ).show

    return replace(draw(services.clock.now(), session, Reached()), after=after)


async def in_turn(ask: Ask, all_of_them: Sequence[tuple[Session, Wording]], services: Services) -> None:
    """Bring these in line, one after the other: two of one person's are never brought in line at once."""
    for session, words in all_of_them:
        if claimed := await _claimed(ask, session, services):
            await _outcome(ask, _start(ask, claimed, words, services), claimed, services)


async def _claimed(ask: Ask, session: Session, services: Services) -> Claimed | None:
    for _ in range(LOOKS):
        if claimed := await services.focusing.claim(ask.turn.key.tenant, session.id, early=True):
            return claimed
        await asyncio.sleep(BETWEEN)
    return None


def _start(ask: Ask, claimed: Claimed, words: Wording, services: Services) -> asyncio.Task[Settled]:
    return services.focusing.start(claimed, ask.contact, words)


async def _outcome(
    ask: Ask, work: asyncio.Task[Settled], claimed: Claimed, services: Services
) -> tuple[Session, Reached]:
    try:
        settled = await work
    except Overtaken:
        return claimed.session, Reached()
    found = _reached(settled, services)
    if found.connection == "admin":
        await keep_approval(ask, services, needed=True)  # the card says it
    return settled.session, found


def _reached(settled: Settled, services: Services) -> Reached:
    """How far that is, as the card has it."""
    found = connection(settled.error, services)
    # Whose token Graph refuses, or whose things stand in Teams or the calendar, was connected before.
    before = not settled.session.is_clean() or (settled.error and settled.error.status == UNAUTHORIZED)
    found = "lost" if found == "offer" and before else found
    return Reached(found, settled.error is not None, settled.meetings)


def connection(error: GraphError | None, services: Services) -> str:
    if services.accounts.connection is None:
        return "off"
    if isinstance(error, NotSignedInError):
        return "offer"
    if isinstance(error, ConsentMissingError):
        return "admin" if error.admin else "lost"
    return "on"


async def connected(ask: Ask, services: Services) -> str:
    """Whether Samen reaches the asker's account, as the card has it, for who wants to sign in."""
    try:
        await asyncio.wait_for(services.accounts.of(ask.user_id, owner_of(ask.turn)), patience(ask))
    except GraphError as error:
        return connection(error, services)
    except TimeoutError:
        return "offer"  # nobody knows: who pressed the button to sign in can, and loses nothing if they were
    return "on"


def patience(ask: Ask) -> float:
    """How long somebody waits for Microsoft, in seconds."""
    return PRESS_PATIENCE if ask.turn.press else PATIENCE
