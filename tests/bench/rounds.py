"""Rounds: every case once in each, one after the other, so that a busy moment of the machine hits them alike."""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from statistics import median

from tests.bench.bots import Bot
from tests.bench.load import Load, Next
from tests.bench.microsoft import Microsoft

CONNECTIONS = 64


@dataclass(frozen=True)
class Case:
    """One thing to measure: a bot and what it is asked. `seconds` where a bot is so slow that a round needs longer."""

    name: str
    bot: Bot
    make: Next
    seconds: float = 0.0
    expected: bytes = b""  # what stands in every answer, else it was not the work that was meant


@dataclass
class Figures:
    """What one case gave: a value per round."""

    rate: list[float] = field(default_factory=list)  # answers per second
    p50_ms: list[float] = field(default_factory=list)
    p99_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)  # per answer
    memory_mb: list[float] = field(default_factory=list)
    connections: list[float] = field(default_factory=list)  # new ones, per answer
    logins: list[float] = field(default_factory=list)  # token requests, per answer

    def plain(self) -> dict[str, list[float]]:
        return {name: [round(value, 4) for value in values] for name, values in asdict(self).items()}


Results = dict[str, Figures]


async def run_rounds(
    cases: Sequence[Case], mock: Microsoft, *, rounds: int, seconds: float, delay: float = 0.0
) -> Results:
    """Measure all cases in `rounds` rounds, after one that does not count."""
    results = {case.name: Figures() for case in cases}
    mock.delay = delay
    for case in cases:
        await _measure(case, mock, Figures(), ramp=seconds / 2, seconds=0.2)
    for number in range(rounds):
        for case in cases:
            await _measure(case, mock, results[case.name], ramp=min(0.5, seconds / 4), seconds=case.seconds or seconds)
            last = results[case.name]
            say(f"  {number + 1}/{rounds}  {case.name:<34} {last.rate[-1]:8.1f}/s  p50 {last.p50_ms[-1]:7.1f} ms")
    mock.delay = 0.0
    return results


async def _measure(case: Case, mock: Microsoft, into: Figures, *, ramp: float, seconds: float) -> None:
    load = Load(case.bot.port, case.make, CONNECTIONS)
    await load.open()
    mock.last.clear()
    load.begin()
    await asyncio.sleep(ramp)
    cpu, connections, logins = case.bot.cpu(), mock.connections, mock.logins
    window = await load.measure(seconds)
    spent = case.bot.cpu() - cpu
    into.connections.append((mock.connections - connections) / max(1, len(window.times)))
    into.logins.append((mock.logins - logins) / max(1, len(window.times)))
    await load.close()
    if seconds < 1:
        return
    if not window.good:
        told = case.bot.log.read_text(errors="replace")[-2000:]
        raise RuntimeError(f"{case.name}: answered {dict(window.statuses) or 'nothing'}; its log ends with\n{told}")
    if any(case.expected not in said for said in mock.last or [window.sample]):
        said = next((said for said in mock.last or [window.sample] if case.expected not in said), b"")[:500]
        raise RuntimeError(f"{case.name}: not {case.expected.decode()!r} but {said!r}")
    into.rate.append(window.rate)
    into.p50_ms.append(window.percentile(0.5) * 1000)
    into.p99_ms.append(window.percentile(0.99) * 1000)
    into.cpu_ms.append(spent / len(window.times) * 1000)
    into.memory_mb.append(case.bot.memory())


def ratio(above: Sequence[float], below: Sequence[float]) -> float:
    """The median of the ratios of the rounds: what disturbed a round disturbed both."""
    return median(one / other for one, other in zip(above, below, strict=True))


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
