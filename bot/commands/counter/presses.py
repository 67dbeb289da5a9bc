"""From the data of a pressed button to an intent; anything that is not exactly right is None."""

from collections.abc import Mapping
from typing import Any

from bot.domain import counter as rules
from bot.domain.counter import AskForHelp, Help, SetNeed, ShowCounter, to_slot
from bot.domain.days import DayPart
from bot.domain.together import WeekPart, in_order
from bot.turn import Ask

PARTS = {"m": DayPart.MORNING, "a": DayPart.AFTERNOON}
MOST_PARTS = 14  # a week
LONGEST_ID = 200


def _team(data: Mapping[str, Any]) -> str | None:
    team = data.get("team")
    return team if isinstance(team, str) and 0 < len(team) <= LONGEST_ID else None


def to_show(data: Mapping[str, Any], _ask: Ask) -> ShowCounter | None:
    return ShowCounter(_team(data)) if _team(data) or "team" not in data else None


def to_busy(data: Mapping[str, Any], _ask: Ask) -> AskForHelp | None:
    return AskForHelp(_team(data)) if _team(data) else None


def to_need(data: Mapping[str, Any], ask: Ask) -> SetNeed | None:
    team, people, parts, named = _team(data), data.get("people"), data.get("parts"), data.get("named") or None
    if team is None or type(people) is not int or not 0 <= people <= rules.MOST_PEOPLE:
        return None
    if not isinstance(parts, list) or not 0 < len(parts) <= MOST_PARTS:
        return None
    found = [_week_part(part) for part in parts]
    known = named is None or any(place.id == named for place in ask.places)
    if None in found or not known:
        return None
    return SetNeed(in_order(part for part in found if part), people, named, team)


def _week_part(text: Any) -> WeekPart | None:
    weekday, _, letter = text.partition(".") if isinstance(text, str) else ("", "", "")
    return WeekPart(int(weekday), PARTS[letter]) if weekday in tuple("0123456") and letter in PARTS else None


def to_help(data: Mapping[str, Any], _ask: Ask) -> Help | None:
    slot, team = to_slot(data.get("slot")), _team(data)
    return Help(slot, team) if slot and team else None
