"""`/beheer log` and `/beheer gezondheid`: who did what, and how Samen itself is."""

import ast
from datetime import timedelta

import pytest

from bot.domain.health import Failure
from bot.settings import VERSION
from cards.admin.wording import ACTS, FAILURES
from tests.conversations.town import ANOUK, CHANTAL
from tests.fakes.botframework import TENANT
from tests.stack import ROOT

pytestmark = pytest.mark.thorough


async def test_the_log_names_who_did_what_when(strict):
    """In the reader's own zone, newest first, a page at a time; somebody no member list knows has no name."""
    await strict.says("/locaties erbij Kelder")
    strict.clock.move(timedelta(minutes=1))
    await strict.says("waar")
    async with strict.store.units.mirror(TENANT) as unit:
        await unit.audit.add("somebody who left", "capability_off", "reach")
    lines = (await strict.says("/beheer log")).text.splitlines()
    newest, oldest = (line for line in lines if line.startswith("- "))
    assert "iemand die ik niet bij naam ken" in newest
    assert "uitgezet" in newest
    assert "plek erbij gezet (Kelder)" in oldest
    assert f"{strict.clock.now():%H}" not in oldest.split(",")[0]


async def test_the_log_has_pages_of_twenty(strict):
    async with strict.store.units.mirror(TENANT) as unit:
        for number in range(45):
            await unit.audit.add(ANOUK.user_id, "minimum_set", str(number))
    first = await strict.says("/beheer log")
    second = await strict.presses(first.button(verb="admin.log", page=2))
    third = await strict.says("/beheer log 3")
    shown = [line.split("(")[-1] for page in (first, second, third) for line in page.text.splitlines() if "(" in line]
    assert shown == [f"{number})" for number in range(44, -1, -1)]
    assert "log 4" not in third.text
    assert "Verder terug is er niets" in (await strict.says("/beheer log 4")).text


def test_every_administrative_act_has_words():
    """All that the code can write in the audit log can be read there."""
    assert recorded() - set(ACTS) == set()


async def test_the_health_of_samen_itself(strict):
    """Version, database, tick and failures in words; a tick that stays away is said; nobody is named."""
    said = await strict.says("/beheer gezondheid")
    assert f"Versie: {VERSION}" in said.text
    assert strict.store.engines.read.dialect.name in said.text.casefold()
    assert "nog niet gedraaid" in said.text
    await strict.services.health.beat(strict.clock.now())
    strict.services.health.count(Failure.DELIVERY_BLOCKED)
    healthy = await strict.says("/admin health", CHANTAL)
    assert "10:00" in healthy.text
    assert "The receiver blocked or removed Samen: 1" in healthy.text
    strict.clock.move(timedelta(minutes=6))
    assert "te lang geleden" in (await strict.says("/beheer gezondheid")).text


def test_every_kind_of_failure_has_words():
    assert set(FAILURES) == set(Failure)


def recorded() -> set[str]:
    """The acts given to `unit.audit.add` anywhere in the code; those made from pieces, by their pieces."""
    found: set[str] = set()
    for path in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("audit.add"):
                found |= set(_constants(node.args[1]))
    return found


def _constants(node):
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from _constants(body)
            yield from _constants(orelse)
        case ast.JoinedStr() if ast.unparse(node) == "f'place_{intent.act}'":
            yield from (f"place_{act}" for act in ("added", "renamed", "retired", "restored"))
        case _:
            pytest.fail(f"an act that cannot be read from the code: {ast.unparse(node)}")


def test_nothing_changes_or_deletes_the_log_but_its_own_end():
    """Append-only: only the insert and the year's end in the tables' declaration touch `audit` for writing."""
    for path in (ROOT / "bot").rglob("*.py"):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in {
                "update",
                "delete",
                "upsert",
            }:
                assert "audit" not in [ast.unparse(arg) for arg in node.args], f"{path}: {ast.unparse(node)}"
