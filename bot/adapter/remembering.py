"""Which cards with places on them were sent where: ids only, so that they can be replaced once their day is over."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.adapter.handling import Piece
from bot.domain.health import Failure
from bot.logs import get_logger, where_it_failed
from bot.outgoing import SentCard
from bot.services.health import Health
from bot.services.sending import SentCards
from bot.turn import Reference

# Seconds before each further try: an hour and a half in all, which most troubles of a database do not last.
PAUSES = (1.0, 5.0, 30.0, 120.0, 300.0, *([600.0] * 8))
MOST_WAITING = 2000  # cards; each is a few hundred bytes

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that was sent. `activity` is None where its id is not known; `user_id` is whose own chat it is in."""

    to: Reference
    activity: str | None
    user_id: str | None = None
    targeted: bool = False


class Remembering:
    """Remembers what has places on it, trying on in the background; costs nothing for anything else."""

    def __init__(self, cards: SentCards, health: Health, pauses: Sequence[float] = PAUSES) -> None:
        self._cards, self._health, self._pauses = cards, health, pauses
        self._waiting: set[asyncio.Task[None]] = set()
        self._closing = asyncio.Event()

    async def close(self, grace: float) -> None:
        """Try once more whatever waits, within `grace` seconds."""
        self._closing.set()
        if self._waiting:
            _, late = await asyncio.wait(self._waiting, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
            for _ in late:
                self._give_up("TimeoutError")

    async def keep(self, piece: Piece, sent: Sent) -> None:
        """Never raises: somebody has their answer already, and what fails is tried again in the background."""
        if piece.day is None or sent.activity is None:
            return
        card = SentCard(
            to=sent.to,
            activity=sent.activity,
            user_id=sent.user_id,
            targeted=sent.targeted,
            language=piece.language,
            day=piece.day,
            due_at=piece.ending.of(piece.day),
        )
        error = await self._remembered(card)
        if error is None:
            return
        if len(self._waiting) >= MOST_WAITING:
            self._give_up(error)
            return
        task = asyncio.create_task(self._try_on(card, error))
        self._waiting.add(task)
        task.add_done_callback(self._waiting.discard)

    async def _try_on(self, card: SentCard, error: str | None) -> None:
        """Until it is remembered, or nobody would be helped by waiting longer."""
        for pause in self._pauses:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), pause)
            last = self._closing.is_set()
            error = await self._remembered(card)
            if error is None or last:
                break
        if error:
            self._give_up(error)

    async def _remembered(self, card: SentCard) -> str | None:
        """None where it is; else what went wrong."""
        try:
            await self._cards.remember(card)
        except Exception as error:  # noqa: BLE001 - a database that fails must not undo an answer that was given
            log.info("card_not_remembered_yet", error=type(error).__name__, where=where_it_failed(error))
            return type(error).__name__
        return None

    def _give_up(self, error: str) -> None:
        """An operator is told: this card will stay."""
        log.error("card_not_remembered", error=error)
        self._health.count(Failure.CARD_UNKNOWN)
