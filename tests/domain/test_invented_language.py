"""The words live in words.toml: a language nobody speaks is understood as well as Dutch is."""

import string
from datetime import date

import pytest

from bot.domain.places import NamedPlace
from bot.domain.where.grammar import Context, parse
from bot.domain.where.intents import Problem, Unclear
from bot.domain.words import Lexicon, fold
from cards import words
from tests.domain.sentences import LISTS, load

# Letter for letter into another script: no invented word is a word of ours, and "maandag" + "ochtend" stays one.
_SCRIPT = dict(zip(map(ord, string.ascii_lowercase), "აბგდევზთიკლმნოპჟრსტუფქღყშჩ", strict=True))
_INVENTED = {"nl": "xx", "en": "yy"}


def _in_script(text):
    return fold(text).translate(_SCRIPT)


def _translated(source):
    return {
        category: {key: [_in_script(phrase) for phrase in phrases] for key, phrases in table.items()}
        for category, table in source.items()
    }


INVENTED = {_INVENTED[language]: _translated(source) for language, source in words.load().items()}
LEXICONS = {
    "alone": Lexicon.of(INVENTED),
    "beside ours": Lexicon.of({**words.load(), **INVENTED}),
}


def _context(context):
    places = tuple(NamedPlace(place.id, _in_script(place.name), place.place) for place in context.places)
    return Context(context.today, _INVENTED[context.language], context.country, places)


@pytest.mark.parametrize("lexicon", LEXICONS.values(), ids=LEXICONS)
@pytest.mark.parametrize("name", LISTS)
def test_every_sentence_is_understood(name, lexicon):
    listed = load(name)
    context = _context(listed.context)
    for said, meant in listed.accepted:
        assert parse(_in_script(said), lexicon, context) == meant, said


@pytest.mark.parametrize("lexicon", LEXICONS.values(), ids=LEXICONS)
@pytest.mark.parametrize("name", LISTS)
def test_every_refusal_is_the_same(name, lexicon):
    listed = load(name)
    context = _context(listed.context)
    for said, problem in listed.refused:
        intent = parse(_in_script(said), lexicon, context)
        assert isinstance(intent, Unclear), said
        if problem is not Problem.ADDRESS:  # links and postcodes are written in our letters everywhere
            assert intent.problem is problem, said


def test_commands_are_found_and_their_language_is_told():
    lexicon = LEXICONS["beside ours"]
    found = lexicon.command(f"/{_in_script('waar')} {_in_script('morgen')}")
    assert found is not None
    assert (found.key, found.rest, found.languages) == ("where", _in_script("morgen"), {"xx"})


def test_the_asker_s_language_wins():
    lexicon = Lexicon.of({**words.load(), "zz": {"weekday": {"fri": ["morgen"]}}})
    wednesday = date(2026, 11, 25)
    for language, day in (("zz", 27), ("nl", 26)):
        intent = parse("thuis morgen", lexicon, Context(wednesday, language, "NL"))
        assert {change.slot.day.day for change in intent.changes} == {day}
