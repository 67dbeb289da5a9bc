"""How a request leaves for Graph: msgraph-sdk above, one HTTP client below. Imported late, see graph.client.

The SDK words the request; its answer is read here. Its own reading takes a redirect for done, sends a refused request
a second time, and quotes Graph's sentences in its errors.
"""

import logging
import ssl
from collections.abc import Mapping
from typing import Any

import anyio
import anyio.streams.tls
import anyio.to_thread
import httpx
import orjson
from kiota_abstractions.authentication import AnonymousAuthenticationProvider
from kiota_abstractions.request_information import RequestInformation
from kiota_http.httpx_request_adapter import HttpxRequestAdapter
from kiota_http.kiota_client_factory import KiotaClientFactory
from kiota_http.middleware import ParametersNameDecodingHandler
from kiota_http.observability_options import ObservabilityOptions
from msgraph.graph_service_client import GraphServiceClient

from graph.errors import UnreachableError
from graph.refusals import graph_refusal

CONNECT = 2.0  # seconds
CONNECTIONS = httpx.Limits(max_connections=64, max_keepalive_connections=16, keepalive_expiry=30)


class Transport:
    """Sends what `sdk` words, each request with its own person's token. Retries and redirects are off."""

    def __init__(self, base_url: str, patience: float) -> None:
        # At INFO they write every address, and a person's id stands in it.
        for library in ("httpx", "httpcore"):
            logging.getLogger(library).setLevel(logging.WARNING)
        self._http = _http(base_url, patience)
        self._adapter = HttpxRequestAdapter(
            AnonymousAuthenticationProvider(),
            http_client=self._http,
            observability_options=ObservabilityOptions(include_euii_attributes=False),
        )
        self._adapter.base_url = base_url
        self.sdk = GraphServiceClient(request_adapter=self._adapter)

    async def send(self, request: RequestInformation, token: str) -> Any:
        """The JSON that Graph answers, None where it answers nothing. Raises any GraphError."""
        request.headers.try_add("Authorization", f"Bearer {token}")
        status, headers, raw = await self._answer(request)
        if not 200 <= status < 300:  # noqa: PLR2004 - HTTP's own numbers
            raise graph_refusal(status, headers, raw)
        return _json(raw, status)

    async def close(self) -> None:
        await self._http.aclose()

    async def _answer(self, request: RequestInformation) -> tuple[int, Mapping[str, str], bytes]:
        try:
            answer = await self._http.send(await self._adapter.convert_to_native_async(request))
        except (httpx.HTTPError, httpx.InvalidURL):  # its text may hold the address, and with it a person's id
            raise UnreachableError from None
        return answer.status_code, answer.headers, answer.content


def _http(base_url: str, patience: float) -> httpx.AsyncClient:
    """HTTP/1.1, on loopback and to Microsoft alike: what is tested is what runs."""
    client = httpx.AsyncClient(
        base_url=base_url,
        timeout=httpx.Timeout(patience, connect=min(CONNECT, patience)),
        limits=CONNECTIONS,
        verify=ssl.create_default_context(),
        trust_env=False,
        follow_redirects=False,
    )
    return KiotaClientFactory.create_with_custom_middleware([ParametersNameDecodingHandler()], client)


def rehearse_connecting() -> None:
    """For a thread of its own: what connects below httpx imports much of itself only at the first connection."""
    anyio.run(anyio.sleep, 0)


def _json(raw: bytes, status: int) -> Any:
    if not raw.strip():
        return None
    try:
        return orjson.loads(raw)
    except ValueError:
        raise UnreachableError(status) from None
