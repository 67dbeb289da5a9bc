"""Why a request is refused. The reason is for our log: it never quotes what was sent."""

from bot.errors import SamenError


class Malformed(SamenError):
    """The body is not what Teams sends."""


class Unauthorized(SamenError):
    """The request does not prove that it comes from Teams."""


class Forbidden(SamenError):
    """The request is real and not for this bot: a foreign tenant, channel or service URL."""


class KeysUnavailable(SamenError):
    """The keys cannot be fetched and none are known: an outage, nobody's bad token."""
