"""What `make run` promises, whatever the machine is like: it starts, says what to do, and leaves nothing behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.stack import HAS_NODE, is_free

pytestmark = [
    pytest.mark.playground,
    pytest.mark.skipif(not HAS_NODE, reason="Node.js with npm is not installed"),
]


def get(url):
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=10) as answer:
        return json.load(answer)


def fake_programs(folder: Path, **programs: str) -> str:
    """A PATH with these programs in front."""
    folder.mkdir()
    for name, script in programs.items():
        (folder / name).write_text(f"#!/bin/sh\n{script}\n")
        (folder / name).chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


@pytest.mark.parametrize(
    ("number", "times"), [(signal.SIGINT, 1), (signal.SIGINT, 3), (signal.SIGTERM, 1), (signal.SIGHUP, 1)]
)
def test_starts_both_and_stops_both(up, number, times):
    stack = up().until_ready()
    assert f"Open           {stack.url}" in stack.output()
    assert get(f"{stack.url}/_internal/v1/testConfig")["config"]["bot"]["name"] == "Samen"
    assert stack.stop(number, times) == 0
    assert "Traceback" not in stack.output()
    assert stack.ports_are_free()


def test_the_playground_talks_to_the_bot_by_number_in_our_zone_and_past_a_web_proxy(up):
    stack = up(HTTP_PROXY="http://127.0.0.1:9", http_proxy="http://127.0.0.1:9").until_ready()
    said = {"from": {"id": "29:1-anneke"}, "text": "hallo", "textFormat": "plain"}
    request = urllib.request.Request(
        f"{stack.url}/_conversation/v1/conversations/a:1-anneke-samen/messages",
        json.dumps(said).encode(),
        {"Content-Type": "application/json"},
    )
    urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=10).close()
    bot_log = stack.logs / "bot.log"
    deadline = time.monotonic() + 10
    while "hallo" not in bot_log.read_text() and time.monotonic() < deadline:
        time.sleep(0.05)
    got = next(line for line in bot_log.read_text().splitlines() if "hallo" in line)
    activity = json.loads(got.removeprefix("/api/messages "))
    assert activity["serviceUrl"] == f"{stack.url}/_connector"
    assert activity["localTimezone"] == "Europe/Amsterdam"
    assert activity["channelId"] == "msteams"


def test_the_playground_is_for_this_machine_only(up):
    stack = up().until_ready()
    # Another address of this machine stands for another machine: a server on all interfaces answers there too.
    for address in ("127.0.0.2", "::1"):
        script = f"import socket; socket.create_connection(({address!r}, {stack.playground_port}), 5)"
        told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=20, check=False)
        assert told.returncode == 1
        assert "Refused" in told.stderr or "Cannot assign" in told.stderr


@pytest.mark.parametrize("name", ["PORT", "PLAYGROUND_PORT"])
def test_a_taken_port_is_one_sentence(up, name):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        stack = up(**{name: str(port)})
        assert stack.ended() == 1
    assert stack.output().startswith(f"Port {port} is taken: ")
    assert stack.output().count("\n") == 1
    assert f"make run {name}=" in stack.output()


@pytest.mark.parametrize("port", ["80", "70000", "x", "-1", "３９７８"])
def test_a_port_that_is_none_is_one_sentence(up, port):
    stack = up(PORT=port)
    assert stack.ended() == 1
    assert stack.output() == f"PORT must be a number from 1024 to 65535, not {port!r}.\n"


def test_one_port_for_both_is_taken(up):
    stack = up(PORT="23978", PLAYGROUND_PORT="23978")
    assert stack.ended() == 1
    assert "is taken" in stack.output()


def test_production_is_not_tried_out(up):
    stack = up(MICROSOFTAPPID="0c1f")
    assert stack.ended() == 1
    assert stack.output().startswith("MicrosoftAppId is set, which means production")


@pytest.mark.parametrize("old", ["echo v18.20.4", "exit 1"])
def test_with_an_old_node_the_bot_runs_alone(up, tmp_path, old):
    stack = up(PATH=fake_programs(tmp_path / "bin", node=old)).until_ready()
    assert "too old" in stack.output()
    assert not is_free(stack.bot_port)
    assert is_free(stack.playground_port)
    assert stack.stop() == 0
    assert stack.ports_are_free()


def test_without_node_the_bot_runs_alone(up):
    stack = up(PATH="/nowhere").until_ready()
    assert "there is no Node.js with npm on this machine" in stack.output()
    assert not is_free(stack.bot_port)
    assert stack.stop() == 0


def test_a_playground_that_cannot_start_says_why(up, checkout):
    config = json.loads((checkout / "infra/playground/demo.json").read_text("utf-8"))
    config["users"].append(config["users"][0])
    (checkout / "infra/playground/demo.json").write_text(json.dumps(config))
    stack = up()
    assert stack.ended() == 1
    assert "The Playground stopped by itself (exit code 1)" in stack.output()
    assert "must NOT have more than 5 items" in stack.output()
    assert stack.ports_are_free()


def test_a_bot_that_cannot_start_says_why(up, checkout):
    (checkout / "app.py").write_text("raise SystemExit('PORT is missing a leg')")
    stack = up()
    assert stack.ended() == 1
    assert "The bot stopped by itself (exit code 1)" in stack.output()
    assert "PORT is missing a leg" in stack.output()
    assert "Traceback" not in stack.output()
    assert stack.ports_are_free()


def test_a_bot_that_dies_later_takes_the_playground_along(up, checkout):
    stand_in = (checkout / "app.py").read_text()
    (checkout / "app.py").write_text("import threading\nthreading.Timer(3, lambda: os._exit(7)).start()\n" + stand_in)
    stack = up().until_ready()
    assert stack.ended() == 1
    assert "The bot stopped by itself (exit code 7)" in stack.output()
    assert stack.ports_are_free()


def test_an_installation_that_fails_says_why(up, checkout, tmp_path):
    (checkout / "var/playground").unlink()
    stack = up(PATH=fake_programs(tmp_path / "bin", npm="echo 'npm error code ENOTFOUND'; exit 1"))
    assert stack.ended() == 1
    assert "npm could not install the Playground" in stack.output()
    assert "ENOTFOUND" in stack.output()
    assert stack.ports_are_free()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists processes as files")
def test_ctrl_c_while_installing_stops_the_installation_too(up, checkout, tmp_path):
    (checkout / "var/playground").unlink()
    stack = up(PATH=fake_programs(tmp_path / "bin", npm=f"echo $$ > {tmp_path}/npm.pid; exec sleep 60"))
    deadline = time.monotonic() + 20
    while not (tmp_path / "npm.pid").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert stack.stop() == 0
    # A process that has ended can stay listed for a while, without a command line.
    command_line = Path(f"/proc/{(tmp_path / 'npm.pid').read_text().strip()}/cmdline")
    assert not command_line.exists() or not command_line.read_text()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent was killed")
def test_killed_outright_it_still_leaves_nothing(up):
    stack = up().until_ready()
    stack.process.kill()
    stack.process.wait()
    assert stack.ports_are_free(seconds=10)
