"""What the rows of plans and patterns say, read together."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Table

from bot.domain.days import DayPart, Slot, Usual, Weeks
from bot.domain.places import Kind, Place, WorkLocation
from bot.domain.where.board import Plan
from bot.domain.where.pattern import Pattern, effective
from bot.logs import get_logger

Said = dict[str, dict[Slot, WorkLocation | None]]
Usually = dict[str, dict[Usual, WorkLocation]]

# Stands in a row that hides the pattern, and in one that is deleted in the same transaction.
NOTHING = {"place": "", "named": None, "kind": None}

log = get_logger(__name__)


def where_and_what(table: Table) -> tuple[ColumnElement[Any], ...]:
    return (table.c.part, table.c.place, table.c.named, table.c.kind)


def plans_of(rows: Iterable[Any], first: date, last: date) -> dict[str, Plan]:
    """Everybody's plan of these days, patterns and exceptions put together."""
    return put_together(*read_lines(rows), first, last)


def read_lines(rows: Iterable[Any]) -> tuple[Said, Usually]:
    """What everybody said of some days, and what their patterns say.

    A place that only a newer version knows counts as no place: one row must not keep everybody from reading theirs.
    """
    said: Said = {}
    usually: Usually = {}
    unknown = 0
    for user_id, day, weeks, weekday, part, *columns in rows:
        try:
            location = _location(*columns)
        except ValueError:
            location, unknown = None, unknown + 1
        if day is not None:
            said.setdefault(user_id, {})[_slot(day, part)] = location
        elif location:
            usually.setdefault(user_id, {})[Usual(Weeks(weeks), weekday, DayPart(part))] = location
    _tell(unknown)
    return said, usually


def _tell(unknown: int) -> None:
    if unknown:
        log.warning("place_unknown", rows=unknown)


def put_together(said: Said, usually: Usually, first: date, last: date) -> dict[str, Plan]:
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    without = {
        user: {slot: at for slot, at in mine.items() if at} for user, mine in said.items() if user not in usually
    }
    return without | {user: effective(pattern, said.get(user, {}), days) for user, pattern in usually.items()}


def pattern_of(rows: Iterable[Any]) -> Pattern:
    return next(iter(read_lines([("", None, *row) for row in rows])[1].values()), {})


# Few of these differ, and a board reads sixty.
@lru_cache(maxsize=1000)
def _slot(day: date, part: str) -> Slot:
    return Slot(day, DayPart(part))


@lru_cache(maxsize=1000)
def _location(place: str, named: str | None, kind: str | None) -> WorkLocation | None:
    return WorkLocation(Place(place), named, Kind(kind) if kind else None) if place else None


def columns_of(location: WorkLocation) -> dict[str, Any]:
    return {
        "place": location.place.value,
        "named": location.named,
        "kind": location.kind.value if location.kind else None,
    }
