"""Signing in with Microsoft: single sign-on's three invokes, and a code that somebody types.

learn.microsoft.com/microsoftteams/platform/bots/how-to/authentication/bot-sso-code. Each ends in a turn for whoever
waits for it. What a client sends is used at once and kept nowhere.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

import jwt
from botbuilder.core import InvokeResponse, TurnContext

from bot.adapter.answers import Answers
from bot.adapter.connector import Connector
from bot.adapter.handling import Handling
from bot.adapter.offers import Offers
from bot.adapter.turns import with_user_id
from bot.errors import ConnectorError
from bot.logs import get_logger
from bot.services.accounts import Accounts, owner_of
from bot.turn import Event, EventKind, Scope, Turn
from graph.errors import ConsentMissingError, GraphError, NotSignedInError, RefusedError

log = get_logger(__name__)

_CODE = re.compile(r"[a-z]{1,64}", re.IGNORECASE)  # Teams' codes are single words: "installappfailed"
_DIGITS = re.compile(r"[0-9]{6}")
_STATE = re.compile(r"[A-Za-z0-9._~+/=-]{1,512}")
REFUSALS = (NotSignedInError, ConsentMissingError, RefusedError)  # and not: it could not be asked now
_CANCELLED = "CancelledByUser"  # what Teams' own window says in place of a code

Answer = Callable[[Mapping[str, Any], TurnContext, Turn], Awaitable[InvokeResponse]]


class SignIn:
    """Answers signin/*, and takes codes where one is expected."""

    def __init__(
        self, accounts: Accounts, offers: Offers, connector: Connector, handling: Handling, answers: Answers
    ) -> None:
        self._accounts, self._offers, self._connector = accounts, offers, connector
        self._handling, self._answers = handling, answers
        self.kinds: dict[str, Answer] = {
            "signin/tokenExchange": self._exchange,
            "signin/verifyState": self._verify_state,
            "signin/failure": self._failure,
        }

    async def typed(self, turn: Turn) -> Turn:
        """The turn that a message is: where a code was expected and six digits came, that of signing in."""
        code = "".join(turn.text.split())  # "123 456", as it is shown
        if not (self._offers.expects(turn) and _DIGITS.fullmatch(code)):
            return turn
        return _of(turn, await self._redeemed(turn, code))

    async def _exchange(self, value: Mapping[str, Any], context: TurnContext, turn: Turn) -> InvokeResponse:
        exchange, connection = value.get("id"), value.get("connectionName")
        if not isinstance(exchange, str) or not exchange:
            return InvokeResponse(status=400)
        if self._offers.exchanges.again(turn, exchange):
            return InvokeResponse(status=200)
        kind = await self._exchanged(value.get("token"), exchange, connection, turn)
        if kind is not EventKind.NOT_SIGNED_IN:
            self._handling.afterwards(self._go_on(context, _of(turn, kind)))
        if kind is EventKind.SIGNED_IN:
            return InvokeResponse(status=200)
        refusal = {
            "id": exchange,
            "connectionName": connection if isinstance(connection, str) else "",
            "failureDetail": "The bot is unable to exchange token. Proceed with regular login.",
        }
        return InvokeResponse(status=412, body=refusal)

    async def _exchanged(self, token: Any, exchange: str, connection: Any, turn: Turn) -> EventKind:
        if not (isinstance(token, str) and connection == self._accounts.connection and _is_at_home(turn)):
            return EventKind.NOT_SIGNED_IN
        try:
            if not _is_theirs(token, await with_user_id(turn, self._connector)):
                return EventKind.NOT_SIGNED_IN
            await self._accounts.exchange(owner_of(turn), token)
        except (ConnectorError, GraphError) as error:
            log.info("token_not_exchanged", error=type(error).__name__, status=error.status)
            if not isinstance(error, REFUSALS):
                self._offers.exchanges.forget(turn, exchange)  # the same again may succeed
            needed = isinstance(error, ConsentMissingError) and error.admin
            return EventKind.APPROVAL_NEEDED if needed else EventKind.NOT_SIGNED_IN
        self._offers.taken(turn)
        return EventKind.SIGNED_IN

    async def _verify_state(self, value: Mapping[str, Any], context: TurnContext, turn: Turn) -> InvokeResponse:
        state = value.get("state", "")
        if not isinstance(state, str):
            return InvokeResponse(status=400)
        if self._accounts.connection and _STATE.fullmatch(state) and state != _CANCELLED and _is_at_home(turn):
            self._handling.afterwards(self._verified(context, turn, state))
        return InvokeResponse(status=200)

    async def _failure(self, value: Mapping[str, Any], _: TurnContext, __: Turn) -> InvokeResponse:
        code = value.get("code")
        known = isinstance(code, str) and _CODE.fullmatch(code)
        log.warning("sign_in_failed", code=code if known else "other")
        return InvokeResponse(status=200)

    async def _verified(self, context: TurnContext, turn: Turn, code: str) -> None:
        await self._go_on(context, _of(turn, await self._redeemed(turn, code)))

    async def _redeemed(self, turn: Turn, code: str) -> EventKind:
        try:
            user_id = (await with_user_id(turn, self._connector)).actor.user_id
            if user_id is None:
                return EventKind.NOT_SIGNED_IN
            await self._accounts.code(user_id, owner_of(turn), code)
        except (ConnectorError, GraphError) as error:
            log.info("code_not_redeemed", error=type(error).__name__, status=error.status)
            return EventKind.NOT_SIGNED_IN
        self._offers.taken(turn)
        return EventKind.SIGNED_IN

    async def _go_on(self, context: TurnContext, turn: Turn) -> None:
        await self._answers.give(context, turn, await self._handling.reply(turn))


def _is_at_home(turn: Turn) -> bool:
    """Whether it is the organisation's own person, in their own chat: nowhere else is a sign-in offered."""
    return turn.scope is Scope.PERSONAL and not turn.actor.guest


def _is_theirs(token: str, turn: Turn) -> bool:
    """Whether what a client gave speaks of the one who acts; whether it is true is Microsoft's to check."""
    try:
        told = jwt.decode(token, options={"verify_signature": False})
    except jwt.InvalidTokenError:
        return False
    return turn.actor.user_id is not None and str(told.get("oid")).lower() == turn.actor.user_id


def _of(turn: Turn, kind: EventKind) -> Turn:
    return replace(turn, text="", event=Event(kind))
