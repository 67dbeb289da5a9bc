"""What can go wrong, by name. A class's docstring is what an operator reads."""


class SamenError(Exception):
    """Something went wrong that Samen knows by name."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or (self.__doc__ or "").strip())


class SettingsError(SamenError):
    """A setting is missing or wrong; the message names it and says what to do."""


class NetworkInsideUnit(SamenError):
    """A call to Teams or Graph was made while a unit of work was open."""


class TenantMissing(SamenError):
    """A query on a tenant's rows does not name the tenant."""


class Overtaken(SamenError):
    """Another unit was changing the same rows; nothing was done. Try again."""


class NameTaken(SamenError):
    """Another place that is in use has this name already."""


class ConnectorError(SamenError):
    """Teams refused or failed a call; `status` is its HTTP status, None when there was no answer."""

    status: int | None = None


class Blocked(ConnectorError):
    """The receiver blocked or uninstalled the bot, or the bot is not in the conversation."""


class NotFound(ConnectorError):
    """The conversation, activity or member does not exist (any more)."""


class Throttled(ConnectorError):
    """Teams asks to wait; `seconds` says how long."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds


class TooLarge(ConnectorError):
    """The message is larger than Teams accepts."""


class Refused(ConnectorError):
    """Teams calls the request wrong; trying again will not help."""


class Transient(ConnectorError):
    """Teams did not answer or failed for a moment; trying again may help."""


class NotSent(Transient):
    """Teams was not even asked, for want of a token or of a connection; trying again may help."""


class CredentialRefused(ConnectorError):
    """The login service refuses the bot's own secret or certificate; renew it."""
