"""Migrations make exactly the tables of the models, once, whoever else is starting."""

import asyncio
import re
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text

from bot.errors import SettingsError
from bot.services.clock import FakeClock
from bot.store import Store, migrate
from bot.store.engines import open_engines
from bot.store.migrate import VERSIONS, newest, ours
from bot.store.outbox import FakeOutbox
from bot.store.tables import Keeping, metadata
from bot.store.tenants import ACROSS_TENANTS

# READ in DBOS 3.4; on SQLite they stand beside ours.
RESERVED = [
    "workflow_status",
    "workflow_input",
    "workflow_output",
    "operation_outputs",
    "workflow_events",
    "workflow_events_history",
    "workflow_schedules",
    "application_versions",
    "queues",
    "notifications",
    "streams",
    "dbos_migrations",
]


async def inspected(url: str, look):
    engines = open_engines(url)
    async with engines.write.execution_options(**{ACROSS_TENANTS: True}).begin() as connection:
        found = await connection.run_sync(look)
    await engines.close()
    return found


def differences(connection: Connection) -> list:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    context = MigrationContext.configure(connection, opts={"include_name": ours, "compare_server_default": True})
    return compare_metadata(context, metadata)


async def test_models_and_migrations_agree(empty_database_url: str):
    await migrate(empty_database_url)
    assert await inspected(empty_database_url, differences) == []


async def test_the_comparison_sees_a_difference(empty_database_url: str):
    await migrate(empty_database_url)
    await inspected(empty_database_url, lambda c: c.execute(text("drop table audit")))
    assert await inspected(empty_database_url, differences) != []


async def test_tables_of_the_jobs_engine_are_no_difference(empty_database_url: str):
    await migrate(empty_database_url)
    schema = None if empty_database_url.startswith("sqlite") else "dbos"
    assert await inspected(empty_database_url, lambda c: inspect(c).has_table("workflow_status", schema))
    assert await inspected(empty_database_url, differences) == []


async def test_several_replicas_at_once_are_one_and_a_second_time_changes_nothing(empty_database_url: str):
    """A SQLite file has one process, and `alone` sees to that before it migrates."""
    replicas = 1 if empty_database_url.startswith("sqlite") else 4
    await asyncio.gather(*(migrate(empty_database_url) for _ in range(replicas)))
    await migrate(empty_database_url)
    assert await inspected(empty_database_url, versions) == [newest()]


async def test_a_database_of_a_newer_release_is_left_alone(database_url: str):
    """A release that is put back starts on it: migrations only add."""
    await inspected(database_url, lambda c: c.execute(text("update alembic_version set version_num = '9999'")))
    await migrate(database_url)
    assert await inspected(database_url, versions) == ["9999"]


def versions(connection: Connection) -> list[str]:
    return list(connection.execute(text("select version_num from alembic_version")).scalars())


async def test_a_new_file_gets_its_folder(tmp_path: Path):
    url = f"sqlite+aiosqlite:///{tmp_path}/var 100%/samen.sqlite"
    await migrate(url)
    assert await inspected(url, differences) == []


def test_migrations_are_numbered_without_holes():
    numbers = sorted(path.name[:4] for path in VERSIONS.glob("*.py"))
    assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)]
    for path in VERSIONS.glob("*.py"):
        assert re.search(rf'^revision = "{path.name[:4]}"$', path.read_text(), re.MULTILINE)


def test_every_table_says_why_who_and_how_long():
    """A table about people declares it in full; any other says that it is not about people."""
    for table in metadata.sorted_tables:
        declared = table.info.get("keeping")
        if declared is None:
            assert table.info.get("about_people") is False, f"{table.name} declares nothing"
            assert {"user_id", "actor_id", "channel_user_id"}.isdisjoint(table.c.keys()), table.name
        else:
            assert isinstance(declared, Keeping)
            assert all((declared.title, declared.purpose, declared.seen_by, declared.kept))
            assert declared.subject is None or declared.subject in table.c


def test_tables_about_people_without_a_subject_are_known():
    without = [t.name for t in metadata.sorted_tables if "keeping" in t.info and t.info["keeping"].subject is None]
    assert without == ["seen_activity"]


def test_no_table_has_a_name_of_the_jobs_engine():
    assert set(RESERVED).isdisjoint(metadata.tables)


@pytest.mark.parametrize(
    "url", ["sqlite+aiosqlite://", "sqlite:///file", "postgresql://host/db", "mysql+aiomysql://x/y"]
)
def test_another_database_is_refused_with_a_sentence(url: str):
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        open_engines(url)


async def test_sqlite_runs_as_it_should(tmp_path: Path):
    url = f"sqlite+aiosqlite:///{tmp_path}/samen.sqlite"
    await migrate(url)
    engines = open_engines(url)
    for engine, only_reads in ((engines.write, 0), (engines.read, 1)):
        async with engine.connect() as connection:
            found = {
                name: (await connection.exec_driver_sql(f"pragma {name}")).scalar_one()
                for name in ("journal_mode", "synchronous", "foreign_keys", "query_only", "busy_timeout")
            }
        assert found == {
            "journal_mode": "wal", "synchronous": 1, "foreign_keys": 1, "query_only": only_reads, "busy_timeout": 4000
        }  # fmt: skip
    await engines.close()


async def test_an_error_does_not_carry_what_people_said(database_url: str, clock: FakeClock):
    """Errors are logged; parameters hold people and places."""
    store = Store(database_url, clock.now, FakeOutbox())
    with pytest.raises(Exception, match="no_such_table") as caught:
        async with store.engines.write.execution_options(**{ACROSS_TENANTS: True}).connect() as connection:
            await connection.execute(text("select * from no_such_table where place = :place"), {"place": "Dorpsstraat"})
    assert "Dorpsstraat" not in str(caught.value)
    await store.close()


def test_unixepoch_is_given_to_an_old_sqlite():
    """Registered on a plain connection, whatever this machine's versions are."""
    from bot.store.engines import define_unixepoch

    connection = sqlite3.connect(":memory:")
    define_unixepoch(connection)
    whole, exact = connection.execute("select unixepoch(), unixepoch('subsec')").fetchone()
    connection.close()
    assert isinstance(whole, int)
    assert isinstance(exact, float)
    assert 0 <= exact - whole < 2
