"""What Samen sends and replaces by itself: how it is spoken, and where what waits is kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.turn import Delivery, Message, SentCard
from cards import View


class Sender(Protocol):
    """Speaks in Teams. Both raise ConnectorError; neither may be called while a unit of work is open."""

    async def send(self, said: Message) -> str | None:
        """Say something that nobody asked for now; the message's id."""

    async def replace(self, card: SentCard, view: View) -> None:
        """Put a view in the place of a card that was sent."""


class DueDeliveries(Protocol):
    """The deliveries of all tenants that are to be sent now."""

    async def take(self, now: datetime, until: datetime, most: int) -> Sequence[Delivery]:
        """Some that are due at `now`, oldest first; until `until` nobody else gets them."""

    async def done(self, taken: Delivery) -> None:
        """It was sent, or is not worth sending any more."""

    async def wait(self, taken: Delivery, until: datetime) -> None:
        """It may not be sent before `until`: offer it then, and without an attempt before count its days from then."""

    async def later(self, taken: Delivery, due_at: datetime, *, attempts: int) -> None:
        """Offer it again then, after so many attempts."""


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
