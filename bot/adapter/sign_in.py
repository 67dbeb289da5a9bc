"""Single sign-on's three invokes. Samen asks for no token yet, so none is ever exchanged."""

import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from botbuilder.core import InvokeResponse, TurnContext

from bot.logs import get_logger
from bot.turn import Turn

log = get_logger(__name__)

REMEMBERED = 1024
_CODE = re.compile(r"[a-z]{1,64}", re.IGNORECASE)  # Teams' codes are single words: "installappfailed"


class SignIn:
    """Answers signin/*: learn.microsoft.com/microsoftteams/platform/bots/how-to/authentication/bot-sso-code."""

    def __init__(self) -> None:
        # Each of a person's clients sends the same exchange; only one of them should ask for consent.
        self._seen: OrderedDict[tuple[str, str, str], None] = OrderedDict()
        self.kinds: dict[str, Callable[[Mapping[str, Any], TurnContext, Turn], Awaitable[InvokeResponse]]] = {
            "signin/tokenExchange": self._exchange,
            "signin/verifyState": self._verify_state,
            "signin/failure": self._failure,
        }

    async def _exchange(self, value: Mapping[str, Any], _: TurnContext, turn: Turn) -> InvokeResponse:
        exchange = value.get("id")
        if not isinstance(exchange, str) or not exchange:
            return InvokeResponse(status=400)
        if self._repeated((turn.key.tenant, turn.actor.channel_user_id, exchange)):
            return InvokeResponse(status=200)
        connection = value.get("connectionName")
        refusal = {
            "id": exchange,
            "connectionName": connection if isinstance(connection, str) else "",
            "failureDetail": "The bot is unable to exchange token. Proceed with regular login.",
        }
        return InvokeResponse(status=412, body=refusal)

    async def _verify_state(self, value: Mapping[str, Any], _: TurnContext, __: Turn) -> InvokeResponse:
        return InvokeResponse(status=200 if isinstance(value.get("state", ""), str) else 400)

    async def _failure(self, value: Mapping[str, Any], _: TurnContext, __: Turn) -> InvokeResponse:
        code = value.get("code")
        known = isinstance(code, str) and _CODE.fullmatch(code)
        log.warning("sign_in_failed", code=code if known else "other")
        return InvokeResponse(status=200)

    def _repeated(self, exchange: tuple[str, str, str]) -> bool:
        repeated = exchange in self._seen
        self._seen[exchange] = None
        while len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return repeated
