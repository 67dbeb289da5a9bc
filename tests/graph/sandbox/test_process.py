"""The twin as a process of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from graph.sandbox.__main__ import Unable, loopback
from tests.graph.sandbox.served import ANNEKE
from tests.ports import free_port
from tests.stack import ROOT

pytestmark = pytest.mark.process
DEMO = ROOT / "infra" / "playground" / "demo.json"


def command(port: int, state: Path, *more: str) -> list[str]:
    return [sys.executable, "-m", "graph.sandbox", "--port", str(port), "--state", str(state), *more]


@contextmanager
def running(port: int, state: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    twin = subprocess.Popen(
        command(port, state, *more), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        assert twin.stdout is not None
        assert f"http://127.0.0.1:{port}/" in twin.stdout.readline()
        yield twin
    finally:
        twin.kill()
        twin.communicate()


def said(port: int, state: Path, *more: str) -> tuple[int, str]:
    """What a twin that cannot start says."""
    ended = subprocess.run(
        command(port, state, *more), cwd=ROOT, check=False, capture_output=True, text=True, timeout=30
    )
    return ended.returncode, ended.stdout + ended.stderr


def ask(port: int, path: str, body: Any = None) -> Any:
    raw = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", raw, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=5) as answer:
        return json.loads(answer.read())


def act(port: int, **told: Any) -> None:
    ask(port, f"/_twin/people/{ANNEKE.user_id}/acts", told)


def test_after_a_kill_everything_is_there(tmp_path: Path) -> None:
    state, port = tmp_path / "twin.json", free_port()
    token = f"/api/usertoken/GetToken?userId={ANNEKE.channel_user_id}&connectionName=graph&channelId=msteams"
    with running(port, state, "--people", str(DEMO)) as twin:
        act(port, act="say", text="Mijn bericht")
        act(port, act="book", subject="Overleg", start="2026-11-23T09:00:00Z", end="2026-11-23T10:00:00Z")
        given = ask(port, token)["token"]
        ask(port, "/_twin/clock", {"seconds": 60})
        before = ask(port, "/_twin/world")
        os.kill(twin.pid, signal.SIGKILL)
    with running(port, state, "--people", str(DEMO)):
        after = ask(port, "/_twin/world")
        assert ask(port, token)["token"] == given
    assert len(after["people"]) == len(json.loads(DEMO.read_text("utf-8"))["users"]) + 1
    assert (after["people"], after["ahead"]) == (before["people"], 60)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_at_once_when_told_to(tmp_path: Path, number: signal.Signals) -> None:
    port = free_port()
    with running(port, tmp_path / "twin.json") as twin:
        ask(port, "/_twin/world")
        waiting = socket.create_connection(("127.0.0.1", port))  # somebody who keeps a connection open
        began = time.monotonic()
        twin.send_signal(number)
        assert twin.wait(30) == 0
        assert time.monotonic() - began < 10  # aiohttp gives an open connection a minute
        waiting.close()
        assert twin.stdout is not None
        assert twin.stdout.read() == ""


def test_it_listens_on_loopback_only(tmp_path: Path) -> None:
    code, text = said(free_port(), tmp_path / "twin.json", "--host", "0.0.0.0")
    assert (code, text.count("\n")) == (1, 1)
    assert "loopback" in text
    for host in ("::", "192.168.1.10", "voorbeeld.example", ""):
        with pytest.raises(Unable):
            loopback(host)
    assert [loopback(host) for host in ("127.0.0.1", "::1")] == ["127.0.0.1", "::1"]


def test_what_it_cannot_start_with_is_said_in_one_sentence(tmp_path: Path) -> None:
    state, port = tmp_path / "twin.json", free_port()
    with socket.create_server(("127.0.0.1", port)):
        assert said(port, state)[0] == 1
    state.write_text('{"holdings": 1}', "utf-8")
    wrong = tmp_path / "people.json"
    wrong.write_text('{"users": []}', "utf-8")
    sentences = [
        said(port, state),
        said(port, tmp_path / "a.json", "--people", str(wrong)),
        said(port, tmp_path / "no" / "a.json"),
    ]
    assert [(code, text.count("\n")) for code, text in sentences] == [(1, 1)] * 3
    assert "currentUser" in sentences[1][1]


def test_nobody_else_reads_its_state(tmp_path: Path) -> None:
    state = tmp_path / "twin.json"
    with running(free_port(), state):
        assert state.stat().st_mode & 0o077 == 0
