"""The one network session of the process."""

import aiohttp

# Teams' own guidance is an answer within seconds; a press must be answered within 5.
TIMEOUT = aiohttp.ClientTimeout(total=5, connect=2)
CONNECTIONS = 256
KEEP_ALIVE = 30  # seconds; below what load balancers keep, so a reused connection is rarely a dead one


class Network:
    """One shared aiohttp session: no cookies, no proxy from the environment. Opened and closed with the server."""

    def __init__(self, timeout: aiohttp.ClientTimeout = TIMEOUT) -> None:
        self._timeout = timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """The open session. Raises RuntimeError before the server starts."""
        if self._session is None:
            raise RuntimeError("the door is not open")
        return self._session

    def open(self) -> None:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=KEEP_ALIVE, ttl_dns_cache=300),
            timeout=self._timeout,
            cookie_jar=aiohttp.DummyCookieJar(),
        )

    async def close(self) -> None:
        if self._session:
            await self._session.close()
            self._session = None
