"""Everything that is kept about one person, made from what the tables declare: a new table is included by itself."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Column, Delete, Select, Table, bindparam, delete, or_, select

from bot.domain.owndata import Keeping, Kept, OnForget
from bot.store.rows import TENANT, USER, Rows, Upsert, upsert
from bot.store.tables import metadata, person, reach_sharing, seen_activity, sharing, team
from bot.turn import TurnKey

# What people chose comes first, what was found out about them last.
_ORDER = {OnForget.DELETE: 0, OnForget.DETACH: 1, OnForget.KEEP: 2}


def _declared() -> list[tuple[Table, Keeping]]:
    """The tables with a row for a person; a person's own settings first: their choices lock in that order too."""
    found = [(table, table.info["keeping"]) for table in metadata.tables.values() if "keeping" in table.info]
    return sorted((one for one in found if one[1].subject), key=lambda one: _ORDER[one[1].on_forget])


def _subject(table: Table, keeping: Keeping) -> Column[str]:
    return table.c[keeping.subject or ""]


def _mine(table: Table, keeping: Keeping) -> Select[tuple[object, ...]]:
    columns = [column for column in table.columns if column.name != "tenant"]
    keys = [column for column in table.primary_key if column.name != "tenant"]
    return select(*columns).where(table.c.tenant == TENANT, _subject(table, keeping) == USER).order_by(*keys)


def _gone(table: Table, keeping: Keeping) -> Delete:
    return delete(table).where(table.c.tenant == TENANT, _subject(table, keeping) == USER)


_ABOUT = _declared()
_MINE: dict[str, Select[tuple[object, ...]]] = {table.name: _mine(table, keeping) for table, keeping in _ABOUT}
# Never waits: whoever holds one of the rows may be waiting for another one of them.
_LOCK = {name: statement.with_for_update(nowait=True) for name, statement in _MINE.items()}
_DELETE = [(table.name, _gone(table, keeping)) for table, keeping in _ABOUT if keeping.on_forget is OnForget.DELETE]
_DETACH: list[tuple[str, str, Upsert]] = [
    (table.name, str(keeping.subject), upsert(table, only=(str(keeping.subject), "due_at")))
    for table, keeping in _ABOUT
    if keeping.on_forget is OnForget.DETACH
]
_SHARED = select(team.c.name).where(
    team.c.tenant == TENANT,
    team.c.asleep_since.is_(None),
    or_(
        *(
            team.c.id.in_(
                select(one.c.team_id).where(one.c.tenant == TENANT, one.c.user_id == USER, one.c.gone_since.is_(None))
            )
            for one in (sharing, reach_sharing)
        )
    ),
)

# Nobody else speaks in somebody's own chat: what was handled there, and when, tells of them.
_HANDLED = delete(seen_activity).where(
    seen_activity.c.tenant == TENANT,
    seen_activity.c.conversation.in_(bindparam("chats", expanding=True)),
    seen_activity.c.activity != bindparam("said"),
)


class OwnDataRows:
    """`OwnData` in a database."""

    def __init__(self, rows: Rows, now: datetime) -> None:
        self._rows, self._now = rows, now

    async def of(self, user_id: str) -> Sequence[Kept]:
        return [await self._kept(table.name, keeping, _MINE[table.name], user_id) for table, keeping in _ABOUT]

    async def shown_to(self, user_id: str) -> Sequence[str]:
        return sorted((await self._rows.run(_SHARED, user_id=user_id)).scalars(), key=str.casefold)

    async def forget(self, user_id: str, said: TurnKey | None = None) -> Sequence[Kept]:
        kept = [await self._kept(table.name, keeping, _LOCK[table.name], user_id) for table, keeping in _ABOUT]
        rows = {one.name: one.rows for one in kept if one.rows}
        for name, gone in _DELETE:
            if name in rows:
                await self._rows.run(gone, user_id=user_id)
        for name, subject, without in _DETACH:
            detached = [{**row, subject: None, "due_at": self._now} for row in rows.get(name, ())]
            await self._rows.run_each(without, detached)
        chats = {row["conversation"] for row in rows.get(person.name, ())} | {said.conversation if said else None}
        await self._rows.run(_HANDLED, chats=sorted(filter(None, chats)), said=said.activity if said else "")
        return kept

    async def _kept(self, name: str, keeping: Keeping, statement: Select[tuple[object, ...]], user_id: str) -> Kept:
        rows = (await self._rows.run(statement, user_id=user_id)).mappings().all()
        return Kept(name, keeping, [dict(row) for row in rows])
