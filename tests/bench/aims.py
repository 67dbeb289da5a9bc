"""What was aimed at (the figures are Samen's own promise), and what came of it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from tests.bench.rounds import ratio

FLAT_MB = 8.0  # growth over the second half of all turns that counts as none


@dataclass(frozen=True)
class Aim:
    """`wanted` as it reads, `measured` with `unit`, and by which share of the wanted it is off where it is not met."""

    what: str
    wanted: str
    measured: float
    unit: str
    met: bool

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def at_least(what: str, wanted: float, measured: float, unit: str = "times") -> Aim:
    return Aim(what, f"at least {wanted:g}", round(measured, 2), unit, measured >= wanted)


def below(what: str, wanted: float, measured: float, unit: str) -> Aim:
    return Aim(what, f"under {wanted:g}", round(measured, 3), unit, measured < wanted)


def at_most(what: str, wanted: float, measured: float, unit: str) -> Aim:
    return Aim(what, f"at most {wanted:g}", round(measured, 4), unit, measured <= wanted)


def aims(found: Mapping[str, Any]) -> list[Aim]:
    """All aims for which there are figures."""
    makers = {"beside": _beside, "delayed": _delayed, "scale": _at_scale, "memory": _memory, "start": _start}
    return [aim for part, make in makers.items() if part in found for aim in make(found[part])]


def _beside(cases: Mapping[str, Any]) -> Iterator[Aim]:
    rate = {name: figures["rate"] for name, figures in cases.items()}
    patched, echo = rate["botbuilder, patched"], rate["Samen, echo"]
    yield at_least("echo with tokens, beside botbuilder's patched echo", 8, ratio(echo, patched))
    yield at_least("echo with tokens, beside bare aiohttp + PyJWT", 0.7, ratio(echo, rate["aiohttp + PyJWT"]))
    for database, wanted in (("PostgreSQL", 3), ("SQLite", 1.5)):
        for asked in ("/waar thuis", "press"):
            measured = ratio(rate[f"Samen, {database}, {asked}"], patched)
            yield at_least(f"{asked} on {database}, beside the patched echo", wanted, measured)
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
