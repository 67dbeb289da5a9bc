"""Teams that Samen was added to, and the member lists Teams gave for them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, false, insert, select, union

from bot.domain.people import Member, Membership, Roster, Team, TeamKind
from bot.store.leaving import Leaving
from bot.store.rows import TEAM, TENANT, USER, Rows, upsert
from bot.store.tables import metadata, roster, roster_member, sharing, team
from bot.turn import Reference, Scope

ABOUT = tuple(team.c[name] for name in ("id", "name", "kind", "language", "zone", "asleep_since", "unreachable_since"))
_REFERENCE = (
    team.c.tenant,
    team.c.conversation,
    team.c.service_url,
    team.c.channel,
    team.c.bot_id,
    team.c.bot_name,
    team.c.scope,
)

_GET = select(*ABOUT).where(team.c.tenant == TENANT, team.c.id == TEAM)
_GET_REFERENCE = select(*_REFERENCE).where(team.c.tenant == TENANT, team.c.id == TEAM)
_KEPT_BY_SAVING = ("introduced", "asleep_since", "unreachable_since")
_SAVE = upsert(team, only=[column.name for column in team.c if column.name not in _KEPT_BY_SAVING])
# Everything of a team: its own row, and whatever names it.
_REMOVE = (
    *(
        delete(table).where(table.c.tenant == TENANT, table.c.team_id == TEAM)
        for table in metadata.sorted_tables
        if "team_id" in table.c
    ),
    delete(team).where(team.c.tenant == TENANT, team.c.id == TEAM),
)
_MEMBER_OF = select(roster_member.c.team_id).where(
    roster_member.c.tenant == TENANT, roster_member.c.user_id == USER, roster_member.c.guest == false()
)
_SHARES_WITH = select(sharing.c.team_id).where(
    sharing.c.tenant == TENANT, sharing.c.user_id == USER, sharing.c.gone_since.is_(None)
)
_MINE = and_(sharing.c.tenant == TENANT, sharing.c.team_id == team.c.id, sharing.c.user_id == USER)
_LISTED = and_(roster.c.tenant == TENANT, roster.c.team_id == team.c.id)
OF_MEMBER = (
    select(
        *ABOUT, (sharing.c.user_id.is_not(None) & sharing.c.gone_since.is_(None)).label("shares"), roster.c.fetched_at
    )
    .select_from(team.outerjoin(sharing, _MINE).outerjoin(roster, _LISTED))
    .where(
        team.c.tenant == TENANT,
        team.c.asleep_since.is_(None),
        # Not two conditions with "or": SQLite would look at every team of the tenant (13 ms of 1,000).
        team.c.id.in_(union(_MEMBER_OF, _SHARES_WITH)),
    )
)

# Teams whose mirrored member list has lapsed: who is in them nobody here knows any more.
_UNLISTED = (
    select(*ABOUT)
    .outerjoin_from(team, roster, (roster.c.tenant == team.c.tenant) & (roster.c.team_id == team.c.id))
    .where(team.c.tenant == TENANT, team.c.asleep_since.is_(None), roster.c.team_id.is_(None))
    .order_by(team.c.id)
    .limit(bindparam("most"))
)
_ROSTER = (
    select(
        roster.c.fetched_at,
        roster_member.c.channel_user_id,
        roster_member.c.user_id,
        roster_member.c.name,
        roster_member.c.guest,
    )
    .outerjoin_from(
        roster,
        roster_member,
        (roster_member.c.tenant == roster.c.tenant) & (roster_member.c.team_id == roster.c.team_id),
    )
    .where(roster.c.tenant == TENANT, roster.c.team_id == TEAM)
    .order_by(roster_member.c.position)
)
_SAVE_ROSTER = upsert(roster)
_ADD_MEMBER = insert(roster_member)
_REMOVE_ROSTER = delete(roster).where(roster.c.tenant == TENANT, roster.c.team_id == TEAM)
_REMOVE_MEMBERS = delete(roster_member).where(roster_member.c.tenant == TENANT, roster_member.c.team_id == TEAM)


class TeamRows:
    """`Teams` in a database."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def get(self, team_id: str) -> Team | None:
        row = (await self._rows.run(_GET, team_id=team_id)).one_or_none()
        return team_of(row) if row else None

    async def reference(self, team_id: str) -> Reference | None:
        row = (await self._rows.run(_GET_REFERENCE, team_id=team_id)).one_or_none()
        return _reference(row) if row else None

    async def save(self, team: Team, reference: Reference) -> None:
        await self._rows.run(
            _SAVE,
            id=team.id,
            name=team.name,
            kind=team.kind.value,
            language=team.language,
            zone=team.zone,
            conversation=reference.conversation,
            service_url=reference.service_url,
            channel=reference.channel,
            bot_id=reference.bot_id,
            bot_name=reference.bot_name,
            scope=reference.scope.value,
        )

    async def introduce(self, team_id: str) -> bool:
        return await self._rows.change(team, team.c.id == team_id, team.c.introduced == false(), introduced=True) == 1

    async def sleep(self, team_id: str, at: datetime) -> None:
        awake = team.c.id == team_id, team.c.asleep_since.is_(None)
        if await self._rows.change(team, *awake, asleep_since=at):
            await Leaving(self._rows).asleep(team_id, at)
        await MemberRows(self._rows).forget(team_id)

    async def wake(self, team_id: str) -> None:
        await self._rows.change(team, team.c.id == team_id, asleep_since=None)

    async def reached(self, team_id: str) -> None:
        await self._rows.change(team, team.c.id == team_id, unreachable_since=None)

    async def remove(self, team_id: str) -> None:
        for statement in _REMOVE:
            await self._rows.run(statement, team_id=team_id)

    async def of_member(self, user_id: str) -> tuple[Membership, ...]:
        return memberships_of((await self._rows.run(OF_MEMBER, user_id=user_id)).all())

    async def unlisted(self, most: int) -> tuple[Team, ...]:
        return tuple(team_of(row) for row in await self._rows.run(_UNLISTED, most=most))


