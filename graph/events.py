"""An event of Graph's JSON in Samen's words; read by hand, for the SDK's models make a week's list slow."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from graph.errors import UnreachableError
from graph.marks import MARK, SUBJECT, TIMES, sealed, times
from graph.times import instant, moment
from graph.types import Event


def event(row: Any, mark: str | None = None) -> Event:
    """One event; `mark` where it is known and not told. Raises UnreachableError for something that is no event."""
    told = mapping(row)
    subject, start, end = str(told.get("subject") or ""), _moment(told.get("start")), _moment(told.get("end"))
    return Event(
        id=text(told.get("id")),
        subject=subject,
        start=start,
        end=end,
        show_as=str(told.get("showAs") or "unknown"),
        sensitivity=str(told.get("sensitivity") or "normal"),
        reminder=told.get("isReminderOn") is True,
        categories=tuple(name for name in told.get("categories") or () if isinstance(name, str)),
        attendees=len(told.get("attendees") or ()),
        is_organizer=told.get("isOrganizer") is not False,
        is_all_day=told.get("isAllDay") is True,
        is_cancelled=told.get("isCancelled") is True,
        body_preview=told.get("bodyPreview"),
        transaction_id=told.get("transactionId"),
        mark=_property(told, MARK) or mark,
        renamed=_property(told, SUBJECT) not in (None, sealed(subject)),
        moved=_property(told, TIMES) not in (None, times(start, end)),
        changed_at=instant(told.get("lastModifiedDateTime")),
    )


def mapping(told: Any) -> Mapping[str, Any]:
    """A JSON object. Raises UnreachableError for anything else."""
    if not isinstance(told, dict):
        raise UnreachableError(200)
    return told


def text(told: Any) -> str:
    """A text with something in it. Raises UnreachableError for anything else."""
    if not isinstance(told, str) or not told:
        raise UnreachableError(200)
    return told


def _moment(told: Any) -> datetime:
    if (found := moment(told)) is None:
        raise UnreachableError(200)
    return found


def _property(told: Mapping[str, Any], name: str) -> str | None:
    """What Samen wrote on it under a name. Graph writes the name back with its GUID in any case."""
    for found in told.get("singleValueExtendedProperties") or ():
        if isinstance(found, dict) and str(found.get("id")).lower() == name.lower():
            return str(found.get("value"))
    return None
