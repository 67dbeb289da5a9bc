"""Bring a database's tables up to date, ours and the jobs engine's; safe when several replicas start at once."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, Text, inspect, make_url, select, text
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import SettingsError
from bot.logs import get_logger
from bot.store.engines import Engines, open_engines
from bot.store.outbox import make_engine_tables
from bot.store.tenants import ACROSS_TENANTS

MIGRATIONS = Path(__file__).parent / "migrations"
VERSIONS = MIGRATIONS / "versions"
# Any number that nothing else in the same database locks.
_LOCK = 7702
# Another replica may be migrating a large table.
_PATIENCE_S = 300
_AGAIN_S = 0.1
_TRY = text(f"select pg_try_advisory_lock({_LOCK})")
_FREE = text(f"select pg_advisory_unlock({_LOCK})")
_version = Table("alembic_version", MetaData(), Column("version_num", Text))

log = get_logger(__name__)


async def migrate(database: str) -> None:
    """Create or change the tables of the database that an SQLAlchemy URL names; makes a SQLite file's folder.

    Raises SettingsError when it cannot be opened.
    """
    try:
        await _migrate(database)
    except (OSError, ValueError, SQLAlchemyError, sqlite3.Error) as error:
        # Without the URL, which may hold a password.
        message = f"DATABASE_URL is wrong or its database cannot be reached ({type(error).__name__})."
        raise SettingsError(message) from error


async def _migrate(database: str) -> None:
    url = make_url(database)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        # A file that cannot be opened is found here, before there are engines with threads of their own.
        sqlite3.connect(url.database).close()
    engines = open_engines(database, wait_s=_PATIENCE_S)
    everybody = engines.write.execution_options(**{ACROSS_TENANTS: True})
    try:
        async with _one_at_a_time(engines):
            async with everybody.begin() as connection:
                await connection.run_sync(_upgrade)
            await asyncio.to_thread(make_engine_tables, database)
    finally:
        await engines.close()


@asynccontextmanager
async def _one_at_a_time(engines: Engines) -> AsyncIterator[None]:
    """Keep other replicas out. A SQLite file has one process (`alone`), and each transaction the file to itself."""
    if engines.write.dialect.name == "sqlite":
        yield
        return
    # A session's lock that is asked for again and again: whoever waits inside a statement keeps the engine's
    # `create index concurrently` waiting, which would wait for each other for ever. It ends with the session.
    options = {"isolation_level": "AUTOCOMMIT", ACROSS_TENANTS: True}
    async with engines.write.execution_options(**options).connect() as session:
        async with asyncio.timeout(_PATIENCE_S):
            while not (await session.execute(_TRY)).scalar():  # noqa: ASYNC110 - it is elsewhere that it changes
                await asyncio.sleep(_AGAIN_S)
        try:
            yield
        finally:
            await session.execute(_FREE)


async def up_to_date(engines: Engines) -> bool:
    """Whether our tables are as new as this code, or newer."""
    async with engines.read.execution_options(**{ACROSS_TENANTS: True}).connect() as connection:
        present: str | None = (await connection.execute(select(_version))).scalar()
    return present is not None and present >= newest()


def newest() -> str:
    """The newest migration's number."""
    return max(path.name for path in VERSIONS.glob("[0-9]*.py")).split("_")[0]


def _upgrade(connection: Connection) -> None:
    present = connection.execute(select(_version)).scalar() if inspect(connection).has_table(_version.name) else None
    if present == newest():
        return
    if present and present > newest():
        # A newer release was here and this one is put back, or runs beside it: migrations only ever add.
        log.warning("database_is_newer", present=present, known=newest())
        return
    run_alembic(connection)
    log.info("database_migrated", before=present, now=newest())


def run_alembic(connection: Connection) -> None:
    """Run the missing migrations in the connection's transaction."""
    # Alembic costs 6 MB and is needed at a first start only.
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")


def ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Alembic's `include_name`: the tables of the jobs engine, in the same database, are none of our business."""
    from bot.store.tables import metadata

    return kind != "table" or name in metadata.tables
