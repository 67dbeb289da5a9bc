"""What to type instead of pressing, in each language."""

from collections.abc import Iterable
from datetime import date

from cards.catalogue import Texts, marked
from cards.dates import typed_day

# How one types a place class; a named place is typed by its name.
TYPED_PLACES = {
    "site": marked("office"),
    "home": marked("home"),
    "resident": marked("resident"),
    "neighbourhood": marked("neighbourhood centre"),
    "library": marked("library"),
    "third": marked("café"),
    "partner": marked("partner"),
    "road": marked("on the road"),
    "walking": marked("walking"),
    "elsewhere": marked("elsewhere"),
    "not_working": marked("off"),
}


def or_type(t: Texts, examples: Iterable[str]) -> str:
    """The line of examples: "Of typ: /waar plan · /waar morgen thuis"."""
    return t("Or type: {examples}", examples=" · ".join(examples))


def set_example(t: Texts, day: date, today: date, place: str = "home") -> str:
    return said_example(t, typed_day(t, day, today), t(TYPED_PLACES[place]))


def said_example(t: Texts, when: str, place: str) -> str:
    """A day or half of it and a place, both as one types them."""
    return t("/where {day} {place}", day=when, place=place)


def board_example(t: Texts, day: date, today: date) -> str:
    return t("/where board {day}", day=typed_day(t, day, today))


def plan_example(t: Texts) -> str:
    return t("/where plan")


def share_example(t: Texts, on: bool) -> str:
    return t("/where share on") if on else t("/where share off")
