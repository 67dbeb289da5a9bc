"""From the data of a pressed button to an intent; anything that is not exactly right is None.

A day-part text is "<day>.<m|a>.<place>.<named id>.<kind>"; cards/where.py writes them.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bot.domain.days import DayPart, Slot, whole_day
from bot.domain.places import Kind, Place, WorkLocation
from bot.domain.where.intents import Change, SetPlan, Share, ShowBoard, ShowPlan
from bot.domain.where.plan import ordered

PARTS = {"m": DayPart.MORNING, "a": DayPart.AFTERNOON}
MOST_PARTS = 200  # eight full weeks and room to spare; a card never carries more
LONGEST_ID = 200


def to_set(data: Mapping[str, Any], *, undo: bool = False) -> SetPlan | None:
    parts = data.get("parts")
    if not isinstance(parts, list) or not 0 < len(parts) <= MOST_PARTS:
        return None
    changes = [_change(part) for part in parts]
    if None in changes:
        return None
    return SetPlan(ordered(change for change in changes if change), undo, on_plan_card=data.get("from") == "plan")


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


def _change(text: Any) -> Change | None:
    pieces = text.split(".") if isinstance(text, str) and len(text) <= LONGEST_ID else []
    if len(pieces) != len(("day", "part", "place", "named", "kind")):
        return None
    day, part, place, named, kind = pieces
    slot = _slot(day, part)
    if slot is None:
        return None
    if not place:
        return Change(slot, None) if not named and not kind else None
    try:
        return Change(slot, WorkLocation(Place(place), named or None, Kind(kind) if kind else None))
    except ValueError:
        return None
