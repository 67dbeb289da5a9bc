"""The door's limits: which status says what, how large a body may be, and when Samen is ready."""

import asyncio
import functools
import gzip
import json
import time
import zlib
from typing import Any

import pytest

from bot.adapter.http import LARGEST
from tests.fakes.doors import Doors, House


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonp",
        "",
        "application/json; charset=utf-16",
        "x",
    ],
)
async def test_another_content_type_is_415(sandbox: House, content_type: str) -> None:
    raw = json.dumps(sandbox.client.activity(text="waar")).encode()
    assert (await sandbox.client.post_raw(raw, Content_Type=content_type)).status == 415
    assert sandbox.handler.turns == []


async def test_utf_8_said_aloud_is_fine(sandbox: House) -> None:
    raw = json.dumps(sandbox.client.activity(text="waar")).encode()
    assert (await sandbox.client.post_raw(raw, Content_Type='application/json; charset="UTF-8"')).status == 200


async def test_a_compressed_body_is_415(sandbox: House) -> None:
    raw = gzip.compress(json.dumps(sandbox.client.activity(text="waar")).encode())
    assert (await sandbox.client.post_raw(raw, Content_Encoding="gzip")).status == 415


@functools.cache
def bomb() -> bytes:
    """200 KB that unpack to 200 MB."""
    packed = zlib.compressobj(wbits=31)
    return b"".join(packed.compress(bytes(1_000_000)) for _ in range(200)) + packed.flush()


@pytest.mark.parametrize(
    ("path", "status"), [("/api/messages", 415), ("/healthz", 405), ("/readyz", 405), ("/elsewhere", 404)]
)
async def test_a_compressed_body_is_never_unpacked(office: House, path: str, status: int) -> None:
    port = int(office.client.url.rpartition(":")[2])
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
    raw = f"{head}Content-Length: {len(bomb())}\r\n\r\n".encode() + bomb()
    connections = [await asyncio.open_connection("127.0.0.1", port) for _ in range(4)]
    worked = time.process_time()
    for _, writer in connections:
        writer.write(raw)
    async with asyncio.timeout(10):
        assert (await office.client.get("/healthz")).status == 200
        for reader, writer in connections:
            assert f" {status} ".encode() in await reader.readline()
            assert (await office.client.get("/healthz")).status == 200
            writer.close()
            await writer.wait_closed()
    assert time.process_time() - worked < 0.5  # unpacking them takes seconds


async def test_a_refused_body_is_not_read_for_long(office: House) -> None:
    port = int(office.client.url.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        b"POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n"
    )
    async with asyncio.timeout(4):
        assert b" 401 " in await reader.readline()
        await reader.read()  # until the door hangs up
    writer.close()
    await writer.wait_closed()


def _of_size(house: House, size: int) -> bytes:
    raw = json.dumps(house.client.activity(text="")).encode()
    return raw.replace(b'"text": ""', b'"text": "' + b"a" * (size - len(raw)) + b'"')


async def test_a_body_of_the_largest_size_is_taken_and_one_byte_more_is_413(sandbox: House) -> None:
    assert (await sandbox.client.post_raw(_of_size(sandbox, LARGEST))).status == 200
    assert (await sandbox.client.post_raw(_of_size(sandbox, LARGEST + 1))).status == 413
    assert len(sandbox.handler.turns) == 1


async def test_a_large_body_is_refused_by_its_length_alone(sandbox: House) -> None:
    port = int(sandbox.client.url.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"POST /api/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {LARGEST + 1}"
    writer.write(f"{head}\r\n\r\n".encode())
    async with asyncio.timeout(20):
        assert b" 413 " in await reader.readline()
    writer.close()
    await writer.wait_closed()


async def test_a_large_body_without_a_length_is_413(sandbox: House) -> None:
    async def pieces() -> Any:
        for _ in range(40):
            yield b" " * 8192

    assert (await sandbox.client.post_raw(pieces())).status == 413
    assert sandbox.handler.turns == []


async def test_a_large_body_without_a_token_is_not_read(office: House) -> None:
    office.client.token = None
    read = []

    async def pieces() -> Any:
        for number in range(1000):
            read.append(number)
            yield b" " * 8192
            await asyncio.sleep(0.001)

    try:
        answer = await office.client.post_raw(pieces())
        assert answer.status == 401
    except ConnectionError:
        pass  # the door hung up while we were still sending
    assert len(read) < 1000


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
async def test_another_method_is_405(sandbox: House, method: str) -> None:
    async with sandbox.client._session.request(method, f"{sandbox.client.url}/api/messages") as answer:
        assert answer.status == 405


@pytest.mark.parametrize("path", ["/", "/api", "/api/messages/", "/api/messages/x", "/.env", "/api%2Fmessages"])
async def test_another_path_is_404(sandbox: House, path: str) -> None:
    async with sandbox.client._session.post(f"{sandbox.client.url}{path}") as answer:
        assert answer.status == 404


async def test_health_and_readiness_need_no_token_and_tell_nothing(office: House) -> None:
    office.client.token = None
    health, ready = await office.client.get("/healthz"), await office.client.get("/readyz")
    assert (health.status, health.body) == (200, {})
    assert (ready.status, ready.body) == (200, {"ready": True})


@pytest.mark.parametrize("parts", [{"database": False, "jobs": True}, RuntimeError("postgres://user:password@host")])
async def test_not_ready_is_503_and_says_no_more(doors: Doors, parts: Any, capsys: pytest.CaptureFixture[str]) -> None:
    async def ready() -> Any:
        if isinstance(parts, Exception):
            raise parts
        return parts

    house = await doors.open(ready=ready)
    answer = await house.client.get("/readyz")
    assert (answer.status, answer.body) == (503, {"ready": False})
    assert (await house.client.get("/healthz")).status == 200
    said = "".join(capsys.readouterr())
    assert "not_ready" in said
    assert "password" not in said


async def test_a_readiness_that_hangs_is_not_ready(doors: Doors) -> None:
    async def ready() -> Any:
        await asyncio.sleep(30)

    assert (await (await doors.open(ready=ready)).client.get("/readyz")).status == 503
