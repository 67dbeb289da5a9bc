"""What can go wrong on Microsoft's side, by name. No error's text holds a token, an answer or anything personal."""

import re

# Graph's codes are single words ("ErrorAccessDenied", "InternalServerError"); anything else may be somebody's data.
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_.]{0,63}")


class TokenUnavailableError(Exception):
    """Azure gives the app no token for its own identity, now or ever; the message says which kind of failure."""


class GraphError(Exception):
    """Microsoft did not do what was asked. `status`: HTTP's number, None without an answer. `retry_after`: seconds."""

    def __init__(self, status: int | None = None, code: object = None, retry_after: float | None = None) -> None:
        self.status = status
        self.code = code if isinstance(code, str) and _CODE.fullmatch(code) else None
        self.retry_after = retry_after
        super().__init__(" ".join(str(known) for known in (status, self.code) if known is not None))


class NotSignedInError(GraphError):
    """There is no token for this person, or theirs is no longer accepted: ask them to sign in."""


class ConsentMissingError(GraphError):
    """The person never agreed, or took it back. `admin`: only an administrator can agree for them."""

    def __init__(self, status: int | None = None, code: object = None, *, admin: bool = False) -> None:
        super().__init__(status, code)
        self.admin = admin


class RefusedError(GraphError):
    """Microsoft understood and will not do it; asking again changes nothing."""


class NoMailboxError(RefusedError):
    """This person's mailbox, and so their calendar, is not in Microsoft 365: no calendar call will ever work."""


class BusyError(GraphError):
    """Ask again later: after `retry_after` seconds where Microsoft says so.

    With status 429, or without one (its turn never came), nothing was done; after 503 or 504 that is likely, not sure.
    """


class UnreachableError(GraphError):
    """No answer, or none that can be read: nobody knows whether it was done."""
