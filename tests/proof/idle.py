"""What a process costs that has nothing to do."""

import os
import time
from collections.abc import Mapping
from pathlib import Path

from tests.proof.runs import Bot, Launcher

SETTLE_S = 10.0
TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far, all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return round(next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024, 1)


def idle(folder: Path, databases: Mapping[str, str], seconds: float) -> dict[str, dict[str, float]]:
    """Percent of one core, statements a second and memory of processes that nobody speaks to.

    `databases` are URLs by "kind role", one for each.
    """
    launcher = Launcher(folder)
    bots = {name: Bot(launcher, folder, name.replace(" ", "-")) for name in databases}
    try:
        for name, bot in bots.items():
            bot.go(databases[name], SAMEN_ROLE=name.split()[1])
        time.sleep(SETTLE_S)
        begun = time.monotonic()
        before = {name: (cpu_seconds(bot.pid), bot.statements()) for name, bot in bots.items()}
        time.sleep(seconds)
        passed = time.monotonic() - begun
        return {
            name: {
                "cpu_percent": round(100 * (cpu_seconds(bot.pid) - before[name][0]) / passed, 2),
                "statements_per_s": round((bot.statements() - before[name][1]) / passed, 1),
                "memory_mb": resident_mb(bot.pid),
            }
            for name, bot in bots.items()
        }
    finally:
        for bot in bots.values():
            bot.end()
        launcher.close()
