"""From the data of a pressed button to an intent; anything that is not exactly right is None.

A rule travels as "<urgency>.<route>.<within>.<from>.<until>", all but the urgency empty for none.
"""

import re
from collections.abc import Mapping
from typing import Any

from bot.domain.reach.intents import FindColleague, SetRules, ShareReach, ShowRules
from bot.domain.reach.rules import Hours, Route, Rule, Urgency

LONGEST_ID = 200
NONE = "none"
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)", re.ASCII)
_PARTS = 5


def to_save(data: Mapping[str, Any]) -> SetRules | ShowRules | None:
    """The whole card: both rules. Hours that end before they begin are told; all else odd is no press of ours."""
    try:
        return SetRules(tuple((urgency, _filled_in(data, urgency)) for urgency in Urgency))
    except UnfittingHoursError:
        return ShowRules("hours")
    except (ValueError, TypeError):
        return None


def to_set(data: Mapping[str, Any]) -> SetRules | None:
    """Earlier values, as an undo button carries them."""
    rules = data.get("rules")
    if not isinstance(rules, list) or not 0 < len(rules) <= len(Urgency):
        return None
    try:
        settings = tuple(_rule(text) for text in rules)
    except (ValueError, TypeError):
        return None
    return SetRules(settings, undo=True) if len(dict(settings)) == len(settings) else None


def to_share(data: Mapping[str, Any]) -> ShareReach | None:
    team, on = data.get("team"), data.get("on")
    # Some clients send what a card holds as text.
    on = {"true": True, "false": False}.get(on, on) if isinstance(on, str) else on
    return ShareReach(on, team) if isinstance(on, bool) and isinstance(team, str) and _is_id(team) else None


def to_find(data: Mapping[str, Any]) -> FindColleague | None:
    of = data.get("of")
    return FindColleague(user_id=of) if isinstance(of, str) and _is_id(of) else None


class UnfittingHoursError(Exception):
    """Only one of two times, or the second before the first."""


def _filled_in(data: Mapping[str, Any], urgency: Urgency) -> Rule | None:
    """A rule from the inputs of the card; an input left empty is not sent by every client."""
    route = data.get(f"{urgency}_route") or NONE
    if route == NONE:
        return None
    within = data.get(f"{urgency}_within") or NONE
    start, until = (data.get(f"{urgency}_{end}") or "" for end in ("from", "until"))
    if not all(isinstance(value, str) for value in (route, within, start, until)):
        raise ValueError("an input that is no text")
    return Rule(Route(route), None if within == NONE else int(within), _typed_hours(start, until))


def _typed_hours(start: str, until: str) -> Hours | None:
    if not start and not until:
        return None
    first, last = (_CLOCK.fullmatch(text) for text in (start, until))
    try:
        if first and last:
            return Hours(int(first[1]) * 60 + int(first[2]), int(last[1]) * 60 + int(last[2]))
    except ValueError:
        pass
    if (first or not start) and (last or not until):
        raise UnfittingHoursError
    raise ValueError("no time of day")


def _rule(text: str) -> tuple[Urgency, Rule | None]:
    """Raises ValueError or TypeError for anything that a button of ours does not carry."""
    if len(text) > LONGEST_ID or len(text.split(".")) != _PARTS:
        raise ValueError("no rule")
    urgency, route, within, start, until = text.split(".")
    if not route:
        if within or start or until:
            raise ValueError("no rule")
        return Urgency(urgency), None
    hours = Hours(int(start), int(until)) if start or until else None
    return Urgency(urgency), Rule(Route(route), int(within) if within else None, hours)


def _is_id(value: str) -> bool:
    return 0 < len(value) <= LONGEST_ID
