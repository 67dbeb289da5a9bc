"""What to type instead of pressing, in each language."""

from collections.abc import Iterable
from datetime import date

from cards.catalogue import Texts, marked
from cards.dates import SATURDAY, typed_day, weekday_words
from cards.names import plain
from cards.where.views import Asked

# How one types a kind of work.
TYPED_KINDS = {
    "focus": marked("focus"),
    "together": marked("together"),
    "counter": marked("counter duty"),
    "field": marked("field work"),
    "learning": marked("training"),
    "consultation": marked("consultation hour"),
}
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

TYPED_WEEKS = {"even": marked("even weeks"), "odd": marked("odd weeks")}


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


def pattern_example(t: Texts) -> str:
    return t("/where pattern")


def usual_example(t: Texts, weekday: int, place: str = "home", weeks: str = "every") -> str:
    """A line of the pattern, or emptying it with the place "empty"."""
    # "zo" and "sat" alone may mean something else.
    days = weekday_words(t, weekday, "EEE" if weekday < SATURDAY else "EEEE")
    days = f"{t(TYPED_WEEKS[weeks])} {days}" if weeks in TYPED_WEEKS else days
    return t("/where pattern {day} {place}", day=days, place=t("clear") if place == "empty" else t(TYPED_PLACES[place]))


def clear_pattern_example(t: Texts) -> str:
    return t("/where pattern clear")


def follow_example(t: Texts, day: date, today: date) -> str:
    return t("/where {day} by my pattern", day=typed_day(t, day, today))


def share_example(t: Texts, on: bool) -> str:
    return t("/where share on") if on else t("/where share off")


def week_example(t: Texts, day: date | None, today: date) -> str:
    """The week that matters now, or the one that holds a day."""
    return t("/where week {day}", day=typed_day(t, day, today)) if day else t("/where week")


def who_example(t: Texts, asked: Asked, today: date) -> str:
    """A question for a place or a kind of work, as one types it."""
    return t("/who {what} {day}", what=_asked_for(t, asked), day=typed_day(t, asked.day, today))


def _asked_for(t: Texts, asked: Asked) -> str:
    spot = asked.spot
    place = [plain(spot.name) if spot.name else t(TYPED_PLACES[spot.place])] if spot else []
    return " ".join([*place, *([t(TYPED_KINDS[asked.kind])] if asked.kind else [])])
