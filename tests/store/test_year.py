"""A year of weeks against the deletion: at every 03:00 nothing is past its promise, and nothing has gone early."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Date, delete, update

from bot.store import Store
from bot.store.keeping import EXPIRES, OF_A_TEAM, ZONED
from bot.store.outbox import FakeOutbox
from bot.store.tables import metadata, person, team
from bot.store.tenants import ACROSS_TENANTS
from tests.canaries import WITH_SUBJECT, add, everything, marked_row
from tests.store.words import HERE

pytestmark = pytest.mark.thorough

START = datetime(2026, 11, 23, tzinfo=UTC)
DAYS = 366
ZONES = ("Europe/Amsterdam", "Europe/Lisbon", "America/Curacao")
DEFAULT = "Europe/Amsterdam"
PEOPLE = [f"person-{n}" for n in range(12)]
TEAMS = [f"team-{n}" for n in range(4)]
# The nights begin in the east: by the last of these hours it is 03:00 or later in every zone used here.
HOURS = (2, 9, 14)
Row = dict[str, Any]
Key = tuple[Any, ...]


class Year:
    """What should be there, by rules of its own: everything that was put in, with the moment until which it stays."""

    def __init__(self, store: Store) -> None:
        self.store, self.chance = store, random.Random(20261123)  # the same year in every run
        self.there: dict[tuple[str, Key], Row] = {}
        self.count = 0

    async def put(self, table: Any, row: Row) -> None:
        if self.key(table, row) not in self.there:
            await add(self.store, table, [row])
            self.there[self.key(table, row)] = row

    async def change(self, table: Any, found: Callable[[Row], bool], **values: object) -> None:
        """Change the rows that fit, in the database and here."""
        for (name, key), row in list(self.there.items()):
            if name == table.name and found(row):
                same = [column == value for column, value in zip(table.primary_key, key, strict=True)]
                await self.run(update(table).where(*same).values(**values))
                row.update(values)

    async def remove(self, table: Any, found: Callable[[Row], bool]) -> None:
        for (name, key), row in list(self.there.items()):
            if name == table.name and found(row):
                same = [column == value for column, value in zip(table.primary_key, key, strict=True)]
                await self.run(delete(table).where(*same))
                del self.there[name, key]

    async def run(self, statement: Any) -> None:
        async with self.store.engines.write.execution_options(**{ACROSS_TENANTS: True}).begin() as connection:
            await connection.execute(statement)

    def key(self, table: Any, row: Row) -> tuple[str, Key]:
        return table.name, tuple(row[column.name] for column in table.primary_key)

    def expire(self, now: datetime) -> None:
        """Let go what the promises say is over at `now`: in the same words as the design, not as the code."""
        gone_people = {k[1][1] for k, row in self.there.items() if k[0] == "person" and over(person, row, now)}
        gone_teams = {k[1][1] for k, row in self.there.items() if k[0] == "team" and over(team, row, now)}
        for (name, key), row in list(self.there.items()):
            table = metadata.tables[name]
            keeping = table.info.get("keeping")
            of_person = keeping and keeping.subject and row[keeping.subject] in gone_people
            if of_person and keeping.on_forget == "detach":
                row |= {keeping.subject: None, "due_at": now}
                of_person = False
            forgotten = of_person and keeping.on_forget == "delete"
            of_team = (table in OF_A_TEAM and row["team_id"] in gone_teams) or (table is team and key[1] in gone_teams)
            if forgotten or of_team or (table in EXPIRES and over(table, row, now)):
                del self.there[name, key]
        rosters = {key for name, key in self.there if name == "roster"}
        for name, key in [k for k in self.there if k[0] == "roster_member"]:
            if key[:2] not in rosters:
                del self.there[name, key]


def over(table: Any, row: Row, now: datetime) -> bool:
    """Whether a row's time is over: a day's at 03:00 local of the next, a moment's as long after it as declared."""
    rule = EXPIRES[table]
    value = row[rule.column]
    if value is None:
        return False
    if isinstance(table.c[rule.column].type, Date):
        zone = ZoneInfo(row[rule.zone] if rule.zone else DEFAULT)
        night = datetime.combine(value + timedelta(days=1) + rule.after, datetime.min.time(), zone).replace(hour=3)
        return now >= night.astimezone(UTC)
    return bool(now > value + rule.after)


