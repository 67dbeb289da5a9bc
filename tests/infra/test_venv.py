"""How .venv is made: with the newest Python that is there, from the lock with its hashes, and only when it changed."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.stack import ROOT

TOOLS = ("dirname", "cmp", "cp", "rm", "tail", "sh")
# Says what it was asked; a version is asked first, then pip.
PYTHON = '#!/bin/sh\necho "$@" >> "$0.calls"\n[ "$1" = -c ] && exit {old}\nexit 0\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "infra").mkdir()
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / "infra/venv.sh", tmp_path / "infra")
    (tmp_path / "requirements.txt").write_text("samen==1 --hash=sha256:0\n")
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool))
    return tmp_path


def make_venv(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", folder / "infra/venv.sh", "requirements.txt"],
        env={"PATH": str(folder / "bin")},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def put_python(path: Path, *, old: bool = False) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PYTHON.format(old=int(old)))
    path.chmod(0o755)
    return path


def test_without_a_python_it_says_so_in_one_sentence(folder):
    put_python(folder / "bin/python3", old=True)
    told = make_venv(folder)
    assert told.returncode == 1
    assert told.stderr == (
        "Samen needs Python 3.11 or newer, and none was found: install it (python.org) and try again.\n"
    )
    assert not (folder / ".venv").exists()


def test_an_environment_that_cannot_be_made_is_explained(folder):
    python = put_python(folder / "bin/python3.12")
    python.write_text('#!/bin/sh\n[ "$1" = -c ] && exit 0\nmkdir .venv\necho "ensurepip is not available"\nexit 1\n')
    told = make_venv(folder)
    assert told.returncode == 1
    assert "ensurepip is not available" in told.stderr
    assert "install python3-venv" in told.stderr


def test_the_lock_is_installed_with_its_hashes_once_and_again_when_it_changes(folder):
    python = put_python(folder / ".venv/bin/python")
    calls = python.with_name("python.calls")
    for lock in ("samen==1 --hash=sha256:0\n", "samen==2 --hash=sha256:1\n"):
        (folder / "requirements.txt").write_text(lock)
        for _ in range(2):
            assert make_venv(folder).returncode == 0
    installs = [call for call in calls.read_text().splitlines() if call.startswith("-m pip")]
    assert len(installs) == 2
    assert all("--require-hashes --no-deps" in call and call.endswith("-r requirements.txt") for call in installs)


def test_an_environment_of_a_python_that_has_gone_is_made_again(folder):
    put_python(folder / ".venv/bin/python", old=True)
    python = put_python(folder / "bin/python3.11")
    make_venv(folder)
    assert "-m venv .venv" in python.with_name("python3.11.calls").read_text()


def test_an_installation_that_fails_is_tried_again_next_time(folder):
    python = put_python(folder / ".venv/bin/python")
    python.write_text('#!/bin/sh\n[ "$1" = -c ]\n')
    assert make_venv(folder).returncode != 0
    assert not (folder / ".venv/installed-requirements.txt").exists()
