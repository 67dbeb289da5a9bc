"""The bot's own token for speaking to Teams: by secret or certificate here, by managed identity from outside."""

import asyncio
import base64
import hashlib
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import aiohttp
import jwt
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from bot.adapter.config import DoorConfig
from bot.adapter.network import Network
from bot.errors import CredentialRefused, NotSent, SettingsError
from bot.services.clock import Clock

EARLY = timedelta(minutes=5)  # a token this near its end is renewed
ASSERTION_LIFE = timedelta(minutes=10)
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

Proof = Callable[[], Mapping[str, str]]


class TokenSource(Protocol):
    """Where the bot's own token comes from."""

    async def token(self) -> str:
        """A token that is valid now. Raises CredentialRefused, NotSent or graph's TokenUnavailableError."""

    def forget(self, token: str) -> None:
        """Teams refused this token."""

    async def close(self) -> None:
        """Close what it holds open."""


class AppToken:
    """The bot's own token, asked for once and kept until shortly before it ends."""

    def __init__(self, network: Network, config: DoorConfig, clock: Clock) -> None:
        self._network, self._clock = network, clock
        self._url = f"{config.login}/oauth2/v2.0/token"
        self._form = {"grant_type": "client_credentials", "client_id": config.app_id or "", "scope": config.scope}
        self._proof = _proof(config, self._url, clock)
        self._token, self._until = "", datetime.min.replace(tzinfo=UTC)
        self._lock = asyncio.Lock()

    async def token(self) -> str:
        """A token that is valid now; at most one request is under way. Raises CredentialRefused or NotSent."""
        if self._clock.now() < self._until:
            return self._token
        async with self._lock:
            if self._clock.now() >= self._until:
                self._keep(await self._ask())
        return self._token

    def forget(self, token: str) -> None:
        """Teams refused this token: ask for another next time."""
        if token == self._token:
            self._until = datetime.min.replace(tzinfo=UTC)

    async def close(self) -> None:
        """Nothing to close: the network is the door's."""

    def _keep(self, answer: Mapping[str, Any]) -> None:
        life = timedelta(seconds=float(answer["expires_in"]))
        self._token = str(answer["access_token"])
        self._until = self._clock.now() + max(life - EARLY, life / 2)

    async def _ask(self) -> Mapping[str, Any]:
        form = self._form | dict(self._proof())
        try:
            async with self._network.session.post(self._url, data=form, allow_redirects=False) as answer:
                if answer.status in (400, 401, 403):
                    raise CredentialRefused
                answer.raise_for_status()
                found: dict[str, Any] = await answer.json(content_type=None)
                return {"access_token": found["access_token"], "expires_in": float(found["expires_in"])}
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
            raise NotSent(f"the login service gave no token ({type(error).__name__})") from None


def _proof(config: DoorConfig, audience: str, clock: Clock) -> Proof:
    """How the bot proves who it is: certificate first, it is the stronger one."""
    if config.certificate:
        return _Certificate(config, audience, clock)
    if config.password:
        secret = {"client_secret": config.password}
        return lambda: secret
    raise SettingsError("MicrosoftAppPassword or MicrosoftAppCertificate is missing; the bot cannot speak without.")


class _Certificate:
    """Signs a fresh assertion for each request: learn.microsoft.com/entra/identity-platform/certificate-credentials."""

    def __init__(self, config: DoorConfig, audience: str, clock: Clock) -> None:
        try:
            pem = Path(config.certificate or "").read_bytes()
            self._key: Any = load_pem_private_key(pem, None)
            der = x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)
        except (OSError, ValueError, TypeError):
            raise SettingsError(
                "MicrosoftAppCertificate must be a PEM file with an unencrypted private key and the certificate."
            ) from None
        self._thumbprint = base64.urlsafe_b64encode(hashlib.sha256(der).digest()).rstrip(b"=").decode()
        self._app_id, self._audience, self._clock = config.app_id, audience, clock

    def __call__(self) -> Mapping[str, str]:
        now = self._clock.now()
        claims = {
            "aud": self._audience,
            "iss": self._app_id,
            "sub": self._app_id,
            "jti": str(uuid.uuid4()),
            "nbf": now,
            "exp": now + ASSERTION_LIFE,
        }
        assertion = jwt.encode(claims, self._key, algorithm="PS256", headers={"x5t#S256": self._thumbprint})
        return {"client_assertion_type": ASSERTION_TYPE, "client_assertion": assertion}
