"""docs/operations.md names the events that there are: what an operator looks for is what the code says."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "operations.md").read_text()
LEVELS = ("debug", "info", "warning", "error", "exception", "critical")


def events() -> Iterator[tuple[str, str]]:
    """Each event of the code with its level."""
    files = [ROOT / "app.py", *(ROOT / "bot").rglob("*.py"), *(ROOT / "graph").rglob("*.py")]
    for node in (node for file in files for node in ast.walk(ast.parse(file.read_text()))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LEVELS):
            continue
        if (
            isinstance(node.func.value, ast.Name)
            and node.func.value.id == "log"
            and isinstance(node.args[0], ast.Constant)
        ):
            yield node.args[0].value, node.func.attr


def section(title: str) -> set[str]:
    """The events that a section of the page names."""
    text = PAGE.partition(f"### {title}\n")[2].partition("\n#")[0]
    rows = [line.split("|")[1] if line.startswith("|") else line for line in text.splitlines()]
    return {word for row in rows for word in re.findall(r"`([a-z]+(?:_[a-z]+)*)`", row)}


def test_every_error_and_warning_is_explained_where_its_level_is():
    for level, title in (("error", "Errors"), ("warning", "Warnings")):
        assert {event for event, at in events() if at == level} == section(title)


def test_every_event_of_the_code_is_on_the_page_and_none_is_invented():
    known = {event for event, _ in events()} | {"library_event"}
    named = section("Errors") | section("Warnings") | section("Notices")
    assert known <= named
    fields = {"command", "intent", "scope", "rows", "library", "kind"}
    assert named - fields == known


def test_what_failures_look_like_speaks_of_events_and_counts_that_exist():
    """An event's name has an underscore; so do the causes that are counted."""
    from bot.domain.health import Failure

    known = {event for event, _ in events()} | {each.value for each in Failure}
    told = PAGE.partition("## What each failure looks like")[2]
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", told))
    named = {word for word in named if not word.startswith("samen_")}  # numbers: test_telemetry knows them
    assert named - known <= {"library_event", "pg_dump", "synchronous_commit"}
