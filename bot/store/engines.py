"""The two databases behind one shape: engines for each way in which units write and read."""

import sqlite3
import sys
from dataclasses import dataclass
from time import monotonic
from typing import Any

from sqlalchemy import URL, Engine, event, make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import SettingsError
from bot.store.tenants import demand_tenant
from bot.store.timing import time_statements
from bot.telemetry import is_on

# Longer than any unit takes, shorter than the 5 s in which an invoke must be answered.
WAIT_S = 4
POSTGRES_CONNECTIONS = 8
SQLITE_READERS = 4
# After a pause this long a connection is looked at before it is used.
RESTED_S = 2.0

# DBOS asks SQLite for unixepoch('subsec') on Python >= 3.12; SQLite knows 'subsec' since 3.42, before it answers NULL.
LACKS_SUBSEC = sys.version_info >= (3, 12) and sqlite3.sqlite_version_info < (3, 42)


@dataclass(frozen=True, slots=True)
class Engines:
    """Where units write and where they read; on PostgreSQL all share one pool."""

    write: AsyncEngine
    read: AsyncEngine
    whole: AsyncEngine  # for writing on what there is at one moment
    # For reading by one statement alone, which agrees with itself. Several need not agree with each other: the facts of a
    # tenant that follow it are read after the version they are kept under.
    glance: AsyncEngine
    single: AsyncEngine  # for writing by one statement alone, which is kept with it; a commit after it costs nothing

    def distinct(self) -> tuple[Engine, ...]:
        """The engines to listen to: on PostgreSQL the others are the writing one with other options."""
        pools = {engine.pool: engine for engine in (self.glance, self.read, self.write)}
        return tuple(engine.sync_engine for engine in pools.values())

    async def close(self) -> None:
        for engine in (self.glance, self.read, self.write):
            await engine.dispose()


def open_engines(database: str, *, wait_s: int = WAIT_S) -> Engines:
    """Engines for an SQLAlchemy URL; nothing is connected yet. Raises `SettingsError` for a database we do not speak.

    `wait_s` bounds, in seconds, the wait for a connection, a lock or a statement's answer.
    """
    url = make_url(database)
    if url.drivername == "sqlite+aiosqlite" and url.database not in {None, "", ":memory:"}:
        engines = _sqlite(url, wait_s)
    elif url.drivername == "postgresql+asyncpg":
        engines = _postgresql(url, wait_s)
    else:
        raise SettingsError("DATABASE_URL must be sqlite+aiosqlite:///a/file or postgresql+asyncpg://...")
    for engine in engines.distinct():
        event.listen(engine, "before_execute", demand_tenant)
        if is_on():
            time_statements(engine)
    return engines


def _engine(url: URL, wait_s: int, **options: Any) -> AsyncEngine:
    # An error that is logged must not carry the parameters: they hold people and places.
    return create_async_engine(url, hide_parameters=True, max_overflow=0, pool_timeout=wait_s, **options)


def _sqlite(url: URL, wait_s: int) -> Engines:
    # One writer at a time is all SQLite has: a pool of one queues writers here, in order, instead of at its lock.
    write = _engine(url, wait_s, pool_size=1)
    read = _engine(url, wait_s, pool_size=SQLITE_READERS)
    # One statement agrees with itself: to begin and end a transaction around it would be as many words to SQLite again.
    glance = _engine(url, wait_s, pool_size=SQLITE_READERS, skip_autocommit_rollback=True)
    _prepare_sqlite(write.sync_engine, begin="BEGIN IMMEDIATE", wait_s=wait_s)
    _prepare_sqlite(read.sync_engine, begin="BEGIN", wait_s=wait_s)
    _prepare_sqlite(glance.sync_engine, begin=None, wait_s=wait_s)
    # One writer at a time: several together are best kept by one transaction, and no other one comes between.
    return Engines(write, read, whole=write, glance=glance, single=write)


def _prepare_sqlite(engine: Engine, *, begin: str | None, wait_s: int) -> None:
    """`begin` matters: a transaction that reads first and writes later fails when another one wrote between.

    None: each statement is a look of its own.
    """

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself; `begin` below does
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {wait_s * 1000}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA foreign_keys = ON")
        if begin != "BEGIN IMMEDIATE":
            cursor.execute("PRAGMA query_only = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Any) -> None:
        if begin:
            connection.exec_driver_sql(begin)


def _postgresql(url: URL, wait_s: int) -> Engines:
    patience = {"timeout": wait_s, "command_timeout": wait_s}
    write = _engine(url, wait_s, pool_size=POSTGRES_CONNECTIONS, connect_args=patience)
    _ping_the_rested(write.sync_engine)
    # Several statements of one look must agree with each other, whatever is committed between them.
    read = write.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    whole = write.execution_options(isolation_level="REPEATABLE READ")
    alone = write.execution_options(isolation_level="AUTOCOMMIT")  # spares two of three messages to the server
    return Engines(write, read, whole, glance=alone, single=alone)


def _ping_the_rested(engine: Engine) -> None:
    """Look whether a connection still stands before it is used again after a pause.

    It spares somebody an error after the server restarted or a firewall forgot the connection. Before every use it would
    be a quarter of what a turn asks of the database.
    """

    @event.listens_for(engine, "checkin")
    def rest(_connection: Any, record: Any) -> None:
        record.info["rests_since"] = monotonic()

    @event.listens_for(engine, "checkout")
    def look(connection: Any, record: Any, _proxy: Any) -> None:
        if monotonic() - record.info.get("rests_since", monotonic()) < RESTED_S:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error:
            raise InvalidatePoolError from None  # the others rested as long: the pool makes new ones


def define_unixepoch(connection: Any, _record: object = None) -> None:
    """Give a SQLite connection the `unixepoch` that DBOS needs there: seconds since 1970, with 'subsec' a fraction."""
    connection.create_function("unixepoch", -1, _unixepoch)


def _unixepoch(*arguments: str) -> float | int:
    from time import time

    return time() if "subsec" in arguments else int(time())


if LACKS_SUBSEC:
    # For every engine of the process: the one with the trouble is made by DBOS.
    @event.listens_for(Engine, "connect")
    def _define_unixepoch(connection: Any, record: object) -> None:
        if hasattr(connection, "create_function"):
            define_unixepoch(connection, record)
