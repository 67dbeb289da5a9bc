"""What every request passes: this machine only, the journal, the faults, and refusals in Graph's own shape."""

import asyncio
import ipaddress
from http import HTTPStatus
from urllib.parse import urlsplit
from uuid import uuid4

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from graph.sandbox.faults import FaultBody
from graph.sandbox.journal import Entry
from graph.sandbox.refusals import Refusal, denied
from graph.sandbox.twin import Twin

OURS = ("/v1.0/", "/api/")
_OFTEN = 429
_AWAY = 503


class Door:
    """The twin's middlewares."""

    def __init__(self, twin: Twin) -> None:
        self._twin = twin

    def middlewares(self) -> list[Middleware]:
        """Outermost first."""
        return [self.refusing, self.guarding, self.noting]

    @web.middleware
    async def refusing(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Turns a refusal into an answer."""
        try:
            return await handler(request)
        except Refusal as refusal:
            request_id = request.headers.get("client-request-id") or str(uuid4())
            headers = {"request-id": request_id, "client-request-id": request_id}
            if refusal.retry_after is not None:
                headers["Retry-After"] = str(refusal.retry_after)
            return web.json_response(refusal.body(request_id), status=refusal.status, headers=headers)

    @web.middleware
    async def guarding(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Keeps web pages from elsewhere out, by a rebound name too."""
        origin = request.headers.get("Origin")
        if not (names_loopback(f"//{request.host}") and (origin is None or names_loopback(origin))):
            raise denied("The twin answers this machine only.")
        return await handler(request)

    @web.middleware
    async def noting(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Writes down what is asked of Microsoft, and lets it go wrong where that was asked for."""
        if not request.path.startswith(OURS):
            return await handler(request)
        entry = await self._twin.journal.arrived(request, self._twin.now())
        fault = self._twin.faults.take(request.method, request.path)
        entry.fault = fault.kind if fault else None
        try:
            answer = await self._faulty(request, handler, fault, entry)
        except (Refusal, web.HTTPException) as refusal:
            entry.status = refusal.status
            raise
        entry.status = None if request.transport is None or request.transport.is_closing() else answer.status
        return answer

    async def _faulty(
        self, request: web.Request, handler: Handler, fault: FaultBody | None, entry: Entry
    ) -> web.StreamResponse:
        if fault is not None:
            await _before(request, fault)
        if fault is not None and fault.kind == "dropped":
            return web.Response()  # to a connection that is closed
        answer = await handler(request)
        entry.done = True
        if fault is not None and fault.kind == "slow_after":
            await asyncio.sleep(fault.seconds)
        if fault is not None and fault.kind == "dropped_after":
            _hang_up(request)
        return answer


async def _before(request: web.Request, fault: FaultBody) -> None:
    if fault.kind == "throttled":
        raise Refusal(_OFTEN, "TooManyRequests", "Too many requests.", fault.retry_after or 1)
    if fault.kind == "unavailable":
        raise Refusal(_AWAY, "serviceNotAvailable", "The service is unavailable.", fault.retry_after)
    if fault.kind == "status":
        raise Refusal(fault.status, HTTPStatus(fault.status).phrase.replace(" ", ""), "Asked for by a fault.")
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
    if fault.kind == "dropped":
        _hang_up(request)


def _hang_up(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()


def names_loopback(url: str) -> bool:
    """Whether a URL names this machine."""
    try:
        name = urlsplit(url).hostname or ""
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
