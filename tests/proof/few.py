"""Much to say in few conversations: what Samen says there by itself, cards and answers share what Teams allows in each."""

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.proof import bell
from tests.proof.arrivals import Arrival, closest_in_one_conversation, most_within, said, standing
from tests.proof.fanout import JITTER_S
from tests.proof.runs import Bot, Kept, Launcher, Teams, until

PEOPLE = 3
MOST_IN_30_S = 60  # learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit
TOUCH_EVERY_S = 1.2
# What Samen says by itself begins so; answers are not delayed.
BY_ITSELF = ("whisper ", "board ")


@dataclass(frozen=True)
class Much:
    """How many answers the team has first, how many messages it and each of the people get then, and touches of its card."""

    answers: int
    messages: int
    touches: int


def few(folder: Path, database: str, much: Much, processes: int) -> dict[str, Any]:
    """The team talks with Samen, and then it, and each of some people, are told many things, while its card changes."""
    teams, kept, launcher = Teams(folder), Kept(database), Launcher(folder)
    bots = [Bot(launcher, folder, f"bot{n}") for n in range(processes)]
    try:
        for n, bot in enumerate(bots):
            bot.go(database)
            if n == 0:
                kept.people(teams, PEOPLE)
        for n in range(much.answers):
            assert bots[n % processes].says_in_the_team("help", teams, f"help{n}")
        until(lambda: bots[0].says(f"peal m {much.messages} {PEOPLE}", teams, "peal"), what="asked")
        for n in range(1, much.touches + 1):
            assert bots[n % processes].says(f"touch {n}", teams, f"touch{n}")
            time.sleep(TOUCH_EVERY_S)
        until(lambda: kept.is_settled, 120 + 2 * (much.messages + much.touches), every=0.2, what=f"{kept.waiting()}")
        arrivals = [one for one in teams.arrivals() if one.kind == "message"]
    finally:
        for bot in bots:
            bot.end()
        launcher.close()
        kept.close()
        teams.stop()
    return _judged(arrivals, much)


def _judged(arrivals: Sequence[Arrival], much: Much) -> dict[str, Any]:
    there = in_conversations(arrivals)
    own = [one for one in arrivals if (one.text or "").startswith(BY_ITSELF)]
    team = there[bell.TEAM]
    found = {
        "answers": sum(1 for one in team if one not in own),
        "messages": sum(said(own, "whisper ").values()),
        "drawings": sum(1 for one in own if one.conversation == bell.TEAM and (one.text or "").startswith("board ")),
        "closest": round(closest_in_one_conversation(own), 3),
        "busiest_30": most_within([one.at for one in team], 30.0),
        "seconds": round(max(one.at for one in own) - min(one.at for one in own), 1),
    }
    return {**found, "wrong": list(_wrong(own, found, much))}


def in_conversations(arrivals: Iterable[Arrival]) -> Mapping[str, list[Arrival]]:
    """What arrived in each conversation, all threads of a channel together."""
    found: dict[str, list[Arrival]] = defaultdict(list)
    for one in arrivals:
        found[one.conversation.partition(";")[0]].append(one)
    return found


def _wrong(own: Sequence[Arrival], found: Mapping[str, Any], much: Much) -> Iterable[str]:
    heard = said(own, "whisper ")
    for where in (bell.TEAM, *(bell.chat(n + 1) for n in range(PEOPLE))):
        odd = [n for n in range(1, much.messages + 1) if heard[where, f"whisper m{n}"] != 1]
        if odd:
            yield f"{where} did not hear {odd} once"
    final = "board " + " ".join(str(n) for n in range(1, much.touches + 1))
    if list(standing(own, "board").values()) != [final]:
        yield f"the card shows {list(standing(own, 'board').values())}"
    if found["answers"] < much.answers or found["drawings"] < min(much.touches, 2):
        yield f"only {found['answers']} answers and {found['drawings']} drawings"
    if found["closest"] < 1 - JITTER_S:
        yield f"two in one conversation within {found['closest']} s"
    if found["busiest_30"] > MOST_IN_30_S:
        yield f"{found['busiest_30']} in one conversation within half a minute"
