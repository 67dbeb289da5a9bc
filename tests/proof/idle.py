"""What a process costs that has nothing to do."""

import os
import time
from pathlib import Path

from tests.proof.runs import Bot, Launcher

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> float:
    """User and system time of a process so far, all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return round(next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024, 1)


def idle(folder: Path, database: str, role: str, seconds: float, settle: float = 8.0) -> dict[str, float]:
    """Percent of one core, statements a second and memory of one role that nobody speaks to."""
    launcher = Launcher(folder)
    bot = Bot(launcher, folder, f"idle-{role}")
    try:
        bot.go(database, SAMEN_ROLE=role)
        time.sleep(settle)
        cpu, statements, begun = cpu_seconds(bot.pid), bot.statements(), time.monotonic()
        time.sleep(seconds)
        passed = time.monotonic() - begun
        return {
            "cpu_percent": round(100 * (cpu_seconds(bot.pid) - cpu) / passed, 2),
            "statements_per_s": round((bot.statements() - statements) / passed, 1),
            "memory_mb": resident_mb(bot.pid),
        }
    finally:
        bot.end()
        launcher.close()
