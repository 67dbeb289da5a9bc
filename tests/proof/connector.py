"""Teams' connector as a process of its own: it writes down what arrives before it answers, so that no kill loses a line.

`python -m tests.proof.connector PORT FILE`. What it answers is a script: `POST /script` with `{"conversation": id or "*",
"answers": [...]}` says what the next requests there get, one answer each; "always" instead of "answers" says it for
good. Its service URL has a house's name in its path, so that runs that share it do not hear each other. An answer is `{"status": 429, "retry_after": 2}`, `{"hang": true}`, `{"drop": true}` or `{"delay": seconds}`.
"""

import asyncio
import itertools
import json
import os
import signal
import sys
import time
from collections import defaultdict, deque
from typing import Any
from urllib.parse import unquote

from aiohttp import web

EVERYWHERE = "*"
OK: dict[str, Any] = {"status": 200}


class Connector:
    """Answers what Teams would; the file gets a line per request, in the order of arrival."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._numbers = itertools.count(1)
        self._next: dict[str, deque[dict[str, Any]]] = defaultdict(deque)
        self._always: dict[str, dict[str, Any]] = {}

    def application(self) -> web.Application:
        application = web.Application(client_max_size=1024 * 1024)
        application.router.add_post("/script", self._script)
        application.router.add_post("/{house}/v3/conversations", self._open)
        application.router.add_route("*", "/{house}/v3/conversations/{rest:.*}", self._activity)
        return application

    async def _script(self, request: web.Request) -> web.Response:
        asked = await request.json()
        where = asked["conversation"]
        self._next[where].extend(asked.get("answers", ()))
        if "always" in asked:
            self._always[where] = asked["always"]
        return web.json_response({})

    async def _open(self, request: web.Request) -> web.StreamResponse:
        """A 1:1 chat: the same one for the same person."""
        body = await request.json()
        member = body["members"][0]["id"]
        return await self._answer(request, f"a:{member}", {"id": f"a:{member}"}, body)

    async def _activity(self, request: web.Request) -> web.StreamResponse:
        conversation = unquote(request.raw_path.split("/")[4])
        parts = [unquote(part) for part in request.raw_path.split("/")[6:]]
        if request.method == "GET":
            return web.json_response({"members": []} if "pagedmembers" in request.raw_path else [])
        body = await request.json()
        known = {"activity": parts[0]} if parts else {"activity": f"m{time.time_ns()}"}
        return await self._answer(request, conversation, {"id": known["activity"]}, body)

    async def _answer(
        self, request: web.Request, conversation: str, answer: dict[str, Any], body: Any
    ) -> web.StreamResponse:
        number, how = next(self._numbers), self._how(conversation)
        self._write(
            n=number,
            at=time.time(),
            house=request.match_info["house"],
            method=request.method,
            conversation=conversation,
            activity=answer["id"] if body.get("type") else None,
            kind=body.get("type"),
            text=body.get("text"),
        )
        await asyncio.sleep(how.get("delay", 0.0))
        if how.get("hang"):
            await asyncio.sleep(3600)
        if how.get("drop"):
            self._write(n=number, status=0)
            if request.transport:
                request.transport.abort()
            return web.Response()
        status = how.get("status", 200)
        self._write(n=number, status=status)
        headers = {"Retry-After": str(how["retry_after"])} if "retry_after" in how else {}
        return web.json_response(answer if status < 300 else {}, status=status, headers=headers)

    def _how(self, conversation: str) -> dict[str, Any]:
        for where in (conversation, EVERYWHERE):
            if self._next[where]:
                return self._next[where].popleft()
        return self._always.get(conversation) or self._always.get(EVERYWHERE) or OK

    def _write(self, **line: Any) -> None:
        os.write(self._file, (json.dumps(line) + "\n").encode())


async def main(port: int, path: str) -> None:
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    runner = web.AppRunner(Connector(file).application(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
