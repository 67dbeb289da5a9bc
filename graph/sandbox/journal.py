"""Every request to Graph and to the token service, for tests and for the page. Tokens are left out."""

import json
from collections import deque
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from aiohttp import web

KEPT = 10_000
HEADERS = ("Accept", "Content-Type", "Prefer", "If-Match", "client-request-id", "User-Agent")


@dataclass
class Entry:
    """One request. It is written down when it arrives; `status` and `done` follow.

    `status` None: not answered (yet, or cut off). `done`: the twin has done what was asked.
    """

    number: int
    at: datetime
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any
    authorized: bool
    status: int | None = None
    done: bool = False
    fault: str | None = None


class Journal:
    """The requests of this process, the last ten thousand."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self._number = 0

    async def arrived(self, request: web.Request, at: datetime) -> Entry:
        """Writes a request down before anything is done about it."""
        self._number += 1
        entry = Entry(
            number=self._number,
            at=at,
            method=request.method,
            path=request.path,
            query={name: value for name, value in request.query.items() if name != "code"},
            headers={name: request.headers[name] for name in HEADERS if name in request.headers},
            body=_told(await request.read()),
            authorized="Authorization" in request.headers,
        )
        self._entries.append(entry)
        return entry

    def since(self, number: int) -> list[dict[str, Any]]:
        """The requests after that number, oldest first."""
        return [asdict(entry) for entry in self._entries if entry.number > number]

    def clear(self) -> None:
        """Forgets them; numbers go on."""
        self._entries.clear()


def _told(raw: bytes) -> Any:
    if not raw:
        return None
    try:
        told = json.loads(raw)
    except ValueError:
        return raw.decode("utf-8", errors="replace")
    return {name: value for name, value in told.items() if name != "token"} if isinstance(told, dict) else told
