"""A sentence as a row of known phrases: names first, then the words of the lexicon, one meaning each where possible."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.domain.places import NamedPlace
from bot.domain.words import Lexicon, Sense, Token, fold, is_longer, token_texts, tokens

GRAMMAR = frozenset({
    "weekday", "doubtful", "weekday_each", "relative", "month", "week", "coming", "every", "range", "join", "part",
    "compound", "place", "hall", "kind", "clear", "negation", "view", "filler", "beyond",
})  # fmt: skip
_BEFORE_PART = ("weekday", "weekday_each", "relative", "month", "number", "every")
_ORDINAL = frozenset({"ordinal"})
# Longer than any week anybody plans in one sentence; what is longer is a pasted text.
MOST_TOKENS = 100
MOST_CHARACTERS = 1500

# What punctuation does between words, in every language: it joins, it ends a part, or it says nothing.
_JOINING = frozenset(",;&+/\n|")
_SILENT = frozenset(".!?():=<>…[]{}→¿¡")


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence is understood against: the asker's own day, language and country, and the tenant's places."""

    today: date
    language: str
    country: str
    places: tuple[NamedPlace, ...] = ()
    weekly_from: date | None = None  # said of the weekly pattern, on this day; `today` is no real day then


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One known phrase, number or mark, or one unknown word (`senses` empty). `first` and `last` count tokens."""

    text: str
    senses: frozenset[Sense]
    first: int
    last: int
    names: tuple[NamedPlace, ...] = ()
    glued: bool = False

    def is_a(self, *categories: str) -> bool:
        return any(category in categories for category, _ in self.senses)

    def key(self, category: str) -> str | None:
        """The key of this phrase in a category, if it has a meaning there."""
        return next((key for found, key in sorted(self.senses) if found == category), None)

    def number(self, digits: int) -> int | None:
        """The number written here, if it has at most so many digits."""
        return int(self.text) if self.is_a("number") and len(self.text) <= digits else None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A folded text with its tokens and lexemes."""

    text: str
    tokens: tuple[Token, ...]
    lexemes: tuple[Lexeme, ...]

    def without(self, unknown: frozenset[int]) -> str:
        """The text with every known word and number blanked: what an address may hide in."""
        letters = list(self.text)
        for at, token in enumerate(self.tokens):
            if at not in unknown and token.text.isalnum():
                letters[token.start : token.end] = "|" * (token.end - token.start)
        return "".join(letters)


def is_too_long(text: str) -> bool:
    """Whether a text is too long to be a sentence at all."""
    return is_longer(text, MOST_CHARACTERS) or len(tokens(fold(text))) > MOST_TOKENS


def read(text: str, lexicon: Lexicon, context: Context) -> Sentence:
    """Cut a text into lexemes: known names win over words, longer phrases over shorter ones."""
    flat = fold(text)
    found = tokens(flat)
    words = tuple(token.text for token in found)
    named = _names(found, context.places)
    lexemes = tuple(_settled(list(_lexemes(found, words, named, (lexicon, context.language)))))
    return Sentence(flat, found, lexemes)


def _names(found: tuple[Token, ...], places: tuple[NamedPlace, ...]) -> dict[int, tuple[int, tuple[NamedPlace, ...]]]:
    """Where names of places stand: first token -> (how many tokens, the places of that name); longest names first."""
    by_name: dict[tuple[str, ...], list[NamedPlace]] = {}
    for place in places:
        by_name.setdefault(token_texts(place.name), []).append(place)
    words = tuple(token.text for token in found)
    taken: set[int] = set()
    named = {}
    for name in sorted(by_name, key=lambda name: (-len(name), name)):
        for at in range(len(words) - len(name) + 1):
            span = range(at, at + len(name))
            if name and words[at : at + len(name)] == name and taken.isdisjoint(span) and _ends(found, span.stop):
                taken.update(span)
                named[at] = (len(name), tuple(by_name[name]))
    return named


