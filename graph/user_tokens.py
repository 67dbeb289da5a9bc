"""People's own tokens, from the Bot Framework token service, which keeps them; Samen never does.

The paths and parameters are botframework-connector 4.17.1's (token_api/operations).
"""

import base64
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

import aiohttp
import orjson

from graph.errors import UnreachableError
from graph.reading import mapping, reads, text, words
from graph.refusals import token_refusal
from graph.types import ExchangeResource, SignIn, UserToken

PRODUCTION = "https://api.botframework.com"
PATIENCE = aiohttp.ClientTimeout(total=2)  # seconds; somebody is waiting, and a second call to Graph comes after it

_HEADER = re.compile(r"[\x21-\x7e]+")  # what can stand in a header, and no second one

Bearer = Callable[[], Awaitable[str | None]]
Forget = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody as the token service knows them: by their id in a channel, not by their user id."""

    channel_user_id: str
    channel: str = "msteams"


async def _nobody() -> None:
    return None


def _kept_elsewhere(_: str) -> None:
    """Nothing is kept of it that could be dropped."""


class UserTokens:
    """The token service, for one OAuth connection.

    `bearer` gives the app's own token, None where the service wants none; `forget` drops one that was refused. Every
    method may raise any GraphError, and what `bearer` raises.
    """

    def __init__(
        self,
        connection: str,
        bearer: Bearer = _nobody,
        base_url: str = PRODUCTION,
        *,
        forget: Forget = _kept_elsewhere,
    ) -> None:
        self.connection = connection
        self._bearer, self._forget, self._base_url = bearer, forget, base_url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def token(self, owner: Owner, code: str | None = None) -> UserToken:
        """Their token, valid now; `code` is what signin/verifyState brought. Raises NotSignedInError without one."""
        extra = {"code": code} if code else {}
        return user_token(await self._ask("GET", "usertoken/GetToken", self._of(owner) | extra))

    async def exchange(self, owner: Owner, token: str) -> UserToken:
        """A token for Graph for what a Teams client gave. Raises ConsentMissingError while they have not agreed."""
        return user_token(await self._ask("POST", "usertoken/exchange", self._of(owner), {"token": token}))

    async def sign_in(self, app_id: str | None, conversation: Mapping[str, Any]) -> SignIn:
        """How the person in this conversation signs in; `conversation` is its reference, as Bot Framework writes it."""
        state = {"connectionName": self.connection, "conversation": conversation, "msAppId": app_id}
        query = {"state": base64.b64encode(orjson.dumps(state)).decode()}
        return sign_in(await self._ask("GET", "botsignin/GetSignInResource", query))

    async def sign_out(self, owner: Owner) -> None:
        """Let the service forget their token; fine where there is none."""
        await self._ask("DELETE", "usertoken/SignOut", self._of(owner))

    async def close(self) -> None:
        """Close its connections."""
        if self._session:
            await self._session.close()
            self._session = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def _of(self, owner: Owner) -> dict[str, str]:
        return {"userId": owner.channel_user_id, "connectionName": self.connection, "channelId": owner.channel}

    async def _ask(self, method: str, path: str, query: Mapping[str, str], body: Any = None) -> Any:
        bearer, what = await self._bearer(), {"params": query, "json": body}
        status, told, raw = await self._send(method, path, bearer, what)
        if status == 401 and bearer:  # noqa: PLR2004 - HTTP's own number
            # A key was rolled, or a clock is wrong: nothing was done, and one fresh token is worth one more try.
            self._forget(bearer)
            fresh = await self._bearer()
            if fresh != bearer:
                status, told, raw = await self._send(method, path, fresh, what)
        if status == 404 and method == "DELETE":  # noqa: PLR2004 - HTTP's own number
            return None
        if not 200 <= status < 300:  # noqa: PLR2004 - HTTP's own numbers
            raise token_refusal(status, told, raw)
        return _json(raw, status) if method != "DELETE" else None

    async def _send(
        self, method: str, path: str, bearer: str | None, what: Mapping[str, Any]
    ) -> tuple[int, Mapping[str, str], bytes]:
        session = self._opened()
        headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {bearer}"} if bearer else {})
        options = {**what, "headers": headers, "timeout": PATIENCE, "allow_redirects": False}
        try:
            async with session.request(method, f"{self._base_url}/api/{path}", **options) as answer:
                return answer.status, answer.headers, await answer.read()
        except (aiohttp.ClientError, TimeoutError):  # their texts may hold the address, and with it a person's id
            raise UnreachableError from None

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        return self._session


def _json(raw: bytes, status: int) -> Any:
    try:
        return orjson.loads(raw)
    except ValueError:
        raise UnreachableError(status) from None


@reads
def user_token(answer: Any) -> UserToken:
    """Raises UnreachableError for something that holds no token."""
    token = text(mapping(answer).get("token"))
    if not _HEADER.fullmatch(token):
        raise UnreachableError(200)
    return UserToken(token)


@reads
def sign_in(answer: Any) -> SignIn:
    """Raises UnreachableError for something that holds no link."""
    told = mapping(answer)
    return SignIn(text(told.get("signInLink")), _exchange_resource(told.get("tokenExchangeResource")))


def _exchange_resource(found: Any) -> ExchangeResource | None:
    """None where single sign-on is not set up in the OAuth connection."""
    uri = words(found.get("uri")) if isinstance(found, dict) else None
    return ExchangeResource(words(found.get("id")) or "", uri, words(found.get("providerId"))) if uri else None
