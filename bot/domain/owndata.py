"""What is kept about a person: how each table declares it, and what one person has in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class OnForget(StrEnum):
    """What `/forget` does with a person's rows."""

    DELETE = "delete"
    KEEP = "keep"  # `Keeping.kept` says how long; `/forget` says so too
    DETACH = "detach"  # the row goes on without the person: the user id is emptied


@dataclass(frozen=True, slots=True)
class Keeping:
    """Why a table about people exists, who sees a row and how long it stays; `subject` is the column with the user id.

    `/privacy`, `/mydata`, `/forget`, the nightly deletion and the register of processing are made from these (design,
    section 9). The texts are sentences of the catalogue, listed in `cards/keeping.py`.
    """

    title: str
    purpose: str
    seen_by: str
    kept: str
    subject: str | None
    on_forget: OnForget = OnForget.DELETE


@dataclass(frozen=True, slots=True)
class Kept:
    """One person's rows in one table, every column but the tenant's; `keeping` is what the table declares."""

    name: str
    keeping: Keeping
    rows: Sequence[Mapping[str, object]]


class Length(StrEnum):
    """What a pause is counted in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


LONGEST_PAUSE = timedelta(days=366)


def pause_end(count: int, length: Length, today: date) -> date:
    """The first day after a pause that begins today; a month ends on the same number, or the month's last day."""
    if length is not Length.MONTH:
        return today + timedelta(days=count * (7 if length is Length.WEEK else 1))
    months = today.year * 12 + today.month - 1 + count
    first = date(months // 12, months % 12 + 1, 1)
    following = (first + timedelta(days=32)).replace(day=1)
    return min(first.replace(day=1) + timedelta(days=today.day - 1), following - timedelta(days=1))


def start_of(day: date, zone: str) -> datetime:
    """The moment at which a day begins somewhere: aware, in UTC."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
