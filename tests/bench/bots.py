"""The bots under test: each a process of its own on one core, started and ended by its id."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.microsoft import APP_ID, SECRET, TENANT, Microsoft
from tests.plugins.parents import end_with_parent

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
ENVIRONMENTS = ROOT / "var" / "bench"
CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0]
BOT_CORE, OTHER_CORE = CORES[0], CORES[-1]
START_SECONDS = 60.0
STOP_SECONDS = 15.0
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Recipe:
    """How a bot is started: which of the interpreters, what, and with which settings."""

    name: str
    interpreter: str | None  # a peer's environment; None = Samen's own
    command: tuple[str, ...]
    settings: Mapping[str, str]


def stock(*, patched: bool) -> Recipe:
    name = "botbuilder, patched" if patched else "botbuilder"
    return Recipe(name, "botbuilder", ("peers/stock.py",), {"BENCH_PATCHED": "1"} if patched else {})


AGENTS = Recipe("Agents SDK", "agents", ("peers/agents.py",), {})
BARE = Recipe("aiohttp + PyJWT", "bare", ("peers/bare.py",), {})
ECHO = Recipe("Samen, echo", None, ("-m", "tests.bench.echo"), {})


def samen(name: str, database: str, **settings: str) -> Recipe:
    """The real program on a database."""
    return Recipe(name, None, (str(ROOT / "app.py"),), {"DATABASE_URL": database, **settings})


class Bot:
    """A bot that runs; `started` is how many seconds it took until it was ready."""

    def __init__(self, recipe: Recipe, port: int, process: subprocess.Popen[bytes]) -> None:
        self.recipe, self.name, self.port, self.process = recipe, recipe.name, port, process
        self.started = 0.0

    def cpu(self) -> float:
        """Seconds of processor time so far, all threads together."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def memory(self) -> float:
        """Megabytes in memory now."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    async def ready(self) -> None:
        """Wait until it can answer. Raises RuntimeError when that never comes."""
        began = time.perf_counter()
        samens = self.recipe.interpreter is None
        while time.perf_counter() - began < START_SECONDS and self.process.poll() is None:
            status = await asyncio.to_thread(_status, self.port, "/readyz" if samens else "/")
            if status == 200 or (status is not None and not samens):
                self.started = time.perf_counter() - self.began
                return
            await asyncio.sleep(0.02)
        told = self.log.read_text(errors="replace")[-2000:]
        raise RuntimeError(f"{self.name} did not start; its log ends with\n{told}")

    began = 0.0
    log = Path()


@contextmanager
def running(recipe: Recipe, mock: Microsoft, folder: Path) -> Iterator[Bot]:
    """A bot's process until the block ends. Its log is in `folder`."""
    port = _free_port()
    interpreter = ENVIRONMENTS / recipe.interpreter / "bin" / "python" if recipe.interpreter else Path(sys.executable)
    command = [str(HERE / part) if part.startswith("peers/") else part for part in recipe.command]
    log = folder / f"{recipe.name.replace(' ', '-').replace(',', '')}-{port}.log"
    with log.open("wb") as out:
        began = time.perf_counter()
        process = subprocess.Popen(
            [interpreter, *command],
            cwd=ROOT,
            env=_environment(recipe, mock, port),
            stdout=out,
            stderr=out,
            preexec_fn=end_with_parent,  # noqa: PLW1509 - one call to the system, and nothing else
        )
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(process.pid, {BOT_CORE})
    bot = Bot(recipe, port, process)
    bot.began, bot.log = began, log
    try:
        yield bot
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def stay_off() -> None:
    """Keep this process, and the database that it starts, off the bots' core."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {OTHER_CORE})


def _environment(recipe: Recipe, mock: Microsoft, port: int) -> dict[str, str]:
    left_out = ("MICROSOFTAPP", "SAMEN_", "DATABASE_URL", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "OTEL_")
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(left_out)}
    common = {**kept, "PORT": str(port), **recipe.settings}
    if recipe.interpreter:
        return {
            **common,
            "BENCH_APP_ID": APP_ID,
            "BENCH_TENANT": TENANT,
            "BENCH_SECRET": SECRET,
            "BENCH_MOCK_URL": mock.url,
            "BENCH_TLS_PORT": str(mock.tls_port),
            "REQUESTS_CA_BUNDLE": str(mock.authority),
            "SSL_CERT_FILE": str(mock.authority),
        }
    return {
        **common,
        "MicrosoftAppId": APP_ID,
        "MicrosoftAppPassword": SECRET,
        "MicrosoftAppTenantId": TENANT,
        "ToBotFromChannelOpenIdMetadataUrl": f"{mock.url}/v1/.well-known/openidconfiguration",
        "ToChannelFromBotLoginUrl": f"{mock.url}/login",
        "AllowedServiceUrls": mock.service_url,
        "SAMEN_HOST": "127.0.0.1",
        "SAMEN_LOG": "json",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _status(port: int, path: str) -> int | None:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return int(error.code)
    except OSError:
        return None


__all__ = ["AGENTS", "BARE", "ECHO", "Bot", "Recipe", "running", "samen", "stay_off", "stock"]
