"""Who knocks: the token of a request, checked as the Bot Framework demands.

learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication, "connector to bot".
"""

import math
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jwt
from botbuilder.schema import Activity

from bot.adapter.keys import Keys
from bot.adapter.refusals import Unauthorized
from bot.services.clock import Clock

SKEW = 300  # seconds two clocks may differ
REMEMBERED = 1024  # verified tokens kept, so that a signature is checked once per token and not per request


@dataclass(frozen=True, slots=True)
class Pass:
    """A token whose signature, issuer and audience were found good."""

    kid: str
    claims: Mapping[str, Any]


class Gate:
    """Checks tokens: first the header alone, then the activity against it."""

    def __init__(self, keys: Keys, clock: Clock, *, audience: str, issuer: str) -> None:
        self._keys, self._clock = keys, clock
        self._audience, self._issuer = audience, issuer
        self._passes: OrderedDict[str, Pass] = OrderedDict()

    async def check_token(self, header: str | None) -> Pass:
        """The pass a request's Authorization header is. Raises Unauthorized, or KeysUnavailable."""
        scheme, _, token = (header or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Unauthorized("no token")
        found = self._passes.get(token)
        if found is None:
            found = await self._verify(token)
            self._remember(token, found)
        _check_times(found.claims, self._clock.now().timestamp())
        return found

    def check_activity(self, held: Pass, activity: Activity) -> None:
        """That the pass is for this activity's channel and service URL. Raises Unauthorized."""
        key = self._keys.known(held.kid)
        if key is None or activity.channel_id not in key.endorsements:
            raise Unauthorized("channel not endorsed")
        if held.claims.get("serviceurl") != activity.service_url:
            raise Unauthorized("another service URL")

    async def _verify(self, token: str) -> Pass:
        try:
            kid = jwt.get_unverified_header(token).get("kid")
            if not isinstance(kid, str) or (key := await self._keys.find(kid)) is None:
                raise Unauthorized("unknown key")
            claims = jwt.decode(
                token,
                key.public,
                algorithms=["RS256"],
                audience=self._audience,
                issuer=self._issuer,
                # Times are checked on every request, by our clock, see `_check_times`.
                options={
                    "require": ["exp", "iss", "aud"],
                    "verify_exp": False,
                    "verify_nbf": False,
                    "verify_iat": False,
                },
            )
        except (jwt.PyJWTError, UnicodeEncodeError) as error:
            raise Unauthorized(type(error).__name__) from None
        return Pass(kid, claims)

    def _remember(self, token: str, found: Pass) -> None:
        self._passes[token] = found
        self._passes.move_to_end(token)
        while len(self._passes) > REMEMBERED:
            self._passes.popitem(last=False)


def _check_times(claims: Mapping[str, Any], now: float) -> None:
    if now >= _seconds(claims["exp"]) + SKEW:
        raise Unauthorized("expired")
    if "nbf" in claims and now < _seconds(claims["nbf"]) - SKEW:
        raise Unauthorized("not valid yet")


def _seconds(value: Any) -> float:
    try:
        seconds = float(value) if type(value) in (int, float) else math.nan
    except OverflowError:
        seconds = math.nan
    if not math.isfinite(seconds):
        raise Unauthorized("a time that is none")
    return seconds
