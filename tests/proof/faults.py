"""What a bad day does: Teams that fails in every way it can, a database that goes away, a process that freezes."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.proof.arrivals import said
from tests.proof.cluster import Cluster
from tests.proof.runs import Bot, Kept, Launcher, Teams, until


@dataclass(frozen=True)
class Trouble:
    """What Teams answers one person first, and what then must become of a message: how often each kind may be heard.

    `failure` is what is counted, where something is.
    """

    name: str
    answers: Sequence[Mapping[str, Any]]
    ring: range
    whisper: range
    failure: str | None = None


# A hang ends after 5 s, a cut line at once; neither says whether somebody read the message. After a refusal nobody did.
TROUBLES = (
    Trouble("429, wait a second", [{"status": 429, "retry_after": 1}], range(1, 2), range(1, 2)),
    Trouble("429, wait three seconds", [{"status": 429, "retry_after": 3}], range(1, 2), range(1, 2)),
    Trouble("502", [{"status": 502}], range(1, 2), range(1, 2)),
    Trouble("412, then 504", [{"status": 412}, {"status": 504}], range(1, 2), range(1, 2)),
    Trouble("hangs", [{"hang": True}], range(2, 3), range(1, 2), "delivery_unsure"),
    Trouble("drops after receiving", [{"drop": True}], range(2, 3), range(1, 2), "delivery_unsure"),
    Trouble("403: blocked", [{"status": 403}], range(1), range(1), "delivery_blocked"),
)


def is_unsure(trouble: Trouble) -> bool:
    return trouble.failure == "delivery_unsure"


def every_trouble(folder: Path, database: str, *, patient: bool) -> list[dict[str, Any]]:
    """Two people per trouble, one hears a ring and one a whisper; and what came of it, with what must not be.

    `patient`: wait half a minute and more for what is said once more because nobody knows whether it arrived.
    """
    teams, kept, launcher = Teams(folder), Kept(database), Launcher(folder)
    bot = Bot(launcher, folder, "bot")
    try:
        bot.go(database)
        kept.people(teams, 2 * len(TROUBLES))
        for n, trouble in enumerate(TROUBLES):
            asked = ((2 * n + 1, "ring"), (2 * n + 2, "whisper"))
            for number, how in asked if patient or not is_unsure(trouble) else asked[1:]:
                teams.script(f"a:p{number}", *trouble.answers)
                until(lambda: bot.says(f"{how} x {number} {number}", teams, f"{how}{number}"), what="asked")  # noqa: B023 - run before the next round
        until(lambda: kept.is_settled, 120, every=0.2, what=f"settled, not {kept.waiting()}")
        bot.stop()
        heard, failures = said(teams.arrivals(), ""), kept.failures()
    finally:
        bot.end()
        launcher.close()
        kept.close()
        teams.stop()
    found = []
    for n, trouble in enumerate(TROUBLES):
        counts = {how: heard[f"a:p{2 * n + i}", f"{how} x"] for i, how in ((1, "ring"), (2, "whisper"))}
        if not patient and is_unsure(trouble):
            del counts["ring"]
        wrong = [how for how in counts if counts[how] not in getattr(trouble, how)]
        if trouble.failure and not failures.get(trouble.failure):
            wrong.append(f"{trouble.failure} is not counted")
        found.append({"teams": trouble.name, **counts, "wrong": wrong})
    return found


def postgresql_goes_away(cluster: Cluster, seconds: float) -> Callable[[Sequence[Bot], Kept, Teams], None]:
    """The server crashes when a third was sent, and is back a while later."""

    def trouble(_bots: Sequence[Bot], kept: Kept, _teams: Teams) -> None:
        mark = kept.waiting() * 2 / 3
        until(lambda: kept.waiting() <= mark, 600, every=0.02, what="a third of it")
        kept.close()  # its own connections go with the server
        cluster.crash()
        time.sleep(seconds)
        cluster.start()
        kept.look()

    return trouble


def frozen(seconds: float) -> Callable[[Sequence[Bot], Kept, Teams], None]:
    """The last process stands still in the middle of its work, and goes on later."""

    def trouble(bots: Sequence[Bot], kept: Kept, _teams: Teams) -> None:
        mark = kept.waiting() * 2 / 3
        until(lambda: kept.waiting() <= mark, 600, every=0.02, what="a third of it")
        bots[-1].freeze()
        time.sleep(seconds)
        bots[-1].thaw()

    return trouble
