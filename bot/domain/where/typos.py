"""Guesses at words that are nearly known. A guess is offered, never acted upon."""

from collections.abc import Iterator, Sequence
from itertools import product

from bot.domain.places import NamedPlace
from bot.domain.words import Lexicon, Token, fold, token_texts

CONTENT = frozenset({
    "weekday", "weekday_each", "relative", "month", "week", "coming", "every", "range", "part", "compound", "place",
    "hall", "kind",
})  # fmt: skip
SHORTEST = 4
_TWO_MISTAKES = 8  # letters from which on a word may hold two mistakes
_OTHER_WORDS = 5  # letters up to which a wrong letter is another word ("raad" is no "road", "will" is not "ill")
_MOST_MENDED = 2
_MOST_CANDIDATES = 4


def mended(text: str, unknown: Sequence[Token], lexicon: Lexicon, places: tuple[NamedPlace, ...]) -> Iterator[str]:
    """The readings of a folded text with its unknown words replaced by the nearest known ones; none if too unlike."""
    if not 1 <= len(unknown) <= _MOST_MENDED:
        return
    choices = [_nearest(token.text, lexicon, places) for token in unknown]
    for choice in product(*choices):
        result = text
        for token, word in sorted(zip(unknown, choice, strict=True), key=lambda pair: -pair[0].start):
            result = result[: token.start] + word + result[token.end :]
        yield result


def _nearest(word: str, lexicon: Lexicon, places: tuple[NamedPlace, ...]) -> list[str]:
    """The known words least far from a word, in order; a word of a place's name stands for the whole name."""
    if len(word) < SHORTEST or not word.isalpha():
        return []
    known = {candidate: candidate for candidate in lexicon.words(CONTENT) if len(candidate) >= SHORTEST - 1}
    found = [(distance, text) for candidate, text in known.items() if (distance := _near(word, candidate)) is not None]
    for place in places:
        for part in set(token_texts(place.name)) - lexicon.words(CONTENT):
            distance = _near(word, part) if len(part) >= SHORTEST else None
            if distance is not None:
                found += [(distance, fold(place.name))] + ([(distance, part)] if distance else [])
    least = min((distance for distance, _ in found), default=0)
    nearest = sorted({text for distance, text in found if distance == least})
    return nearest if len(nearest) <= _MOST_CANDIDATES else []


def is_near(word: str, candidate: str) -> bool:
    """Whether a word is nearly another one: few enough mistakes for its length."""
    return len(word) >= SHORTEST and word.isalpha() and _near(word, candidate) is not None


def _near(word: str, candidate: str) -> int | None:
    """How many mistakes apart two words are, if that is few enough for their length."""
    allowed = 2 if len(word) >= _TWO_MISTAKES else 1
    if abs(len(word) - len(candidate)) > allowed:
        return None
    if len(word) < _OTHER_WORDS and (
        word[0] != candidate[0] or (len(word) == len(candidate) and not _swapped(word, candidate))
    ):
        return None
    distance = _mistakes(word, candidate)
    return distance if distance <= allowed else None


def _swapped(word: str, candidate: str) -> bool:
    return sorted(word) == sorted(candidate)


def _mistakes(one: str, other: str) -> int:
    """Letters missing, too many, wrong or swapped with their neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        above, before, row = before, row, [i]
        for j, letter_there in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != letter_there))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == letter_there:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1]
