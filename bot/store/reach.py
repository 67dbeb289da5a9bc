"""How people want to be reached, and to which teams they show it."""

from typing import Any

from sqlalchemy import bindparam, delete, select

from bot.domain.reach.rules import Hours, Route, Rule, Rules, Settings, Urgency
from bot.store.rows import TEAM, TENANT, USER, Rows, upsert
from bot.store.tables import reach, reach_sharing

_OF = select(reach.c.urgency, reach.c.route, reach.c.within_minutes, reach.c.from_minute, reach.c.until_minute).where(
    reach.c.tenant == TENANT, reach.c.user_id == USER
)
_SET = upsert(reach)
_UNSET = delete(reach).where(reach.c.tenant == TENANT, reach.c.user_id == USER, reach.c.urgency == bindparam("urgency"))

_TEAMS_OF = select(reach_sharing.c.team_id).where(
    reach_sharing.c.tenant == TENANT, reach_sharing.c.user_id == USER, reach_sharing.c.gone_since.is_(None)
)
_SHARE = upsert(reach_sharing)
_UNSHARE = delete(reach_sharing).where(
    reach_sharing.c.tenant == TENANT, reach_sharing.c.team_id == TEAM, reach_sharing.c.user_id == USER
)


class ReachRows:
    """`Reach` in a database."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def of(self, user_id: str) -> Rules:
        found = {Urgency(row.urgency): _rule(row) for row in await self._rows.run(_OF, user_id=user_id)}
        return {urgency: found[urgency] for urgency in Urgency if urgency in found}

    async def put(self, user_id: str, settings: Settings) -> None:
        # Always in the same order: two presses at once then wait for each other instead of deadlocking.
        for urgency, rule in sorted(settings, key=lambda setting: setting[0]):
            if rule is None:
                await self._rows.run(_UNSET, user_id=user_id, urgency=urgency.value)
            else:
                await self._rows.run(_SET, user_id=user_id, urgency=urgency.value, **_columns(rule))


class ReachSharingRows:
    """`ReachSharing` in a database."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def teams_of(self, user_id: str) -> frozenset[str]:
        return frozenset((await self._rows.run(_TEAMS_OF, user_id=user_id)).scalars())

    async def set(self, user_id: str, team_id: str, on: bool) -> None:
        if on:
            await self._rows.run(_SHARE, user_id=user_id, team_id=team_id, gone_since=None)
        else:
            await self._rows.run(_UNSHARE, user_id=user_id, team_id=team_id)


def _rule(row: Any) -> Rule:
    hours = None if row.from_minute is None else Hours(row.from_minute, row.until_minute)
    return Rule(Route(row.route), row.within_minutes, hours)


def _columns(rule: Rule) -> dict[str, Any]:
    return {
        "route": rule.route.value,
        "within_minutes": rule.within,
        "from_minute": rule.hours.start if rule.hours else None,
        "until_minute": rule.hours.until if rule.hours else None,
    }
