"""What is meant for `/focus` without that in front: "stop de focus", "start focus 90", "aanmelden"."""

from bot.domain.focus.grammar import MOST_CHARACTERS
from bot.domain.focus.orders import is_all
from bot.domain.focus.text import Words
from bot.domain.words import Lexicon, is_longer


def aside(text: str, lexicon: Lexicon, language: str) -> str | None:
    """What is to be read as if `/focus` stood before it; None for what is not about focus time.

    "Stop" alone is about what is under way: whoever asks this knows that there is something.
    """
    if is_longer(text, MOST_CHARACTERS):
        return None
    said = text.strip().removeprefix("/")
    words = Words.of(said, lexicon, language)
    stops = is_all(words, "stop") and (_names_it(words, 0, len(words)) or _begins_bare(words))
    begins = words.after("commands", "start", 0)
    # "Start mijn focustijd": one word may stand between.
    starts = begins and _names_it(words, begins, begins + 2)
    return said if stops or starts or is_all(words, "connect") else None


def is_bare_stop(text: str, lexicon: Lexicon, language: str) -> bool:
    """Whether somebody says to stop and not what: "stop", "stop ermee", "stop it"."""
    if is_longer(text, MOST_CHARACTERS):
        return False
    words = Words.of(text, lexicon, language)
    return _begins_bare(words) and is_all(words, "stop") and not _names_it(words, 0, len(words))


def _begins_bare(words: Words) -> bool:
    return words.after("commands", "stop", 0) is not None


def _names_it(words: Words, begin: int, end: int) -> bool:
    return any(words.after("commands", "focus", at) for at in range(begin, end))