def _ends(found: tuple[Token, ...], at: int) -> bool:
    """Whether a name may end before this token: "Markt 12" is not the place in "Markt 12a" or "Markt 12 b"."""
    if at >= len(found) or not found[at].text.isalnum():
        return True
    hyphenated = at + 1 < len(found) and found[at + 1].glued  # the "e" of "e-learning" is no house letter
    letter = found[at].text.isalpha() and len(found[at].text) == 1 and not hyphenated
    return not (found[at].glued or (letter and found[at - 1].text.isdecimal()))


def _lexemes(
    found: tuple[Token, ...],
    words: tuple[str, ...],
    named: dict[int, tuple[int, tuple[NamedPlace, ...]]],
    spoken: tuple[Lexicon, str],
) -> Iterator[Lexeme]:
    lexicon, language = spoken
    at = 0
    while at < len(words):
        length, names = named.get(at, (0, ()))
        senses: frozenset[Sense] = frozenset({("named", "")}) if names else frozenset()
        if not names:
            end = next((start for start in sorted(named) if start > at), len(words))
            length, senses = lexicon.longest(words[:end], at, language, GRAMMAR)
            if found[at].glued and found[at - 1].text.isdecimal() and all(c == "filler" for c, _ in senses):
                length, senses = 0, frozenset()  # the "a" of "12a" is no word
            length, senses = (length, senses) if senses else _mark(found, at, lexicon)
        text = words[at] if words[at].isdecimal() else " ".join(words[at : at + length])
        yield Lexeme(text, senses, at, at + length - 1, names, found[at].glued)
        at += length


def _mark(found: tuple[Token, ...], at: int, lexicon: Lexicon) -> tuple[int, frozenset[Sense]]:
    """A number (with "3e", "3rd" as one), a punctuation mark, or an unknown token."""
    text = found[at].text
    if text.isdecimal():
        suffixed = at + 1 < len(found) and found[at + 1].glued and found[at + 1].text in lexicon.words(_ORDINAL)
        return (2, frozenset({("number", "ordinal")})) if suffixed else (1, frozenset({("number", "plain")}))
    if text == "-":
        return 1, frozenset({("dash", "-")})
    if text in _JOINING:
        return 1, frozenset({("join", "mark")})
    return 1, frozenset({("silent", "")} if text in _SILENT else ())


def _settled(lexemes: list[Lexeme]) -> Iterator[Lexeme]:
    """Give a word with several meanings the one its neighbours leave it.

    A day that may be a day-part is one right after a day ("maandag morgen", "elke morgen"). On and off belong to sharing only.
    A week without a number behind it is the team's week.
    """
    shares = any(lexeme.key("view") in {"share", "publish"} for lexeme in lexemes)
    last: Lexeme | None = None
    for at, lexeme in enumerate(lexemes):
        settled = lexeme
        if settled.is_a("week") and settled.is_a("view"):
            settled = _only(settled, "week" if _has_number(lexemes[at + 1 : at + 3]) else "view")
        if lexeme.key("view") in {"on", "off"}:
            settled = _only(lexeme, "view") if shares else _without(lexeme, "view")
        if settled.is_a("relative") and settled.is_a("part"):
            after_day = last is not None and last.is_a(*_BEFORE_PART)
            settled = _without(settled, "relative" if after_day else "part")
        yield settled
        last = settled


def _has_number(following: list[Lexeme]) -> bool:
    """Whether a week's own number follows, and not a date ("week 30 nov")."""
    return any(each.is_a("number") for each in following[:1]) and not any(each.is_a("month") for each in following[1:])


def _without(lexeme: Lexeme, category: str) -> Lexeme:
    senses = frozenset(sense for sense in lexeme.senses if sense[0] != category)
    return Lexeme(lexeme.text, senses, lexeme.first, lexeme.last, lexeme.names, lexeme.glued)


def _only(lexeme: Lexeme, category: str) -> Lexeme:
    senses = frozenset(sense for sense in lexeme.senses if sense[0] == category)
    return Lexeme(lexeme.text, senses, lexeme.first, lexeme.last, lexeme.names, lexeme.glued)
