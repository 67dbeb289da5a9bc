"""Taking rows that are due so that nobody else takes them too: one statement, on both kinds of database."""

from typing import Any

from sqlalchemy import Table, bindparam, select, tuple_, update
from sqlalchemy.sql.dml import ReturningUpdate


def claim(table: Table) -> ReturningUpdate[Any]:
    """Take at most `:most` rows due at `:now`, oldest first: they are due again at `:until`, with one attempt more.

    A row that another replica is taking now is left to it; SQLite has one writer at a time and needs no such words.
    """
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
