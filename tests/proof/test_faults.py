"""A Teams that fails in every way it can, and a PostgreSQL that goes away in the middle."""

from pathlib import Path

import pytest

from tests.plugins.databases import PostgreSQLServer
from tests.proof.cluster import Cluster
from tests.proof.fanout import fan_out
from tests.proof.faults import every_trouble, postgresql_goes_away

pytestmark = pytest.mark.process


def test_whatever_teams_answers_first(database_url: str, tmp_path: Path):
    for found in every_trouble(tmp_path, database_url):
        assert found["wrong"] == [], found


@pytest.mark.postgres
def test_postgresql_crashes_and_comes_back(tmp_path: Path):
    cluster = Cluster()
    try:
        url = PostgreSQLServer(cluster.url).ready()
        trouble = postgresql_goes_away(cluster, 3)
        found = fan_out(tmp_path, url, 200, 50, trouble=trouble, missed=100)
        assert found.wrong == []
    finally:
        cluster.close()
