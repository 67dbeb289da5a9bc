"""What `make run` promises, whatever the machine is like: it starts, says what to do, and leaves nothing behind."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from itertools import combinations, product
from pathlib import Path

import pytest

from tests.ports import free_port, is_free
from tests.stack import HAS_NODE, ROOT

pytestmark = [
    pytest.mark.playground,
    pytest.mark.skipif(not HAS_NODE, reason="Node.js with npm is not installed"),
]


def get_raw(url):
    return urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=10)


def get(url):
    with get_raw(url) as answer:
        return json.load(answer)


def until(seen, seconds=20):
    deadline = time.monotonic() + seconds
    while not seen():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.05)


def started_with(words):
    """The process whose command line has these words."""
    lines = {path.parent.name: path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline")}
    (found,) = (int(number) for number, line in lines.items() if words.encode().replace(b" ", b"\0") in line)
    return found


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
def test_starts_all_and_stops_all(up, number, times):
    stack = up().until_ready()
    assert f"Open           {stack.url}" in stack.output()
    assert f"Look | Kijk    {stack.twin_url} " in stack.output()
    assert get(f"{stack.url}/_internal/v1/testConfig")["config"]["bot"]["name"] == "Samen"
    with get_raw(stack.twin_url) as page:
        assert page.headers.get_content_type() == "text/html"
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
    until(lambda: "hallo" in stack.log("bot"))
    got = next(line for line in stack.log("bot").splitlines() if "hallo" in line)
    activity = json.loads(got.removeprefix("/api/messages "))
    assert activity["serviceUrl"] == f"{stack.url}/_connector"
    assert activity["localTimezone"] == "Europe/Amsterdam"
    assert activity["channelId"] == "msteams"


ASKS_FIRST = """
import http.client, os
from urllib.parse import urlsplit
graph, tokens = (urlsplit(os.environ[name]) for name in ("GraphBaseUrl", "OAuthUrl"))
twin = http.client.HTTPConnection(tokens.netloc, timeout=5)
twin.request("GET", "/_twin/world")
print("the twin said", twin.getresponse().status, "and Graph is", graph.geturl(), flush=True)
print([name for name in os.environ if name.lower() in {"graphbaseurl", "oauthurl"}], flush=True)
"""


def test_the_bot_finds_the_twin_there_already_as_its_microsoft_graph(up, checkout):
    """Whatever else was set, and without trying again."""
    (checkout / "app.py").write_text(ASKS_FIRST + (checkout / "app.py").read_text())
    stack = up(GRAPHBASEURL="http://127.0.0.1:9/v1.0", OAuthUrl="http://127.0.0.1:9").until_ready()
    said = stack.log("bot")
    assert f"the twin said 200 and Graph is {stack.twin_url}/v1.0\n['GraphBaseUrl', 'OAuthUrl']\n" in said


def test_the_twin_knows_the_people_of_the_playground(up):
    stack = up().until_ready()
    people = get(f"{stack.url}/_internal/v1/testConfig")["config"]
    theirs = {person["aadObjectId"] for person in (people["currentUser"], *people["users"])}
    known = get(f"{stack.twin_url}/_twin/world")["people"]
    assert {person["userId"] for person in known} == theirs
    assert len(theirs) == 6
    assert all(set(person["signIns"].values()) == {"signed_out"} for person in known)


def test_what_the_twin_keeps_outlives_it_and_goes_with_make_clean(up, checkout):
    shutil.copy(ROOT / "Makefile", checkout)
    acts = "/_twin/people/6f0b4c52-7d1e-4a38-9c05-2be41d70a001/acts"
    stack = up(TWIN_STATE="").until_ready()
    said = json.dumps({"act": "say", "text": "tot 14:00 op de fiets"}).encode()
    get_raw(urllib.request.Request(f"{stack.twin_url}{acts}", said)).close()
    assert stack.stop() == 0
    again = up(TWIN_STATE="").until_ready()
    assert "tot 14:00 op de fiets" in json.dumps(get(f"{again.twin_url}/_twin/world"))
    assert again.stop() == 0
    assert (checkout / "var" / "twin.json").is_file()
    subprocess.run(["make", "clean"], cwd=checkout, capture_output=True, timeout=60, check=True)
    assert not (checkout / "var").exists()


def test_the_playground_and_the_twin_are_for_this_machine_only(up):
    stack = up().until_ready()
    # Another address of this machine stands for another machine: a server on all interfaces answers there too.
    places = product(("127.0.0.2", "::1"), (stack.playground_port, stack.twin_port))
    for address, port in places:
        script = f"import socket; socket.create_connection(({address!r}, {port}), 5)"
        told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=20, check=False)
        assert told.returncode == 1
        assert "Refused" in told.stderr or "Cannot assign" in told.stderr


@pytest.mark.parametrize("name", ["PORT", "PLAYGROUND_PORT", "TWIN_PORT"])
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


@pytest.mark.parametrize("names", tuple(combinations(("PORT", "PLAYGROUND_PORT", "TWIN_PORT"), 2)), ids=" ".join)
def test_one_port_for_two_is_taken(up, names):
    stack = up(**dict.fromkeys(names, str(free_port())))
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


def test_without_node_the_bot_runs_alone_with_the_twin_beside_it(up):
    stack = up(PATH="/nowhere").until_ready()
    assert f"Look           {stack.twin_url} " in stack.output()
    assert len(get(f"{stack.twin_url}/_twin/world")["people"]) == 6
    assert "there is no Node.js with npm on this machine" in stack.output()
    assert not is_free(stack.bot_port)
    assert stack.stop() == 0
    assert stack.ports_are_free()


def test_a_playground_that_cannot_start_says_why(up, checkout):
    config = json.loads((checkout / "infra/playground/demo.json").read_text("utf-8"))
    config["users"].append(config["users"][0])
    (checkout / "infra/playground/demo.json").write_text(json.dumps(config))
    stack = up()
    assert stack.ended() == 1
    assert "The Playground stopped by itself (exit code 1)" in stack.output()
    assert "must NOT have more than 5 items" in stack.output()
    assert stack.ports_are_free()


def test_a_twin_that_cannot_start_says_why_and_the_bot_does_not_start(up, checkout):
    (checkout / "var" / "twin.json").write_text("scribbles")
    stack = up(TWIN_STATE="")
    assert stack.ended() == 1
    assert "The twin of Microsoft Graph stopped by itself (exit code 1)" in stack.output()
    assert "var/twin.json" in stack.output()
    assert "Traceback" not in stack.output()
    assert not (stack.logs / "bot.log").exists()
    assert stack.ports_are_free()


def test_a_twin_that_hangs_at_its_start_is_stopped_by_ctrl_c(up, checkout):
    (checkout / "graph" / "sandbox" / "__main__.py").write_text("import time; print('thinking'); time.sleep(60)")
    stack = up()
    until(lambda: "thinking" in stack.log("twin"))
    assert stack.stop(times=2) == 0
    assert not (stack.logs / "bot.log").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists processes as files")
def test_a_twin_that_dies_later_takes_the_others_along(up):
    stack = up().until_ready()
    os.kill(started_with(f"graph.sandbox --port {stack.twin_port}"), signal.SIGKILL)
    assert stack.ended() == 1
    assert "The twin of Microsoft Graph stopped by itself (exit code -9)" in stack.output()
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
    until((tmp_path / "npm.pid").exists)
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
