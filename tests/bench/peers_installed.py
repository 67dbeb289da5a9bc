"""The peers' environments: one each under var/bench, from pinned versions with hashes, made once."""

import subprocess
import sys

from tests.bench.bots import ENVIRONMENTS, HERE
from tests.bench.rounds import say

PEERS = ("botbuilder", "agents", "bare")


def install() -> None:
    """Make what is missing or was made from other versions. Raises CalledProcessError where that cannot be."""
    ENVIRONMENTS.mkdir(parents=True, exist_ok=True)
    for name in PEERS:
        lock, stamp = HERE / f"requirements-{name}.txt", ENVIRONMENTS / name / "installed.txt"
        if stamp.exists() and stamp.read_bytes() == lock.read_bytes():
            continue
        say(f"Installing {lock.name} into var/bench/{name} (once).")
        python = ENVIRONMENTS / name / "bin" / "python"
        subprocess.run([sys.executable, "-m", "venv", "--clear", ENVIRONMENTS / name], check=True)
        quiet = ("-qq", "--disable-pip-version-check", "--no-input", "--timeout", "30", "--retries", "3")
        pinned = ("--require-hashes", "--no-deps", "-r", str(lock))
        subprocess.run([python, "-m", "pip", "install", *quiet, *pinned], check=True)
        stamp.write_bytes(lock.read_bytes())
