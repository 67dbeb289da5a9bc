"""Who left a team and who is back: what they chose there waits 30 days for them."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, false, literal, select, union_all

from bot.store.rows import TEAM, TENANT, Rows
from bot.store.tables import person, reach_sharing, roster_member, sharing

_CHOSEN = (sharing, reach_sharing)

# Everybody who was in the team as far as we know: on the mirrored list, or by a choice to be seen there.
_WERE_IN = union_all(
    select(roster_member.c.user_id, literal(None).label("gone_since")).where(
        roster_member.c.tenant == TENANT,
        roster_member.c.team_id == TEAM,
        roster_member.c.guest == false(),
        roster_member.c.user_id.is_not(None),
    ),
    *(select(t.c.user_id, t.c.gone_since).where(t.c.tenant == TENANT, t.c.team_id == TEAM) for t in _CHOSEN),
)
_KNOWN_AS = select(person.c.user_id).where(
    person.c.tenant == TENANT, person.c.channel_user_id.in_(bindparam("ids", expanding=True))
)
_THESE: BindParameter[Any] = bindparam("users", expanding=True)
_ELSEWHERE = (
    *(
        select(t.c.user_id).where(
            t.c.tenant == TENANT, t.c.user_id.in_(_THESE), t.c.team_id != TEAM, t.c.gone_since.is_(None)
        )
        for t in _CHOSEN
    ),
    select(roster_member.c.user_id).where(
        roster_member.c.tenant == TENANT, roster_member.c.user_id.in_(_THESE), roster_member.c.team_id != TEAM
    ),
)
_NOWHERE_ELSE = select(person.c.user_id).where(
    person.c.tenant == TENANT,
    person.c.user_id.in_(_THESE),
    person.c.leaving_since.is_(None),
    *(person.c.user_id.not_in(found) for found in _ELSEWHERE),
)


class Leaving:
    """Keeps apart the choices of those who are no longer in a team."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def are_in(self, team_id: str, members: Collection[str], at: datetime) -> None:
        """Exactly these are in the team now: whoever was and is not has left, whoever is again gets it all back."""
        found = (await self._rows.run(_WERE_IN, team_id=team_id)).all()
        left = {row.user_id for row in found if row.gone_since is None and row.user_id not in members}
        back = {row.user_id for row in found if row.gone_since is not None and row.user_id in members}
        if left:
            await self._left(team_id, left, at)
        if back:
            await self._back(team_id, back)

    async def left(self, team_id: str, ids: Iterable[str], at: datetime) -> None:
        """These left, by user id or by the channel's own id. Only those who chose something have anything to leave."""
        some = sorted(set(ids))
        known = (await self._rows.run(_KNOWN_AS, ids=some)).scalars()
        await self._left(team_id, {*some, *known}, at)

    async def _left(self, team_id: str, users: set[str], at: datetime) -> None:
        some = sorted(users)
        # A person's own row before their choices: whoever changes both locks in this order.
        lost = list((await self._rows.run(_NOWHERE_ELSE, users=some, team_id=team_id)).scalars())
        if lost:
            await self._rows.change(person, person.c.user_id.in_(lost), leaving_since=at)
        for table in _CHOSEN:
            here = table.c.team_id == team_id, table.c.user_id.in_(some)
            await self._rows.change(table, *here, table.c.gone_since.is_(None), gone_since=at)

    async def _back(self, team_id: str, users: set[str]) -> None:
        some = sorted(users)
        await self._rows.change(
            person, person.c.user_id.in_(some), person.c.leaving_since.is_not(None), leaving_since=None
        )
        for table in _CHOSEN:
            await self._rows.change(table, table.c.team_id == team_id, table.c.user_id.in_(some), gone_since=None)
