"""Taking rows that are due, of all tenants, so that nobody else takes them too: one statement on both databases."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Table, bindparam, select, tuple_, update
from sqlalchemy.sql.dml import ReturningUpdate

from bot.store.engines import Engines
from bot.store.tenants import ACROSS_TENANTS


class Claims:
    """What is due in one table, which has `due_at` and `attempts`."""

    def __init__(self, engines: Engines, table: Table) -> None:
        self._write = engines.write.execution_options(**{ACROSS_TENANTS: True})
        self._take = _claim(table)

    async def take(self, now: datetime, until: datetime, most: int) -> Sequence[RowMapping]:
        """Some rows due at `now`, oldest first: they are due again at `until`, with one attempt more."""
        async with self._write.begin() as connection:
            found = await connection.execute(self._take, {"now": now, "until": until, "most": most})
            rows: Sequence[RowMapping] = found.mappings().all()
        return rows


def _claim(table: Table) -> ReturningUpdate[Any]:
    """A row that another replica is taking now is left to it; SQLite has one writer at a time and needs no such words."""
    keys = list(table.primary_key)
    due = (
        select(*keys)
        .where(table.c.due_at <= bindparam("now"))
        .order_by(table.c.due_at)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
        .cte("due")  # evaluated once: inside the condition PostgreSQL might do so again and take more
    )
    return (
        update(table)
        .where(tuple_(*keys).in_(select(*due.c)))
        .values(due_at=bindparam("until"), attempts=table.c.attempts + 1)
        .returning(*table.c)
    )
