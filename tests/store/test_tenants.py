"""A statement that does not hold every tenant table to one tenant is refused before it reaches the database."""

import inspect
from pathlib import Path

import pytest
from sqlalchemy import Insert, bindparam, delete, false, func, insert, or_, select, text, true, update

from bot.errors import TenantMissing
from bot.store import Store, health, pace, rows, units
from bot.store.tables import metadata, person, plan, roster_member, sharing
from bot.store.tenants import ACROSS_TENANTS

TENANT = bindparam("tenant", "tenant-here")
OTHER = plan.alias()

VIOLATIONS = {
    "no condition": select(plan),
    "another condition": select(plan).where(plan.c.user_id == "sam"),
    "a count": select(func.count()).select_from(plan),
    "one of two": select(plan).where(or_(plan.c.tenant == TENANT, plan.c.user_id == "sam")),
    "a tenant of its own": select(plan).where(plan.c.tenant == "another"),
    "negated": select(plan).where(plan.c.tenant != TENANT),
    "among several": select(plan).where(plan.c.tenant.in_(["a", "b"])),
    "its own": select(plan).where(plan.c.tenant == plan.c.tenant),
    "a join that forgets": select(plan).join_from(sharing, plan, plan.c.user_id == sharing.c.user_id).where(
        sharing.c.tenant == TENANT
    ),
    "a join of two unheld": select(plan).join_from(sharing, plan, plan.c.tenant == sharing.c.tenant),
    "an outer join that holds its right side only": select(sharing).outerjoin_from(
        sharing, plan, (sharing.c.tenant == TENANT) & (plan.c.tenant == TENANT)
    ),
    "a full join": select(sharing).join_from(
        sharing, plan, (sharing.c.tenant == TENANT) & (plan.c.tenant == TENANT), full=True
    ),
    "an alias": select(OTHER).where(plan.c.tenant == TENANT),
    "a product": select(plan, sharing).where(plan.c.tenant == TENANT),
    "a subquery": select(person).where(person.c.tenant == TENANT, person.c.user_id.in_(select(plan.c.user_id))),
    "a scalar": select(select(func.min(plan.c.day)).scalar_subquery()),
    "a union": select(plan.c.day).where(plan.c.tenant == TENANT).union_all(select(plan.c.day)),
    "a common table": select(select(plan.c.day).cte("days")),
    "words of its own": text("select * from plan"),
    "a condition in words": select(plan).where(plan.c.tenant == TENANT, text("1 = 1")),
    "an update": update(plan).values(place="home"),
    "an update elsewhere": update(plan).where(plan.c.tenant == TENANT, sharing.c.user_id == "sam").values(place="home"),
    "a deletion": delete(plan),
    "a deletion of everything": delete(plan).where(true()),
    "a deletion by another table": delete(plan).where(plan.c.tenant == TENANT, plan.c.user_id == sharing.c.user_id),
    "an insertion": insert(sharing).values(team_id="wijk", user_id="sam"),
    "an insertion from elsewhere": insert(sharing).from_select(["tenant", "team_id", "user_id"], select(sharing)),
}  # fmt: skip

SOUND = {
    "a condition": select(plan).where(plan.c.tenant == TENANT),
    "the other way round": select(plan).where(plan.c.tenant == TENANT, plan.c.user_id == "sam"),
    "a join": select(plan)
    .join_from(sharing, plan, (plan.c.tenant == sharing.c.tenant) & (plan.c.user_id == sharing.c.user_id))
    .where(sharing.c.tenant == TENANT),
    "an outer join": select(sharing)
    .outerjoin_from(sharing, plan, plan.c.tenant == sharing.c.tenant)
    .where(sharing.c.tenant == TENANT),
    "an alias": select(OTHER).where(OTHER.c.tenant == TENANT),
    "a subquery": select(person).where(
        person.c.tenant == TENANT, person.c.user_id.in_(select(plan.c.user_id).where(plan.c.tenant == TENANT))
    ),
    "a deletion": delete(roster_member).where(roster_member.c.tenant == TENANT, roster_member.c.guest == false()),
    "no table": select(1),
}


