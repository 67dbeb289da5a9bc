"""How Graph says no: a status, a code, a sentence (learn.microsoft.com/graph/errors)."""

from http import HTTPStatus
from typing import Any


class Refusal(Exception):
    """Answered to the caller as Graph would."""

    def __init__(self, status: int, code: str, message: str, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.retry_after = status, code, message, retry_after

    def body(self, request_id: str) -> dict[str, Any]:
        """The body of the answer."""
        inner = {"request-id": request_id, "client-request-id": request_id}
        return {"error": {"code": self.code, "message": self.message, "innerError": inner}}


def bad(message: str, code: str = "BadRequest") -> Refusal:
    """400: the request itself is wrong."""
    return Refusal(HTTPStatus.BAD_REQUEST, code, message)


def denied(message: str = "Access is denied. Check credentials and try again.") -> Refusal:
    """403: this token may not."""
    return Refusal(HTTPStatus.FORBIDDEN, "ErrorAccessDenied", message)


def missing(message: str = "The specified object was not found in the store.") -> Refusal:
    """404."""
    return Refusal(HTTPStatus.NOT_FOUND, "ErrorItemNotFound", message)


def stranger(message: str) -> Refusal:
    """401: no token, or none that counts."""
    return Refusal(HTTPStatus.UNAUTHORIZED, "InvalidAuthenticationToken", message)