async def live(year: Year, now: datetime) -> None:
    """What happens on a day: people plan, share, get messages, leave and come back; teams sleep and wake."""
    chance, today = year.chance, now.date()
    for _ in range(6):
        who, table = chance.choice(PEOPLE), chance.choice(WITH_SUBJECT)
        if table.name in ("roster_member", "person"):
            continue
        await year.put(table, lived_row(year, table, who, today, now))
    await year.put(person, lived_row(year, person, chance.choice(PEOPLE), today, now) | {"leaving_since": None})
    for table in [t for t in EXPIRES if t not in WITH_SUBJECT and t not in (team, metadata.tables["roster"])]:
        if chance.random() < 0.3:
            await year.put(table, plain_row(year, table, today, now))
    some_team = chance.choice(TEAMS)
    await year.put(team, plain_row(year, team, today, now) | {"id": some_team, "asleep_since": None})
    await meet(year, some_team, now)
    if today.day % 9 == 0:
        await year.change(person, is_one(chance.choice(PEOPLE), "user_id"), leaving_since=now)
    if today.day % 11 == 0:
        await year.change(person, is_one(chance.choice(PEOPLE), "user_id"), leaving_since=None)
    if today.day % 13 == 0:
        await year.change(team, is_one(chance.choice(TEAMS), "id"), asleep_since=now)
    if today.day % 17 == 0:
        await year.change(team, is_one(chance.choice(TEAMS), "id"), asleep_since=None)
    if today.day % 7 == 0:
        left = chance.choice(PEOPLE)
        await year.change(metadata.tables["sharing"], is_one(left, "user_id"), gone_since=now)


def is_one(value: str, column: str) -> Callable[[Row], bool]:
    return lambda row: row[column] == value


async def meet(year: Year, team_id: str, now: datetime) -> None:
    """A roster is fetched anew."""
    roster, member = metadata.tables["roster"], metadata.tables["roster_member"]
    await year.remove(member, is_one(team_id, "team_id"))
    await year.remove(roster, is_one(team_id, "team_id"))
    await year.put(roster, {"tenant": HERE, "team_id": team_id, "fetched_at": now})
    for who in year.chance.sample(PEOPLE, 3):
        given = {"team_id": team_id, "channel_user_id": f"29:{who}"}
        await year.put(member, marked_row(member, HERE, who, who, **given))


def lived_row(year: Year, table: Any, who: str, today: date, now: datetime) -> Row:
    row = marked_row(table, HERE, who, who) | dated(year, table, today, now)
    year.count += 1
    fresh = {"id": f"id-{year.count}", "batch": f"batch-{year.count}", "activity": f"activity-{year.count}"}
    given = fresh | {"team_id": year.chance.choice(TEAMS), "zone": year.chance.choice(ZONES), "gone_since": None}
    if table.name == "audit":
        given["id"] = year.count
    if table.name == "site_keeper":
        given["place_id"] = f"place-{year.count}"
    return row | {name: value for name, value in given.items() if name in table.c}


def plain_row(year: Year, table: Any, today: date, now: datetime) -> Row:
    year.count += 1
    values = {c.name: f"{c.name}-{year.count}" for c in table.columns if str(c.type) == "TEXT"}
    numbers = {c.name: 1 for c in table.columns if str(c.type) in ("INTEGER", "BIGINT", "FLOAT")}
    flags = {c.name: False for c in table.columns if str(c.type) == "BOOLEAN"}
    row = (
        values
        | numbers
        | flags
        | {"tenant": HERE, "team_id": year.chance.choice(TEAMS)}
        | dated(year, table, today, now)
    )
    return {name: value for name, value in row.items() if name in table.c}


def dated(year: Year, table: Any, today: date, now: datetime) -> Row:
    """Days from today on, moments of now; nobody has left."""
    row: Row = {}
    for column in table.columns:
        if isinstance(column.type, Date):
            row[column.name] = today + timedelta(days=year.chance.randrange(8))
        elif column.type.__class__.__name__ == "Moment":
            row[column.name] = None if column.nullable else now
    return row


async def test_a_year(sqlite_files):
    """Three looks a day for 366 days, over both changes of the clock and week 53; what is there is what should be."""
    now = START
    store = Store(sqlite_files.ready(), lambda: now, FakeOutbox(), DEFAULT)
    year = Year(store)
    seen: set[str] = set()
    for n in range(DAYS):
        for hour in HOURS:
            now = START + timedelta(days=n, hours=hour)
            await store.deletion.due(now)
            year.expire(now)
            if hour == HOURS[1]:
                await compare(year, now)
                await live(year, now)
            seen |= {name for name, _ in year.there}
    assert seen >= {table.name for table in (*EXPIRES, *WITH_SUBJECT)}
    assert set(ZONED) <= set(EXPIRES)
    await store.close()


async def compare(year: Year, now: datetime) -> None:
    found = await everything(year.store)
    for table in metadata.sorted_tables:
        # The deletion itself counts the messages that it deletes.
        keys = {year.key(table, row) for row in found[table.name] if row.get("kind") != "delivery_expired"}
        expected = {key for key in year.there if key[0] == table.name}
        assert keys == expected, (table.name, now)