@pytest.mark.parametrize("statement", VIOLATIONS.values(), ids=VIOLATIONS)
async def test_a_statement_without_its_tenant_cannot_be_sent(store: Store, statement):
    for _ in range(2):  # what was refused once is not taken for checked
        async with store.engines.write.connect() as connection:
            with pytest.raises(TenantMissing):
                await connection.execute(statement)


@pytest.mark.parametrize("statement", SOUND.values(), ids=SOUND)
async def test_a_statement_with_its_tenant_is_sent(store: Store, statement):
    for engine in (store.engines.write, store.engines.read):
        async with engine.connect() as connection:
            if engine is store.engines.write or not statement.is_dml:
                await connection.execute(statement)


async def test_an_insertion_of_many_names_the_tenant_in_each(store: Store):
    named = {"tenant": "here", "team_id": "wijk", "user_id": "sam"}
    async with store.engines.write.connect() as connection:
        await connection.execute(insert(sharing), [named, {**named, "user_id": "noor"}])
        with pytest.raises(TenantMissing):
            await connection.execute(insert(sharing), [named, {"team_id": "wijk", "user_id": "jo"}])


async def test_an_insertion_of_rows_found_elsewhere_is_refused(store: Store):
    """The tenant it would insert is not the one it was given."""
    found = select(person.c.language, person.c.zone, person.c.user_id).where(person.c.tenant == bindparam("tenant"))
    statement = insert(sharing).from_select(["tenant", "team_id", "user_id"], found)
    async with store.engines.write.connect() as connection:
        with pytest.raises(TenantMissing):
            await connection.execute(statement, {"tenant": "here"})


async def test_the_nightly_deletion_alone_may_look_at_all_tenants(store: Store):
    async with store.engines.read.execution_options(**{ACROSS_TENANTS: True}).connect() as connection:
        assert (await connection.execute(select(func.count()).select_from(plan))).scalar_one() == 0


def test_nobody_else_says_across_tenants():
    """The deletion looks everywhere, so does who takes what is due; the units list the tenants for timed work, what has no
    tenant needs none; no other part of the store may."""
    store = Path(rows.__file__).parent
    found = {
        ".".join(path.relative_to(store).with_suffix("").parts)
        for path in store.rglob("*.py")
        if "ACROSS_TENANTS" in path.read_text("utf-8")
    }
    assert found == {
        *("tenants", "keeping", "units", "migrate", "health", "claims", "living"),
        *("batches", "focus.kept", "outbox", "pace", "waiting", "writing"),
    }
    in_tenants = inspect.getsource(units.RowsUnits.tenants).count("ACROSS_TENANTS")
    in_prompted = inspect.getsource(units.RowsUnits.prompted).count("ACROSS_TENANTS")
    assert inspect.getsource(units).count("ACROSS_TENANTS") == in_tenants + in_prompted + 1  # and its import
    assert {name for name in (*vars(health), *vars(pace)) if name in metadata.tables} == WITHOUT_TENANT


# Of the process itself.
WITHOUT_TENANT = {"failure", "heartbeat", "pace"}


def test_every_table_belongs_to_tenants():
    assert {table.name for table in metadata.sorted_tables if "tenant" not in table.c} == WITHOUT_TENANT


def test_a_table_without_tenant_holds_nothing_of_a_tenant_or_person():
    """But names of our own, moments and counts."""
    for name in WITHOUT_TENANT:
        table = metadata.tables[name]
        assert table.info.get("about_people") is False
        assert {column.name for column in table.columns} <= {"name", "at", "day", "kind", "count", "free_at", "used_at"}


def test_every_key_starts_with_the_tenant():
    """But for records that only have a number, and what is of no tenant."""
    keys = {table.name: [column.name for column in table.primary_key] for table in metadata.sorted_tables}
    assert {name for name, key in keys.items() if key[0] != "tenant"} == {"audit", *WITHOUT_TENANT}


def test_insertions_are_what_they_seem():
    """An upsert may never move a row to another tenant."""
    for statement in (*rows.upsert(plan).values(), *rows.upsert(person).values()):
        assert isinstance(statement, Insert)
        changed = statement._post_values_clause.update_values_to_set  # type: ignore[attr-defined]
        assert "tenant" not in dict(changed)
