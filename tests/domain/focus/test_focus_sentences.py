"""What people type behind `/focus`, in three lists, and in a language that nobody speaks."""

import string
from dataclasses import replace

import pytest

from bot.domain.focus.grammar import parse
from bot.domain.focus.intents import Start, Unclear
from bot.domain.words import Lexicon, fold
from cards import words
from tests.domain.focus.said import LISTS, busy, load

LEXICON = Lexicon.of(words.load())
LISTED = [load(name) for name in LISTS]
ACCEPTED = [
    pytest.param(listed.context, said, meant, id=f"{listed.name}: {said}")
    for listed in LISTED
    for said, meant in listed.accepted
]
REFUSED = [
    pytest.param(listed.context, said, meant, id=f"{listed.name}: {said}")
    for listed in LISTED
    for said, meant in listed.refused
]
UNDER_WAY = [
    pytest.param(busy(listed.context), said, meant, id=f"{listed.name}: {said}")
    for listed in LISTED
    for said, meant in listed.under_way
]


def test_the_lists_are_long_enough():
    assert len(ACCEPTED) >= 400
    assert len(REFUSED) >= 150
    assert all(len(listed.accepted) >= 100 and len(listed.refused) >= 40 for listed in LISTED)


@pytest.mark.parametrize(("context", "said", "meant"), ACCEPTED)
def test_is_understood(context, said, meant):
    assert not isinstance(meant, Unclear)
    assert parse(said, LEXICON, context) == meant


@pytest.mark.parametrize(("context", "said", "meant"), REFUSED)
def test_is_refused_with_something_to_choose(context, said, meant):
    assert isinstance(meant, Unclear)
    assert parse(said, LEXICON, context) == meant


@pytest.mark.parametrize(("context", "said", "meant"), UNDER_WAY)
def test_is_understood_while_a_session_is_on(context, said, meant):
    assert parse(said, LEXICON, context) == meant


def test_every_word_is_understood_whatever_the_language_of_the_asker():
    for listed in LISTED:
        other = replace(listed.context, language="en" if listed.context.language == "nl" else "nl")
        differ = [said for said, meant in listed.accepted if parse(said, LEXICON, other) != meant]
        # "Do" is a Thursday to who speaks Dutch.
        assert differ in ([], ["do the report"])


# Letter for letter into another script: no invented word is one of ours.
_SCRIPT = dict(zip(map(ord, string.ascii_lowercase), "აბგდევზთიკლმნოპჟრსტუფქღყშჩ", strict=True))


def _in_script(text):
    return fold(text).translate(_SCRIPT)


def _invented(language):
    return {
        category: {key: [_in_script(phrase) for phrase in phrases] for key, phrases in table.items()}
        for category, table in words.load()[language].items()
    }


def _subjects_in_script(intent):
    if isinstance(intent, Unclear):
        return replace(intent, offers=tuple(_subjects_in_script(offer) for offer in intent.offers))
    if isinstance(intent, Start) and intent.subject:
        return replace(intent, subject=_in_script(intent.subject))
    return intent


@pytest.mark.parametrize("beside_ours", [False, True])
def test_an_invented_language_is_understood_as_well(beside_ours):
    invented = {"xx": _invented("nl"), "yy": _invented("en")}
    lexicon = Lexicon.of({**words.load(), **invented} if beside_ours else invented)
    for listed in LISTED:
        context = replace(listed.context, language={"nl": "xx", "en": "yy"}[listed.context.language])
        for said, meant in (*listed.accepted, *listed.refused):
            if said.isascii():  # a fold of what is not ASCII may be longer than a subject may be
                assert parse(_in_script(said), lexicon, context) == _subjects_in_script(meant), said
