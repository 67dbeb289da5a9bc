"""Everything about a person is shown to them and forgotten at their word, of every table there is or will be.

Generated from the tables: a new one is included by itself.
"""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.domain.owndata import OnForget
from bot.domain.people import Contact, Person
from bot.errors import Overtaken
from bot.services.clock import FakeClock
from bot.store import Store
from bot.store.tables import metadata
from bot.turn import TurnKey
from tests.canaries import ABOUT_PEOPLE, WITH_SUBJECT, add, everything, marked_row
from tests.plugins.databases import counted
from tests.store.words import ELSEWHERE, HERE, HOME, MONDAY, NOOR, OFFICE, SAM, WIJK, ZONE, day, key, plan

MANY = 20
each_table = pytest.mark.parametrize("table", WITH_SUBJECT, ids=lambda table: table.name)


async def seed(store: Store, *tables) -> None:
    """Two people here and one of them in another tenant too, marked in every column."""
    for table in tables:
        rows = [marked_row(table, HERE, "sam", SAM), marked_row(table, HERE, "noor", NOOR)]
        await add(store, table, [*rows, marked_row(table, ELSEWHERE, "elsewhere", SAM)])


def about(rows: list[dict], table, user_id: str, tenant: str = HERE) -> list[dict]:
    subject = table.info["keeping"].subject
    return [row for row in rows if row[subject] == user_id and row["tenant"] == tenant]


@each_table
async def test_one_sees_all_of_ones_own_and_nothing_of_another(store: Store, table):
    """Every column but the tenant's, as it stands in the row."""
    await seed(store, table)
    async with store.units.read(HERE) as unit:
        kept = await unit.own.of(SAM)
    rows = {one.name: one.rows for one in kept}
    expected = [
        {k: v for k, v in row.items() if k != "tenant"}
        for row in about((await everything(store))[table.name], table, SAM)
    ]
    assert rows[table.name] == expected != []
    assert "noor" not in str(rows)
    assert "elsewhere" not in str(rows)
    assert [one.name for one in kept if one.rows] == [table.name]
    assert {one.name for one in kept} == {other.name for other in WITH_SUBJECT}


@each_table
async def test_one_is_forgotten_but_for_what_is_declared(store: Store, table, clock: FakeClock):
    """Nothing of the person is left, and nothing of anybody else, or of another tenant, is touched."""
    await seed(store, table)
    before = (await everything(store))[table.name]
    async with store.units.write(key(), whole=True) as unit:
        receipt = await unit.own.forget(SAM)
    assert {one.name: len(one.rows) for one in receipt if one.rows} == {table.name: 1}
    after = (await everything(store))[table.name]
    others = [row for row in before if row not in about(before, table, SAM)]
    assert [row for row in others if row not in after] == []
    left = [row for row in after if row not in others]
    mine = about(before, table, SAM)
    if table.info["keeping"].on_forget is OnForget.DELETE:
        assert left == []
    elif table.info["keeping"].on_forget is OnForget.KEEP:
        assert left == mine
    else:
        detached = {table.info["keeping"].subject: None, "due_at": clock.now()}
        assert left == [{**mine[0], **detached}]


async def test_nothing_marked_is_left_but_what_is_declared(store: Store):
    """All tables at once, and the second time there is nothing to forget."""
    await seed(store, *WITH_SUBJECT)
    stays = {t.name for t in WITH_SUBJECT if t.info["keeping"].on_forget is not OnForget.DELETE}
    for activity in ("first", "second"):
        async with store.units.write(key(activity), whole=True) as unit:
            receipt = await unit.own.forget(SAM)
        gone = {one.name for one in receipt if one.rows and one.keeping.on_forget is not OnForget.KEEP}
        assert gone == (
            {t.name for t in WITH_SUBJECT if t.info["keeping"].on_forget is not OnForget.KEEP}
            if activity == "first"
            else set()
        )
    left = await everything(store)
    assert {name for name, rows in left.items() if "canary-sam" in str(rows)} == stays
    for table in WITH_SUBJECT:
        found = about(left[table.name], table, SAM)
        assert (found != []) is (table.info["keeping"].on_forget is OnForget.KEEP), table.name


def test_every_table_about_people_is_looked_at_here():
    """A table whose rows lead to nobody says so by having no subject."""
    assert [table.name for table in ABOUT_PEOPLE if table not in WITH_SUBJECT] == ["seen_activity"]
    assert len(WITH_SUBJECT) >= 12


