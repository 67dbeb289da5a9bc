"""Graph's times as aware UTC, and Outlook's zones by their IANA name."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global


def zone_name(name: object) -> str | None:
    """The IANA name of a zone as Outlook writes it ("W. Europe Standard Time"), which may be one already."""
    if not isinstance(name, str):
        return None
    known: Any = get_global("windows_zone_mapping")  # CLDR's; W. Europe is Berlin, whose clock Amsterdam shares
    found = str(known.get(name, name))
    try:
        return ZoneInfo(found).key
    except (ZoneInfoNotFoundError, ValueError, OSError):  # "Customized Time Zone", or nonsense, such as a folder's name
        return None


def moment(told: Any) -> datetime | None:
    """A dateTimeTimeZone as aware UTC; None where there is none or it cannot be read."""
    zone = zone_name(told.get("timeZone")) if isinstance(told, dict) else None
    if zone is None:
        return None
    return instant(told.get("dateTime"), ZoneInfo(zone))


def instant(text: object, zone: Any = UTC) -> datetime | None:
    """A time as Graph writes it, with up to seven decimals, as aware UTC; in `zone` where it names none."""
    if not isinstance(text, str):
        return None
    try:
        read = datetime.fromisoformat(text)
        return (read if read.tzinfo else read.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):  # year 1 begins before UTC can tell it
        return None
