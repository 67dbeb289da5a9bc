"""Runs the bench: `python -m tests.bench` (`--quick` for less of everything, act names for some of it)."""

import argparse
import json
import os
import signal
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import uvloop

from tests.bench import bots, peers_installed, report
from tests.bench.acts import ACTS, FULL, QUICK, Stage
from tests.bench.microsoft import Microsoft
from tests.bench.rounds import say
from tests.plugins.databases import Databases, PostgreSQLServer, SQLiteFiles, _cluster, _tools

DOCUMENTED = bots.ROOT / "docs" / "performance.json"
LAST = bots.ENVIRONMENTS / "last.json"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Samen beside others, and its aims.")
    parser.add_argument("acts", nargs="*", choices=[*ACTS, []], help="some of the acts; without any, all of them")
    parser.add_argument("--quick", action="store_true", help="less of everything, under two minutes")
    parser.add_argument("--document", action="store_true", help="put the results into docs/")
    given = parser.parse_args()
    began, load = time.monotonic(), os.getloadavg()[0]  # others at work make every figure worse
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that every process is ended on the way out
    peers_installed.install()
    bots.stay_off()
    with tempfile.TemporaryDirectory(prefix="samen-bench-") as folder, _databases(Path(folder)) as databases:
        found = uvloop.run(_play(given, databases, Path(folder)))
    plain = report.plain(found, quick=given.quick, load=load)
    before = json.loads(DOCUMENTED.read_text()) if given.document and DOCUMENTED.exists() else {}
    plain = report.merged(before, plain)
    (DOCUMENTED if given.document else LAST).write_text(json.dumps(plain, indent=1, ensure_ascii=False) + "\n")
    report.show(plain)
    if given.document:
        report.document(plain)
    say(f"\nThat took {time.monotonic() - began:.0f} s. All figures: {DOCUMENTED if given.document else LAST}")
    return 0


async def _play(given: argparse.Namespace, databases: Mapping[str, Databases], folder: Path) -> dict[str, object]:
    async with Microsoft() as mock:
        stage = Stage(mock, databases, folder, QUICK if given.quick else FULL)
        for name in given.acts or ACTS:
            say(f"{name}: {ACTS[name].__doc__}")
            await ACTS[name](stage)
        return stage.found


@contextmanager
def _databases(folder: Path) -> Iterator[Mapping[str, Databases]]:
    """Both kinds, in this folder and in a throw-away cluster, and both gone at the end."""
    tools = _tools()
    if tools is None:
        raise SystemExit("PostgreSQL is not here: install Debian's postgresql package and try again.")
    with _cluster(tools) as server:
        yield {"postgresql": PostgreSQLServer(server), "sqlite": SQLiteFiles(folder)}


if __name__ == "__main__":
    raise SystemExit(main())
