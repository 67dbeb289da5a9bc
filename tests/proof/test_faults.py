"""A Teams that fails in every way it can. What takes half a minute, and a PostgreSQL that crashes, is in `make proof`."""

from pathlib import Path

import pytest

from tests.proof.faults import every_trouble

pytestmark = pytest.mark.process


def test_whatever_teams_answers_first(database_url: str, tmp_path: Path):
    for found in every_trouble(tmp_path, database_url, patient=False):
        assert found["wrong"] == [], found
