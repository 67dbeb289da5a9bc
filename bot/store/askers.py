"""Who asks, where and in which teams, and what holds there: one statement for every turn."""

from typing import Any

from sqlalchemy import Integer, and_, bindparam, literal, select, true

from bot.domain.facts import Asker
from bot.store.facts import KeptFacts
from bot.store.people import PERSON, person_of
from bot.store.rows import TEAM, TENANT, USER, VERSION, Rows
from bot.store.tables import person, roster_member, team, tenant_setting
from bot.store.teams import ABOUT, OF_MEMBER, memberships_of, team_of

_HERE = select(literal(1, Integer).label("one")).subquery("here")
_MEMBER = and_(roster_member.c.tenant == TENANT, roster_member.c.team_id == TEAM, roster_member.c.user_id == USER)
_VERSION = and_(tenant_setting.c.tenant == TENANT, tenant_setting.c.name == bindparam("version"))
_MINE = OF_MEMBER.subquery("mine")
# A row for each of the asker's teams, or one; the rest is the same in all of them.
_LOOK = select(*PERSON, *ABOUT, roster_member.c.guest, tenant_setting.c.number, *_MINE.c).select_from(
    _HERE.outerjoin(person, and_(person.c.tenant == TENANT, person.c.user_id == USER))
    .outerjoin(team, and_(team.c.tenant == TENANT, team.c.id == TEAM))
    .outerjoin(roster_member, _MEMBER)
    .outerjoin(tenant_setting, _VERSION)
    .outerjoin(_MINE, true())
)
_PERSON, _TEAM = slice(len(PERSON)), slice(len(PERSON), len(PERSON) + len(ABOUT))
_REST, _MINES = _TEAM.stop, _TEAM.stop + 2


class AskerRows:
    """`Askers` in a database."""

    def __init__(self, rows: Rows, kept: KeptFacts) -> None:
        self._rows, self._kept = rows, kept

    async def look(self, user_id: str | None, team_id: str | None) -> Asker:
        found = await self._rows.run(_LOOK, user_id=user_id, team_id=team_id, version=VERSION)
        rows: Any = found.fetchall()
        about, team, (guest, version) = rows[0][_PERSON], rows[0][_TEAM], rows[0][_REST:_MINES]
        # By id: twice on a member list is as good as once.
        mine = {row[_MINES]: row[_MINES:] for row in rows if row[_MINES] is not None}
        return Asker(
            person_of(about) if about[0] is not None else None,
            team_of(team) if team[0] is not None else None,
            guest=guest is True,
            facts=await self._kept.of(self._rows, version or 0),
            memberships=memberships_of(mine.values()),
        )
