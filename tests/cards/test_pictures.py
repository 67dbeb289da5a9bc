"""Every golden card drawn in a browser, on a desktop and on a phone: nothing clipped, no complaint, no link."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cards.pictures import CHROMIUM, GOLDEN, HERE, RENDER, WIDTHS

pytestmark = pytest.mark.browser


def test_every_card_fits_at_both_widths(tmp_path):
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not there")
    if not (RENDER / "node_modules").exists():
        pytest.skip("the card renderer is not there: make test installs it where Node is")
    result = subprocess.run(
        [sys.executable, HERE / "pictures.py", tmp_path], capture_output=True, text=True, timeout=300, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr[-2000:]
    assert len(list(tmp_path.glob("*.png"))) == len(WIDTHS) * len(list(GOLDEN.glob("*/*.json")))
