"""What Samen sends and replaces by itself: how it is spoken, and where what waits is kept."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.outgoing import Asked, Delivery, Later, Message, SentCard
from bot.services.living import CardDoor
from bot.turn import Reference
from cards import View


class Sender(CardDoor, Protocol):
    """Speaks in Teams. All raise ConnectorError; none may be called while a unit of work is open."""

    async def send(self, said: Message) -> str | None:
        """Say something that nobody asked for now; the message's id."""

    async def open(self, near: Reference, channel_user_id: str) -> str:
        """The id of somebody's own chat, opened if it is not there yet; `near` says with whom and where Teams is."""

    async def replace(self, card: SentCard, view: View) -> None:
        """Put a view in the place of a card that was sent."""


class Batch(Protocol):
    """The deliveries of one job, in the hands of one run of it. Each call is a transaction of its own."""

    async def claim(self, now: datetime, most: int) -> Sequence[Delivery]:
        """Some that nobody has."""

    async def take_over(self, now: datetime, most: int) -> Sequence[Delivery]:
        """Some that another run has and does not send: it is gone, or was asked to stop by this."""

    async def ask(self, deliveries: Sequence[Delivery], now: datetime) -> Sequence[Asked]:
        """Note of each that Teams is asked now."""

    async def done(self, deliveries: Sequence[Delivery]) -> None:
        """They were sent, or are not worth sending any more."""

    async def later(self, waits: Sequence[Later], now: datetime) -> None:
        """Offer them again, in another batch."""

    async def opened(self, delivery: Delivery, conversation: str) -> None:
        """Remember the chat that was opened for its receiver."""

    async def unreachable(self, delivery: Delivery, now: datetime) -> int:
        """Remember that its receiver cannot be reached, and drop what waits for them; how many."""

    async def leave(self, now: datetime, unsaid: Collection[str], *, trouble: bool = False) -> None:
        """Let others have what is still there: at once, or once it is plain that nobody is asking Teams to take it.

        After `trouble` what this run had begun with was an attempt, and from the third on it is left alone for a while.
        Of `unsaid` (ids) this run knows that it did not ask Teams, whatever it noted.
        """


class DueDeliveries(Protocol):
    """The deliveries of all tenants."""

    async def collect(self, now: datetime) -> bool:
        """Make batches of some that are due, each with its job; whether there may be more. Two at once take others."""

    def batch(self, tenant: str, batch: str, run: str) -> Batch:
        """One batch for one run of its job."""


class SentCards(Protocol):
    """Cards with places on them that were sent, of all tenants."""

    async def remember(self, card: SentCard) -> None:
        """Have it replaced when it is due; the earliest day holds when it is remembered already."""

    async def take(self, now: datetime, until: datetime, most: int) -> Sequence[SentCard]:
        """Some that are due at `now`, oldest first; until `until` nobody else gets them."""

    async def done(self, card: SentCard) -> None:
        """It was replaced, or cannot be."""

    async def later(self, card: SentCard, due_at: datetime) -> None:
        """Offer it again then."""


@dataclass
class FakeSentCards:
    """Remembers in memory; nothing is ever due."""

    cards: list[SentCard] = field(default_factory=list)

    async def remember(self, card: SentCard) -> None:
        self.cards.append(card)

    async def take(self, now: datetime, until: datetime, most: int) -> Sequence[SentCard]:  # noqa: ARG002
        return ()

    async def done(self, card: SentCard) -> None:
        self.cards.remove(card)

    async def later(self, card: SentCard, due_at: datetime) -> None: ...
