import pytest

from bot.domain.where.grammar import parse
from bot.domain.where.intents import SetPlan, Unclear
from bot.domain.words import Lexicon
from cards import words
from tests.domain.sentences import LISTS, load

LEXICON = Lexicon.of(words.load())
SENTENCES = [load(name) for name in LISTS]
ACCEPTED = [
    pytest.param(listed.context, said, meant, id=f"{listed.name}: {said}")
    for listed in SENTENCES
    for said, meant in listed.accepted
]
REFUSED = [
    pytest.param(listed.context, said, problem, id=f"{listed.name}: {said}")
    for listed in SENTENCES
    for said, problem in listed.refused
]


def test_the_lists_are_long_enough():
    assert len(ACCEPTED) >= 200
    assert len(REFUSED) >= 60


@pytest.mark.parametrize(("context", "said", "meant"), ACCEPTED)
def test_is_understood(context, said, meant):
    assert parse(said, LEXICON, context) == meant


@pytest.mark.parametrize(("context", "said", "problem"), REFUSED)
def test_is_refused(context, said, problem):
    intent = parse(said, LEXICON, context)
    assert isinstance(intent, Unclear)
    assert intent.problem is problem
    assert all(isinstance(offer, SetPlan) for offer in intent.offers)
