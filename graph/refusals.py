"""What an answer other than yes means, as our errors; what it says in words is never repeated."""

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import orjson

from graph.errors import (
    BusyError,
    ConsentMissingError,
    GraphError,
    NoMailboxError,
    NotSignedInError,
    RefusedError,
    UnreachableError,
)
from graph.reading import MISSHAPEN

LONGEST_WAIT = 3600.0  # seconds; a longer wish is somebody's mistake
# What Graph answers (403) when a token lacks a scope: Outlook's, presence's and the directory's words for it, read in
# microsoftgraph/microsoft-graph-docs-contrib concepts/resolve-auth-errors.md and concepts/errors.md.
_NO_SCOPE = frozenset({"erroraccessdenied", "accessdenied", "forbidden", "authorization_requestdenied"})
# What it answers, with 403 or 404, where there is no mailbox in the cloud: on-premises Exchange, no licence, or an
# organisation without Exchange Online (learn.microsoft.com/graph/resolve-auth-errors, outlook-hybrid-rest).
_NO_MAILBOX = frozenset({
    "mailboxnotenabledforrestapi", "mailboxnotsupportedforrestapi", "mailboxnotlicensed",
    "restapinotenabledforcomponentsharedmailbox", "organizationfromtenantguidnotfound",
})  # fmt: skip
# learn.microsoft.com/entra/identity-platform/reference-error-codes: consent missing or declined, and what only an
# administrator may agree to.
_NO_CONSENT = re.compile(rb"AADSTS(65001|65004)\b|consent_required|AdminConsentRequired")
_ADMIN = re.compile(rb"AADSTS(90093|90094|90095)\b|AdminConsentRequired")
_SIGN_IN_AGAIN = re.compile(rb"invalid_grant|interaction_required|login_required")


def graph_refusal(status: int, headers: Mapping[str, str], raw: bytes) -> GraphError:
    """What Graph's answer means. A token that is not accepted is the person's: they sign in again."""
    code = _code(raw)
    if status == 401:  # noqa: PLR2004 - HTTP's own number
        return NotSignedInError(status, code)
    if status == 403 and (code or "").lower() in _NO_SCOPE:  # noqa: PLR2004 - HTTP's own number
        return ConsentMissingError(status, code)
    if status in (403, 404) and (code or "").lower() in _NO_MAILBOX:
        return NoMailboxError(status, code)
    return _other(status, headers, code)


def token_refusal(status: int, headers: Mapping[str, str], raw: bytes) -> GraphError:
    """What the token service's answer means. 401 there is about the app's own token, so no person can help it."""
    code = _code(raw)
    if 400 <= status < 500 and _ADMIN.search(raw):  # noqa: PLR2004 - HTTP's own numbers
        return ConsentMissingError(status, code, admin=True)
    if status == 412 or (400 <= status < 500 and _NO_CONSENT.search(raw)):  # noqa: PLR2004 - HTTP's own numbers
        return ConsentMissingError(status, code)
    if status == 404 or (status == 400 and _SIGN_IN_AGAIN.search(raw)):  # noqa: PLR2004 - HTTP's own numbers
        return NotSignedInError(status, code)
    return _other(status, headers, code)


def _other(status: int, headers: Mapping[str, str], code: str | None) -> GraphError:
    if status in (429, 503, 504):
        return BusyError(status, code, _wait(headers.get("Retry-After")))
    if status == 408 or status >= 500:  # noqa: PLR2004 - HTTP's own numbers
        return UnreachableError(status, code)
    return RefusedError(status, code)


def _code(raw: bytes) -> str | None:
    """The error's code, in `{"error": {"code": ...}}` as both services have it."""
    try:
        error: Any = orjson.loads(raw)["error"]
        code = error["code"] if isinstance(error, dict) else error
    except (ValueError, KeyError, TypeError):  # a gateway's page, or nothing: the status says enough
        return None
    return code if isinstance(code, str) else None


def _wait(header: str | None) -> float | None:
    """How long Retry-After asks to wait, in seconds; None where it does not say."""
    try:
        seconds = float(header or "")
    except ValueError:
        return _until(header or "")
    return min(max(seconds, 0.0), LONGEST_WAIT) if math.isfinite(seconds) else None


def _until(header: str) -> float | None:
    try:
        moment = parsedate_to_datetime(header)
        seconds = (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    except MISSHAPEN:  # the year may be any number
        return None
    return min(max(seconds, 0.0), LONGEST_WAIT)
