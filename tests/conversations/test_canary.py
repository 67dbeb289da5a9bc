"""The canary: everything about everybody is marked, everything that can be typed is typed, and no mark gets out.

In every role, every kind of conversation and both languages; the buttons of the answers are pressed too, and the
night comes. Seen red on planted leaks: a board without its sharing condition (`_WHO_SHARES` in `bot/store/where/plans.py`
without the team), `/mydata` without its subject (`_mine` in `bot/store/owndata.py`), a log line with a name, and finding
colleagues by reach without the switch for it.
"""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import structlog

from bot.domain.people import Team, TeamKind
from bot.services import FakeClock
from bot.store import Store
from bot.store.outbox import FakeOutbox
from bot.turn import Reference, Scope
from cards.catalogue import texts
from cards.help import HELP
from tests.canaries import WITH_SUBJECT, add, everything, marked_row
from tests.conversations.town import (
    ANOUK,
    BART,
    CHANNEL,
    CHANTAL,
    DIRK,
    GROUP,
    MEETING,
    STADSKANTOOR,
    TEAM_ID,
    TODAY,
    Button,
    Town,
    Who,
    personal,
)
from tests.fakes.botframework import TENANT, BotFramework, utc

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[2]
DOCS = {"nl": "docs/gebruiken.md", "en": "docs/using.md"}
# Their names are those of the examples, so that asking for them finds them. They never say a word themselves.
VICTIMS = tuple(
    Who(f"{name} canary-{key}", f"29:canary-{key}", f"ca{n:06}-0000-4000-8000-000000000{n:03}")
    for n, (name, key) in enumerate([("Bart", "bea"), ("Anouk", "eva"), ("Chantal", "fred")], 900)
)
ROLES = {"member": BART, "admin": ANOUK, "officer": CHANTAL, "guest": DIRK}
# Every example is typed in the own chat and in one of these, in turn: in the runs together in all of them.
OPENLY = (GROUP, CHANNEL, MEETING)
ELSEWHERE = "19:elsewhere@thread.tacv2"
OPEN = {"paused_until": None, "offer_after": None, "leaving_since": None, "gone_since": None}
MOST_PRESSES = 60


def key_of(who: Who) -> str:
    return who.name.rpartition("-")[2]


def examples(language: str) -> list[str]:
    """Everything that the help and the docs say one can type."""
    lines = [texts(language)(line.example) for lines in HELP.values() for line in lines]
    docs = re.findall(r"`(/[^`\n]+)`", (ROOT / DOCS[language]).read_text(encoding="utf-8"))
    return list(dict.fromkeys([*lines, *docs]))


async def seed(town: Town, role: str, *, shared_with: str | None) -> None:
    """Every column about everybody, marked; with whom they share, if at all."""
    for who in VICTIMS:
        contact = {"service_url": town.teams.service_url, "channel": "msteams", "conversation": personal(who).id}
        for table in WITH_SUBJECT:
            keeping = table.info["keeping"]
            if role in ("admin", "officer") and "administrators" in keeping.seen_by:
                continue  # theirs to see
            given = OPEN | contact | {"channel_user_id": who.channel_user_id}
            if table.name in ("sharing", "reach_sharing"):
                if shared_with is None:
                    continue
                given |= {"team_id": shared_with}
            row = marked_row(table, TENANT, key_of(who), who.user_id, **given)
            await add(town.store, table, [row])
            if table.name == "plan":
                here = {"day": TODAY, "place": "site", "named": STADSKANTOOR.id, "kind": "counter"}
                await add(town.store, table, [row | here | {"part": part} for part in ("morning", "afternoon")])
            if table.name == "reach":
                await add(town.store, table, [row | {"urgency": "urgent", "route": "call"}])


async def settle(town: Town, asker: Who) -> None:
    """The asker is in three conversations with everybody; the others have a team of their own besides."""
    guests = {DIRK.name: {"userRole": "guest"}}
    for place in (CHANNEL, GROUP, MEETING):
        town.settle(place, asker, *VICTIMS, **guests)
    town.teams.rosters[ELSEWHERE] = [{**who.account, "tenantId": TENANT, "userRole": "user"} for who in VICTIMS]
    reference = Reference(TENANT, ELSEWHERE, town.teams.service_url, "msteams", "28:bot", "Samen", Scope.CHANNEL)
    async with town.store.units.mirror(TENANT) as unit:
        await unit.teams.save(Team(ELSEWHERE, "Elders", TeamKind.TEAM), reference)
    for who in (asker, *VICTIMS):
        town.teams._personal[personal(who).id] = who.channel_user_id
    for place in (CHANNEL, GROUP, MEETING):
        await town.says("help", asker, place)


