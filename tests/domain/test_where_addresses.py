"""No address gets through, and what only looks like one does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.places import Kind, Place, WorkLocation
from bot.domain.where.grammar import Context, parse
from bot.domain.where.intents import Problem, Unclear
from tests.domain.where_reading import ACCEPTED, LEXICON, PLACES, TODAY, contexts, unclear

STREETS = ("Kerkstraat", "Lange Dreef", "Hoofdweg", "Grote Markt", "Meir", "Coolsingel", "de Ruyterkade", "Plein 1945")
TOWNS = ("Arnhem", "Antwerpen", "Gent", "Velp")
addresses = st.one_of(
    st.builds("{} {}{}".format, st.sampled_from(STREETS), st.integers(1, 999), st.sampled_from(["", "a", " b"])),
    st.builds("{} {}-{}".format, st.sampled_from(STREETS[:2]), st.integers(1, 40), st.integers(1, 40)),
    st.builds("{} {}".format, st.integers(1000, 9999).filter(lambda n: not 1990 <= n < 2100), st.sampled_from(TOWNS)),
    st.builds(
        "{}{}{}{}".format,
        st.integers(1000, 9999),
        st.sampled_from(["", " "]),
        st.sampled_from("KLPRSTX"),
        st.sampled_from("BCKLX"),
    ),
    st.builds("06{}{:08}".format, st.sampled_from(["", " ", "-"]), st.integers(0, 99999999)),
    st.builds("+32 4{:02} {:02} {:02} {:02}".format, *[st.integers(0, 99)] * 4),
    st.builds("{:.4f}, {:.4f}".format, st.floats(50, 53), st.floats(3, 7)),
    st.builds("{}@{}.nl".format, st.sampled_from(["jan", "info"]), st.sampled_from(["gemeente", "arnhem"])),
    st.builds("https://{}.be/{}".format, st.sampled_from(["maps", "kaart"]), st.integers(1, 99)),
)


@given(addresses, st.sampled_from(ACCEPTED), st.booleans())
def test_no_address_gets_through(address, accepted, first):
    context, said, _ = accepted
    intent = parse(f"{address}. {said}" if first else f"{said} {address}", LEXICON, context)
    assert isinstance(intent, Unclear)
    assert intent.problem is Problem.ADDRESS
    assert intent.leftover == ()
    assert intent.offers == ()
    # What is left is a place class and the id of a place that an administrator named: never a word of the sentence.
    assert intent.location is None or intent.location.named in {None, *(place.id for place in context.places)}


@given(addresses, contexts)
def test_an_address_alone_is_called_one(address, context):
    intent = parse(f"thuis {address}", LEXICON, context)
    assert isinstance(intent, Unclear)
    assert intent.problem is Problem.ADDRESS
    assert intent.leftover == ()


def test_a_word_with_a_hyphen_after_a_numbered_name_is_no_house_letter():
    intent = parse("do Markt 12 e-learning", LEXICON, Context(TODAY, "nl", "NL", PLACES))
    assert intent.changes[0].location == WorkLocation(Place.SITE, "b", Kind.LEARNING)
    assert unclear("do Markt 12 e thuis").problem is Problem.ADDRESS


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("51.9851, 5.8987", Problem.ADDRESS),
        ("thuis, adres volgt", Problem.ADDRESS),
        ("thuis kwispelen", Problem.LEFTOVER),
    ],
)
def test_what_only_one_detector_finds(text, problem):
    assert unclear(text).problem is problem


def test_a_building_called_after_a_square_leaves_no_number_behind():
    for text in ("do werkplein 3", "milieustraat 12b", "Zorgplein 4 bus 2"):
        intent = unclear(text)
        assert intent.problem in {Problem.LEFTOVER, Problem.ADDRESS}
        assert intent.location is None or intent.problem is Problem.ADDRESS
        assert intent.leftover in {(), ("b",), ("bus",)}
    for street in ("Stadhuisplein", "Kerkstraat", "do Cultuurplein"):
        assert unclear(street).problem is Problem.ADDRESS
