"""The words on the cards, from their own catalogue: how they are said is judged elsewhere, and may change."""

from cards.catalogue import texts
from cards.where.wording import HALVES, KINDS, capital


def dutch(message: str, **values: str) -> str:
    """The Dutch for one of the cards' sentences."""
    said = texts("nl")(message, **values)
    assert said != message.format(**values), f"no card says {message!r} any more"
    return said


def kind(name: str) -> str:
    """A kind of work as its button says it."""
    return capital(dutch(KINDS[name]))


def half(name: str) -> str:
    return dutch(HALVES[name])