def marked_in(text: str) -> set[Who]:
    folded = text.casefold()
    return {who for who in VICTIMS if f"canary-{key_of(who)}" in folded or who.user_id in folded}


def leaks(town: Town) -> Iterator[str]:
    """Everything sent that names somebody to another: what a group reads is read by others."""
    for asked in town.teams.asked:
        if asked.method in ("POST", "PUT") and "activities" in asked.path:
            owner = town.teams._personal.get(asked.path[2])
            text = json.dumps(asked.body, ensure_ascii=False)
            if any(who.channel_user_id != owner for who in marked_in(text)):
                yield text


async def type_everything(town: Town, asker: Who, language: str) -> list[str]:
    """Type every example everywhere and press what the answers offer; what the presses were answered with."""
    answers: list[str] = []
    pressed: set[str] = set()
    locale = {"nl": "nl-NL", "en": "en-GB"}[language]
    for number, example in enumerate(examples(language), start=list(ROLES.values()).index(asker)):
        await town.says(example, asker, OPENLY[number % len(OPENLY)], locale=locale)
        for button in (await town.says(example, asker, locale=locale)).buttons:
            await _press(town, asker, button, answers, pressed)
    await town.tick(timedelta(hours=2))
    await town.tick(timedelta(hours=18))
    return answers


async def _press(town: Town, asker: Who, button: Button, answers: list[str], pressed: set[str]) -> None:
    what = f"{button.verb} {sorted(button.data.items())}"
    if what not in pressed and len(pressed) < MOST_PRESSES:
        pressed.add(what)
        said = await town.presses(button, asker)
        answers.append(said.text + json.dumps(said.card, ensure_ascii=False))


@pytest.fixture
async def open_town(sqlite_files):
    clock = FakeClock(utc())
    store = Store(sqlite_files.ready(), clock.now, FakeOutbox())
    officers = frozenset({CHANTAL.user_id})
    async with BotFramework() as framework, Town(framework, store, clock, officers=officers) as town:
        await town.furnish()
        yield town
    await store.close()


RUNS = [
    *((role, ELSEWHERE, language) for role in ROLES for language in ("nl", "en")),
    *(("member", None, language) for language in ("nl", "en")),
]


@pytest.mark.parametrize(("role", "shared_with", "language"), RUNS)
async def test_no_canary_gets_out(open_town, role, shared_with, language):
    """Nothing is shared, or only with a team the asker is not in: not one mark of a colleague, anywhere."""
    town, asker = open_town, ROLES[role]
    await settle(town, asker)
    await seed(town, role, shared_with=shared_with)
    with structlog.testing.capture_logs() as lines:
        answers = await type_everything(town, asker, language)
    assert list(leaks(town)) == []
    assert [answer for answer in answers if marked_in(answer)] == []
    assert [line for line in lines if line["event"] == "turn_failed"] == []  # what fails hides what would leak
    told = str(lines).casefold()
    assert not marked_in(told)
    assert asker.user_id not in told
    assert asker.channel_user_id not in told
    for row in (await everything(town.store))["delivery"]:
        about = {name: value for name, value in row.items() if name != "user_id"}
        assert {who.user_id for who in marked_in(str(about))} <= {row["user_id"]}
    assert len(town.teams.sent()) > len(examples(language))


@pytest.mark.parametrize(("role", "language"), [("member", "nl"), ("guest", "en")])
async def test_the_canary_sings_where_it_may(open_town, role, language):
    """Shared with the asker's team: a member sees it, so the marks can be seen at all; a guest of that team does not."""
    town, asker = open_town, ROLES[role]
    await settle(town, asker)
    await seed(town, role, shared_with=TEAM_ID)
    await type_everything(town, asker, language)
    assert bool(list(leaks(town))) is (role == "member")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_everything_in_the_help_and_the_docs_is_typed(language):
    """The examples are found: every command of the help, and many of the docs."""
    assert len(examples(language)) > 25
    assert {example.split()[0] for example in examples(language)} >= {
        texts(language)(lines[0].example).split()[0] for lines in HELP.values()
    }
