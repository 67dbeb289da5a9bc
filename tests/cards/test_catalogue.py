"""The catalogues: every English sentence of the code has its translation, and nothing else is in them."""

import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import cards
from cards.catalogue import FOLDER, texts
from cards.help import HELP, OPENINGS
from cards.locations import CHANGES, CLASSES, PROBLEMS
from cards.notices import WHY
from cards.where.unclear import QUESTIONS
from cards.where.wording import HALVES, KINDS, PLACES

CODE = Path(cards.__file__).parent
# How the code marks a sentence: t("..."), marked("..."), t.many("...", "...", count).
MARKS = {"t": None, "marked": None, "many": (1, 2)}
# English is the language of the sentences in the code, so it needs no catalogue.
TRANSLATED = [path.name for path in sorted(FOLDER.iterdir()) if path.is_dir() and path.name != "en"]


def sentences() -> dict[str | tuple[str, ...], set[str]]:
    """Every marked sentence of the code, with the capabilities that say it."""
    found: dict[str | tuple[str, ...], set[str]] = {}
    for name, _, message, _, _ in extract_from_dir(CODE, method_map=[("**.py", "python")], keywords=MARKS):
        found.setdefault(message, set()).add(name.split("/")[0].removesuffix(".py"))
    return found


def catalogues(language: str) -> dict[str, Catalog]:
    found = {}
    for path in sorted((FOLDER / language).glob("*.po")):
        with path.open("rb") as source:
            found[path.stem] = read_po(source, locale=language, abort_invalid=True)
    return found


def entries(language: str) -> list[tuple[str, object]]:
    """(file, entry) of every sentence in a language's catalogues."""
    return [(name, one) for name, catalogue in catalogues(language).items() for one in catalogue if one.id]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_dutch_is_translated():
    assert "nl" in TRANSLATED


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_sentence_of_the_code_is_translated_once_and_no_other(language):
    assert sorted(map(str, sentences())) == sorted(
        str(tuple(e.id) if e.pluralizable else e.id) for _, e in entries(language)
    )


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_sentence_stands_in_the_catalogue_of_the_capability_that_says_it(language):
    homes = {message: next(iter(who)) if len(who) == 1 else "shared" for message, who in sentences().items()}
    names = set(catalogues(language))
    for name, entry in entries(language):
        home = homes[tuple(entry.id) if entry.pluralizable else entry.id]
        assert name == (home if home in names else "shared"), entry.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_missing_fuzzy_or_obsolete(language):
    for _, entry in entries(language):
        forms = entry.string if entry.pluralizable else (entry.string,)
        assert all(form.strip() for form in forms), entry.id
        assert not entry.fuzzy, entry.id
    assert not any(catalogue.obsolete for catalogue in catalogues(language).values())


@pytest.mark.parametrize("language", TRANSLATED)
def test_plural_sentences_have_every_form(language):
    for name, catalogue in catalogues(language).items():
        for entry in catalogue:
            if entry.id and entry.pluralizable:
                assert len(entry.string) == catalogue.num_plurals, (name, entry.id)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_fills_in_the_same_values(language):
    for _, entry in entries(language):
        sources, forms = (entry.id, entry.string) if entry.pluralizable else ((entry.id,), (entry.string,))
        assert {frozenset(fields(text)) for text in forms} == {frozenset(fields(text)) for text in sources}, entry.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_one_types_begins_with_a_slash_in_both(language):
    for _, entry in entries(language):
        if isinstance(entry.id, str):
            assert entry.id.startswith("/") == entry.string.startswith("/"), entry.id


def test_dutch_has_no_straight_quotes_or_english_left():
    for _, entry in entries("nl"):
        for form in entry.string if entry.pluralizable else (entry.string,):
            assert not re.search(r"['\"]|\b(?:the|you|your|and)\b", form), form


@pytest.mark.parametrize("table", [PLACES, KINDS, HALVES, QUESTIONS, PROBLEMS, CHANGES, CLASSES, OPENINGS, WHY])
def test_every_key_of_a_table_has_words_in_dutch(table):
    t = texts("nl")
    assert [key for key, message in table.items() if t(message) == message] == []


def test_every_help_line_has_an_example_that_begins_with_a_slash_in_both_languages():
    for language in ("nl", "en"):
        for lines in HELP.values():
            assert all(texts(language)(line.example).startswith("/") for line in lines)


def test_what_is_not_translated_stays_english():
    assert texts("xx")("My plan") == "My plan"


def test_a_countrys_variant_only_replaces_sentences_that_exist():
    """Every sentence of a variant is one of the code's, and differs from the language's own."""
    for path in FOLDER.glob("*-*.po"):
        base = texts(path.stem.partition("-")[0])
        with path.open("rb") as source:
            entries_ = [entry for entry in read_po(source) if entry.id]
        assert entries_
        for entry in entries_:
            assert entry.id in sentences(), entry.id
            assert texts(path.stem)(entry.id) == entry.string != base(entry.id)
