"""A sentence of `/focus` as words with their places, so that the subject can be taken from it as it was typed."""

import unicodedata
from dataclasses import dataclass, field

from bot.domain.words import Lexicon, Token, folded, tokens

_SILENT = frozenset(",;:.!?-…")
_AFTER_SUBJECT = " ,;:-–—"


@dataclass(frozen=True, slots=True)
class Words:
    """What was typed, its tokens, and what the lexicon says of them. A place is the number of a token."""

    typed: str
    origin: tuple[int, ...]
    tokens: tuple[Token, ...]
    texts: tuple[str, ...]
    lexicon: Lexicon
    language: str
    # The same places are asked about again and again: each reading tries each place.
    _found: dict[tuple[str, int], tuple[int, frozenset[str]]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, text: str, lexicon: Lexicon, language: str) -> "Words":
        flat = folded(text)
        # A new line stands between two words as a space does: "50", and below it the subject.
        found = tokens(flat.text.replace("\n", " "))
        return cls(text, flat.origin, found, tuple(token.text for token in found), lexicon, language)

    def __len__(self) -> int:
        return len(self.tokens)

    def text(self, at: int) -> str:
        """The token there, "" behind the last."""
        return self.texts[at] if at < len(self.texts) else ""

    def keys(self, category: str, at: int) -> tuple[int, frozenset[str]]:
        """Where the longest phrase of a category ends that begins there, and what it means; nothing if there is none."""
        if at >= len(self.texts):
            return at, frozenset()
        found = self._found.get((category, at))
        if found is None:
            length, senses = self.lexicon.longest(self.texts, at, self.language, frozenset({category}))
            found = self._found[category, at] = at + length, frozenset(key for _, key in senses)
        return found

    def after(self, category: str, key: str, at: int) -> int | None:
        """Where a phrase with this meaning ends, None if none begins there."""
        end, found = self.keys(category, at)
        return end if key in found else None

    def is_glued(self, at: int) -> bool:
        """Whether nothing stands between this token and the one before."""
        return at < len(self.tokens) and self.tokens[at].glued

    def is_number(self, at: int, digits: int) -> bool:
        return self.text(at).isdecimal() and len(self.texts[at]) <= digits

    def ends(self, at: int) -> bool:
        """Whether a phrase can end before this token: "90" does in "90, nota", not in "90-daags" or "90%"."""
        if not self.is_glued(at):
            return True
        return self.texts[at] in _SILENT and not self.is_glued(at + 1)

    def silent(self, at: int) -> int:
        """The first place from there on that is no punctuation."""
        while at < len(self.texts) and self.texts[at] in _SILENT and not self.is_glued(at + 1):
            at += 1
        return at

    def past_filler(self, at: int) -> int:
        """The first place from there on that says something."""
        while (further := self.after("focus", "filler", self.silent(at))) is not None:
            at = further
        return self.silent(at)

    def typed_between(self, start: int, end: int) -> str | None:
        """What was typed from one token up to another, on one line and without what is not seen; None for nothing."""
        first = self._place(self.tokens[start - 1].end - 1) + 1 if start else 0
        last = self._place(self.tokens[end].start) if end < len(self.tokens) else len(self.typed)
        text = _visible(self.typed[first:last]).rstrip(_AFTER_SUBJECT if end < len(self.tokens) else None)
        return text if any(c.isalnum() or unicodedata.category(c) == "So" for c in text) else None

    def _place(self, at: int) -> int:
        return self.origin[at]


def _visible(text: str) -> str:
    seen = "".join(" " if unicodedata.category(c)[0] in "ZC" else c for c in text)
    return " ".join(seen.split())
