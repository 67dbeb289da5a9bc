"""The Bot Framework's keys: fetched without blocking, kept for a day, asked again when a new one appears."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import jwt

from bot.adapter.network import Network
from bot.adapter.refusals import KeysUnavailable
from bot.adapter.service_urls import is_safe
from bot.logs import get_logger
from bot.services.clock import Clock

log = get_logger(__name__)

FRESH = timedelta(hours=24)  # the Bot Framework's own advice
AGAIN = timedelta(minutes=1)  # an unknown key, real or invented, asks for the list at most this often
LONGEST = timedelta(days=5)  # without any answer, a key may have been withdrawn: it counts no longer
RETRY = timedelta(seconds=5)  # while there are no keys at all


@dataclass(frozen=True, slots=True)
class Key:
    """A public key, and the channels it may speak for."""

    public: Any
    endorsements: frozenset[str]


class Keys:
    """Keys by id (`kid`)."""

    def __init__(self, network: Network, metadata_url: str, clock: Clock) -> None:
        self._network, self._metadata_url, self._clock = network, metadata_url, clock
        self._keys: dict[str, Key] = {}
        self._fetched: datetime | None = None
        self._tried: datetime | None = None
        self._lock = asyncio.Lock()

    def known(self, kid: str) -> Key | None:
        """A key that is at hand, without asking anybody. Raises KeysUnavailable when there are none at all."""
        self._end_old_keys()
        if not self._keys:
            raise KeysUnavailable
        return self._keys.get(kid)

    async def find(self, kid: str) -> Key | None:
        """A key, asked for where it is unknown or old. Raises KeysUnavailable when there are none at all."""
        self._end_old_keys()
        if kid not in self._keys or self._wanted(kid):
            async with self._lock:  # who waited here finds the answer, or that the question was just asked
                if self._wanted(kid):
                    await self._refresh()
        return self.known(kid)

    async def ready(self) -> bool:
        """Whether tokens can be checked: keys are at hand, or could be fetched just now."""
        self._end_old_keys()
        if not self._keys and self._may_ask():
            async with self._lock:
                if self._may_ask():
                    await self._refresh()
        return bool(self._keys)

    def _end_old_keys(self) -> None:
        if self._fetched is not None and self._clock.now() - self._fetched >= LONGEST:
            self._keys = {}

    def _wanted(self, kid: str) -> bool:
        old = self._fetched is not None and self._clock.now() - self._fetched >= FRESH
        return (old or kid not in self._keys) and self._may_ask()

    def _may_ask(self) -> bool:
        pause = AGAIN if self._keys else RETRY
        return self._tried is None or self._clock.now() - self._tried >= pause

    async def _refresh(self) -> None:
        self._tried = self._clock.now()
        try:
            metadata = await self._get(self._metadata_url)
            keys = _read_keys(await self._get(metadata["jwks_uri"]))
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
            log.warning("keys_not_fetched", error=type(error).__name__, known=len(self._keys))
            return
        if keys:
            self._keys, self._fetched = keys, self._tried

    async def _get(self, url: Any) -> Any:
        if not isinstance(url, str) or not is_safe(url.partition("?")[0]):
            raise ValueError("no address, or keys would be fetched in the open")
        async with self._network.session.get(url, allow_redirects=False, raise_for_status=True) as answer:
            return await answer.json(content_type=None)


def _read_keys(found: Any) -> dict[str, Key]:
    """The keys of a list; a row that is none is left out."""
    return {kid: key for kid, key in map(_read_key, found["keys"]) if key}


def _read_key(row: Any) -> tuple[str, Key | None]:
    if not isinstance(row, dict) or row.get("kty") != "RSA" or not isinstance(kid := row.get("kid"), str):
        return "", None
    try:
        public = jwt.PyJWK(row, "RS256").key
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        log.warning("key_skipped", error=type(error).__name__)
        return kid, None
    endorsements = row.get("endorsements")
    names = endorsements if isinstance(endorsements, list) else ()
    return kid, Key(public, frozenset(name for name in names if isinstance(name, str)))
