"""The sandbox's gate: no tokens, and nobody but programs on this machine."""

from urllib.parse import urlsplit

from aiohttp import web
from botbuilder.schema import Activity

from bot.adapter.refusals import Unauthorized
from bot.adapter.service_urls import is_loopback
from bot.adapter.tokens_in import Pass


class SandboxGate:
    """Admits requests without a token. One that brings a token is refused: here is no app id to check it against."""

    async def check_token(self, header: str | None) -> Pass:
        """An empty pass. Raises Unauthorized for any token."""
        if header is not None:
            raise Unauthorized("a token in the sandbox")
        return Pass("", {})

    def check_activity(self, held: Pass, activity: Activity) -> None:
        """Nothing to hold against it."""


def is_local(request: web.BaseRequest) -> bool:
    """Whether a request is meant for this machine: neither a rebound host name nor a web page from elsewhere."""
    origin = request.headers.get("Origin")
    return _names_loopback(f"//{request.host}") and (origin is None or _names_loopback(origin))


def _names_loopback(url: str) -> bool:
    try:
        return is_loopback(urlsplit(url).hostname or "")
    except ValueError:
        return False
