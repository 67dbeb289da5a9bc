"""What units of work keep for `/reach`."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.domain.reach.rules import Rule, Rules, Settings, Urgency
from cards.reach import ReachRule


class Reach(Protocol):
    """How people want to be reached."""

    async def of(self, user_id: str) -> Rules:
        """Somebody's rules, shown to anybody or not."""

    async def put(self, user_id: str, settings: Settings) -> None:
        """Set these rules to absolute values, None removes; the others stay."""


class ReachSharing(Protocol):
    """To which teams people show how to reach them: a switch of its own, apart from places."""

    async def teams_of(self, user_id: str) -> frozenset[str]: ...

    async def set(self, user_id: str, team_id: str, on: bool) -> None: ...


def shown_rules(rules: Mapping[Urgency, Rule | None], urgencies: Sequence[Urgency]) -> tuple[ReachRule, ...]:
    """Somebody's rules for these, as cards show them."""
    return tuple(_shown(urgency, rules.get(urgency)) for urgency in urgencies)


def _shown(urgency: Urgency, rule: Rule | None) -> ReachRule:
    if rule is None:
        return ReachRule(urgency.value)
    start, until = (rule.hours.start, rule.hours.until) if rule.hours else (None, None)
    return ReachRule(urgency.value, rule.route.value, rule.within, start, until)
