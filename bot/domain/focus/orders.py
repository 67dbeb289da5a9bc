"""Short orders to `/focus` other than to start: stop, show, make it longer or shorter, connect, try again."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain.focus.habits import settings
from bot.domain.focus.intents import Intent, Move, Retry, ShowFocus, SignIn, Stop
from bot.domain.focus.lengthening import by_how_much, until_when
from bot.domain.focus.rules import Interval
from bot.domain.focus.text import Words

_ORDERS: Mapping[str, Intent] = {
    "stop": Stop(),
    "show": ShowFocus(),
    "new": ShowFocus(new=True),
    "connect": SignIn(),
    "retry": Retry(),
    "start_now": Move(),
}


def order(words: Words, now: datetime, under_way: Interval | None) -> Intent | None:
    """A whole sentence that is an order; None for one that is not, or not wholly."""
    for key, intent in _ORDERS.items():
        if is_all(words, key):
            return intent
    if under_way and (found := until_when(words, now, under_way)):
        return found
    return settings(words) or by_how_much(words, now, under_way)


def begins_to_stop(words: Words) -> bool:
    """Whether it begins as "stop" does, and goes on."""
    return words.after("focus", "stop", words.silent(0)) is not None


def is_all(words: Words, key: str) -> bool:
    """Whether it says this and nothing more."""
    at = words.after("focus", key, words.past_filler(0))
    return at is not None and words.ends(at) and words.past_filler(at) >= len(words)
