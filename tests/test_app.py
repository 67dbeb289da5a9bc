"""`python app.py`, as it is started for real: a process of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.plugins.parents import end_with_parent
from tests.ports import free_port

pytestmark = pytest.mark.process

ROOT = Path(__file__).parents[1]
OURS = {str(field.validation_alias).upper() for field in Settings.model_fields.values()}
WAIT_S = 30


def start(folder, **settings):
    left_out = OURS | {"PYTHONDONTWRITEBYTECODE"}  # compiled once, the other starts are fast
    environment = {name: value for name, value in os.environ.items() if name.upper() not in left_out}
    database = f"sqlite+aiosqlite:///{folder / 'var' / 'samen.sqlite'}"
    return subprocess.Popen(
        [sys.executable, ROOT / "app.py"],
        cwd=folder,
        env={**environment, "PYTHONPATH": str(ROOT), "DATABASE_URL": database, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=end_with_parent,  # noqa: PLW1509 - one call to the system, and nothing else
    )


@contextmanager
def running(folder, log=None, **settings):
    """The bot, listening, until the block ends; it must end well."""
    with starting(folder, log, **settings) as port:
        deadline = time.monotonic() + WAIT_S
        while time.monotonic() < deadline and get(port, "/healthz") is None:
            time.sleep(0.05)
        yield port


@contextmanager
def starting(folder, log=None, **settings):
    """The bot until the block ends; it is told to stop as an orchestrator does, and must end well."""
    port = free_port()
    process = start(folder, PORT=str(port), **settings)
    try:
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=WAIT_S)
        assert process.returncode == 0, err
        assert "Traceback" not in err
        assert out == ""
        if log:
            log.write_text(err)


def get(port, path, data=None, **headers):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data=data, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError:
        return None


def ended(process, seconds=WAIT_S):
    """Exit code, standard output and error of a process that ends by itself."""
    out, err = process.communicate(timeout=seconds)
    return process.returncode, out, err


def ready(port):
    return get(port, "/readyz")


def wait_until(true, seconds=WAIT_S):
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def test_the_sandbox_listens_on_loopback_only_and_stops_clean(tmp_path):
    """Ready within seconds, keeps its file under var/, and another of the machine's addresses is closed."""
    with running(tmp_path) as port:
        assert get(port, "/healthz") == 200
        assert get(port, "/readyz") == 200
        listening = {line.split()[1] for line in Path("/proc/net/tcp").read_text().splitlines()[1:] if " 0A " in line}
        assert f"0100007F:{port:04X}" in listening
        assert f"00000000:{port:04X}" not in listening
    assert (tmp_path / "var" / "samen.sqlite").exists()


def test_it_starts_with_graph_set_up_and_not_there(tmp_path):
    """What Graph's client weighs is brought before anybody waits, and nobody is asked for it."""
    with running(tmp_path, GraphBaseUrl="http://127.0.0.1:9/v1.0") as port:
        assert get(port, "/readyz") == 200


def test_a_second_start_finds_everything_as_it_was(tmp_path):
    for _ in range(2):
        with running(tmp_path) as port:
            assert get(port, "/readyz") == 200


def test_production_asks_for_a_token(tmp_path):
    """The same program with an app id: nothing gets in without a token."""
    production = {
        "MicrosoftAppId": "00000000-0000-4000-8000-0000000000b0",
        "MicrosoftAppTenantId": "11111111-1111-4111-8111-111111111111",
        "MicrosoftAppPassword": "secret",
        "ToBotFromChannelOpenIdMetadataUrl": "http://127.0.0.1:9/none",
    }
    with running(tmp_path, SAMEN_LOG="json", **production) as port:
        activity = json.dumps({"type": "message"}).encode()
        assert get(port, "/api/messages", activity, **{"Content-Type": "application/json"}) == 401
        assert get(port, "/readyz") == 503  # no signing keys to be had there


def test_what_a_stranger_sends_is_not_logged(tmp_path):
    """A header that is none, a path that is none: the line says that something was, not what."""
    log = tmp_path / "log"
    with running(tmp_path, log=log) as port:
        for request in (b"GET / HTTP/1.1\r\nAuthorization: Bearer GEHEIM\x01x\r\n\r\n", b"GET /" + b"GEHEIM" * 2000):
            with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
                line.sendall(request + b" HTTP/1.1\r\n\r\n")
                line.recv(1000)
    told = log.read_text()
    assert "library_event" in told
    assert "GEHEIM" not in told
    assert "Traceback" not in told


def test_a_database_that_cannot_be_opened_is_one_sentence(tmp_path):
    """Without the address, which may hold a password."""
    for url in (f"sqlite+aiosqlite:///{tmp_path}", "postgresql+asyncpg://u:GEHEIM@127.0.0.1:9/x"):
        process = start(tmp_path, DATABASE_URL=url)
        _, err = process.communicate(timeout=WAIT_S)
        assert process.returncode == 2
        assert "DATABASE_URL" in err.splitlines()[-1]
        assert "GEHEIM" not in err
        assert "Traceback" not in err


