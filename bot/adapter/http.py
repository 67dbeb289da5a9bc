"""The door's three routes, its limits, and which status says what."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from aiohttp import hdrs, web
from botbuilder.schema import Activity

from bot.adapter.adapter import Outcome
from bot.adapter.admission import admit, admit_channel
from bot.adapter.codec import decode_activity, dumps
from bot.adapter.config import DoorConfig
from bot.adapter.keys import RETRY
from bot.adapter.refusals import Forbidden, KeysUnavailable, Malformed, Unauthorized
from bot.adapter.sandbox import is_local
from bot.adapter.strict_json import strict_loads
from bot.adapter.tokens_in import Pass
from bot.logs import get_logger, where_it_failed
from bot.telemetry import REQUEST, Section, timed

log = get_logger(__name__)

LARGEST = 256 * 1024  # bytes; Teams' own messages stay below 100 KB
READY_WITHIN = 3.0  # seconds

Process = Callable[[Activity, str], Awaitable[Outcome]]
Ready = Callable[[], Awaitable[Mapping[str, bool]]]


class Gate(Protocol):
    """Checks a request's token in two steps: before its body is read, and against what the body says."""

    async def check_token(self, header: str | None) -> Pass: ...

    def check_activity(self, held: Pass, activity: Activity) -> None: ...


class Routes:
    """POST /api/messages, GET /healthz, GET /readyz."""

    def __init__(self, config: DoorConfig, gate: Gate, process: Process, ready: Ready) -> None:
        self._config, self._gate, self._process, self._ready = config, gate, process, ready

    def application(self, *, messages: bool = True) -> web.Application:
        """An aiohttp application with these routes, without the first unless `messages`; a body larger than LARGEST is
        never held.
        """
        application = web.Application(client_max_size=LARGEST, middlewares=[_no_words_about_faults])
        if messages:
            application.router.add_post("/api/messages", self.messages)
        application.router.add_get("/healthz", self.healthy)
        application.router.add_get("/readyz", self.is_ready)
        return application

    async def messages(self, request: web.Request) -> web.Response:
        """An activity. 401 without proof of Teams, 403 for strangers, 400 malformed, 413 large, 415 no JSON."""
        with timed(REQUEST, status="failed") as section:
            response = await self._messages(request, section)
            section.say(status=response.status)
            return response

    async def _messages(self, request: web.Request, section: Section) -> web.Response:
        try:
            activity, fingerprint = await self._admitted(request)
            section.say(activity=activity.type)
        except Unauthorized as error:
            return _refusal(401, error)
        except Forbidden as error:
            return _refusal(403, error)
        except Malformed as error:
            return _refusal(400, error)
        except KeysUnavailable:
            # Our own outage: Teams may try again. 401 would blame, and perhaps lose, a good request.
            return web.Response(status=503, headers={hdrs.RETRY_AFTER: str(int(RETRY.total_seconds()))})
        outcome = await self._process(activity, fingerprint)
        return _response(outcome)

    async def healthy(self, _: web.Request) -> web.Response:
        """That the process lives, and nothing more."""
        return web.json_response({})

    async def is_ready(self, _: web.Request) -> web.Response:
        """Whether requests can be served now; which part cannot is in the log only."""
        try:
            async with asyncio.timeout(READY_WITHIN):
                parts = await self._ready()
        except Exception as error:  # noqa: BLE001 - a probe that fails is an answer: not ready
            log.warning("not_ready", error=type(error).__name__, where=where_it_failed(error))
            parts = {"probe": False}
        ready = all(parts.values())
        if not ready:
            log.warning("not_ready", parts=sorted(part for part, good in parts.items() if not good))
        return web.json_response({"ready": ready}, status=200 if ready else 503)

    async def _admitted(self, request: web.Request) -> tuple[Activity, str]:
        """The activity that a request brings, and its fingerprint; its body is read only after its token is good."""
        if self._config.sandbox and not is_local(request):
            raise Forbidden("not from this machine")
        _check_headers(request)
        held = await self._gate.check_token(request.headers.get(hdrs.AUTHORIZATION))
        raw = await request.read()  # raises aiohttp's own 413 beyond LARGEST
        activity = decode_activity(strict_loads(raw))
        admit_channel(activity, self._config)
        self._gate.check_activity(held, activity)
        admit(activity, self._config)
        activity.caller_id = self._config.caller_id
        return activity, hashlib.sha256(raw).hexdigest()


def _check_headers(request: web.Request) -> None:
    charset = (request.charset or "utf-8").lower()
    if request.content_type != "application/json" or charset != "utf-8" or hdrs.CONTENT_ENCODING in request.headers:
        raise web.HTTPUnsupportedMediaType
    if (request.content_length or 0) > LARGEST:
        raise web.HTTPRequestEntityTooLarge(LARGEST, request.content_length or 0)


def _refusal(status: int, error: Exception) -> web.Response:
    log.info("request_refused", status=status, reason=str(error))
    return web.Response(status=status)


def _response(outcome: Outcome) -> web.Response:
    if outcome.body is None:
        return web.Response(status=outcome.status)
    return web.Response(
        status=outcome.status, body=dumps(outcome.body), content_type="application/json", charset="utf-8"
    )


@web.middleware
async def _no_words_about_faults(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """aiohttp would log a fault with its words, which may be somebody's; ours says where it was."""
    try:
        return await handler(request)
    except web.HTTPException:
        raise
    except Exception as error:  # noqa: BLE001 - our own defect, and the last place to name it
        log.error("request_failed", error=type(error).__name__, where=where_it_failed(error))  # noqa: TRY400 - a traceback quotes values
        return web.Response(status=500)
