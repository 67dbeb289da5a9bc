"""What is asked often is found by an index: no statement of a turn, nor the minute tick, reads a table through."""

import pytest
from sqlalchemy import text

from bot.store import Store, askers, keeping, owndata, people, places, teams, where
from bot.store.outbox import FakeOutbox
from bot.store.tenants import ACROSS_TENANTS
from tests.plugins.databases import SQLiteFiles

STATEMENTS = {
    "my plan": where._OF,
    "the board": where._SHARED,
    "a day-part follows the pattern": where._UNSET,
    "my pattern": where._PATTERN,
    "a line of a pattern": where._UNSET_PATTERN,
    "with whom I share": where._TEAMS_OF,
    "a person": people._GET,
    "a team": teams._GET,
    "a roster": teams._ROSTER,
    "my teams": teams.OF_MEMBER,
    "who asks": askers._LOOK,
    "named places": places._ALL,
    "a name in use": places._NAMED,
    "the oldest moments": keeping._OLDEST,
    "who left": keeping._LEAVERS,
    **{f"the oldest days of {table.name}": asks for table, asks in keeping._OLDEST_DAYS.items()},
    **{f"{table.name} past in a zone": past for table, past in keeping._PAST_IN_ZONE.items()},
    **{f"{table.name} past its time": past for table, past in keeping._PAST.items()},
    **{f"some of {table.name} past its time": past for table, past in keeping._FEW_PAST.items()},
    **{f"all of mine in {name}": mine for name, mine in owndata._MINE.items()},
    "my teams' names": owndata._SHARED,
}

HANDFUL = {"SCAN zones", "SCAN CONSTANT ROW", "SCAN here", "SCAN mine LEFT-JOIN"}


async def asked(sqlite_files: SQLiteFiles, clock, statement) -> list[str]:
    """How SQLite would go about it, step by step; it does so whatever the values are."""
    url = sqlite_files.ready()
    store = Store(url, clock.now, FakeOutbox())
    engine = store.engines.write.execution_options(**{ACROSS_TENANTS: True})
    sql = str(statement.compile(dialect=engine.dialect)).replace("?", "'x'")
    async with engine.connect() as connection:
        steps = [step.detail for step in await connection.execute(text(f"explain query plan {sql}"))]
    await store.close()
    sqlite_files.drop(url)
    return steps


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
async def test_it_is_found_by_an_index(sqlite_files: SQLiteFiles, clock, statement):
    """A "SCAN" of one of our tables would be reading it through."""
    scans = [step for step in await asked(sqlite_files, clock, statement) if step.startswith("SCAN ")]
    # The zones in use and my teams are a handful of rows, made on the way; a constant row is no table.
    assert [scan for scan in scans if scan not in HANDFUL] == []


async def test_a_board_starts_from_who_shares(sqlite_files: SQLiteFiles, clock):
    """Not from all plans and patterns of the tenant, nor from all of a day."""
    steps = await asked(sqlite_files, clock, where._SHARED)
    assert [step for step in steps if step.split()[1] in {"plan", "pattern"}] == [
        "SEARCH plan USING INDEX sqlite_autoindex_plan_1 (tenant=? AND user_id=? AND day>? AND day<?)",
        "SEARCH pattern USING INDEX sqlite_autoindex_pattern_1 (tenant=? AND user_id=?)",
    ]
