"""`make proof`: the long things, for both databases. `python -m tests.proof [part ...]` runs some of them.

The results go to docs/proof.json, part by part, and docs/proof.md is made of it.
"""

import itertools
import json
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.plugins.databases import Databases, PostgreSQLServer, SQLiteFiles
from tests.proof.cluster import Cluster
from tests.proof.fanout import Fanout, fan_out, killed_at
from tests.proof.faults import every_trouble, frozen, postgresql_goes_away
from tests.proof.few import Much, few
from tests.proof.focus import Sweep as FocusSweep
from tests.proof.focus import told as told_of_focus
from tests.proof.focus_scenes import SWEPT, SWEPT_ON_ONE
from tests.proof.focus_scenes import Scene as FocusScene
from tests.proof.idle import idle
from tests.proof.page import JSON, PAGE, page
from tests.proof.sweep import DELIVERY, REDRAW, Scene, Sweep, table

IN_FLIGHT = 250  # as many messages as two processes can have under way
IDLE_S = 60.0


@contextmanager
def servers() -> Iterator[tuple[Path, dict[str, Databases], Cluster]]:
    """A folder, both kinds of database, and the cluster that the second kind lives in."""
    with tempfile.TemporaryDirectory(prefix="samen-proof-") as name:
        folder, cluster = Path(name), Cluster()
        try:
            yield folder, {"sqlite": SQLiteFiles(folder), "postgresql": PostgreSQLServer(cluster.url)}, cluster
        finally:
            cluster.close()


def sweep(scene: Scene) -> dict[str, Any]:
    found = {}
    with servers() as (folder, kinds, _):
        for name, databases in kinds.items():
            (folder / name).mkdir()
            with Sweep(databases, folder / name, scene) as swept:
                runs = []
                for run in swept.runs(itertools.count(1)):
                    say(f"{scene.name} {name} {run.kill_at}: {run.step[:70]} {run.wrong or ''}")
                    runs.append(run)
            wrong = [f"step {run.kill_at} ({run.step}): {'; '.join(run.wrong)}" for run in runs if run.wrong]
            found[name] = {"kills": len(runs) - 1, "wrong": wrong, "steps": table(runs)}
    return found


def focus() -> dict[str, Any]:
    """Every request and every commit of a focus session, on each kind of database."""
    with servers() as (folder, kinds, _), ThreadPoolExecutor() as threads:
        scenes = {name: (*SWEPT, *(SWEPT_ON_ONE if name == "sqlite" else ())) for name in kinds}
        begun = {
            name: threads.submit(swept_focus, folder / name, databases, scenes[name])
            for name, databases in kinds.items()
        }
        return {name: each.result() for name, each in begun.items()}


def swept_focus(folder: Path, databases: Databases, scenes: Sequence[tuple[FocusScene, str]]) -> dict[str, Any]:
    found = {}
    for scene, what in scenes:
        (part := folder / scene.name / what).mkdir(parents=True)
        with FocusSweep(databases, part, scene) as swept:
            runs = list(swept.runs(what))
        found[f"{scene.name} {what}"] = told = told_of_focus(runs)
        say(f"{folder.name} {scene.name} {what}: {told['kills']} kills, {told['let_go']} let go, {told['wrong']}")
    return found


def fanned(count: int, limit: int, database: str = "postgresql", **more: Any) -> dict[str, Any]:
    with servers() as (folder, kinds, _):
        found = fan_out(folder, kinds[database].ready(), count, limit, **more)
    return found.as_dict()


def killed() -> dict[str, Any]:
    """2,000 of each kind: one that is said again, and one that is not."""
    trouble = killed_at(0.4)
    return {
        kind: fanned(2000, 100, kind=kind, trouble=trouble, **allowed)
        for kind, allowed in (("ring", {"twice": IN_FLIGHT}), ("whisper", {"missed": IN_FLIGHT}))
    }


