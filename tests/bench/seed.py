"""Databases with people in them: teams of thirty that share, and, for the large one, 100,000 others."""

import itertools
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
from sqlalchemy import Table, make_url

from bot.store import tables
from tests.bench.microsoft import TENANT
from tests.bench.people import BOT, SPEAKERS, TEAM_SIZE, Speaker

# With the speakers' 34 teams of 30: 1,000 teams and 100,000 people.
OTHER_TEAMS, OTHER_PEOPLE = 966, 98_980
WAITING = 100_000
DAYS = 5  # that everybody planned: from today on
_PLACES = ("home", "site", "library", "road", "home", "not_working")

Rows = tuple[Table, tuple[str, ...], Iterable[Sequence[Any]]]


def people_rows(service_url: str, today: date, *, large: bool) -> Iterator[Rows]:
    """Everybody, their teams and their plans."""
    now = datetime.now(UTC)
    teams = list(_teams(large=large))
    everybody = [(f"19:team-{n}@thread.tacv2", Speaker(person)) for n, people in enumerate(teams) for person in people]
    yield tables.capability, ("tenant", "name", "enabled", "changed_at"), [(TENANT, "where", True, now)]
    reference = (service_url, "msteams", BOT["id"], BOT["name"], "channel")
    names = ("tenant", "id", "name", "kind", "conversation", "service_url", "channel", "bot_id", "bot_name", "scope")
    ids = [f"19:team-{n}@thread.tacv2" for n in range(len(teams))]
    rows = [(TENANT, one, f"Team {n}", "team", one, *reference, True) for n, one in enumerate(ids)]
    yield tables.team, (*names, "introduced"), rows
    yield tables.roster, ("tenant", "team_id", "fetched_at"), [(TENANT, one, now) for one in ids]
    yield (
        tables.roster_member,
        ("tenant", "team_id", "channel_user_id", "user_id", "name", "guest", "position"),
        ((TENANT, team, who.channel_user_id, who.user_id, who.name, False, who.number) for team, who in everybody),
    )
    yield (
        tables.person,
        ("tenant", "user_id", "channel_user_id", "conversation", "service_url", "channel", "bot_id", "bot_name"),
        (
            (TENANT, who.user_id, who.channel_user_id, who.chat, service_url, "msteams", BOT["id"], BOT["name"])
            for _, who in everybody
        ),
    )
    sharing = ((TENANT, team, who.user_id) for team, who in everybody)
    yield tables.sharing, ("tenant", "team_id", "user_id"), sharing
    yield (
        tables.plan,
        ("tenant", "user_id", "day", "part", "place", "zone"),
        (
            (TENANT, who.user_id, day, part, _PLACES[who.number % len(_PLACES)], "Europe/Amsterdam")
            for _, who in everybody
            for day in (today + timedelta(days=n) for n in range(DAYS if who.number < SPEAKERS else 1))
            for part in ("morning", "afternoon")
        ),
    )


def waiting_rows() -> Iterator[Rows]:
    """Messages whose time has not come."""
    now = datetime.now(UTC)
    names = ("tenant", "id", "kind", "subject", "user_id", "made_at", "due_at")
    people = itertools.cycle(range(SPEAKERS))
    due_at = now + timedelta(days=2)
    rows = (
        (TENANT, uuid4().hex, "site_closed", "none", Speaker(next(people)).user_id, now, due_at) for _ in range(WAITING)
    )
    yield tables.delivery, names, rows


def fill(url: str, rows: Iterable[Rows]) -> None:
    """Put rows into a database, as fast as it takes them."""
    database = make_url(url)
    if database.drivername.startswith("postgresql"):
        with psycopg.connect(database.set(drivername="postgresql").render_as_string(hide_password=False)) as connection:
            for table, names, values in rows:
                with connection.cursor().copy(f"copy {table.name} ({', '.join(names)}) from stdin") as copy:
                    for row in values:
                        copy.write_row(row)
            connection.commit()
        with psycopg.connect(
            database.set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True
        ) as connection:
            connection.execute("analyze")
        return
    with sqlite3.connect(str(database.database)) as file:
        for table, names, values in rows:
            marks = ", ".join("?" * len(names))
            statement = f"insert into {table.name} ({', '.join(names)}) values ({marks})"
            file.executemany(statement, (tuple(map(_plain, row)) for row in values))
    file.close()


def _teams(*, large: bool) -> Iterator[range]:
    """The people of each team, by number."""
    for start in range(0, SPEAKERS, TEAM_SIZE):
        yield range(start, start + TEAM_SIZE)
    for n in range(OTHER_TEAMS if large else 0):
        first, last = (SPEAKERS + OTHER_PEOPLE * part // OTHER_TEAMS for part in (n, n + 1))
        yield range(first, last)


def _plain(value: Any) -> Any:
    """A value as SQLAlchemy would have written it to SQLite."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value
