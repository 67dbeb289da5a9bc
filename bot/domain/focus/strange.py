"""A time or a length in the midst of a subject, behind a word that nobody knows: "mrgen 9:00 2u rapport"."""

from bot.domain.focus.draft import Draft
from bot.domain.focus.pieces import As, Between, Clock, Either, Length, Number, OnDay, Read, Silent, Until
from bot.domain.focus.reading import is_said, leans
from bot.domain.focus.text import Words

_WORD = 4  # letters: a shorter one before a time is "de", "the", "met"
_TOGETHER = 2


def past_strange(words: Words, draft: Draft, begin: int, read: Read) -> tuple[Draft, str | None] | None:
    """The reading of a time in what would be the subject, with what is left of that; None where none is meant there.

    It is where two of these come together: a time, a length, and nothing before them but one word, which may be a day
    with a slip in it.
    """
    leant_on, behind = begin, words.silent(begin + 1)
    for at in range(begin + 1, len(words)):
        if not _can_begin(words, at) or at < leant_on:
            continue
        if (found := read(at)) and leans(words, at):
            leant_on = found[1]
            continue
        further, end = _timed(words, draft, at, read)
        first = at == behind and words.text(begin).isalpha() and len(words.text(begin)) >= _WORD
        long = not _says_length(draft) and _says_length(further)
        if sum((further.begins(), long, first)) >= _TOGETHER:
            slip = at == behind and further.day is None
            return further, words.typed_between(end if slip else begin, len(words))
    return None


def _says_length(draft: Draft) -> bool:
    return draft.is_long() or draft.either is not None


def _can_begin(words: Words, at: int) -> bool:
    return words.silent(at) == at and (not words.is_glued(at) or words.text(at - 1).isalpha())


def _timed(words: Words, draft: Draft, at: int, read: Read) -> tuple[Draft, int]:
    """The draft with what follows of the day, the time and the length, and the place behind that."""
    while at < len(words) and (found := read(at)):
        piece = found[0]
        loose = isinstance(piece, Between) and piece.loose and draft.day is None  # "zaak 9-11", not "vrijdag 9-11"
        counts = isinstance(piece, Number) and not (draft.begins() and is_said(piece))
        known = isinstance(piece, Clock | Between | Until | Either | Length | OnDay | Silent | As)
        further = draft.put(piece) if known and not loose and not counts else None
        if further is None:
            break
        draft, at = further, words.silent(found[1])
    return draft, at
