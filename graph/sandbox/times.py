"""Times and durations as Graph writes them, refused where they are written otherwise."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global

from graph.sandbox.refusals import bad

# The pattern of Edm.Duration in Graph's own metadata, without a sign: nothing lasts less than nothing.
_DURATION = re.compile(r"P(?=[0-9T])(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")
# "dateTime shouldn't include time zone" (presenceStatusMessage); for events a Z is tolerated by Graph, and refused here.
_LOCAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,7})?)?")
_BOUND = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?")


def duration(text: str) -> timedelta:
    """A duration written as PT1H. Refuses other spellings, and nothing at all."""
    found = _DURATION.fullmatch(text)
    if found is None:
        raise bad(f"Cannot convert the literal '{text}' to the expected type 'Edm.Duration'.")
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    lasts = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if not lasts:
        raise bad("expirationDuration must be longer than nothing.")
    return lasts


def zone(name: str) -> ZoneInfo:
    """A time zone by Windows' name or IANA's."""
    try:
        return ZoneInfo(get_global("windows_zone_mapping").get(name, name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise bad(f"A valid TimeZone value must be specified, not '{name}'.", "TimeZoneNotSupportedException") from None


def moment(date_time: str, time_zone: str) -> datetime:
    """The moment a dateTimeTimeZone means, in UTC."""
    if not _LOCAL.fullmatch(date_time):
        raise bad(f"'{date_time}' is no date and time without a time zone.", "ErrorInvalidRequest")
    try:
        return datetime.fromisoformat(date_time).replace(tzinfo=zone(time_zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise bad(f"'{date_time}' is no date and time.", "ErrorInvalidRequest") from None


def bound(text: str) -> datetime:
    """A bound of calendarView, in UTC when it names no offset."""
    if not _BOUND.fullmatch(text):
        raise bad(f"'{text}' is no start or end of a view.", "ErrorInvalidParameter")
    try:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise bad(f"'{text}' is no date and time.", "ErrorInvalidParameter") from None


def date_time_json(at: datetime, time_zone: str = "UTC") -> dict[str, str]:
    """A dateTimeTimeZone, with Graph's seven digits."""
    local = at.astimezone(zone(time_zone)).replace(tzinfo=None)
    return {"dateTime": f"{local.isoformat(timespec='microseconds')}0", "timeZone": time_zone}


def stamp(at: datetime) -> str:
    """A DateTimeOffset in UTC."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
