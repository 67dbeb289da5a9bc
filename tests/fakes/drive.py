"""Somebody's OneDrive, on loopback: takes files at upload addresses and remembers how they came."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web
from aiohttp.test_utils import TestServer

PATH = (
    "/personal/anouk_example_org/_api/v2.0/drive/items/01ABC/uploadSession?guid='6f1c'&overwrite=True&tempauth=v1%2Ee30"
)


@dataclass(frozen=True)
class Put:
    """One upload, as it came over the wire."""

    raw_path: str
    headers: Mapping[str, str]
    content: bytes


@dataclass
class Drive:
    """`puts` is what came; `status` and `headers` are answered after `seconds`, with a body without an end if `endless`."""

    puts: list[Put] = field(default_factory=list)
    status: int = 201
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    endless: bool = False

    async def __aenter__(self) -> Self:
        application = web.Application(client_max_size=32 * 1024 * 1024)
        application.router.add_route("*", "/{rest:.*}", self._take)
        self._server = TestServer(application)
        await self._server.start_server()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._server.close()

    @property
    def url(self) -> str:
        return str(self._server.make_url("")).rstrip("/")

    def yes(self, context: Any = None, **info: Any) -> dict[str, Any]:
        """What a client says when somebody takes an offered file; `info` replaces what Teams tells of the room for it."""
        room = {
            "contentUrl": "https://contoso-my.sharepoint.com/personal/anouk_example_org/Documents/Apps/data.json",
            "name": "data.json",
            "uploadUrl": self.url + PATH,
            "uniqueId": "1150D938-8870-4044-9F2C-5BBDEBA70C8C",
            "fileType": "json",
            "etag": "123",
        }
        return {"type": "fileUpload", "action": "accept", "context": context, "uploadInfo": room | info}

    async def _take(self, request: web.Request) -> web.StreamResponse:
        self.puts.append(Put(request.raw_path, dict(request.headers), await request.read()))
        assert request.method == "PUT"
        await asyncio.sleep(self.seconds)
        if not self.endless:
            return web.json_response({}, status=self.status, headers=self.headers)
        response = web.StreamResponse(status=self.status)
        await response.prepare(request)
        try:
            while True:
                await response.write(b" " * 4096)
                await asyncio.sleep(0.001)
        except ConnectionError:
            return response


def no(context: Any = None) -> dict[str, Any]:
    """What a client says when somebody does not want an offered file."""
    return {"type": "fileUpload", "action": "decline", "context": context}
