"""Finds what Samen never keeps: addresses, postcodes, coordinates, links, e-mail addresses and telephone numbers."""

import re

from bot.domain.words import Lexicon, token_texts

# Each of these looks at a character a bounded number of times, however long the text: a run of letters or marks is
# entered at its beginning only, and what somebody types holds up nobody else.
_LETTERS = r"(?<![^\W\d_])[^\W\d_]{2,}"  # two letters or more, from the first on

_LINK = re.compile(
    r"https?\b|\bwww\b|://|///|\S@[^\s@]*\S\.\S"
    r"|[^\W_]\.(?:nl|be|eu|com|org|net|info|gov|io|app|link|me|de|fr|uk|vlaanderen|brussels|amsterdam|gent)\b"
)
_COORDINATES = re.compile(
    r"\d{1,3}[.,]\d{3,}|\d\s*°|\bgeo:|\b[23456789cfghjmpqrvwx]{4,8}\+[23456789cfghjmpqrvwx]{2,3}\b"
)
_DUTCH_POSTCODE = re.compile(r"\b[1-9]\d{3}\s?[a-z]{2}\b")
# Four digits beside a word nobody knows ("2000 Antwerpen", "Gent 9000"), or alone and no year.
_BELGIAN_POSTCODE = re.compile(rf"\b[1-9]\d{{3}}\s+[^\W\d_]{{2,}}|{_LETTERS}[\s,]+[1-9]\d{{3}}\b|\bb-[1-9]\d{{3}}\b")
_FOUR_DIGITS = re.compile(r"(?<!\d)[1-9]\d{3}(?!\d)")
_YEARS = range(1990, 2100)
_NUMBERED = re.compile(_LETTERS + r"[\s.,:#°]*\d{1,5}(?!\d)")
_LONG_NUMBER = re.compile(r"(?:\d[\s./()+-]{0,3}){7,}")
_ACCOUNT = re.compile(r"\b[a-z]{2}\d{2}(?:\s?[a-z0-9]{4}){2,}")
_NUMBER_FIRST = re.compile(r"\b\d{1,5}\s?[a-z]?[\s,]+((?:[^\W\d_]+[\s-]*){1,4})")
_WORD_THEN_NUMBER = re.compile(rf"({_LETTERS})[\s.,]*\d")
_STEM = 3  # letters before "straat" that make it a street's name


def holds_address(whole: str, unknown: str, lexicon: Lexicon) -> bool:
    """Whether a folded text gives away an exact place or a number to reach somebody.

    `whole` is the text; `unknown` is the same text with every known word, name and date blanked, so that "3 dec"
    is a date and a site called "Markt 12" is a site. The kinds of street are the words of the table `address`.
    """
    whole, unknown = " ".join(whole.split()), " ".join(unknown.split())  # no space is wide enough to hide behind
    if any(pattern.search(whole) for pattern in (_LINK, _COORDINATES)):
        return True
    patterns = (_DUTCH_POSTCODE, _BELGIAN_POSTCODE, _NUMBERED, _LONG_NUMBER, _ACCOUNT)
    if any(pattern.search(unknown) for pattern in patterns):
        return True
    if any(int(digits) not in _YEARS for digits in _FOUR_DIGITS.findall(unknown)):
        return True
    return _has_street(whole, unknown, lexicon) or _has_marker(whole, lexicon)


def holds_link(text: str) -> bool:
    """Whether a text holds a link or an e-mail address."""
    return bool(_LINK.search(text.casefold()))


def _has_street(whole: str, unknown: str, lexicon: Lexicon) -> bool:
    """Whether a street is named: "Kerkstraat" by itself, "Grote Steenweg", "12 Market Street", "Dreef 1-2"."""
    words = token_texts(unknown)
    if lexicon.texts("address", "alone").intersection(words[1:]):
        return True
    certain = lexicon.texts("address", "certain")
    if any(word.endswith(kind) and len(word) >= len(kind) + _STEM for word in words for kind in certain):
        return True
    kinds = tuple(lexicon.texts("address", "street"))
    before = {word for found in _NUMBER_FIRST.findall(unknown) for word in token_texts(found)}
    after = set(_WORD_THEN_NUMBER.findall(whole)).intersection(words)
    return any(word.endswith(kinds) for word in before | after)


def _has_marker(whole: str, lexicon: Lexicon) -> bool:
    text = " ".join(token_texts(whole))
    return any(f" {marker} " in f" {text} " for marker in lexicon.texts("address", "marker"))
