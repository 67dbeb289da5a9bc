"""Microsoft Graph, always with a person's own token and about that person alone.

msgraph-sdk is slow to import, so it comes when Graph is first needed, in a thread; `warm_up` brings it before.
"""

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from graph.errors import BusyError, RefusedError, UnreachableError
from graph.times import zone_name

if TYPE_CHECKING:
    from kiota_abstractions.request_information import RequestInformation

    from graph.transport import Transport
    from graph.wire import Wire

PRODUCTION = "https://graph.microsoft.com/v1.0"
PATIENCE = 5.0  # seconds for one call, and as many for its turn before it; somebody is waiting for more than one
# Outlook serves an app four at a time in each mailbox (docs/decisions/0027-no-batch.md says by what that is known).
OUTLOOK_TURNS = 4


class GraphClient:
    """The way to Graph for this process. `patience` is in seconds, per call."""

    def __init__(self, base_url: str = PRODUCTION, patience: float = PATIENCE) -> None:
        self.base_url = base_url.rstrip("/")
        self.patience = patience
        # Held by those who are being served and those who wait: a mailbox that nobody asks has none.
        self._turns: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        self._transport: Transport | None = None
        self._loading = asyncio.Lock()

    async def warm_up(self) -> None:
        """Bring what the first call would wait for: a second or so of imports. No network."""
        await self.transport()

    async def transport(self) -> "Transport":
        """What sends requests, made at first need."""
        async with self._loading:
            if self._transport is None:
                self._transport = await asyncio.to_thread(_load, self.base_url, self.patience)
            return self._transport

    def turns(self, user_id: str) -> asyncio.Semaphore:
        """Whose turn it is in somebody's mailbox."""
        return self._turns.setdefault(user_id, asyncio.Semaphore(OUTLOOK_TURNS))

    def holds(self, link: str) -> bool:
        """Whether a link leads to this same Graph: a token goes nowhere else."""
        try:
            asked, ours = urlsplit(link), urlsplit(self.base_url)
        except ValueError:  # no address at all
            return False
        return asked[:2] == ours[:2] and asked.path.startswith(f"{ours.path}/")

    async def close(self) -> None:
        """Close its connections."""
        if self._transport:
            await self._transport.close()
            self._transport = None


@dataclass(frozen=True, slots=True)
class Mandate:
    """One person's leave to act for them, as long as their token lives."""

    client: GraphClient
    user_id: str
    token: str = field(repr=False)

    async def wire(self) -> "Wire":
        """How to word requests about this person."""
        from graph.wire import Wire

        return Wire((await self.client.transport()).sdk, self.user_id)

    async def ask(self, request: "RequestInformation") -> Any:
        """What Graph answers: JSON, or None. Raises any GraphError."""
        transport = await self.client.transport()
        try:
            async with asyncio.timeout(self.client.patience):
                return await transport.send(request, self.token)
        except TimeoutError:
            raise UnreachableError from None

    async def ask_outlook(self, request: "RequestInformation") -> Any:
        """The same of calendar and mailbox, four at a time for each person. Raises BusyError if its turn did not come in time."""
        turns = self.client.turns(self.user_id)
        try:
            await asyncio.wait_for(turns.acquire(), self.client.patience)
        except TimeoutError:
            raise BusyError from None
        try:
            return await self.ask(request)
        finally:
            turns.release()

    async def follow(self, link: str) -> Any:
        """The next page of a list. Raises RefusedError where the link leads elsewhere."""
        if not self.client.holds(link):
            raise RefusedError
        return await self.ask_outlook((await self.wire()).page(link))


def _load(base_url: str, patience: float) -> "Transport":
    from graph.transport import Transport, rehearse_connecting
    from graph.wire import rehearse

    transport = Transport(base_url, patience)
    rehearse(transport.sdk)
    rehearse_connecting()
    zone_name("UTC")  # reads CLDR's table
    return transport
