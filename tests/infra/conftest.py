import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.stack import ROOT, Stack

STAND_IN = """
import json, os, sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.do_POST()
    def do_POST(self):
        print(self.path, self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())
        self.send_response(200)
        self.end_headers()

print("the stand-in starts")
HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
"""


@pytest.fixture(scope="session")
def installed_playground() -> Path:
    folder = ROOT / "var" / "playground"
    subprocess.run(["sh", "infra/npm-ci.sh", ROOT / "infra/playground", folder], cwd=ROOT, timeout=300, check=True)
    return folder


@pytest.fixture
def checkout(tmp_path: Path, installed_playground: Path) -> Path:
    """A checkout with the real twin and a stand-in for the bot: these tests are about starting and stopping."""
    root = tmp_path / "samen"
    for part in ("infra", "graph"):
        shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "app.py").write_text(STAND_IN)
    (root / "var").mkdir()
    (root / "var" / "playground").symlink_to(installed_playground)
    return root


@pytest.fixture
def up(checkout: Path) -> Iterator[Callable[..., Stack]]:
    started: list[Stack] = []

    def start(**environment: str) -> Stack:
        started.append(Stack(checkout, checkout / "var" / "log", **environment))
        return started[-1]

    yield start
    for stack in started:
        stack.kill()
