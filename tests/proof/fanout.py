"""Many messages at once, at a limit, by several processes; one of them may be killed half-way and not come back."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.proof import bell
from tests.proof.arrivals import Flow, closest_in_one_conversation, said
from tests.proof.runs import Bot, Kept, Launcher, Teams, until

# A message leaves when its moment has come; a process that has to wait for a core sends it a little later, next to the
# ones after it. What a window may hold more than the limit because of that, in seconds.
JITTER_S = 0.2
AT_A_TURN = 200  # deliveries that one turn asks for


@dataclass
class Fanout:
    """What came of it; `wrong` says what must not be.

    `flow` is how messages left, which is held against the limit, and `arrived` how they came: where Teams' stand-in has
    to wait for a core, many arrive at once that left one after the other.
    """

    receivers: int
    limit: int
    processes: int
    flow: Flow
    arrived: Flow
    closest: float
    twice: int
    missed: int
    wrong: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "closest": round(self.closest, 3) if self.closest != float("inf") else None}


def ask(bot: Bot, teams: Teams, words: str, count: int) -> None:
    """Have so many people told, some at a time, as the turns of a busy morning do."""
    for first in range(1, count + 1, AT_A_TURN):
        last = min(first + AT_A_TURN - 1, count)
        until(lambda: bot.says(f"{words} {first} {last}", teams, f"{words}-{first}"), what="asked")  # noqa: B023 - run before the next round


def fan_out(
    folder: Path,
    database: str,
    count: int,
    limit: int,
    *,
    processes: int = 2,
    kind: str = "whisper",
    delay: float = 0.05,
    trouble: Callable[[Sequence[Bot], Kept, Teams], None] | None = None,
    twice: int = 0,
    missed: int = 0,
    unsure_s: float | None = None,
) -> Fanout:
    """`count` people are told the same; Teams takes `delay` seconds over each. `trouble` happens meanwhile.

    `twice` and `missed` are how many may be, at most; `unsure_s` as `Launcher` has it.
    """
    teams, kept, launcher = Teams(folder), Kept(database), Launcher(folder, unsure_s)
    bots = [Bot(launcher, folder, f"bot{n}") for n in range(processes)]
    try:
        teams.script("*", always={"delay": delay})
        bots[0].go(database, SAMEN_RATE=str(limit))
        kept.people(teams, count)
        for bot in bots[1:]:
            bot.go(database, SAMEN_RATE=str(limit))
        ask(bots[0], teams, f"{kind} all", count)
        if trouble:
            trouble(bots, kept, teams)
        until(lambda: kept.is_settled, 60 + 2 * count / limit, every=0.5, what=f"{kept.waiting()} {kept.workflows()}")
        sent = [at for bot in bots for at, where in bot.sent() if where.startswith("a:p")]
        none = Flow.of([0.0, 1.0])
        found = Fanout(count, limit, processes, Flow.of(sent), none, 0.0, twice, missed)
        return _judged(teams, kind, found, kept.unsure)
    finally:
        for bot in bots:
            bot.end()
        launcher.close()
        kept.close()
        teams.stop()


def _judged(teams: Teams, kind: str, found: Fanout, unsure: set[str]) -> Fanout:
    """`unsure`: those who were being told when something died. Nobody else may miss it or hear it twice."""
    arrivals = [one for one in teams.arrivals() if (one.text or "").startswith(f"{kind} ")]
    heard = said(arrivals, f"{kind} ")
    may_twice, may_miss = found.twice, found.missed
    found.arrived = Flow.of([one.at for one in arrivals])
    found.closest = closest_in_one_conversation(arrivals)
    found.twice = sum(count - 1 for count in heard.values())
    found.missed = found.receivers - len(heard)
    sure = [bell.chat(n) for n in range(1, found.receivers + 1) if bell.person(n) not in unsure]
    odd = Counter(heard[chat, f"{kind} all"] for chat in sure)
    found.wrong += [f"{many} heard it {count} times without doubt" for count, many in odd.items() if count != 1]
    if found.twice > may_twice:
        found.wrong.append(f"{found.twice} came twice")
    if found.missed > may_miss:
        found.wrong.append(f"{found.missed} never came")
    if found.flow.busiest > found.limit * (1 + JITTER_S) + 1:
        found.wrong.append(f"{found.flow.busiest} in one second")
    if found.flow.busiest_30 > found.limit * (30 + JITTER_S):
        found.wrong.append(f"{found.flow.busiest_30} in half a minute")
    if found.closest < 1 - JITTER_S:
        found.wrong.append(f"two in one conversation within {found.closest:.2f} s")
    return found


def killed_at(fraction: float) -> Callable[[Sequence[Bot], Kept, Teams], None]:
    """The last process is killed when so much has arrived, and does not come back."""

    def trouble(bots: Sequence[Bot], kept: Kept, teams: Teams) -> None:
        mark = kept.waiting() * (1 - fraction)
        until(lambda: kept.waiting() <= mark, 600, every=0.02, what="half of it")
        bots[-1].kill()
        kept.look()

    return trouble