def restarted() -> dict[str, Any]:
    found = {}
    for kind, allowed in (("ring", {"twice": IN_FLIGHT}), ("whisper", {"missed": IN_FLIGHT})):
        with servers() as (folder, kinds, cluster):
            url = kinds["postgresql"].ready()
            trouble = postgresql_goes_away(cluster, 5)
            found[kind] = fan_out(folder, url, 1000, 100, kind=kind, trouble=trouble, **allowed).as_dict()
    return found


def sustained(found: Fanout | dict[str, Any]) -> dict[str, Any]:
    """A fan-out without trouble must keep up 90 % of its limit."""
    told = found if isinstance(found, dict) else found.as_dict()
    if told["flow"]["sustained"] < 0.9 * told["limit"]:
        told["wrong"].append(f"only {told['flow']['sustained']} a second")
    return told


def troubles() -> dict[str, Any]:
    found = {}
    with servers() as (folder, kinds, _):
        for name, databases in kinds.items():
            (folder / name).mkdir()
            found[name] = every_trouble(folder / name, databases.ready(), patient=True)
    return found


def much_to_few() -> dict[str, Any]:
    found = {}
    with servers() as (folder, kinds, _):
        for name, processes in (("sqlite", 1), ("postgresql", 2)):
            (folder / name).mkdir()
            found[name] = few(folder / name, kinds[name].ready(), Much(answers=50, messages=20, touches=25), processes)
    return found


def idling() -> dict[str, Any]:
    with servers() as (folder, kinds, _):
        roles = {"sqlite": ("all",), "postgresql": ("web", "jobs", "all")}
        urls = {f"{name} {role}": kinds[name].ready() for name in kinds for role in roles[name]}
        return idle(folder, urls, IDLE_S)


def at_first_limit() -> dict[str, Any]:
    """Both kinds of database at the same time: neither has much to do."""
    with servers() as (folder, kinds, _), ThreadPoolExecutor() as threads:
        begun = {}
        for name, processes in (("postgresql", 2), ("sqlite", 1)):
            (folder / name).mkdir()
            url = kinds[name].ready()
            begun[name] = threads.submit(fan_out, folder / name, url, 10_000, 25, processes=processes)
        return {name: sustained(each.result()) for name, each in begun.items()}


PARTS: dict[str, Callable[[], dict[str, Any]]] = {
    "delivery": lambda: sweep(DELIVERY),
    "redraw": lambda: sweep(REDRAW),
    "focus": focus,
    "killed": killed,
    "restarted": restarted,
    "frozen": lambda: fanned(1000, 100, trouble=frozen(12), twice=0, missed=0),
    "troubles": troubles,
    "fanout250": lambda: sustained(fanned(10_000, 250)),
    "fanout25": at_first_limit,
    "few": much_to_few,
    "idle": idling,
}


def say(words: str) -> None:
    print(f"{datetime.now(UTC):%H:%M:%S} {words}", flush=True)  # noqa: T201 - read by whoever runs it


def wrong_in(found: Any) -> list[str]:
    """Everything that must not be, wherever it stands in a result."""
    if isinstance(found, list):
        return [one for each in found for one in wrong_in(each)]
    if not isinstance(found, dict):
        return []
    own = [str(one) for one in found.get("wrong", ())]
    return own + [one for name, each in found.items() if name != "wrong" for one in wrong_in(each)]


def main(parts: list[str]) -> int:
    wrong = []
    for part in parts or list(PARTS):
        say(f"{part} ...")
        begun = time.monotonic()
        found = PARTS[part]()
        took = round(time.monotonic() - begun)
        kept = json.loads(JSON.read_text()) if JSON.exists() else {}
        kept[part] = {
            "on": f"{datetime.now(UTC):%Y-%m-%d}",
            "python": platform.python_version(),
            "took_s": took,
            "found": found,
        }
        JSON.write_text(json.dumps({name: kept[name] for name in PARTS if name in kept}, indent=1) + "\n")
        PAGE.write_text(page(json.loads(JSON.read_text())))
        wrong += [f"{part}: {one}" for one in wrong_in(found)]
        say(f"{part}: {took} s, {len(wrong_in(found))} wrong")
    for one in wrong:
        say(one)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
