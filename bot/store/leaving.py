"""Who left a team and who is back: what they chose there waits 30 days for them.

Who is leaving Samen itself, and when: docs/decisions/0016-who-is-leaving.md.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import bindparam, exists, false, literal, select, union_all

from bot.store.rows import TEAM, TENANT, Rows
from bot.store.tables import person, reach_sharing, roster_member, sharing, team

_CHOSEN = (sharing, reach_sharing)
# How many people one statement names: databases take some 30,000 parameters.
_SOME = 1000

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
_OTHER_AWAKE = select(team.c.id).where(team.c.tenant == TENANT, team.c.id != TEAM, team.c.asleep_since.is_(None))
_STAYING = (person.c.tenant == TENANT, person.c.leaving_since.is_(None))
_NOWHERE_ELSE = select(person.c.user_id).where(
    *_STAYING,
    person.c.user_id.in_(bindparam("users", expanding=True)),
    *(
        ~exists().where(
            table.c.tenant == TENANT,
            table.c.tenant == person.c.tenant,
            table.c.user_id == person.c.user_id,
            table.c.team_id.in_(_OTHER_AWAKE),
            still,
        )
        for table, still in (
            *((table, table.c.gone_since.is_(None)) for table in _CHOSEN),
            (roster_member, roster_member.c.guest == false()),
        )
    ),
)
_ALL = select(person.c.user_id).where(*_STAYING)
# Without a contact: removed Samen from their own chat, which no member list takes back.
_LEAVING = select(person.c.user_id).where(
    person.c.tenant == TENANT, person.c.leaving_since.is_not(None), person.c.channel_user_id.is_not(None)
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
        leaving = set((await self._rows.run(_LEAVING)).scalars())
        # A person's own row before their choices: whoever changes both locks in this order.
        await self._mark(leaving & set(members), None)
        if left:
            await self._left(team_id, left, at)
        for some in _parts(back):
            for table in _CHOSEN:
                await self._rows.change(table, table.c.team_id == team_id, table.c.user_id.in_(some), gone_since=None)

    async def left(self, team_id: str, ids: Iterable[str], at: datetime) -> None:
        """These left, by user id or by the channel's own id. Only those who chose something have anything to leave."""
        some = sorted(set(ids))
        known = (await self._rows.run(_KNOWN_AS, ids=some)).scalars()
        await self._left(team_id, {*some, *known}, at)

    async def asleep(self, team_id: str, at: datetime) -> None:
        """A team went: whoever was in it and is in no other leaves, and with the last team everybody. Choices wait."""
        if (await self._rows.run(_OTHER_AWAKE, team_id=team_id)).first() is None:
            await self._mark(set((await self._rows.run(_ALL)).scalars()), at)
            return
        were = {row.user_id for row in await self._rows.run(_WERE_IN, team_id=team_id) if row.gone_since is None}
        await self._mark(await self._nowhere_else(team_id, were), at)

    async def _left(self, team_id: str, users: set[str], at: datetime) -> None:
        await self._mark(await self._nowhere_else(team_id, users), at)
        for some in _parts(users):
            for table in _CHOSEN:
                here = table.c.team_id == team_id, table.c.user_id.in_(some)
                await self._rows.change(table, *here, table.c.gone_since.is_(None), gone_since=at)

    async def _nowhere_else(self, team_id: str, users: set[str]) -> set[str]:
        found: set[str] = set()
        for some in _parts(users):
            found |= set((await self._rows.run(_NOWHERE_ELSE, team_id=team_id, users=some)).scalars())
        return found

    async def _mark(self, users: set[str], at: datetime | None) -> None:
        """Leaving since then, or no longer (None)."""
        for some in _parts(users):
            await self._rows.change(person, person.c.user_id.in_(some), leaving_since=at)


def _parts(users: set[str]) -> Iterable[list[str]]:
    """In one order always, some at a time."""
    ordered = sorted(users)
    return (ordered[n : n + _SOME] for n in range(0, len(ordered), _SOME))
