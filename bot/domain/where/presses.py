"""From the data of a pressed button to an intent; anything that is not exactly right is None.

A day-part text is "<day>.<m|a>.<place>.<named id>.<kind>", a line of the pattern
"<every|even|odd>.<weekday>.<m|a>.<place>.<named id>.<kind>"; cards/where writes them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bot.domain.days import DayPart, Slot, Usual, Weeks, monday_of, whole_day
from bot.domain.places import Kind, Place, WorkLocation
from bot.domain.where.intents import (
    Card,
    Change,
    Find,
    Line,
    SetPattern,
    SetPlan,
    Share,
    ShowBoard,
    ShowPattern,
    ShowPlan,
    ShowWeek,
)
from bot.domain.where.plan import ordered

PARTS = {"m": DayPart.MORNING, "a": DayPart.AFTERNOON}
MOST_PARTS = 200  # eight full weeks and room to spare; a card never carries more
MOST_LINES = 42  # every line that a pattern can have
LONGEST_ID = 200
WEEKDAYS = tuple("0123456")


def to_set(data: Mapping[str, Any], *, undo: bool = False) -> SetPlan | None:
    parts = data.get("parts")
    if not isinstance(parts, list) or not 0 < len(parts) <= MOST_PARTS:
        return None
    changes = [_change(part) for part in parts]
    if None in changes:
        return None
    return SetPlan(ordered(change for change in changes if change), undo, on_card=_card(data.get("from")))


def _card(said: Any) -> Card | None:
    return Card(said) if isinstance(said, str) and said in list(Card) else None


def to_undo(data: Mapping[str, Any]) -> SetPlan | None:
    """The previous values, and in `was` those that the change had set: what is newer than these is left alone."""
    back = to_set(data, undo=True)
    if back is None or "was" not in data:
        return back
    was = to_set({"parts": data["was"]})
    return replace(back, expected=was.changes) if was else None


def to_choose(data: Mapping[str, Any]) -> SetPlan | None:
    """A place picked from a list: the choice's own value says the day-parts, parted by commas."""
    chosen = data.get("chosen")
    return to_set({**data, "parts": chosen.split(",")}) if isinstance(chosen, str) else None


def to_follow(data: Mapping[str, Any]) -> SetPlan | None:
    """Day-parts that follow the pattern; the values that come along do not matter."""
    intent = to_set(data)
    return replace(intent, follow=True) if intent else None


def to_set_pattern(data: Mapping[str, Any], *, undo: bool = False) -> SetPattern | None:
    lines = data.get("lines")
    if not isinstance(lines, list) or not 0 < len(lines) <= MOST_LINES:
        return None
    found = [_line(line) for line in lines]
    last = {line.usual: line for line in found if line}
    in_order = tuple(last[usual] for usual in sorted(last, key=Usual.sort_key))
    return None if None in found else SetPattern(in_order, undo)


def to_undo_pattern(data: Mapping[str, Any]) -> SetPattern | None:
    """The previous lines, and in `was` those that the change had set: what is newer than these is left alone."""
    back, was = to_set_pattern(data, undo=True), to_set_pattern({"lines": data.get("was")})
    return replace(back, expected=was.lines) if back and was else None


def to_choose_pattern(data: Mapping[str, Any]) -> SetPattern | None:
    """A place picked from a list, for the lines that its value says, parted by commas."""
    chosen = data.get("chosen")
    return to_set_pattern({"lines": chosen.split(",")}) if isinstance(chosen, str) else None


def to_pattern(data: Mapping[str, Any]) -> ShowPattern | None:
    usual, kind = data.get("usual"), data.get("kind")
    opened = () if usual is None else _opened_usual(usual)
    if opened is None or not (kind is None or (isinstance(kind, str) and kind in list(Kind))):
        return None
    return ShowPattern(opened, Kind(kind) if kind else None)


def to_plan(data: Mapping[str, Any]) -> ShowPlan | None:
    slot, kind = data.get("slot"), data.get("kind")
    opened = () if slot is None else _opened(slot)
    if opened is None or not (kind is None or (isinstance(kind, str) and kind in list(Kind))):
        return None
    return ShowPlan(opened, Kind(kind) if kind else None)


