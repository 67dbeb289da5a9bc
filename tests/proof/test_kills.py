"""`kill -9` in the middle of things: some of what `make proof` does at every step and at full size."""

from pathlib import Path

import pytest

from tests.plugins.databases import Databases, PostgreSQLServer
from tests.proof.fanout import fan_out, killed_at
from tests.proof.sweep import AT_ONCE, BOTH, Sweep

pytestmark = pytest.mark.process

RECEIVERS, LIMIT = 200, 50
UNSURE_S = 7.0
IN_FLIGHT = 100  # more than two processes have on their way at that limit


def test_whenever_it_is_killed_all_ends_well(databases: Databases, tmp_path: Path):
    """At some steps, from the first to the last but one; how many there are differs a little from run to run."""
    with Sweep(databases, tmp_path, BOTH, UNSURE_S) as sweep:
        untouched = sweep.run(None)
        assert (untouched.wrong, untouched.again) == ([], 0)
        for run in sweep.each(1 + (untouched.steps - 2) * kill // (AT_ONCE - 1) for kill in range(AT_ONCE)):
            assert run.wrong == [], run.step


@pytest.mark.postgres
def test_one_of_two_is_killed_and_does_not_come_back(postgresql_server: PostgreSQLServer, tmp_path: Path):
    url = postgresql_server.ready()
    kill = killed_at(0.4)
    found = fan_out(tmp_path, url, RECEIVERS, LIMIT, kind="ring", trouble=kill, twice=IN_FLIGHT, unsure_s=UNSURE_S)
    postgresql_server.drop(url)
    assert found.wrong == []
