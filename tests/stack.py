"""The real thing as `make run` starts it, on ports and with a database of its own."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "infra" / "playground"))  # scripts, and no package
import children  # noqa: E402
import up  # noqa: E402

from tests.ports import free_port, is_free  # noqa: E402

HAS_NODE = bool(shutil.which("node") and shutil.which("npm"))


class Stack:
    """One supervisor with what it started. `root` is the checkout whose bot it runs, `folder` receives the logs."""

    def __init__(self, root: Path, folder: Path, command: list[str] | None = None, **environment: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.logs = folder
        self._more: list[children.Child] = []
        self.bot_port, self.playground_port, self.twin_port = free_port(), free_port(), free_port()
        self.said = folder / "supervisor.log"
        ports = {
            "PORT": str(self.bot_port),
            "PLAYGROUND_PORT": str(self.playground_port),
            "TWIN_PORT": str(self.twin_port),
            "TWIN_STATE": str(folder / "twin.json"),
        }
        with self.said.open("wb") as out:
            self.process = subprocess.Popen(
                command or [sys.executable, "infra/playground/up.py", str(folder)],
                cwd=root,
                env={**os.environ, **ports, **environment},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.playground_port}"

    @property
    def twin_url(self) -> str:
        return f"http://127.0.0.1:{self.twin_port}"

    def output(self) -> str:
        return self.said.read_text("utf-8")

    def log(self, name: str) -> str:
        """What one of its processes wrote so far: "bot", "twin", "playground"."""
        log = self.logs / f"{name}.log"
        return log.read_text("utf-8") if log.exists() else ""

    def until_ready(self, seconds: float = 120) -> "Stack":
        """Waits until it has said what to open, which it says when both answer."""
        deadline = time.monotonic() + seconds
        while "Ctrl-C" not in self.output():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise AssertionError(f"the stack did not come up:\n{self.output()}")
            time.sleep(0.05)
        return self

    def ended(self, seconds: float = 60) -> int:
        """Its exit code, once it has ended by itself."""
        return self.process.wait(seconds)

    def stop(self, number: signal.Signals = signal.SIGINT, times: int = 1) -> int:
        """Stops it as Ctrl-C does, and gives its exit code."""
        for _ in range(times):
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)
            time.sleep(0.05)
        return self.ended(30)

    def kill(self) -> None:
        children.stop(self._more)
        if self.process.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                self.stop(signal.SIGTERM)
            self.process.kill()
            self.process.wait()

    def playground_of(self, person: dict[str, str], people: dict[str, Any]) -> str:
        """One more Playground before the same bot, in which somebody else is at the screen; gives its address."""
        them = [people["currentUser"], *people["users"]]
        config = self.logs / f"{person['givenName']}.json"
        config.write_text(
            json.dumps(
                people
                | {"currentUser": person, "users": [each for each in them if each != person]}
                | {"personalChat": {"id": f"a:1-{person['givenName']}-samen"}}
            )
        )
        port = free_port()
        logs = self.logs / person["givenName"]
        logs.mkdir(exist_ok=True)
        self._more.append(up.playground(self.bot_port, port, logs, config))
        children.wait_until(lambda: up.answers(port, "/_internal/v1/testConfig"), self._more, lambda: False, seconds=60)
        return f"http://127.0.0.1:{port}"

    def ports_are_free(self, seconds: float = 0) -> bool:
        deadline = time.monotonic() + seconds
        while not all(is_free(port) for port in (self.bot_port, self.playground_port, self.twin_port)):
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.05)
        return True
