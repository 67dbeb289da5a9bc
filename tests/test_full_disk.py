"""A process whose database answers and keeps nothing says that it cannot work, and that it can again."""

import sqlite3

import pytest

from tests.test_app import get, running, wait_until

pytestmark = pytest.mark.process


def tell(file, *statements):
    connection = sqlite3.connect(file, timeout=10, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_it_is_not_ready_while_nothing_can_be_kept(tmp_path):
    log = tmp_path / "log"
    with running(tmp_path, log=log, SAMEN_LOG="json") as port:
        wait_until(lambda: get(port, "/readyz") == 200)
        full = "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        doings = ("INSERT", "UPDATE")
        names = [f"full_{doing}" for doing in doings]
        file = tmp_path / "var" / "samen.sqlite"
        tell(file, *(f"CREATE TRIGGER full_{doing} BEFORE {doing} ON heartbeat {full}" for doing in doings))
        wait_until(lambda: get(port, "/readyz") == 503)
        assert get(port, "/healthz") == 200
        tell(file, *(f"DROP TRIGGER {name}" for name in names))
        wait_until(lambda: get(port, "/readyz") == 200)
    lines = [line for line in log.read_text().splitlines() if '"not_ready"' in line]
    assert lines
    assert all('"disk"' in line and '"tables"' not in line for line in lines)
