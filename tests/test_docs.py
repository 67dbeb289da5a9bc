"""What the pages link to is there: no reader ends at a page, a picture or a heading that does not exist."""

import re

import pytest

from bot.settings import Settings
from tests.stack import ROOT

PAGES = (*sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md")
ELSEWHERE = ("http://", "https://", "mailto:")


def anchors(page):
    """The headings of a page as links call them."""
    heads = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    links = re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8"))
    for link in links:
        if link.startswith(ELSEWHERE):
            continue
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_the_settings_that_are_told_are_the_ones_there_are():
    """Each in the table, and in the examples no other; SAMEN_DOMAIN is the package's."""
    settings = {str(field.validation_alias) for field in Settings.model_fields.values()}
    running, operating = ((ROOT / "docs" / name).read_text("utf-8") for name in ("running.md", "operations.md"))
    table = "\n".join(line.split("|")[1] for line in running.splitlines() if line.startswith("| `"))
    assert settings <= set(re.findall(r"`(\w+)`", table))
    ours = r"\b((?:Microsoft|SAMEN_|DATABASE|Allowed)\w+|(?:PLAYGROUND_)?PORT|OTEL_\w+)="
    told = set(re.findall(ours, running + operating))
    assert len(told) > 8
    assert told <= settings | {"SAMEN_DOMAIN"}


def test_what_goes_wrong_with_graph_is_told_in_the_words_people_and_logs_have():
    """Each sentence begins one that Samen says; each event and each error is one that the code names."""
    section = (ROOT / "docs/running.md").read_text("utf-8").partition("| what you see |")[2].partition("\n\n")[0]
    said = "\n".join(path.read_text("utf-8") for path in (ROOT / "cards/texts/nl").glob("*.po"))
    code = "\n".join(path.read_text("utf-8") for at in ("bot", "graph") for path in (ROOT / at).rglob("*.py"))
    quoted = re.findall("“([^”]+)”", section)
    assert len(quoted) > 6
    assert [text for text in quoted if text not in said] == []
    events = {name for line in section.splitlines()[2:] for name in re.findall(r"`(\w+)`", line.split("|")[2])}
    assert len(events) > 6
    assert [name for name in events if f'"{name}"' not in code and f"class {name}(" not in code] == []
