"""What is measured, act by act: the bots of an act run together and take turns; those of the next one come after."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.bench import bots
from tests.bench.bots import Bot, Recipe, running
from tests.bench.load import Load, Next
from tests.bench.microsoft import Microsoft
from tests.bench.people import Activities, at_home
from tests.bench.rounds import CONNECTIONS, Case, run_rounds, say
from tests.bench.seed import fill, people_rows, waiting_rows
from tests.plugins.databases import Databases

ZONE = ZoneInfo("Europe/Amsterdam")
KINDS = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}
DELAY_SECONDS = 0.1
SAMPLES = 40  # of memory, over all turns


@dataclass(frozen=True)
class Effort:
    """How long and how often. Seconds a window; stock answers in waves of seconds, so its windows are longer."""

    rounds: int
    seconds: float
    stock_seconds: float
    turns: int
    starts: int
    kinds_at_scale: Sequence[str]
    peers_with_delay: bool


FULL = Effort(5, 4.0, 10.0, 100_000, 5, ("postgresql", "sqlite"), peers_with_delay=True)
QUICK = Effort(3, 1.0, 2.5, 0, 1, (), peers_with_delay=False)


@dataclass
class Stage:
    """What every act stands on: the mock, the people, empty databases of both kinds, and where logs go."""

    mock: Microsoft
    databases: Mapping[str, Databases]
    folder: Path
    effort: Effort
    found: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._activities = Activities(self.mock.token(), self.mock.service_url)
        self.today = datetime.now(ZONE).date()

    @property
    def hello(self) -> Next:
        return self._activities.messages("hallo")

    @property
    def home(self) -> Next:
        return self._activities.messages("/waar thuis")

    @property
    def press(self) -> Next:
        return self._activities.presses("where.set", at_home(self.today))

    def database(self, kind: str, *, large: bool = False, waiting: bool = False) -> str:
        """A database with people in it."""
        url = self.databases[kind].ready()
        fill(url, people_rows(self.mock.service_url, self.today, large=large))
        if waiting:
            fill(url, waiting_rows())
        return url

    @asynccontextmanager
    async def bots(self, *recipes: Recipe) -> AsyncIterator[list[Bot]]:
        """These bots, ready; started one after the other."""
        async with AsyncExitStack() as stack:
            found = []
            for recipe in recipes:
                found.append(stack.enter_context(running(recipe, self.mock, self.folder)))
                await found[-1].ready()
            yield found


Act = Callable[[Stage], Any]


async def beside_others(stage: Stage) -> None:
    """Samen beside what Microsoft offers and beside the least there can be."""
    effort = stage.effort
    samens = [bots.samen(f"Samen, {KINDS[kind]}", stage.database(kind)) for kind in KINDS]
    peers = (bots.stock(patched=False), bots.stock(patched=True), bots.AGENTS, bots.BARE, bots.ECHO)
    async with stage.bots(*peers, *samens) as ready:
        stock, patched, agents, bare, echo, *own = ready
        cases = [
            Case("botbuilder", stock, stage.hello, effort.stock_seconds, expected=b"Echo: hallo"),
            *(Case(bot.name, bot, stage.hello, expected=b"Echo: hallo") for bot in (patched, agents, bare)),
            Case("Samen, echo", echo, stage.hello, expected=b"Echo: hallo"),
        ]
        for bot in own:
            cases.append(Case(f"{bot.name}, /waar thuis", bot, stage.home, expected=b"Bord van Team"))
            cases.append(Case(f"{bot.name}, press", bot, stage.press, expected=b"Bord van Team"))
        stage.found["beside"] = await run_rounds(cases, stage.mock, rounds=effort.rounds, seconds=effort.seconds)
        stage.found["idle"] = {bot.name: await _idle(bot) for bot in own}


async def with_a_slow_connector(stage: Stage) -> None:
    """The same with a connector that takes 100 ms, as the real one does."""
    samens = [bots.samen(f"Samen, {KINDS[kind]}", stage.database(kind)) for kind in KINDS]
    others = (bots.stock(patched=True), bots.AGENTS, bots.BARE) if stage.effort.peers_with_delay else ()
    async with stage.bots(bots.ECHO, *samens, *others) as (echo, *rest):
        cases = [Case("Samen, echo", echo, stage.hello, expected=b"Echo: hallo")]
        cases += [Case(f"{bot.name}, /waar thuis", bot, stage.home, expected=b"Bord van") for bot in rest[:2]]
        cases += [Case(bot.name, bot, stage.hello, expected=b"Echo: hallo") for bot in rest[2:]]
        effort = stage.effort
        stage.found["delayed"] = await run_rounds(
            cases, stage.mock, rounds=effort.rounds, seconds=max(1.0, effort.seconds / 2), delay=DELAY_SECONDS
        )


async def at_scale(stage: Stage) -> None:
    """A small organisation, a large one, and a small one with very many messages waiting."""
    for kind in stage.effort.kinds_at_scale:
        name = KINDS[kind]
        recipes = [
            bots.samen(f"{name}, 34 teams", stage.database(kind)),
            bots.samen(f"{name}, 1,000 teams", stage.database(kind, large=True)),
            bots.samen(f"{name}, 100,000 waiting", stage.database(kind, waiting=True)),
        ]
        async with stage.bots(*recipes) as ready:
            cases = [Case(bot.name, bot, stage.home, expected=b"Bord van Team") for bot in ready]
            effort = stage.effort
            found = await run_rounds(cases, stage.mock, rounds=effort.rounds, seconds=effort.seconds)
            stage.found.setdefault("scale", {}).update(found)


async def over_many_turns(stage: Stage) -> None:
    """Memory, turn after turn: [turns, megabytes] and so on."""
    if not stage.effort.turns:
        return
    for kind, name in KINDS.items():
        async with stage.bots(bots.samen(name, stage.database(kind))) as (bot,):
            load = Load(bot.port, stage.home, CONNECTIONS)
            await load.open()
            seen = [[0, round(bot.memory(), 1)]]
            for number in range(1, SAMPLES + 1):
                await load.send(stage.effort.turns // SAMPLES)
                seen.append([number * stage.effort.turns // SAMPLES, round(bot.memory(), 1)])
                if number % 8 == 0:
                    say(f"  {name}: {seen[-1][0]} turns, {seen[-1][1]} MB")
            await load.close()
            stage.found.setdefault("memory", {})[name] = seen


async def starting(stage: Stage) -> None:
    """Seconds from the start of the process until it says that it is ready."""
    for kind, name in KINDS.items():
        url = stage.database(kind)
        seen = []
        for _ in range(stage.effort.starts):
            async with stage.bots(bots.samen(name, url)) as (bot,):
                seen.append(round(bot.started, 2))
        stage.found.setdefault("start", {})[name] = seen
        say(f"  {name}: ready after {' '.join(map(str, seen))} s")


async def _idle(bot: Bot) -> float:
    """The share of a core that a bot takes with nothing to do."""
    before = bot.cpu()
    await asyncio.sleep(2)
    return round((bot.cpu() - before) / 2, 3)


ACTS: Mapping[str, Act] = {
    "beside": beside_others,
    "delayed": with_a_slow_connector,
    "scale": at_scale,
    "memory": over_many_turns,
    "start": starting,
}
