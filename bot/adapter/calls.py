"""One call to Teams: to allowed addresses only, with the bot's token, patient for a moment, errors by name."""

import asyncio
import math
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
import orjson
import yarl

from bot.adapter.app_token import TokenSource
from bot.adapter.codec import dumps
from bot.adapter.config import DoorConfig
from bot.adapter.network import Network
from bot.errors import (
    Blocked,
    ConnectorError,
    NetworkInsideUnit,
    NotFound,
    NotSent,
    Refused,
    Throttled,
    TooLarge,
    Transient,
)
from bot.telemetry import CONNECTOR, Section, timed
from bot.telemetry.measures import OTHER, WORDS
from bot.turn import unit_is_open
from graph.errors import TokenUnavailableError

# learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit: what may be tried again, with backoff and jitter.
AGAIN = frozenset({412, 429, 502, 504})
TRIES = 3
FIRST_PAUSE = 0.2  # seconds; doubles
LONGEST_PAUSE = 1.5  # seconds; a longer wait is the caller's to plan, somebody is looking at a screen now
PATIENCE = 8.0  # seconds for all tries together; a press is answered before, see pace.py
DEFAULT_WAIT = 1.0  # seconds, when Teams asks to wait and does not say how long
LONGEST_WAIT = 3600.0

_ODD = re.compile(r"[^A-Za-z0-9_~-]")


@dataclass(frozen=True, slots=True)
class Call:
    """What to ask of Teams: a path's parts are ids and words, percent-encoded here."""

    method: str
    service_url: str
    path: tuple[str, ...]
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = None

    @property
    def url(self) -> yarl.URL:
        """Where to ask. Raises Refused where there can be no address: an odd port, half a character in an id."""
        try:
            parts = "/".join(map(quote_id, self.path))
            query = f"?{urlencode(self.query)}" if self.query else ""
            url = yarl.URL(f"{self.service_url.rstrip('/')}/{parts}{query}", encoded=True)
            usable = bool(url.port)  # yarl looks at it only now
        except ValueError:
            usable = False
        if not usable:
            raise Refused("what was asked for has no address")
        return url

    @property
    def operation(self) -> str:
        """What is asked for, as the path's last word of Teams' own; the ids between them are nobody's business."""
        return next((part for part in reversed(self.path) if part in WORDS["operation"]), OTHER)


def quote_id(part: str) -> str:
    """An id for use in a path; dots too, so that no id can be `..`."""
    return _ODD.sub(lambda found: _quoted(found[0]), part)


@lru_cache(maxsize=64)  # by what is not letters and digits: a colon in nearly every conversation's id, and little else
def _quoted(odd: str) -> str:
    return quote(odd, safe="").replace(".", "%2E")


class Calls:
    """Makes calls with the bot's token. Every public error is a ConnectorError or NetworkInsideUnit."""

    def __init__(self, network: Network, config: DoorConfig, tokens: TokenSource | None) -> None:
        self._network, self._config, self._tokens = network, config, tokens

    async def make(self, call: Call) -> Any:
        """The JSON that Teams answers, None for an empty answer. Raises by bot.errors' names."""
        if unit_is_open.get():
            raise NetworkInsideUnit
        if not self._config.admits_service(call.service_url):
            raise Refused("this service URL is not one of AllowedServiceUrls")
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._patiently(call)
        except TimeoutError:
            raise Transient("Teams did not answer in time") from None

    async def _patiently(self, call: Call) -> Any:
        for pause in _pauses():
            try:
                return await self._once(call)
            except ConnectorError as error:
                asked = error.seconds if isinstance(error, Throttled) else 0.0
                if error.status not in AGAIN or asked > LONGEST_PAUSE:
                    raise
            await asyncio.sleep(max(asked, pause))
        return await self._once(call)

    async def _once(self, call: Call) -> Any:
        token = await self._token()
        status, headers, raw = await self._send(call, token)
        if status == 401 and token and self._tokens:  # noqa: PLR2004 - HTTP's own number
            self._tokens.forget(token)  # a key was rolled, or a clock is wrong: one fresh token, one more try
            status, headers, raw = await self._send(call, await self._token())
        if 200 <= status < 300:  # noqa: PLR2004 - HTTP's own numbers
            return _json(raw)
        raise _error(status, headers, raw)

    async def _token(self) -> str | None:
        try:
            return await self._tokens.token() if self._tokens else None
        except TokenUnavailableError as error:
            raise NotSent(f"Azure gave no token ({error})") from None

    async def _send(self, call: Call, token: str | None) -> tuple[int, Mapping[str, str], bytes]:
        with timed(CONNECTOR, method=call.method, operation=call.operation, status="no_answer") as section:
            return await self._ask(call, token, section)

    async def _ask(self, call: Call, token: str | None, section: Section) -> tuple[int, Mapping[str, str], bytes]:
        url = call.url
        headers = {"Accept": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if call.body is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
        data = None if call.body is None else dumps(call.body)
        request = self._network.session.request(call.method, url, data=data, headers=headers, allow_redirects=False)
        try:
            async with request as answer:
                section.say(status=answer.status)
                return answer.status, answer.headers, await answer.read()
        except aiohttp.ClientConnectorError as error:
            raise NotSent(f"Teams could not be reached ({type(error).__name__})") from None
        except (aiohttp.ClientError, TimeoutError) as error:
            # Whether it was carried out is unknown, so it is not repeated here: a message must not come twice.
            raise Transient(f"Teams did not answer ({type(error).__name__})") from None


def _pauses() -> Iterator[float]:
    """Seconds before each further try."""
    for again in range(TRIES - 1):
        yield FIRST_PAUSE * 2**again * (1 + random.random())  # noqa: S311 - jitter needs no secrecy


def _json(raw: bytes) -> Any:
    if not raw.strip():
        return None
    try:
        return orjson.loads(raw)
    except ValueError:
        raise Transient("Teams answered something that is not JSON") from None


def _error(status: int, headers: Mapping[str, str], raw: bytes) -> ConnectorError:
    kinds: dict[int, type[ConnectorError]] = {403: Blocked, 404: NotFound, 413: TooLarge}
    if status == 429:  # noqa: PLR2004 - HTTP's own number
        error: ConnectorError = Throttled(_wait(headers.get("Retry-After")))
    elif b"MessageSizeTooBig" in raw:
        error = TooLarge()
    elif status in kinds:
        error = kinds[status]()
    elif status == 412 or status >= 500:  # noqa: PLR2004 - HTTP's own numbers
        error = Transient()
    else:
        error = Refused()
    error.status = status
    return error


def _wait(header: str | None) -> float:
    """How long Retry-After asks to wait, in seconds."""
    try:
        seconds = float(header or "")
    except ValueError:
        seconds = _until(header or "")
    return min(max(seconds, 0.0), LONGEST_WAIT) if math.isfinite(seconds) else DEFAULT_WAIT


def _until(header: str) -> float:
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return DEFAULT_WAIT
    return (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
