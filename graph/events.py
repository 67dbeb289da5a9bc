"""An event of Graph's JSON in Samen's words; read by hand, for the SDK's models make a week's list slow."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from graph.errors import UnreachableError
from graph.marks import MARK, SUBJECT, TIMES, sealed, times
from graph.reading import mapping, reads, rows, text, words
from graph.times import instant, moment
from graph.types import Event


@reads
def event(row: Any, mark: str | None = None) -> Event:
    """One event; `mark` where it is known and not told. Raises UnreachableError for something that is no event."""
    told = mapping(row)
    subject, start, end = words(told.get("subject")) or "", _moment(told.get("start")), _moment(told.get("end"))
    return Event(
        id=text(told.get("id")),
        subject=subject,
        start=start,
        end=end,
        show_as=words(told.get("showAs")) or "unknown",
        sensitivity=words(told.get("sensitivity")) or "normal",
        reminder=told.get("isReminderOn") is True,
        categories=tuple(name for name in map(words, rows(told.get("categories"))) if name),
        attendees=len(rows(told.get("attendees"))),
        is_all_day=told.get("isAllDay") is True,
        is_cancelled=told.get("isCancelled") is True,
        transaction_id=words(told.get("transactionId")),
        mark=_property(told, MARK) or mark,
        renamed=_property(told, SUBJECT) not in (None, sealed(subject)),
        moved=_property(told, TIMES) not in (None, times(start, end)),
        changed_at=instant(told.get("lastModifiedDateTime")),
    )


def _moment(told: Any) -> datetime:
    if (found := moment(told)) is None:
        raise UnreachableError(200)
    return found


def _property(told: Mapping[str, Any], name: str) -> str | None:
    """What Samen wrote on it under a name. Graph writes the name back with its GUID in any case."""
    for found in rows(told.get("singleValueExtendedProperties")):
        if isinstance(found, dict) and str(found.get("id")).lower() == name.lower():
            return words(found.get("value"))
    return None
