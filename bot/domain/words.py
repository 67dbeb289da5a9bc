"""Words: what people type, folded, cut into tokens and looked up in the words of every language at once."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

Sense = tuple[str, str]  # (category, key), as the tables of words.toml are called: ("weekday", "mon")

_TOKEN = re.compile(r"\d+|[^\W\d_]+|\n|[^\s\w]")
_SILENT = frozenset("'*_`~\"")  # quotes, and the marks with which Teams makes text bold or slanted
_QUOTES = frozenset("'‘’‚‛`´ʼ′")
_DASHES = frozenset("-‐‑‒–—―−")
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_AFTER_PHRASE = " \n:;,.!?"


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without case, accents and invisible characters; `origin[i]` is where character i came from."""

    text: str
    origin: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """A run of letters, a run of digits, or one other character. `glued`: nothing stands between it and the last."""

    text: str
    start: int
    end: int
    glued: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found at the start of a text.

    `rest` is what follows, as it was typed; `languages` are the codes of the languages this phrase belongs to.
    """

    key: str
    rest: str
    languages: frozenset[str]
    slash: bool = False  # a command typed with its slash


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if character in "\n\r\u2028\u2029":
        return "\n"
    folded = ""
    for part in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold()):
        folded += _fold_part(part)
    return folded


def _fold_part(part: str) -> str:
    category = unicodedata.category(part)
    if category in {"Mn", "Me", "Cf"} or ord(part) in _SKIN_TONES:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(part))
    if part in _QUOTES:
        return "'"
    if part in _DASHES:
        return "-"
    return " " if category[0] in "ZC" else part


# Most of what is typed is ASCII, of which every character becomes one.
_ASCII = {code: _fold_character(chr(code)) for code in range(128)}


def folded(text: str) -> Folded:
    """A text as Samen compares it, with the way back to what was typed."""
    if text.isascii():
        return Folded(text.translate(_ASCII), tuple(range(len(text))))
    parts = [_fold_character(c) for c in text]
    origin = [i for i, part in enumerate(parts) for _ in part]
    return Folded("".join(parts), tuple(origin))


def fold(text: str) -> str:
    """A text without case, accents and invisible characters: equal for two spellings of one name."""
    return text.translate(_ASCII) if text.isascii() else folded(text).text


def is_longer(text: str, most: int) -> bool:
    """Whether a text has more characters than that, as typed or folded: one character may stand for a whole phrase."""
    if len(text) > most or text.isascii():
        return len(text) > most
    return sum(len(_fold_character(character)) for character in text) > most


def tokens(text: str, most: int | None = None) -> tuple[Token, ...]:
    """The tokens of a folded text, or the first `most`; quotes and formatting marks are left out."""
    found: list[Token] = []
    end = -1
    for piece in _TOKEN.finditer(text):
        if len(found) == most:
            break
        if piece[0] not in _SILENT:
            found.append(Token(piece[0], piece.start(), piece.end(), glued=piece.start() == end))
            end = piece.end()
    return tuple(found)


def token_texts(text: str) -> tuple[str, ...]:
    """The tokens of any text as plain words, folded: "De Bóóm 12" becomes ("de", "boom", "12")."""
    return tuple(token.text for token in tokens(fold(text)))


class Lexicon:
    """The words of all languages. Every language's words are always understood."""

    def __init__(self, phrases: Mapping[tuple[str, ...], Mapping[str, frozenset[Sense]]]) -> None:
        self._phrases = phrases
        self._vocabularies: dict[str, set[str]] = {}
        self._words: dict[frozenset[str], frozenset[str]] = {}
        self._texts: dict[Sense, frozenset[str]] = {}
        self._longest: dict[str, int] = {}
        for phrase, by_language in phrases.items():
            for code in by_language:
                self._vocabularies.setdefault(code, set()).update(word for word in phrase if word.isalpha())
            self._longest[phrase[0]] = max(len(phrase), self._longest.get(phrase[0], 0))
        self._beyond = 1 + max(self._longest.values(), default=0)  # tokens: every phrase, and what follows it

    @classmethod
    def of(cls, sources: Mapping[str, Mapping[str, Any]]) -> "Lexicon":
        """A lexicon from the words.toml of each language: language -> category -> key -> phrases.

        The table `glue` holds day-parts that are written onto a day of the week ("maandagochtend").
        """
        phrases: dict[tuple[str, ...], dict[str, frozenset[Sense]]] = {}
        for language, source in sources.items():
            for phrase, sense in _senses(source):
                entry = phrases.setdefault(token_texts(phrase), {})
                entry[language] = entry.get(language, frozenset()) | {sense}
        phrases.pop((), None)
        return cls(phrases)

    def longest(
        self, words: Sequence[str], at: int, language: str, categories: frozenset[str]
    ) -> tuple[int, frozenset[Sense]]:
        """How many words from `at` on make the longest known phrase, and what it may mean; (0, nothing) if unknown.

        Where languages differ about a phrase, `language` wins.
        """
        for length in range(min(self._longest.get(words[at], 0), len(words) - at), 0, -1):
            by_language = self._phrases.get(tuple(words[at : at + length]))
            if by_language is None:
                continue
            known = {code: _within(senses, categories) for code, senses in by_language.items()}
            senses = known.get(language) or frozenset().union(*known.values())
            if senses:
                return length, senses
        return 0, frozenset()

    def phrase(self, category: str, text: str) -> Match | None:
        """The longest phrase of a category at the start of a text, in any language; None if there is none."""
        flat = folded(text)
        found = tokens(flat.text, self._beyond)
        words = [token.text for token in found]
        length, senses = self.longest(words, 0, "", frozenset({category})) if words else (0, frozenset())
        if not length or (length < len(found) and _runs_on(found[length - 1], found[length])):
            return None
        languages = frozenset(
            code
            for code, meanings in self._phrases[tuple(words[:length])].items()
            if any(meaning[0] == category for meaning in meanings)
        )
        end = flat.origin[found[length - 1].end - 1] + 1
        return Match(min(senses)[1], _after(text, end), languages)

    def command(self, text: str) -> Match | None:
        """The command a text starts with, with or without a slash; None if it starts with something else."""
        flat = folded(text)
        stripped = flat.text.lstrip(" \n")
        if stripped.startswith("/"):
            match = self.phrase("commands", text[flat.origin[len(flat.text) - len(stripped)] + 1 :])
            return match and replace(match, slash=True)
        return self.phrase("commands", text)

    def split(self, category: str, key: str, text: str) -> tuple[str, str] | None:
        """The text before and after the first word with this meaning ("Oud naar Nieuw"); None if a side is empty."""
        flat = folded(text)
        found = tokens(flat.text)
        words = [token.text for token in found]
        for at in range(1, len(words)):
            length, senses = self.longest(words, at, "", frozenset({category}))
            if (category, key) in senses and at + length < len(words):
                last = at + length - 1
                before = text[: flat.origin[found[at].start]]
                return before.strip(), text[flat.origin[found[last].end - 1] + 1 :].strip()
        return None

    def texts(self, category: str, key: str) -> frozenset[str]:
        """All phrases with one meaning, folded, their words one space apart."""
        if (category, key) not in self._texts:
            self._texts[category, key] = frozenset(
                " ".join(phrase)
                for phrase, by_language in self._phrases.items()
                if any((category, key) in senses for senses in by_language.values())
            )
        return self._texts[category, key]

    def spoken(self, text: str) -> frozenset[str]:
        """The languages that know the most words of a text: one for "bedankt, tot morgen", several for "hi"."""
        said = set(token_texts(text))
        known = {code: len(said & vocabulary) for code, vocabulary in self._vocabularies.items()}
        most = max(known.values(), default=0)
        return frozenset(code for code, count in known.items() if count == most > 0)

    def words(self, categories: frozenset[str]) -> frozenset[str]:
        """Every single word that occurs in a phrase of these categories, folded."""
        if categories not in self._words:
            self._words[categories] = self._words_of(categories)
        return self._words[categories]

    def _words_of(self, wanted: frozenset[str]) -> frozenset[str]:
        return frozenset(
            word
            for phrase, by_language in self._phrases.items()
            if any(_within(senses, wanted) for senses in by_language.values())
            for word in phrase
            if word.isalpha()
        )


def _after(text: str, end: int) -> str:
    """What follows a phrase, without the space, punctuation and invisible characters in between."""
    while end < len(text) and _fold_character(text[end]).strip(_AFTER_PHRASE) == "":
        end += 1
    return text[end:]


def _runs_on(last: Token, following: Token) -> bool:
    return following.glued and (last.text + following.text).isalnum()


def _within(senses: frozenset[Sense], categories: frozenset[str]) -> frozenset[Sense]:
    return frozenset(sense for sense in senses if sense[0] in categories)


def _senses(source: Mapping[str, Any]) -> Iterable[tuple[str, Sense]]:
    for category, table in source.items():
        if category != "glue":
            for key, phrases in table.items():
                for phrase in phrases:
                    yield phrase, (category, key)
    for part, endings in source.get("glue", {}).items():
        for day, names in source.get("weekday", {}).items():
            for name in names:
                for ending in endings:
                    yield name + ending, ("compound", f"{day}+{part}")
