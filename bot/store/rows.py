"""How a unit speaks to its database: one connection, one tenant, statements made once per module."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from types import TracebackType
from typing import Any, Self

from sqlalchemy import BindParameter, ColumnElement, CursorResult, Insert, Table, UpdateBase, bindparam, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.sql.selectable import ReturnsRows

from bot.domain.jobs import Job
from bot.store.outbox import Outbox
from bot.store.tables import tenant_setting

# The same statement for each database that words it differently, by the dialect's name.
Upsert = Mapping[str, Insert]
Statement = ReturnsRows | UpdateBase | Upsert

# The parameters that most statements have.
TENANT: BindParameter[str] = bindparam("tenant")
TEAM: BindParameter[str] = bindparam("team_id")
USER: BindParameter[str] = bindparam("user_id")

# The setting that counts the changes of a tenant's facts.
VERSION = "version"


class Rows:
    """One transaction on one tenant's rows, begun by its first statement and rolled back unless committed.

    The jobs that are asked for in it come with its commit; without an `outbox` none can be.
    """

    def __init__(self, engine: AsyncEngine, tenant: str, outbox: Outbox | None = None) -> None:
        self._engine, self.tenant, self._outbox = engine, tenant, outbox
        self._jobs: list[Job] = []
        self._facts_changed = False
        self._stack = AsyncExitStack()
        self._connection: AsyncConnection | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    async def run(self, statement: Statement, **values: Any) -> CursorResult[Any]:
        """Run one statement; `values` are its parameters, the tenant is added."""
        connection, worded = await self._open(), self._worded(statement)
        result: CursorResult[Any] = await connection.execute(worded, {**values, "tenant": self.tenant})
        self._note(worded, result)
        return result

    async def run_each(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run one statement for each row, in order and in one go; none for no rows."""
        if rows:
            connection, worded = await self._open(), self._worded(statement)
            result = await connection.execute(worded, [{**row, "tenant": self.tenant} for row in rows])
            self._note(worded, result)

    async def change(self, table: Table, *fitting: ColumnElement[bool], **values: Any) -> int:
        """Set these columns in the rows that fit, none that do not exist; how many there were.

        Made for each call: SQLAlchemy takes a named parameter of an update for a column to set.
        """
        connection = await self._open()
        mine = table.c.tenant == bindparam("tenant", self.tenant)
        statement = update(table).where(mine, *fitting).values(**values)
        result = await connection.execute(statement)
        self._note(statement, result)
        return result.rowcount

    def savepoint(self) -> Any:
        """What goes wrong inside is undone alone, and the unit goes on. After the unit's first statement only."""
        if self._connection is None:
            raise LookupError("nothing has been run yet")
        return self._connection.begin_nested()

    def enqueue(self, job: Job) -> None:
        """Have this done once the transaction is committed, whatever happens to this process then."""
        if self._outbox is None:
            raise LookupError("this transaction has no outbox")
        self._jobs.append(job)

    async def commit(self) -> None:
        """Keep everything, and the jobs with it."""
        if self._outbox:
            for job in self._jobs:
                await self._outbox.put(await self._open(), job)
        self._jobs.clear()
        if self._facts_changed:
            # Last: whoever changes this tenant's facts at the same moment waits here, and for nothing else.
            await self.run(_NEW_VERSION, name=VERSION)
        if self._connection:
            try:
                await self._connection.commit()
            except BaseException:
                # SQLite leaves a transaction open that it could not commit; nobody else may get it.
                await self._connection.invalidate()
                raise

    async def _open(self) -> AsyncConnection:
        if self._connection is None:
            self._connection = await self._stack.enter_async_context(self._engine.connect())
        return self._connection

    def _worded(self, statement: Statement) -> Any:
        return statement[self._engine.dialect.name] if isinstance(statement, Mapping) else statement

    def _note(self, statement: Any, result: CursorResult[Any]) -> None:
        """Whether a statement changed what every replica keeps in memory: a table with `info["facts"]`."""
        if isinstance(statement, UpdateBase) and getattr(statement.table, "info", {}).get("facts") and result.rowcount:
            self._facts_changed = True


def _new_version(insert: Callable[..., Any]) -> Insert:
    statement = insert(tenant_setting).values(tenant=TENANT, name=bindparam("name"), number=1)
    worded: Insert = statement.on_conflict_do_update(
        index_elements=["tenant", "name"], set_={"number": tenant_setting.c.number + 1}
    )
    return worded


_NEW_VERSION = {"sqlite": _new_version(sqlite.insert), "postgresql": _new_version(postgresql.insert)}


def upsert(table: Table, only: Iterable[str] | None = None) -> Upsert:
    """Insert a row or, where its primary key exists, keep exactly the new values. Two at once both succeed.

    `only` names the columns to change in a row that exists.
    """
    keys = [column.name for column in table.primary_key]
    others = [c.name for c in table.columns if c.name not in keys and (only is None or c.name in only)]
    lite, postgres = sqlite.insert(table), postgresql.insert(table)
    if not others:
        return insert_once(table)
    return {
        "sqlite": lite.on_conflict_do_update(index_elements=keys, set_={c: lite.excluded[c] for c in others}),
        "postgresql": postgres.on_conflict_do_update(
            index_elements=keys, set_={c: postgres.excluded[c] for c in others}
        ),
    }


def insert_once(table: Table) -> Upsert:
    """Insert a row unless its primary key exists; the result's `rowcount` says whether it did."""
    keys = [column.name for column in table.primary_key]
    return {
        "sqlite": sqlite.insert(table).on_conflict_do_nothing(index_elements=keys),
        "postgresql": postgresql.insert(table).on_conflict_do_nothing(index_elements=keys),
    }
