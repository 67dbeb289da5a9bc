"""From the data of a pressed button of `/focus` to an intent; anything that is not exactly right is None.

Times are absolute: "2026-11-25T13:30" on the person's own clock for what is to start, with "+00:00" for another end.
A day without a time is "2026-11-25", of its morning or afternoon "2026-11-25.morning".
"""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.domain.days import DayPart
from bot.domain.focus.intents import At, Extend, Settings, ShowFocus, Start, Stop
from bot.domain.focus.session import Mode

_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d):(\d\d)|\.(morning|afternoon))?", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(\.\d{1,6})?(Z|\+00:00)", re.ASCII)
_FLAGS = {"true": True, "false": False}  # some clients send what a card holds as text
_NUMBER = re.compile(r"\d{1,3}", re.ASCII)


def to_start(data: Mapping[str, Any]) -> Start | None:
    """A start with everything that its button, or the card's own fields, say; what is missing or empty is None."""
    try:
        at, until = _at(data.get("at")), _at(data.get("until"))
        mode, subject = _mode(data.get("mode")), _subject(data.get("subject"))
        return Start(at, _minutes(data.get("minutes")), until, mode, bool(_flag(data.get("learning"))), subject)
    except (ValueError, TypeError):
        return None


def to_stop(_: Mapping[str, Any]) -> Stop:
    return Stop()


def to_show(_: Mapping[str, Any]) -> ShowFocus:
    return ShowFocus()


def to_extend(data: Mapping[str, Any]) -> Extend | None:
    """Another end; whether it fits what is under way is for the rules to say."""
    until = data.get("until")
    if not isinstance(until, str) or not _MOMENT.fullmatch(until):
        return None
    try:
        return Extend(datetime.fromisoformat(until).astimezone(UTC))
    except (ValueError, OverflowError):
        return None


def to_settings(data: Mapping[str, Any]) -> Settings | None:
    """What the settings card says; a field that was left empty stays as it is."""
    try:
        flags = (_flag(data.get(name)) for name in ("end_line", "status"))
        return Settings(_minutes(data.get("minutes")), _mode(data.get("mode")), *flags)
    except (ValueError, TypeError):
        return None


def start_data(start: Start) -> dict[str, Any]:
    """What a button carries for a start: `to_start` makes the same of it."""
    said = {
        "at": start.at and _text(start.at),
        "minutes": start.minutes,
        "until": start.until and _text(start.until),
        "mode": start.mode and start.mode.value,
        "learning": start.learning or None,
        "subject": start.subject,
    }
    return {name: value for name, value in said.items() if value is not None}


def _text(at: At) -> str:
    if at.minute is None:
        return f"{at.day.isoformat()}.{at.part}" if at.part else at.day.isoformat()
    return f"{at.day.isoformat()}T{at.minute // 60:02}:{at.minute % 60:02}"


def _at(value: object) -> At | None:
    if value is None or value == "":
        return None
    found = _DAY.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError("no time of a day")
    minute = timedelta(hours=int(found[2]), minutes=int(found[3])) // timedelta(minutes=1) if found[2] else None
    if found[3] and int(found[3]) >= 60:  # noqa: PLR2004 - minutes in an hour
        raise ValueError("no time of a day")
    return At(date.fromisoformat(found[1]), minute, DayPart(found[4]) if found[4] else None)


def _minutes(value: object) -> int | None:
    """A number, or what a card's field holds of one."""
    if value is None or value == "":
        return None
    if type(value) is int:
        return value
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        return int(value)
    raise ValueError("no minutes")


def _mode(value: object) -> Mode | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise TypeError("no mode")
    return Mode(value)


def _flag(value: object) -> bool | None:
    if value is None or value == "":
        return None
    found = _FLAGS.get(value) if isinstance(value, str) else value
    if not isinstance(found, bool):
        raise TypeError("neither on nor off")
    return found


def _subject(value: object) -> str | None:
    """As it was typed: on a card's field, space around it says nothing."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError("no subject")
    return value.strip() or None