def test_a_start_that_cannot_be_is_one_sentence(tmp_path):
    """No stack trace, a number above zero, and the setting's name."""
    for settings, name in (({"MicrosoftAppId": ""}, "MicrosoftAppId"), ({"PORT": "x"}, "PORT")):
        process = start(tmp_path, **settings)
        out, err = process.communicate(timeout=WAIT_S)
        assert process.returncode == 2
        assert err.count("\n") == 1
        assert name in err
        assert out == ""


def test_a_taken_port_is_said(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = start(tmp_path, PORT=str(port))
        _, err = process.communicate(timeout=WAIT_S)
    assert process.returncode == 3
    assert f"Port {port} is taken" in err.splitlines()[-1]
    assert "Traceback" not in err


def test_a_second_one_on_the_same_file_is_refused(tmp_path):
    """By whatever path; once the first is gone, however it went, the file is free."""
    with running(tmp_path) as port:
        folder, file = tmp_path / "elsewhere", tmp_path / "link.sqlite"
        folder.symlink_to(tmp_path / "var")
        file.symlink_to(folder / "samen.sqlite")
        for path in (tmp_path / "var" / "samen.sqlite", file):
            second = start(tmp_path, DATABASE_URL=f"sqlite+aiosqlite:///{path}", PORT="1")
            code, out, err = ended(second)
            assert (code, out) == (2, "")
            assert err.count("\n") == 1
            assert "DATABASE_URL names a SQLite file that another Samen is using" in err
        assert ready(port) == 200
    killed = start(tmp_path, PORT=str(port))
    wait_until(lambda: ready(port) == 200)
    killed.kill()
    ended(killed)
    with running(tmp_path) as port:
        assert ready(port) == 200


@pytest.fixture
def shared(postgresql_server):
    """The URL of an empty database on PostgreSQL, which takes every role."""
    url = postgresql_server.empty()
    yield url
    postgresql_server.drop(url)


@pytest.mark.postgres
def test_each_role_serves_what_it_is_for(tmp_path, shared):
    """Only `web` and `all` take messages; all say how they are."""
    for role, taken in (("web", 400), ("jobs", 404), ("all", 400)):
        with running(tmp_path, DATABASE_URL=shared, SAMEN_ROLE=role) as port:
            wait_until(lambda port=port: (get(port, "/healthz"), ready(port)) == (200, 200))
            assert get(port, "/api/messages", b"{}", **{"Content-Type": "application/json"}) == taken


@pytest.mark.postgres
def test_told_to_stop_it_says_so_to_a_load_balancer_before_it_closes(tmp_path, shared):
    """For two seconds; told again and again it stops all the same, and well."""
    production = {
        "MicrosoftAppId": "00000000-0000-4000-8000-0000000000b0",
        "MicrosoftAppTenantId": "11111111-1111-4111-8111-111111111111",
        "MicrosoftAppPassword": "secret",
        "SAMEN_ROLE": "jobs",
        "DATABASE_URL": shared,
    }
    port = free_port()
    process = start(tmp_path, PORT=str(port), SAMEN_HOST="127.0.0.1", **production)
    wait_until(lambda: ready(port) == 200)
    told = time.monotonic()
    process.send_signal(signal.SIGTERM)
    wait_until(lambda: ready(port) == 503)  # said for two seconds, from when a busy machine lets it hear the signal
    seen, last = [], told
    while process.poll() is None:
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGTERM)
        seen.append(ready(port))
        last = time.monotonic() if seen[-1] == 503 else last
        time.sleep(0.05)
    code, out, err = ended(process)
    assert (code, out) == (0, "")
    assert "Traceback" not in err
    assert {503} <= set(seen) <= {503, None}
    assert last - told > 1


def test_ctrl_c_while_it_starts_ends_it_well(tmp_path):
    for pause in (0.5, 1.0, 1.5):
        process = start(tmp_path)
        time.sleep(pause)
        process.send_signal(signal.SIGTERM)
        code, out, err = ended(process)
        assert out == ""
        assert "Traceback" not in err
        assert code in {0, -signal.SIGTERM}  # the latter before Python had read the first line of it


@pytest.mark.postgres
def test_several_start_at_once_on_an_empty_database(tmp_path, shared):
    """In all roles, and once more when the tables are there: none fails, and all are ready."""
    for _ in range(2):
        with ExitStack() as stack:
            started = [
                stack.enter_context(starting(tmp_path, DATABASE_URL=shared, SAMEN_ROLE=role))
                for role in ("web", "jobs", "all", "all")
            ]
            for port in started:
                wait_until(lambda port=port: ready(port) == 200, 60)
