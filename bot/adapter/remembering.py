"""Which cards with places on them were sent where: ids only, so that they can be replaced once their day is over."""

from dataclasses import dataclass

from bot.adapter.handling import Piece
from bot.domain.days import over_at
from bot.domain.health import Failure
from bot.logs import get_logger, where_it_failed
from bot.services.health import Health
from bot.services.sending import SentCards
from bot.turn import Reference, SentCard

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that was sent. `activity` is None where its id is not known; `user_id` is whose own chat it is in."""

    to: Reference
    activity: str | None
    user_id: str | None = None
    targeted: bool = False


class Remembering:
    """Remembers what has places on it; costs nothing for anything else."""

    def __init__(self, cards: SentCards, health: Health) -> None:
        self._cards, self._health = cards, health

    async def keep(self, piece: Piece, sent: Sent) -> None:
        """Never raises: somebody has their answer already, an operator is told."""
        if piece.day is None or sent.activity is None:
            return
        card = SentCard(
            to=sent.to,
            activity=sent.activity,
            user_id=sent.user_id,
            targeted=sent.targeted,
            language=piece.language,
            day=piece.day,
            due_at=over_at(piece.day, piece.zone),
        )
        try:
            await self._cards.remember(card)
        except Exception as error:  # noqa: BLE001 - a database that fails must not undo an answer that was given
            log.error("card_not_remembered", error=type(error).__name__, where=where_it_failed(error))  # noqa: TRY400 - a traceback quotes values
            self._health.count(Failure.CARD_UNKNOWN)
