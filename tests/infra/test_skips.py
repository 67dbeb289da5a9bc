"""A run that must prove everything fails when something was skipped, and every run names it at the end."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stack import ROOT

PASSES = "def test_it(): pass\n"
SKIPS = "import pytest\ndef test_it(): pytest.skip('no Chromium here')\n"
FAILS_AS_EXPECTED = "import pytest\n@pytest.mark.xfail(reason='not yet')\ndef test_it(): assert False\n"


def run(folder: Path, test: str, **environment: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(test)
    (folder / "pytest.ini").write_text("[pytest]\n")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.plugins.skips", "-p", "no:cacheprovider", folder],
        cwd=ROOT,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "SAMEN_NO_SKIPS": "", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(("test", "reason"), [(SKIPS, "no Chromium here"), (FAILS_AS_EXPECTED, "not yet")])
def test_what_was_not_proved_is_named_last_and_can_fail_the_run(tmp_path, test, reason):
    tolerant = run(tmp_path, test)
    assert tolerant.returncode == 0
    assert reason in tolerant.stdout.splitlines()[-2]
    assert run(tmp_path, test, SAMEN_NO_SKIPS="1").returncode == 1


def test_nothing_skipped_is_nothing_to_say(tmp_path):
    strict = run(tmp_path, PASSES, SAMEN_NO_SKIPS="1")
    assert strict.returncode == 0
    assert "not proved" not in strict.stdout