def test_what_is_detached_can_be():
    for table in metadata.sorted_tables:
        keeping = table.info.get("keeping")
        if keeping and keeping.on_forget is OnForget.DETACH:
            assert table.c[keeping.subject].nullable
            assert "due_at" in table.c


async def test_it_takes_a_statement_a_table_to_see(store: Store):
    with counted(store) as sent:
        async with store.units.read(HERE) as unit:
            await unit.own.of(SAM)
    assert len(sent) == len(WITH_SUBJECT)


async def choose(store: Store, n: int, kept) -> None:
    """A newer choice: settings, a plan and with whom it is shared, as one."""
    async with store.units.write(key(f"press-{n}")) as unit:
        await unit.people.save(Person(SAM, "nl"))
        await unit.sharing.set(SAM, WIJK, on=True)
        await asyncio.sleep(0.001 * (n % 5))
        await unit.plans.put(SAM, day(kept), zone=ZONE)


async def forget(store: Store, n: int) -> None:
    for attempt in range(40):
        try:
            async with store.units.write(key(f"forget-{n}"), whole=True) as unit:
                await unit.own.forget(SAM)
        except Overtaken:
            await asyncio.sleep(0.003 * (attempt + 1))
        else:
            return
    raise AssertionError("never got through")


@pytest.mark.parametrize("known", [False, True])
async def test_a_choice_and_forgetting_at_once_end_whole(store: Store, known: bool):
    """Either nothing is kept, or exactly the newer choice: never half of it. Nobody fails, nobody deadlocks."""
    ends = set()
    for n in range(MANY):
        await forget(store, 1000 + n)
        if known:
            await choose(store, 1000 + n, OFFICE)
        late = 0.0007 * (n % 7)

        async def later(n: int = n, late: float = late) -> None:
            await asyncio.sleep(late)
            await forget(store, n)

        await asyncio.gather(choose(store, n, HOME), later())
        async with store.units.read(HERE) as unit:
            kept = {one.name: len(one.rows) for one in await unit.own.of(SAM) if one.rows}
            assert await unit.plans.of(SAM, MONDAY, MONDAY) in ({}, plan(HOME))
        assert kept in ({}, {"person": 1, "plan": 2, "sharing": 1}), n
        ends.add(bool(kept))
    assert ends <= {True, False}


async def test_two_forget_at_once(store: Store):
    await choose(store, 1, HOME)
    await asyncio.gather(forget(store, 1), forget(store, 2), forget(store, 2))
    async with store.units.read(HERE) as unit:
        assert [one.name for one in await unit.own.of(SAM) if one.rows] == []


async def test_a_message_under_way_vanishes_with_the_person(store: Store):
    """In the same transaction: before the commit it is there, after it it is not."""
    async with store.units.write(key("ask")) as unit:
        await unit.deliveries.add("kind", "subject", user_id=SAM, due_at=datetime(2026, 11, 23, 9, tzinfo=UTC))
        await unit.deliveries.add("kind", "subject", user_id=NOOR, due_at=datetime(2026, 11, 23, 9, tzinfo=UTC))
    await forget(store, 1)
    assert [row["user_id"] for row in (await everything(store))["delivery"]] == [NOOR]


async def test_what_was_handled_in_their_own_chat_goes_but_for_the_turn_that_asks(store: Store):
    """Of others' chats, and of what was said in a team, nothing goes; the same delivery a second time is known."""
    contact = Contact("29:sam", "https://smba", "msteams", "28:bot", "Samen", "a:sam")
    async with store.units.write(TurnKey(HERE, "a:sam", "1")) as unit:
        await unit.people.save(Person(SAM, "nl", contact=contact))
    for conversation in ("a:sam", "a:noor", WIJK):
        async with store.units.write(TurnKey(HERE, conversation, "2")):
            pass
    asks = TurnKey(HERE, "a:sam", "3")
    async with store.units.write(asks, whole=True) as unit:
        await unit.own.forget(SAM, asks)
    handled = (await everything(store))["seen_activity"]
    assert {(row["conversation"], row["activity"]) for row in handled} == {("a:sam", "3"), ("a:noor", "2"), (WIJK, "2")}
    async with store.units.write(asks, whole=True) as unit:
        assert unit.repeated
