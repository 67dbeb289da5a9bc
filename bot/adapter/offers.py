"""Offering somebody to sign in, in their own chat, and knowing for a while that a code may come from there."""

from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.adapter.budget import Budget
from bot.adapter.connector import Connector
from bot.adapter.exchanges import Exchanges
from bot.adapter.outgoing import message
from bot.domain.health import Failure
from bot.errors import ConnectorError
from bot.logs import get_logger
from bot.services.accounts import Accounts
from bot.services.clock import Clock
from bot.services.health import Health
from bot.turn import Reference, Scope, Turn
from cards.sign_in import SignInView
from graph.errors import GraphError
from graph.types import ExchangeResource

log = get_logger(__name__)

# The token service's codes live ten minutes, and somebody has to read a page before there is one.
EXPECTED = timedelta(minutes=20)
REMEMBERED = 10_000  # people


class Offers:
    """Sign-in cards. Who was offered one is remembered here only: a typed code is the last resort of odd clients."""

    def __init__(self, accounts: Accounts, connector: Connector, budget: Budget, health: Health, clock: Clock) -> None:
        self._accounts, self._connector, self._budget = accounts, connector, budget
        self._health, self._clock = health, clock
        self.exchanges = Exchanges(clock)
        self._expected: OrderedDict[tuple[str, str], datetime] = OrderedDict()

    async def make(self, turn: Turn, language: str) -> None:
        """Send the asker a card to sign in with, where Samen has a way to Graph. Never raises."""
        if self._accounts.connection is None or turn.actor.guest:
            return
        try:
            to = await self._own_chat(turn)
            view = await self._view(to, turn)
            self._budget.spoken(to)
            await self._connector.send(to, message(view, language))
        except ConnectorError as error:
            log.warning("sign_in_not_offered", error=type(error).__name__, status=error.status)
            self._health.count(Failure.ANSWER)
            return
        if view.link:
            self._expect(turn)
        self.exchanges.forget(turn, dict(view.exchange).get("id", ""))

    def expects(self, turn: Turn) -> bool:
        """Whether a code may come from this person, here."""
        until = self._expected.get(_who(turn))
        return turn.scope is Scope.PERSONAL and until is not None and self._clock.now() < until

    def taken(self, turn: Turn) -> None:
        """They are signed in: six digits are only six digits again."""
        self._expected.pop(_who(turn), None)

    async def _own_chat(self, turn: Turn) -> Reference:
        if turn.scope is Scope.PERSONAL:
            return turn.reference
        return await self._connector.create_conversation(turn.reference, turn.actor.channel_user_id)

    async def _view(self, to: Reference, turn: Turn) -> SignInView:
        try:
            found = await self._accounts.sign_in(_conversation(to, turn.actor.channel_user_id))
        except GraphError as error:
            log.warning("sign_in_unavailable", error=type(error).__name__, status=error.status)
            return SignInView()
        return SignInView(found.link, self._accounts.connection or "", _exchange(found.exchange))

    def _expect(self, turn: Turn) -> None:
        self._expected[_who(turn)] = self._clock.now() + EXPECTED
        self._expected.move_to_end(_who(turn))
        while len(self._expected) > REMEMBERED:
            self._expected.popitem(last=False)


def _who(turn: Turn) -> tuple[str, str]:
    return turn.key.tenant, turn.actor.channel_user_id


def _conversation(to: Reference, channel_user_id: str) -> Mapping[str, Any]:
    """A conversation reference as Bot Framework writes it; nobody's name, for it stands in the link."""
    return {
        "bot": {"id": to.bot_id},
        "user": {"id": channel_user_id},
        "conversation": {"id": to.conversation, "conversationType": "personal", "tenantId": to.tenant},
        "channelId": to.channel,
        "serviceUrl": to.service_url,
    }


def _exchange(resource: ExchangeResource | None) -> tuple[tuple[str, str], ...]:
    """What single sign-on needs, as a card says it; nothing where it is not set up."""
    if resource is None:
        return ()
    known = {"id": resource.id, "uri": resource.uri, "providerId": resource.provider_id}
    return tuple((name, text) for name, text in known.items() if text)
