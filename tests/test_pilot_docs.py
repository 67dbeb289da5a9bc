"""The page for works councils and privacy officers says what the code does, and names proof that exists."""

import re

import pytest

from bot.domain.words import Lexicon
from bot.store.tables import metadata
from cards.catalogue import texts
from cards.words import load
from tests.stack import ROOT

PAGES = {"nl": "docs/pilot.md", "en": "docs/pilot-en.md"}
HEADS = {"nl": ("wat", "waarvoor", "wie ziet het", "hoe lang"), "en": ("what", "what for", "who sees it", "how long")}
each_page = pytest.mark.parametrize("language", PAGES)


def page(language):
    return (ROOT / PAGES[language]).read_text("utf-8")


def quoted(language):
    return re.findall(r"`([^`\n]+)`", page(language))


def kept(language):
    """The table of what is kept, as the tables themselves declare it."""
    t = texts(language)
    declared = [table.info["keeping"] for table in metadata.sorted_tables if "keeping" in table.info]
    rows = [[t(text) for text in (one.title, one.purpose, one.seen_by, one.kept)] for one in declared]
    lines = [HEADS[language], ("---",) * 4, *sorted(rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


@each_page
def test_what_is_kept_stands_there_as_the_tables_declare_it(language):
    found = re.search(r"<!-- kept -->\n(.*?)\n?<!-- /kept -->", page(language), re.DOTALL)
    assert found
    assert found[1] == kept(language)


@each_page
def test_every_proof_exists(language):
    """A file that is named is there, and so is each test."""
    proofs = [text for text in quoted(language) if re.match(r"(?:bot|cards|tests|infra|docs)/", text)]
    assert len(proofs) > 15
    for proof in proofs:
        path, _, name = proof.partition("::")
        assert (ROOT / path).exists(), proof
        assert not name or re.search(rf"^(?:async )?def {name}\(", (ROOT / path).read_text("utf-8"), re.MULTILINE), (
            proof
        )


@each_page
def test_what_to_type_is_understood(language):
    """In the language of the page."""
    lexicon = Lexicon.of(load())
    typed = [text for text in quoted(language) if text.startswith("/")]
    assert len(typed) > 10
    for text in typed:
        match = lexicon.command(text)
        assert match, text
        assert language in match.languages, text


def test_both_languages_ask_the_same():
    """As many rows, questions and proofs, in the same order."""

    def shape(language):
        text = page(language)
        proofs = [word for word in quoted(language) if re.match(r"(?:bot|cards|tests|infra)/", word)]
        return text.count("\n**"), text.count("\n## "), text.count("\n|"), proofs

    assert shape("nl") == shape("en")
