"""A newcomer's first minute: clone, `make run`, and there it is."""

import shutil
import signal
import subprocess

import pytest

from tests.stack import HAS_NODE, ROOT, Stack

pytestmark = [
    pytest.mark.playground,
    pytest.mark.skipif(not HAS_NODE, reason="Node.js with npm is not installed"),
    pytest.mark.skipif(not (ROOT / ".git").exists(), reason="this is no git checkout"),
]


def test_one_command_brings_up_a_fresh_clone_and_leaves_no_mark(tmp_path):
    clone = tmp_path / "samen"
    subprocess.run(["git", "clone", "-q", ROOT, clone], timeout=60, check=True)
    stack = Stack(clone, tmp_path / "log", ["make", "run"])
    try:
        stack.until_ready(seconds=300)
        code = stack.stop()
    finally:
        stack.kill()
    assert code in {0, -signal.SIGINT}  # make itself ends by the signal once ours has ended well
    assert "Traceback" not in stack.output()
    assert stack.ports_are_free()
    status = subprocess.run(["git", "status", "--porcelain"], cwd=clone, capture_output=True, timeout=60, check=True)
    assert status.stdout == b""
    shutil.rmtree(clone)  # 400 MB that the next runs do not need
