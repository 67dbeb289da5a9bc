"""The databases that tests run on: a SQLite file, and PostgreSQL where a server or Debian's package is there.

`database_url` (an SQLAlchemy URL, tables made) and `empty_database_url` run a test once on each.
PostgreSQL comes from TEST_DATABASE_URL (a role that may create databases), else from a throw-away cluster.
"""

import asyncio
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import event, make_url

from bot.store import Store, migrate

PR_SET_PDEATHSIG = 1
TEMPLATE = "samen_template"
# A test database may lose everything with the machine.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB", "max_connections=200")


class Databases:
    """Makes databases of one kind; `ready` ones are copies of one that was migrated once."""

    def empty(self) -> str:
        raise NotImplementedError

    def ready(self) -> str:
        raise NotImplementedError

    def drop(self, url: str) -> None:
        raise NotImplementedError


class SQLiteFiles(Databases):
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template = folder / f"{TEMPLATE}.sqlite"
        _migrate(_file_url(self._template))

    def empty(self) -> str:
        return _file_url(self._folder / f"{uuid4().hex}.sqlite")

    def ready(self) -> str:
        url = self.empty()
        shutil.copy(self._template, str(make_url(url).database))
        return url

    def drop(self, url: str) -> None:
        for leftover in self._folder.glob(f"{Path(str(make_url(url).database)).name}*"):
            leftover.unlink()


class PostgreSQLServer(Databases):
    def __init__(self, server: str) -> None:
        self._server = make_url(server).set(drivername="postgresql+asyncpg")
        self._template = f"{TEMPLATE}_{uuid4().hex}"
        self._run(f'create database "{self._template}"')
        _migrate(self._url(self._template))

    def empty(self) -> str:
        return self._create("template1")

    def ready(self) -> str:
        return self._create(self._template)

    def drop(self, url: str) -> None:
        self._run(f'drop database "{make_url(url).database}" with (force)')

    def close(self) -> None:
        self.drop(self._url(self._template))

    def _create(self, template: str) -> str:
        name = f"samen_{uuid4().hex}"
        self._run(f'create database "{name}" template "{template}"')
        return self._url(name)

    def _url(self, name: str) -> str:
        return self._server.set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        url = self._server.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]


def _file_url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def _migrate(url: str) -> None:
    asyncio.run(migrate(url))


@contextmanager
def _cluster(tools: Path) -> Iterator[str]:
    """A PostgreSQL cluster of our own on a socket in a folder of its own; PostgreSQL refuses to run as root."""
    account: dict[str, Any] = {}
    folder = Path(tempfile.mkdtemp(prefix="samen-pg-"))
    if os.geteuid() == 0:
        postgres = pwd.getpwnam("postgres")
        os.chown(folder, postgres.pw_uid, postgres.pw_gid)
        account = {"user": postgres.pw_uid, "group": postgres.pw_gid, "extra_groups": []}
    cluster = folder / "data"
    initdb = [tools / "initdb", "-D", cluster, "-U", "samen", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=folder, **account)
    options = [
        part for option in (*FAST, "listen_addresses=", f"unix_socket_directories={folder}") for part in ("-c", option)
    ]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [tools / "postgres", "-D", cluster, *options],
            stdout=log,
            stderr=log,
            cwd=folder,
            preexec_fn=_end_with_me,  # noqa: PLW1509 - no thread runs yet
            **account,
        )
    try:
        url = f"postgresql://samen@/postgres?host={folder}"
        _wait_for(url, server)
        yield url
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _end_with_me() -> None:
    """Linux: a server whose tests were killed is told to stop too."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def _wait_for(url: str, server: subprocess.Popen[bytes], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _tools() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return found[-1].parent if found else None


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SQLiteFiles:
    return SQLiteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSQLServer]:
    given, tools = os.environ.get("TEST_DATABASE_URL"), _tools()
    if given:
        server = PostgreSQLServer(given)
        yield server
        server.close()
    elif tools is None:
        pytest.skip("PostgreSQL: neither TEST_DATABASE_URL nor Debian's postgresql package is there")
    else:
        with _cluster(tools) as url:
            yield PostgreSQLServer(url)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def databases(request: pytest.FixtureRequest) -> Databases:
    """Both kinds of database, one after the other."""
    name = "sqlite_files" if request.param == "sqlite" else "postgresql_server"
    found: Databases = request.getfixturevalue(name)
    return found


@pytest.fixture
def empty_database_url(databases: Databases) -> Iterator[str]:
    """A database without tables."""
    url = databases.empty()
    yield url
    databases.drop(url)


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """A database with all tables and no rows."""
    url = databases.ready()
    yield url
    databases.drop(url)


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    """The statements that the store sends meanwhile, without the words that begin and end transactions."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")):
            sent.append(statement)

    for engine in store.engines.distinct():
        event.listen(engine, "before_cursor_execute", note)
    yield sent
    for engine in store.engines.distinct():
        event.remove(engine, "before_cursor_execute", note)
