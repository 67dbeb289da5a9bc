"""From figures to a table, a page and a picture."""

import os
import platform
import re
import subprocess
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.aims import aims
from tests.bench.bots import ROOT
from tests.bench.chart import bars, line
from tests.bench.rounds import Figures, say

PAGE = ROOT / "docs" / "performance.md"
PICTURES = ROOT / "docs" / "pictures"
_FIGURES = re.compile(r"(<!-- figures: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def plain(found: Mapping[str, Any], *, quick: bool, load: float) -> dict[str, Any]:
    """Everything as JSON values, with what it was measured on and when."""
    of = {"quick": quick, "load": round(load, 1), "at": datetime.now(UTC).isoformat(timespec="minutes"), **_machine()}
    acts = {act: _plain(value) for act, value in found.items()}
    return {"measured": dict.fromkeys(acts, of), **acts}


def _plain(value: Any) -> Any:
    if isinstance(value, Figures):
        return value.plain()
    return {key: _plain(each) for key, each in value.items()} if isinstance(value, dict) else value


def merged(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """The acts of this run, and of the last one those that did not run now; the aims anew."""
    both = {**before, **now, "measured": {**before.get("measured", {}), **now["measured"]}}
    return {**both, "aims": [aim.plain() for aim in aims(both)]}


def show(found: Mapping[str, Any]) -> None:
    """Print the tables."""
    for name in ("beside", "delayed", "scale", "aims"):
        if found.get(name):
            say("")
            for row in TABLES[name](found):
                say(row)


def document(found: Mapping[str, Any]) -> None:
    """Write the figures into the page, and draw the pictures."""
    made_of = {"people": "beside"}
    tables = {name: "\n".join(make(found)) for name, make in TABLES.items() if found.get(made_of.get(name, name))}

    def filled(match: re.Match[str]) -> str:
        return f"{match[1]}\n{tables.get(match[2], 'Not measured yet.')}\n\n{match[3]}"

    PAGE.write_text(_FIGURES.sub(filled, PAGE.read_text()))
    PICTURES.mkdir(exist_ok=True)
    if "beside" in found:
        rates = {name: median(figures["rate"]) for name, figures in found["beside"].items()}
        (PICTURES / "performance.svg").write_text(bars("Answers per second and core, 64 connections", rates))
    if "memory" in found:
        (PICTURES / "performance-memory.svg").write_text(line("Megabytes over turns", found["memory"]))


def _cases(found: Mapping[str, Any], act: str) -> Iterator[str]:
    yield "| case | answers/s | lowest to highest | p50 ms | p99 ms | CPU ms | MB | new connections |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for name, figures in found[act].items():
        rate, middle = figures["rate"], {key: median(values) for key, values in figures.items()}
        yield (
            f"| {name} | {middle['rate']:,.0f} | {min(rate):,.0f} to {max(rate):,.0f} | {middle['p50_ms']:.1f} "
            f"| {middle['p99_ms']:.0f} | {middle['cpu_ms']:.2f} | {middle['memory_mb']:.0f} "
            f"| {middle['connections']:.3f} |"
        )


def _aims(found: Mapping[str, Any]) -> Iterator[str]:
    yield "| aim | wanted | measured | by CPU time | |"
    yield "|---|---:|---:|---:|---|"
    for aim in found["aims"]:
        met = f"**missed by {aim['off']:.0%}**" if aim["off"] else "met"
        by_cpu = "" if aim["by_cpu"] is None else f"{aim['by_cpu']:g} times"
        yield f"| {aim['what']} | {aim['wanted']} | {aim['measured']:g} {aim['unit']} | {by_cpu} | {met} |"


# 6 interactions a person and workday, 30 % of them in the busiest hour, a minute's peak 5 times that hour's mean.
PEAK_PER_PERSON = 6 * 0.3 / 3600 * 5  # a second
PROCESSES, BUSY = 1.8, 0.5  # two processes on two cores; half of what they can


def _people(found: Mapping[str, Any]) -> Iterator[str]:
    yield "| what everybody does | answers/s and core | people a replica |"
    yield "|---|---:|---:|"
    for name, figures in found["beside"].items():
        if name.startswith("Samen, PostgreSQL"):  # a file serves one process
            rate = median(figures["rate"])
            people = rate * PROCESSES * BUSY / PEAK_PER_PERSON
            yield f"| {name.removeprefix('Samen, ')} | {rate:,.0f} | {round(people, -3):,.0f} |"


def _memory(found: Mapping[str, Any]) -> Iterator[str]:
    yield "![Megabytes over turns](pictures/performance-memory.svg)"
    yield ""
    for name, seen in found["memory"].items():
        yield f"- {name}: {seen[0][1]:.0f} MB at the start, {seen[-1][1]:.0f} MB after {seen[-1][0]:,} turns"


def _measured(found: Mapping[str, Any]) -> Iterator[str]:
    for act, of in found["measured"].items():
        if act != "idle":
            run = "a short run" if of["quick"] else "a whole run"
            yield (
                f"- {act}: {run}, {of['at']}, commit {of['commit']}, {of['cores']} cores ({of['processor']}), "
                f"Python {of['python']}, load before it began {of['load']}"
            )


TABLES = {
    "beside": lambda found: _cases(found, "beside"),
    "delayed": lambda found: _cases(found, "delayed"),
    "scale": lambda found: _cases(found, "scale"),
    "aims": _aims,
    "memory": _memory,
    "people": _people,
    "measured": _measured,
}


def _machine() -> dict[str, Any]:
    described = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    processor = re.search(r"model name\s*: (.*)", described)
    commit = subprocess.run(
        ["git", "-C", ROOT, "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return {
        "cores": os.cpu_count(),
        "processor": processor[1] if processor else platform.machine(),
        "python": platform.python_version(),
        "commit": commit.stdout.strip() or "none",
    }
