"""`kill -9` in the middle of things, and a process that stands still: some of what `make proof` does at every step."""

from pathlib import Path

import pytest

from tests.plugins.databases import Databases, PostgreSQLServer
from tests.proof.fanout import fan_out, killed_at
from tests.proof.faults import frozen
from tests.proof.sweep import DELIVERY, REDRAW, Scene, Sweep

pytestmark = pytest.mark.process

KILLS = 5  # spread over the steps of a run
RECEIVERS, LIMIT = 200, 50
IN_FLIGHT = 100  # more than two processes have on their way at that limit


@pytest.mark.parametrize("scene", [DELIVERY, REDRAW], ids=lambda scene: scene.name)
def test_whenever_it_is_killed_all_ends_well(databases: Databases, tmp_path: Path, scene: Scene):
    with Sweep(databases, tmp_path, scene) as sweep:
        untouched = sweep.run(None)
        assert untouched.wrong == []
        assert untouched.again == 0
        for kill in range(1, KILLS + 1):
            # From the first step to the last but one; the number of steps differs a little from run to run.
            run = sweep.run(1 + (untouched.steps - 2) * (kill - 1) // (KILLS - 1))
            assert run.wrong == [], run.step


@pytest.mark.postgres
@pytest.mark.parametrize("kind", ["ring", "whisper"])
def test_one_of_two_is_killed_and_does_not_come_back(postgresql_server: PostgreSQLServer, tmp_path: Path, kind: str):
    allowed = {"twice": IN_FLIGHT} if kind == "ring" else {"missed": IN_FLIGHT}
    url = postgresql_server.ready()
    found = fan_out(tmp_path, url, RECEIVERS, LIMIT, kind=kind, trouble=killed_at(0.4), **allowed)
    postgresql_server.drop(url)
    assert found.wrong == []


@pytest.mark.postgres
def test_one_that_stands_still_keeps_its_work_and_nobody_hears_it_twice(
    postgresql_server: PostgreSQLServer, tmp_path: Path
):
    url = postgresql_server.ready()
    found = fan_out(tmp_path, url, RECEIVERS, LIMIT, trouble=frozen(8))
    postgresql_server.drop(url)
    assert found.wrong == []
    assert (found.twice, found.missed) == (0, 0)