def to_board(data: Mapping[str, Any], today: date) -> ShowBoard | None:
    day = _day(data["day"]) if "day" in data else today
    team, page = data.get("team"), data.get("page")
    if day is None or not _is_id(team) or not (page is None or (type(page) is int and 0 <= page < MOST_PARTS)):
        return None
    return ShowBoard(day, team, page)


def to_week(data: Mapping[str, Any]) -> ShowWeek | None:
    """The week that holds `day`; no day = the one that matters now."""
    day, team = data.get("day"), data.get("team")
    monday = _day(day) if day is not None else None
    if not _is_id(team) or (day is not None and monday is None):
        return None
    return ShowWeek(monday_of(monday) if monday else None, team)


def to_find(data: Mapping[str, Any]) -> Find | None:
    """A question for a place or a kind of work; without either there is nothing to find."""
    day, part, named = _day(data.get("day")), data.get("part"), data.get("named")
    try:
        at = WorkLocation(Place(data["place"]), named) if "place" in data else None
        kind = Kind(data["kind"]) if "kind" in data else None
    except ValueError:
        return None
    if day is None or not _is_id(named) or not (part is None or (isinstance(part, str) and part in PARTS)):
        return None
    if not (at or kind) or (at and at.place is Place.NOT_WORKING):
        return None
    return Find(day, PARTS[part] if part else None, at.place if at else None, at.named if at else None, kind)


def to_share(data: Mapping[str, Any]) -> Share | None:
    team, on = data.get("team"), data.get("on")
    # Some clients send what a card holds as text.
    on = {"true": True, "false": False}.get(on, on) if isinstance(on, str) else on
    return Share(on, team) if isinstance(on, bool) and _is_id(team) else None


def _is_id(value: Any) -> bool:
    return value is None or (isinstance(value, str) and 0 < len(value) <= LONGEST_ID)


def _day(text: Any) -> date | None:
    if not isinstance(text, str) or len(text) != len("2026-11-23"):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _slot(day: str, part: str) -> Slot | None:
    when = _day(day)
    return Slot(when, PARTS[part]) if when and part in PARTS else None


def _opened(slot: Any) -> tuple[Slot, ...] | None:
    day, _, part = slot.partition(".") if isinstance(slot, str) else ("", "", "")
    when = _day(day)
    if when is None or (part and part not in PARTS):
        return None
    return (Slot(when, PARTS[part]),) if part else whole_day(when)


def _opened_usual(text: Any) -> tuple[Usual, ...] | None:
    """The lines of "odd.4.m", or of both day-parts of "odd.4"."""
    pieces = text.split(".") if isinstance(text, str) else []
    parts = [pieces[2]] if len(pieces) == len(("weeks", "weekday", "part")) else list(PARTS)
    found = [_usual(pieces[0], pieces[1], part) for part in parts] if 2 <= len(pieces) <= 3 else [None]  # noqa: PLR2004
    usual = tuple(each for each in found if each)
    return usual if len(usual) == len(found) else None


def _usual(weeks: str, weekday: str, part: str) -> Usual | None:
    if weeks not in list(Weeks) or weekday not in WEEKDAYS or part not in PARTS:
        return None
    return Usual(Weeks(weeks), WEEKDAYS.index(weekday), PARTS[part])


def _line(text: Any) -> Line | None:
    pieces = text.split(".") if isinstance(text, str) and len(text) <= LONGEST_ID else []
    if len(pieces) != len(("weeks", "weekday", "part", "place", "named", "kind")):
        return None
    usual, value = _usual(*pieces[:3]), _value(*pieces[3:])
    return Line(usual, value.location) if usual and value else None


def _change(text: Any) -> Change | None:
    pieces = text.split(".") if isinstance(text, str) and len(text) <= LONGEST_ID else []
    if len(pieces) != len(("day", "part", "place", "named", "kind")):
        return None
    slot, value = _slot(*pieces[:2]), _value(*pieces[2:])
    return Change(slot, value.location) if slot and value else None


@dataclass(frozen=True, slots=True)
class _Value:
    location: WorkLocation | None


def _value(place: str, named: str, kind: str) -> _Value | None:
    """What a button sets; None for what cannot be."""
    if not place:
        return None if named or kind else _Value(None)
    try:
        return _Value(WorkLocation(Place(place), named or None, Kind(kind) if kind else None))
    except ValueError:
        return None
