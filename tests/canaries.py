"""Marked values: every column about a person holds something that is recognised wherever it turns up.

Generated from the tables' declarations, so that a new table or column is marked by itself.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, Column, Date, Integer, Table, insert

from bot.store import Store
from bot.store.tables import Moment, metadata
from bot.store.tenants import ACROSS_TENANTS

ABOUT_PEOPLE = [table for table in metadata.sorted_tables if "keeping" in table.info]
WITH_SUBJECT = [table for table in ABOUT_PEOPLE if table.info["keeping"].subject]
TODAY = date(2026, 11, 23)
NOW = datetime.fromisoformat("2026-11-23T09:00:00+00:00")
# Columns that hold one of a closed list of words: a marked value there would be no value at all.
CLOSED: Mapping[str, object] = {
    "place": "home",
    "part": "morning",
    "kind": "focus",
    "weeks": "every",
    "zone": "Europe/Amsterdam",
    "language": "en",
    "urgency": "normal",
    "route": "chat",
    "scope": "personal",
    "targeted": False,
    "within_minutes": 60,
    "from_minute": 60,
    "until_minute": 1320,
    "mode": "quiet",
    **dict.fromkeys(("presence_hold", "status_hold", "block_hold"), "ours"),
    "called_off": "away",
}


def mark(who: str, table: Table, column: str) -> str:
    """What stands in a column of somebody's row: `canary-bart-plan-named`."""
    return f"canary-{who}-{table.name}-{column}"


def marked_row(table: Table, tenant: str, who: str, user_id: str, **given: object) -> dict[str, Any]:
    """A row about somebody with a marked value in every column that can hold one; `given` replaces some."""
    values = {c.name: _value(table, c, who) for c in table.columns if not _is_number(c)}
    values |= {"tenant": tenant, **{name: value for name, value in given.items() if name in table.c}}
    subject = table.info["keeping"].subject
    return {**values, subject: user_id} if subject else values


def _is_number(column: Column[Any]) -> bool:
    """Whether the database numbers the rows itself."""
    return column.primary_key and column.autoincrement == "auto" and isinstance(column.type, Integer)


def _value(table: Table, column: Column[Any], who: str) -> object:
    if column.name in CLOSED:
        return CLOSED[column.name]
    if isinstance(column.type, Boolean):
        return False
    if isinstance(column.type, Moment):
        return NOW + timedelta(hours=1)
    if isinstance(column.type, Date):
        return TODAY + timedelta(days=1)
    if isinstance(column.type, Integer):
        return 1
    return mark(who, table, column.name)


async def add(store: Store, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    async with store.engines.write.execution_options(**{ACROSS_TENANTS: True}).begin() as connection:
        await connection.execute(insert(table), list(rows))


async def everything(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, of all tenants."""
    found = {}
    async with store.engines.read.execution_options(**{ACROSS_TENANTS: True}).connect() as connection:
        for table in metadata.sorted_tables:
            rows = (await connection.execute(table.select())).mappings().all()
            found[table.name] = sorted((dict(row) for row in rows), key=str)
    return found
