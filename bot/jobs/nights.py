"""The night after: every card with places on it that was sent is replaced by a line that names none (promise 2)."""

import random
from datetime import datetime, timedelta

from bot.domain.health import Failure
from bot.errors import Blocked, ConnectorError, NotFound, Refused, Throttled, TooLarge
from bot.jobs.saying import Means
from bot.jobs.worker import Worker
from bot.logs import get_logger, where_it_failed
from bot.outgoing import SentCard
from bot.services.pacing import pace_name
from bot.services.sending import SentCards
from cards.notices import OverView

FIRST_PAUSE = timedelta(minutes=1)  # doubles
LONGEST_PAUSE = timedelta(hours=2)
MOST_ATTEMPTS = 18  # a good day

log = get_logger(__name__)


class Nights:
    """Replaces the cards whose day is over."""

    def __init__(self, cards: SentCards, means: Means) -> None:
        self._cards, self._sender, self._pace = cards, means.sender, means.pace
        self._health = means.services.health
        self._worker = Worker(cards, self._work)

    async def due(self, now: datetime) -> None:
        """Replace those that are due at `now`. Two at once never take the same one."""
        await self._worker.due(now)

    async def close(self, grace: float) -> None:
        """Begin no more; let a card that is being replaced be replaced."""
        await self._worker.close(grace)

    async def _work(self, card: SentCard, now: datetime) -> None:
        seconds = await self._pace.wait(pace_name(card.to))
        if seconds is not None:
            await self._cards.later(card, now + timedelta(seconds=seconds))
            return
        try:
            await self._sender.replace(card, _instead(card, now))
        except NotFound:
            await self._gone(card)
        except (Blocked, Refused, TooLarge) as error:
            await self._give_up(card, error)
        except Throttled as error:
            await self._pace.throttled(card.to, error.seconds)
            await self._try_later(card, now, error)
        except Exception as error:  # noqa: BLE001 - one card must not hold up the others
            if not isinstance(error, ConnectorError):
                log.error("replacing_failed", error=type(error).__name__, where=where_it_failed(error))  # noqa: TRY400 - a traceback quotes values
            await self._try_later(card, now, error)
        else:
            await self._cards.done(card)

    async def _gone(self, card: SentCard) -> None:
        """A targeted card is gone by itself after a day, as it should be."""
        if not card.targeted:
            self._health.count(Failure.CARD_KEPT)
        await self._cards.done(card)

    async def _try_later(self, card: SentCard, now: datetime, error: Exception) -> None:
        if card.attempts >= MOST_ATTEMPTS:
            await self._give_up(card, error)
            return
        pause = min(FIRST_PAUSE * 2 ** (card.attempts - 1), LONGEST_PAUSE)
        await self._cards.later(card, now + pause * (1 + random.random() / 2))  # noqa: S311 - jitter needs no secrecy

    async def _give_up(self, card: SentCard, error: Exception) -> None:
        log.warning("card_not_replaced", error=type(error).__name__, scope=card.to.scope.value)
        self._health.count(Failure.CARD_KEPT)
        await self._cards.done(card)


def _instead(card: SentCard, now: datetime) -> OverView:
    """What stands there instead: a day that may not be over yet is not called over. Its owner had it deleted."""
    # No zone is kept of the card. A day that is over by UTC is so in Europe; until then "deleted" is true everywhere.
    return OverView(card.day if card.day < now.date() else None)
