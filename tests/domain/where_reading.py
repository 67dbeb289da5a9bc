"""The day, the words and the places with which the tests of `/where` read a sentence."""

from datetime import date

from hypothesis import strategies as st

from bot.domain.places import NamedPlace, Place
from bot.domain.where.grammar import Context, parse
from bot.domain.where.intents import Unclear
from bot.domain.words import Lexicon
from cards import words
from tests.domain.sentences import LISTS, load

LEXICON = Lexicon.of(words.load())
TODAY = date(2026, 11, 25)
PLACES = (
    NamedPlace("a", "Stadskantoor", Place.SITE),
    NamedPlace("b", "Markt 12", Place.SITE),
    NamedPlace("c", "Bibliotheek Rozet", Place.LIBRARY),
    NamedPlace("d", "Café op de Hoek", Place.THIRD),
    NamedPlace("e", "Wijkcentrum De Wetering", Place.NEIGHBOURHOOD),
    NamedPlace("f", "Waterschap Rijn & IJssel", Place.PARTNER),
)
LISTED = [load(name) for name in LISTS]
ACCEPTED = [(listed.context, said, meant) for listed in LISTED for said, meant in listed.accepted]
contexts = st.builds(
    Context,
    st.dates(date(2026, 1, 1), date(2035, 12, 31)),
    st.sampled_from(["nl", "en"]),
    st.sampled_from(["NL", "BE"]),
    st.just(PLACES),
)


def unclear(text, country="NL", language="nl", places=PLACES):
    intent = parse(text, LEXICON, Context(TODAY, language, country, places))
    assert isinstance(intent, Unclear)
    return intent
