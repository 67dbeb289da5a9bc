"""The first card: when it is offered, and what somebody filled in on it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.domain.days import DayPart, Usual, Weeks
from bot.domain.people import Person
from bot.domain.places import NamedPlace, Place, WorkLocation
from bot.domain.where.pattern import Pattern

NOT_NOW = timedelta(days=91)  # three months
WORKING_DAYS = ("mon", "tue", "wed", "thu", "fri")
CHOSEN_TEAMS, OFFERED_TEAMS = "shown_to", "teams"  # the card's input, and what its button knew of
WAS_DAYS, WAS_TEAMS, WAS_LANGUAGE = "was_days", "was_shown_to", "was_language"  # what the card showed when drawn
MOST_SITES = 12
MOST_TEAMS = 20
LONGEST_ID = 200
LEFT_OPEN = "open"


@dataclass(frozen=True, slots=True)
class ShowStart:
    """Show the first card, or end a pause."""


@dataclass(frozen=True, slots=True)
class SaveStart:
    """What was changed on the card: places by weekday (0 = Monday; None clears it, days left out stay), teams, a language.

    Of `offered` teams those not in `shown_to` no longer see my places.
    """

    week: Mapping[int, WorkLocation | None]
    shown_to: frozenset[str] = frozenset()
    offered: frozenset[str] = frozenset()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class NotNow:
    """Not offered again for three months."""


Intent = ShowStart | SaveStart | NotNow


def offers(person: Person | None, now: datetime) -> bool:
    """Whether to offer the first card unasked: to somebody who chose nothing yet, and did not say "not now" lately."""
    if person is None:
        return True
    return person.contact is None and person.offer_after is not None and person.offer_after <= now


def options(places: Iterable[NamedPlace]) -> tuple[WorkLocation, ...]:
    """What a day of the week can be on the card: home, each site, not working. The rest is typed."""
    sites = [WorkLocation(Place.SITE, one.id) for one in places if one.place is Place.SITE and not one.retired]
    return (
        WorkLocation(Place.HOME),
        *(sites[:MOST_SITES] or [WorkLocation(Place.SITE)]),
        WorkLocation(Place.NOT_WORKING),
    )


def as_text(location: WorkLocation | None) -> str:
    """A day's choice as the card carries it: "home.", "site.k3f9"; nothing chosen is "open"."""
    return f"{location.place}.{location.named or ''}" if location else LEFT_OPEN


def whole_days(pattern: Pattern, choices: Iterable[WorkLocation]) -> tuple[WorkLocation | None, ...]:
    """Monday to Friday, where a pattern says of the whole day, every week, something that the card can show."""
    known = frozenset(choices)
    found: list[WorkLocation | None] = []
    for weekday in range(len(WORKING_DAYS)):
        lines = {key: location for key, location in pattern.items() if key.weekday == weekday}
        every = {location for key, location in lines.items() if key.weeks is Weeks.EVERY}
        simple = len(lines) == len(DayPart) and len(every) == 1 and all(key.weeks is Weeks.EVERY for key in lines)
        location = next(iter(every)) if simple else None
        found.append(location if location in known else None)
    return tuple(found)


def as_pattern(week: Mapping[int, WorkLocation | None]) -> dict[Usual, WorkLocation | None]:
    """Whole days of every week as lines of a pattern."""
    return {Usual(Weeks.EVERY, weekday, part): at for weekday, at in week.items() for part in DayPart}


def to_save(data: Mapping[str, Any]) -> SaveStart | None:
    """From the data of the pressed card; anything that our card cannot hold makes it no press of ours."""
    try:
        week = _week(data)
        shown_to, offered = _ids(data.get(CHOSEN_TEAMS)), _ids(data.get(OFFERED_TEAMS))
        if WAS_TEAMS in data:
            before = _ids(data[WAS_TEAMS])
            shown_to, offered = shown_to - before, before & offered - shown_to
    except ValueError:
        return None
    language = data.get("language")
    if not (language is None or language in ("nl", "en")):
        return None
    return SaveStart(week, shown_to, offered, language if language != data.get(WAS_LANGUAGE) else None)


def _week(data: Mapping[str, Any]) -> dict[int, WorkLocation | None]:
    """The days that are not as the card showed them; a card of before said nothing of that, and clears none."""
    was = data.get(WAS_DAYS)
    if not (isinstance(was, list) and len(was) == len(WORKING_DAYS)):
        was = [LEFT_OPEN] * len(WORKING_DAYS)
    chosen = {weekday: data[day] for weekday, day in enumerate(WORKING_DAYS) if data.get(day)}
    return {weekday: _day(value) for weekday, value in chosen.items() if value != was[weekday]}


def _day(value: object) -> WorkLocation | None:
    """Raises ValueError for what is no choice of ours."""
    if value in (None, "", LEFT_OPEN):
        return None
    if not isinstance(value, str) or len(value) > LONGEST_ID:
        raise ValueError("no choice of ours")
    place, _, named = value.partition(".")
    if place not in (Place.HOME, Place.SITE, Place.NOT_WORKING):
        raise ValueError("not on the card")
    return WorkLocation(Place(place), named or None)


def _ids(value: object) -> frozenset[str]:
    """Team ids: a list in a button, a text with commas from an input. Raises ValueError for anything else."""
    parts = value.split(",") if isinstance(value, str) else value or []
    if not isinstance(parts, list) or len(parts) > MOST_TEAMS:
        raise ValueError("no list of teams")
    ids = [part.strip() if isinstance(part, str) else "" for part in parts if part != ""]
    if not all(0 < len(one) <= LONGEST_ID for one in ids):
        raise ValueError("no id of a team")
    return frozenset(ids)
