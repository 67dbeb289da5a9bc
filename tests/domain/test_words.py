import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.places import Kind, Place
from bot.domain.words import Lexicon, fold, folded, is_longer, token_texts, tokens
from cards import words

LEXICON = Lexicon.of(words.load())


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("MORGEN", "morgen"),
        ("Café", "cafe"),
        ("ＭＡ　１２", "ma 12"),
        ("mor\u200bgen\u00ad", "morgen"),
        ("\u202ethuis\u200f", "thuis"),
        ("a\u00a0b\tc", "a b c"),
        ("٣ dec", "3 dec"),
        ("ma—wo", "ma-wo"),
        ("‘s ochtends", "'s ochtends"),
        ("👍🏽", "👍"),
        ("❤️", "❤"),
    ],
)
def test_folding(typed, text):
    assert fold(typed) == text


def test_tokens_are_words_numbers_and_marks():
    assert token_texts("Ma 3dec, 's ochtends t/m 3e!") == (
        *("ma", "3", "dec", ",", "s", "ochtends", "t", "/", "m", "3", "e", "!"),
    )
    assert [token.glued for token in tokens("3dec 4")] == [False, True, False]


@given(st.text(max_size=200))
def test_every_folded_character_knows_where_it_came_from(text):
    flat = folded(text)
    assert len(flat.origin) == len(flat.text)
    assert list(flat.origin) == sorted(flat.origin)
    assert fold(text.upper()) == fold(fold(text.upper()))


@given(st.text(st.characters(codec="ascii"), max_size=40))
def test_plain_letters_fold_as_they_do_beside_others(text):
    beside = folded(f"{text}é")
    assert fold(text) == folded(text).text == beside.text[:-1]
    assert folded(text).origin == beside.origin[:-1]


@given(st.text(alphabet="aß㌖ﷺ\u0301\u200b🏠 ", max_size=40), st.integers(0, 60))
def test_a_text_is_as_long_as_it_is_folded(text, most):
    assert is_longer(text, most) == (max(len(text), len(fold(text))) > most)


@pytest.mark.parametrize(
    ("text", "key", "rest", "languages"),
    [
        ("/waar morgen thuis", "where", "morgen thuis", {"nl"}),
        ("waar", "where", "", {"nl"}),
        ("WHERE", "where", "", {"en"}),
        ("  /Where   Office Tomorrow ", "where", "Office Tomorrow ", {"en"}),
        ("／waar thuis", "where", "thuis", {"nl"}),
        ("/ waar thuis", "where", "thuis", {"nl"}),
        ("waar?", "where", "", {"nl"}),
        ("waar: thuis", "where", "thuis", {"nl"}),
        ("\u200bwaar\u200b thuis", "where", "thuis", {"nl"}),
        ("/locaties erbij Café Zuid", "locations", "erbij Café Zuid", {"nl"}),
        ("locations", "locations", "", {"en"}),
        ("/taal nl", "language", "nl", {"nl"}),
        ("/language en", "language", "en", {"en"}),
        ("help", "help", "", {"nl", "en"}),
        ("Hallo!", "help", "", {"nl"}),
        ("hello there", "help", "there", {"en"}),
        ("hoi", "help", "", {"nl"}),
        ("?", "help", "", {"nl", "en"}),
        ("Goedemorgen", "help", "", {"nl"}),
    ],
)
def test_a_command_is_found(text, key, rest, languages):
    found = LEXICON.command(text)
    assert found is not None
    assert (found.key, found.rest, set(found.languages)) == (key, rest, languages)


@pytest.mark.parametrize("text", ["", " ", "/", "//waar", "waarom", "waar3", "thuis", "morgen waar", "😀", "\u200b"])
def test_no_command(text):
    assert LEXICON.command(text) is None


@given(st.text(max_size=300))
def test_looking_for_a_command_never_fails(text):
    found = LEXICON.command(text)
    assert found is None or found.rest in text


@pytest.mark.parametrize(
    ("category", "text", "key", "rest"),
    [
        ("locations", "erbij Loods Zuid", "add", "Loods Zuid"),
        ("locations", "add The Hub", "add", "The Hub"),
        ("locations", "hernoem Oud", "rename", "Oud"),
        ("locations", "wijzig naam Oud", "rename", "Oud"),
        ("locations", "sluit af Oud", "retire", "Oud"),
        ("locations", "remove Oud", "retire", "Oud"),
        ("place", "bibliotheek Rozet", "library", "Rozet"),
        ("place", "Wijkcentrum De Wetering", "neighbourhood", "De Wetering"),
        ("place", "café 't Hoekje", "third", "'t Hoekje"),
        ("language", "team nl", "team", "nl"),
        ("language", "Vlaams", "nl", ""),
        ("language", "ENGELS", "en", ""),
        ("language", "dutch", "nl", ""),
    ],
)
def test_a_phrase_of_another_command(category, text, key, rest):
    found = LEXICON.phrase(category, text)
    assert found is not None
    assert (found.key, found.rest) == (key, rest)


def test_two_names_are_split_by_a_word():
    assert LEXICON.split("locations", "to", "Café Oud naar Café Nieuw") == ("Café Oud", "Café Nieuw")
    assert LEXICON.split("locations", "to", "Old to New") == ("Old", "New")
    assert LEXICON.split("locations", "to", "Oud naar") is None
    assert LEXICON.split("locations", "to", "naar Nieuw") is None
    assert LEXICON.split("locations", "to", "") is None


@pytest.mark.parametrize("language", words.load())
def test_a_language_has_words_for_everything(language):
    source = words.load()[language]
    assert set(source["place"]) == set(Place)
    assert set(source["kind"]) == set(Kind)
    assert [len(source[table]) for table in ("weekday", "weekday_each", "month")] == [7, 7, 12]
    for category, table in words.load()["nl"].items():
        # "Half negen" is half past eight: other languages count from the hour that was.
        missing = set(table) - set(source[category]) - {"midday", "today+midday", "tomorrow+midday", "half_to"}
        assert missing <= {"after_tomorrow+morning", "after_tomorrow+midday", "after_tomorrow+afternoon"}, category
    assert all(phrases for table in source.values() for phrases in table.values())
