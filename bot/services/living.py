"""Living cards: messages that everybody in a conversation sees and that stay true, and how they are kept and drawn."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Protocol

from bot.outgoing import LivingCard
from bot.turn import Reference
from cards import View


class LivingCards(Protocol):
    """The living cards that a unit makes, or whose subject it changes: they are drawn once it is committed."""

    async def post(  # noqa: PLR0913 - a card is what it is of, where it stands and until when; the latter are named
        self,
        kind: str,
        subject: str,
        team_id: str,
        to: Reference,
        *,
        until: datetime,
        plan_day: date | None = None,
    ) -> None:
        """Have a card posted in a team's conversation and kept true until a moment, when it is drawn a last time.

        Once for a kind, subject and team however often it is asked for. Where what colleagues share of their plans for
        `plan_day` decides what it says, whoever changes that touches it without knowing of it.
        """

    def touch(self, kind: str, subject: str) -> None:
        """Its subject changed: have every card of it drawn again. Nothing where there is none."""

    def touch_team(self, team_id: str) -> None:
        """What decides the team's cards that plans decide has changed: have them drawn again."""

    def touch_each(self, kind: str, subjects: Collection[str]) -> None:
        """The same for several subjects."""


class KeptCards(Protocol):
    """The living cards of all tenants, for whoever draws them. Each call is a transaction of its own."""

    async def claim(self, tenant: str, card_id: str, redraw: str, owner: str, now: datetime) -> LivingCard | None:
        """The card, now `owner`'s; None where that redraw is over or was given to another one."""

    async def mark(self, card: LivingCard) -> bool:
        """Something else may stand there from now on; False: the card is another one's, and nothing may be said."""

    async def ended(self, card: LivingCard, now: datetime, *, shown: str | None, activity: str | None) -> bool:
        """It is drawn; touched meanwhile, it is drawn again. False: it was another one's by then."""

    async def later(self, card: LivingCard, now: datetime, at: datetime, *, attempts: int) -> None:
        """Have it drawn then, after so many attempts."""

    async def gone(self, card: LivingCard) -> None:
        """There is nothing more to draw: what stands there stays."""

    async def lost(self, card: LivingCard) -> None:
        """Something old may stand there, said by one who had lost the card: have it drawn again."""

    async def due(self, now: datetime) -> int:
        """Ask again for what should have been drawn by now, and for cards that nobody touched for a while."""


class CardDoor(Protocol):
    """Speaks to everybody in a conversation. All raise ConnectorError."""

    async def post_card(self, card: LivingCard, view: View, language: str, zone: str) -> str | None:
        """Say it; the message's id."""

    async def put_card(self, card: LivingCard, view: View, language: str, zone: str) -> None:
        """Put it in the message's place, for everybody."""

    async def take_back(self, card: LivingCard, activity: str) -> None:
        """Take a message back."""
