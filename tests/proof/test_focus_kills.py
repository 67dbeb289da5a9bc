"""`kill -9` in the middle of a focus session: some of what `make proof` does at every request and every commit."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.plugins.databases import Databases
from tests.proof.focus import Sweep
from tests.proof.focus_scenes import COMMITS, END, END_OWN, REQUESTS, STOP, STOP_OWN, Kill, Run, Scene

pytestmark = pytest.mark.process


def some(steps: int, most: int) -> Iterable[int]:
    """From the first to the last but one; how many there are differs a little from run to run."""
    return (1 + (steps - 2) * kill // (most - 1) for kill in range(most))


def swept(databases: Databases, folder: Path, scene: Scene, most: int) -> list[Run]:
    with Sweep(databases, folder, scene) as sweep:
        untouched = sweep.run(None)
        assert untouched.wrong == []
        kills = [Kill(REQUESTS, at) for at in some(untouched.requests, most)]
        runs = sweep.each([*kills, *(Kill(COMMITS, at) for at in some(untouched.commits, most))])
    assert any(run.killed for run in runs)
    return runs


@pytest.mark.parametrize("scene", [STOP, END], ids=lambda scene: scene.name)
def test_whenever_it_is_killed_all_is_as_the_person_left_it(databases: Databases, tmp_path: Path, scene: Scene):
    for run in swept(databases, tmp_path, scene, 3):
        assert run.wrong == [], run


@pytest.mark.thorough
@pytest.mark.parametrize("scene", [STOP_OWN, END_OWN], ids=lambda scene: scene.name)
def test_what_is_their_own_is_not_touched(databases: Databases, tmp_path: Path, scene: Scene):
    for run in swept(databases, tmp_path, scene, 3):
        assert run.wrong == [], run
