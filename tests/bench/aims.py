"""What was aimed at (the figures are Samen's own promise), and what came of it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from tests.bench.rounds import ratio

FLAT_MB = 8.0  # growth over the second half of all turns that counts as none


@dataclass(frozen=True)
class Aim:
    """`wanted` as it reads, `measured` with `unit`; `by_cpu` is the same ratio of processor time, where there is one.

    `off` is by which share of what was wanted it is missed; 0 = met.
    """

    what: str
    wanted: str
    measured: float
    unit: str
    off: float
    by_cpu: float | None = None

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def beside(what: str, wanted: float, own: Mapping[str, Any], other: Mapping[str, Any]) -> Aim:
    """At least so many times as fast as another; by processor time too, which a busy machine disturbs less."""
    measured = ratio(own["rate"], other["rate"])
    by_cpu = round(ratio(other["cpu_ms"], own["cpu_ms"]), 2)
    return Aim(what, f"at least {wanted:g}", round(measured, 2), "times", max(0.0, 1 - measured / wanted), by_cpu)


def below(what: str, wanted: float, measured: float, unit: str) -> Aim:
    return Aim(what, f"under {wanted:g}", round(measured, 3), unit, max(0.0, measured / wanted - 1))


def at_most(what: str, wanted: float, measured: float, unit: str) -> Aim:
    return Aim(what, f"at most {wanted:g}", round(measured, 4), unit, float(measured > wanted))


def aims(found: Mapping[str, Any]) -> list[Aim]:
    """All aims for which there are figures."""
    makers = {"beside": _beside, "delayed": _delayed, "scale": _at_scale, "memory": _memory, "start": _start}
    return [aim for part, make in makers.items() if part in found for aim in make(found[part])]


def _beside(cases: Mapping[str, Any]) -> Iterator[Aim]:
    patched, echo = cases["botbuilder, patched"], cases["Samen, echo"]
    yield beside("echo with tokens, beside botbuilder's patched echo", 8, echo, patched)
    yield beside("echo with tokens, beside bare aiohttp + PyJWT", 0.7, echo, cases["aiohttp + PyJWT"])
    for database, wanted in (("PostgreSQL", 3), ("SQLite", 1.5)):
        for asked in ("/waar thuis", "press"):
            what = f"{asked} on {database}, beside the patched echo"
            yield beside(what, wanted, cases[f"Samen, {database}, {asked}"], patched)
    own = [figures for name, figures in cases.items() if name.startswith("Samen")]
    yield at_most("token requests a message", 0, max(max(each["logins"]) for each in own), "requests")
    most = max(median(each["connections"]) for each in own)
    yield at_most("new connections a message", 0.02, most, "connections")


def _delayed(cases: Mapping[str, Any]) -> Iterator[Aim]:
    for name, figures in cases.items():
        if name.startswith("Samen"):
            yield below(f"{name}: p50 with a connector of 100 ms, 64 under way", 130, median(figures["p50_ms"]), "ms")


def _at_scale(cases: Mapping[str, Any]) -> Iterator[Aim]:
    for name, figures in cases.items():
        database, _, what = name.partition(", ")
        if what != "34 teams":
            change = ratio(figures["p50_ms"], cases[f"{database}, 34 teams"]["p50_ms"]) - 1
            yield below(f"{database}: p50 of /waar thuis with {what}, change", 20, 100 * change, "%")


def _memory(runs: Mapping[str, Any]) -> Iterator[Aim]:
    for name, seen in runs.items():
        turns = seen[-1][0]
        yield below(f"{name}: memory after {turns:,} turns", 190, seen[-1][1], "MB")
        half = next(megabytes for at, megabytes in seen if at * 2 >= turns)
        yield below(f"{name}: growth over the second half of them", FLAT_MB, seen[-1][1] - half, "MB")


def _start(runs: Mapping[str, Any]) -> Iterator[Aim]:
    for name, seen in runs.items():
        yield below(f"{name}: ready after the start of the process", 3, median(seen), "s")