class MemberRows:
    """`Members` in a database."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def of(self, team_id: str) -> Roster | None:
        rows = (await self._rows.run(_ROSTER, team_id=team_id)).all()
        if not rows:
            return None
        # A team without members still has its one line with the moment.
        return Roster(tuple(_member(row) for row in rows if row.channel_user_id is not None), rows[0].fetched_at)

    async def replace(self, team_id: str, members: Sequence[Member], fetched_at: datetime) -> None:
        # The roster's own row first: whoever replaces the same roster at the same time waits here.
        await self._rows.run(_SAVE_ROSTER, team_id=team_id, fetched_at=fetched_at)
        present = {member.user_id for member in members if member.user_id and not member.guest}
        await Leaving(self._rows).are_in(team_id, present, fetched_at)
        await self._rows.run(_REMOVE_MEMBERS, team_id=team_id)
        once = {member.channel_user_id: member for member in members}
        await self._rows.run_each(_ADD_MEMBER, [_row(team_id, n, member) for n, member in enumerate(once.values())])

    async def left(self, team_id: str, ids: Collection[str], at: datetime) -> None:
        if ids:
            await Leaving(self._rows).left(team_id, ids, at)

    async def forget(self, team_id: str) -> None:
        await self._rows.run(_REMOVE_ROSTER, team_id=team_id)
        await self._rows.run(_REMOVE_MEMBERS, team_id=team_id)


def team_of(row: Sequence[Any]) -> Team:
    """A team from the columns ABOUT."""
    own_id, name, kind, language, zone, asleep_since, unreachable_since = row
    return Team(own_id, name, TeamKind(kind), language, zone, asleep_since, unreachable_since)


def memberships_of(rows: Iterable[Sequence[Any]]) -> tuple[Membership, ...]:
    """The teams of OF_MEMBER, by name."""
    found = [Membership(team_of(row[:-2]), sharing=bool(row[-2]), listed_at=row[-1]) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.team.name.casefold(), one.team.id)))


def _reference(row: Any) -> Reference:
    return Reference(
        tenant=row.tenant,
        conversation=row.conversation,
        service_url=row.service_url,
        channel=row.channel,
        bot_id=row.bot_id,
        bot_name=row.bot_name,
        scope=Scope(row.scope),
    )


def _member(row: Any) -> Member:
    return Member(row.channel_user_id, row.user_id, row.name, row.guest)


def _row(team_id: str, position: int, member: Member) -> dict[str, Any]:
    return {
        "team_id": team_id,
        "channel_user_id": member.channel_user_id,
        "user_id": member.user_id,
        "name": member.name,
        "guest": member.guest,
        "position": position,
    }
