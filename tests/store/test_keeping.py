"""Nothing is kept longer than promised, in any zone, whatever the clock does."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Boolean, Date, Float, Integer, insert, select

from bot.domain.days import whole_day
from bot.domain.owndata import OnForget
from bot.services.clock import FakeClock
from bot.store import Store
from bot.store.keeping import EXPIRES, FEW, OF_A_TEAM, first_kept_day
from bot.store.tables import Moment, metadata, person, plan, roster, team
from bot.store.tenants import ACROSS_TENANTS
from tests.canaries import WITH_SUBJECT, add, everything, marked_row
from tests.plugins.databases import counted
from tests.store.words import ELSEWHERE, HERE, HOME, SAM, WIJK, day, key, member, rows

ZONES = ("Europe/Amsterdam", "Europe/Lisbon", "America/Curacao", "Pacific/Kiritimati")
MINUTE = timedelta(minutes=1)

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
moments = st.integers(0, 6 * 366 * 24 * 60).map(lambda minutes: EPOCH + minutes * MINUTE)
zones = st.sampled_from([*ZONES, "Europe/Helsinki", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu"])


def at(zone: str, on: date, clock: time, fold: int = 0) -> datetime:
    return datetime.combine(on, clock.replace(fold=fold), ZoneInfo(zone)).astimezone(UTC)


async def fill(store: Store, days: list[date], zones: tuple[str, ...] = ZONES, tenant: str = HERE) -> None:
    """A plan of all days for one person per zone, in one go."""
    every = [
        {"tenant": tenant, "user_id": zone, "day": slot.day, "part": slot.part.value, "place": "home", "zone": zone}
        for zone in zones
        for on in days
        for slot in whole_day(on)
    ]
    async with store.engines.write.begin() as connection:
        await connection.execute(insert(plan), every)


async def kept(store: Store) -> dict[str, list[date]]:
    """The days there still are, by zone."""
    async with store.engines.read.execution_options(**{ACROSS_TENANTS: True}).connect() as connection:
        found = (await connection.execute(select(plan.c.zone, plan.c.day).distinct().order_by(plan.c.day))).all()
    return {zone: [on for name, on in found if name == zone] for zone in {name for name, _ in found}}


def days_from(first: date, count: int) -> list[date]:
    return [first + timedelta(days=n) for n in range(count)]


@given(moments, zones)
def test_today_is_always_kept_and_yesterday_is_gone_by_three(now: datetime, name: str):
    zone = ZoneInfo(name)
    local = now.astimezone(zone)
    first = first_kept_day(now, zone)
    assert local.date() - timedelta(days=1) <= first <= local.date()
    if local.time() >= time(3):
        assert first == local.date()


@given(moments, zones, st.integers(1, 3000))
def test_what_was_given_up_is_not_kept_again_later(now: datetime, name: str, minutes: int):
    """Also where the clock goes back in autumn."""
    zone = ZoneInfo(name)
    assert first_kept_day(now + minutes * MINUTE, zone) >= first_kept_day(now, zone)


@pytest.mark.thorough
@pytest.mark.parametrize("first", [date(2026, 10, 1), date(2026, 12, 1), date(2027, 3, 1)])
async def test_sixty_days_in_four_zones(store: Store, first: date):
    """Over both changes of the clock and over week 53: just before 03:00 local the day before may be there, at 03:00
    it is gone, and today and later always stay."""
    days = days_from(first, 62)
    await fill(store, days)
    ticks = sorted(
        at(zone, on, time(3)) + late for zone in ZONES for on in days[1:-1] for late in (-MINUTE, 0 * MINUTE)
    )
    for now in ticks:
        await store.deletion.due(now)
        left = await kept(store)
        for zone in ZONES:
            local = now.astimezone(ZoneInfo(zone))
            today, gone = local.date(), local.time() >= time(3)
            oldest = today if gone else today - timedelta(days=1)
            assert left[zone] == [on for on in days if on >= oldest], (zone, now)
    assert (await rows(store))["plan"] < len(ZONES) * 2 * 4


@pytest.mark.parametrize(
    ("tick", "today"),
    [
        # Spring: 02:00 becomes 03:00; the minute at which 03:00 is there for the first time.
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), date(2027, 3, 28)),
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), date(2027, 3, 27)),
        # Autumn: 03:00 becomes 02:00; 02:59 comes twice, 03:00 once.
        (datetime(2026, 10, 25, 0, 59, tzinfo=UTC), date(2026, 10, 24)),
        (datetime(2026, 10, 25, 1, 59, tzinfo=UTC), date(2026, 10, 24)),
        (datetime(2026, 10, 25, 2, 0, tzinfo=UTC), date(2026, 10, 25)),
        # The last week of 2026 is number 53.
        (datetime(2027, 1, 1, 2, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2027, 1, 4, 2, 0, tzinfo=UTC), date(2027, 1, 4)),
    ],
)
async def test_the_nights_the_clock_changes(store: Store, tick: datetime, today: date):
    days = days_from(today - timedelta(days=3), 6)
    await fill(store, days, ("Europe/Amsterdam",))
    await store.deletion.due(tick)
    assert await kept(store) == {"Europe/Amsterdam": [on for on in days if on >= today]}


async def test_a_bot_that_was_away_deletes_at_its_first_tick(store: Store):
    """Whatever the hour: what should have gone last night goes now, tonight's waits for 03:00."""
    days = days_from(date(2026, 11, 2), 30)
    await fill(store, days, ("Europe/Amsterdam",))
    await store.deletion.due(at("Europe/Amsterdam", date(2026, 11, 23), time(0, 30)))
    assert (await kept(store))["Europe/Amsterdam"][0] == date(2026, 11, 22)


async def test_a_clock_that_jumps_back_deletes_nothing_of_today(store: Store):
    """And one that jumped ahead and came back works on as before."""
    now = at("Europe/Amsterdam", date(2026, 11, 23), time(9))
    days = days_from(date(2026, 11, 20), 10)
    await fill(store, days, ("Europe/Amsterdam",))
    for moment in (now, now - timedelta(days=3), now - timedelta(hours=7), now):
        await store.deletion.due(moment)
        assert (await kept(store))["Europe/Amsterdam"][0] == date(2026, 11, 23)
    await store.deletion.due(now + timedelta(days=2))
    await store.deletion.due(now)
    assert (await kept(store))["Europe/Amsterdam"][0] == date(2026, 11, 25)
    await store.deletion.due(now + timedelta(days=3))
    assert (await kept(store))["Europe/Amsterdam"][0] == date(2026, 11, 26)


async def test_a_zone_that_does_not_exist_ends_its_day_as_the_default_does(store: Store):
    names = ("Nowhere/Land", "", "../etc/passwd", "Europe", "Europe/Amsterdam")
    days = days_from(date(2026, 11, 20), 5)
    await fill(store, days, names)
    await store.deletion.due(at("Europe/Amsterdam", date(2026, 11, 23), time(2, 59)))
    assert await kept(store) == dict.fromkeys(names, days[2:])
    await store.deletion.due(at("Europe/Amsterdam", date(2026, 11, 23), time(3)))
    assert await kept(store) == dict.fromkeys(names, days[3:])


async def test_every_tenant_is_cleaned(store: Store):
    for tenant in (HERE, ELSEWHERE):
        await fill(store, days_from(date(2026, 11, 20), 2), tenant=tenant)
    await store.deletion.due(datetime(2026, 11, 23, 12, tzinfo=UTC))
    assert await rows(store) == {}


async def test_many_rows_go_in_batches_and_two_replicas_do_no_harm(store: Store):
    """More than two batches, deleted by two at once while somebody plans."""
    past = days_from(date(2026, 1, 1), 320)
    await fill(store, past)
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)

    async def plans() -> None:
        for n in range(10):
            async with store.units.write(key(f"press-{n}")) as unit:
                await unit.plans.put(SAM, day(HOME, date(2026, 11, 24)), zone=ZONES[0])

    first, second, _ = await asyncio.gather(store.deletion.due(now), store.deletion.due(now), plans())
    assert first + second == len(past) * len(ZONES) * 2
    assert (await rows(store))["plan"] == 2


async def test_rosters_stay_a_day_activities_three_and_acts_a_year(store: Store, clock: FakeClock):
    start = clock.now()
    async with store.units.write(key()) as unit:
        await unit.audit.add(SAM, "place_added", "a")
        for n in range(FEW + 1):
            await unit.members.replace(f"{WIJK}-{n}", [member(SAM), member("noor")], start)
        await unit.members.replace("fresh", [member(SAM)], start + timedelta(hours=23))
    steps = [
        (timedelta(days=1), {"audit", "roster", "roster_member", "seen_activity"}),
        (timedelta(days=1, minutes=1), {"audit", "roster", "roster_member", "seen_activity"}),
        (timedelta(days=2), {"audit", "seen_activity"}),
        (timedelta(days=3), {"audit", "seen_activity"}),
        (timedelta(days=3, minutes=1), {"audit"}),
        (timedelta(days=365), {"audit"}),
        (timedelta(days=365, minutes=1), set()),
    ]
    for after, left in steps:
        await store.deletion.due(start + after)
        counts = await rows(store)
        assert set(counts) == left, after
        if after == timedelta(days=1, minutes=1):
            assert counts["roster"] == counts["roster_member"] == 1


async def test_an_activity_that_was_forgotten_counts_as_new(store: Store, clock: FakeClock):
    async with store.units.write(key()):
        pass
    clock.move(timedelta(days=3, minutes=1))
    await store.deletion.due(clock.now())
    async with store.units.write(key()) as unit:
        assert not unit.repeated


async def test_a_tick_without_work_is_three_questions(store: Store, clock: FakeClock):
    await fill(store, days_from(date(2026, 11, 24), 2))
    with counted(store) as sent:
        assert await store.deletion.due(clock.now()) == 0
    assert len(sent) == 3


PAST = {
    table.name: rule.after + timedelta(days=1, minutes=1)  # a day is over at 03:00 the night after it
    for table, rule in EXPIRES.items()
}


def of_any(table, who: str = "sam") -> dict:
    """A row of any table."""
    if "keeping" in table.info:
        return marked_row(table, HERE, who, SAM)
    row = {"tenant": HERE, **{c.name: _some_value(c) for c in table.columns if c.name != "tenant"}}
    return {name: value for name, value in row.items() if name in table.c}


def nothing_yet_past(table, at: datetime) -> dict:
    """The column by which a row's time ends, as of this moment or day."""
    column = table.c[EXPIRES[table].column]
    return {column.name: at.astimezone(ZoneInfo(ZONES[0])).date() if isinstance(column.type, Date) else at}


def _some_value(column) -> object:
    if isinstance(column.type, Moment):
        return None if column.nullable else EPOCH
    return {Boolean: False, Integer: 1, Float: 1.0, Date: date(2026, 1, 1)}.get(type(column.type), column.name)


@pytest.mark.parametrize("table", EXPIRES, ids=lambda table: table.name)
async def test_every_table_that_promises_an_end_keeps_it(store: Store, table, clock: FakeClock):
    """Generated from the declarations: a new table is included by itself. Not a minute early, and the next time gone."""
    start = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)  # 03:00 in Amsterdam
    await add(store, table, [of_any(table) | nothing_yet_past(table, start)])
    await store.deletion.due(start + EXPIRES[table].after)
    assert table.name in await rows(store)
    await store.deletion.due(start + PAST[table.name])
    # Of a message that nobody could send it is counted that there was one.
    assert await rows(store) == ({"failure": 1} if table.name == "delivery" else {})


def test_every_table_about_people_ends_in_time_or_with_the_person():
    """A row goes by time, with another row, or when the person says so: then the declaration says "until"."""
    for table in metadata.sorted_tables:
        if "keeping" in table.info and not {"expires", "goes_with"} & set(table.info):
            assert "until" in table.info["keeping"].kept, table.name
    assert {t.name for t in metadata.sorted_tables if "goes_with" in t.info} == {"roster_member"}


async def test_a_team_that_slept_a_month_goes_with_all_that_names_it(store: Store, clock: FakeClock):
    """Of every table with a team in it; another team, and one that slept shorter, keep theirs."""
    month = timedelta(days=30)
    asleep = {WIJK: clock.now() - month - MINUTE, "shorter": clock.now() - month + MINUTE, "awake": None}
    for team_id, since in asleep.items():
        await add(store, team, [of_any(team) | {"id": team_id, "asleep_since": since}])
        for table in OF_A_TEAM:
            row = (
                of_any(table, team_id)
                | {"team_id": team_id}
                | ({"id": team_id} if "id" in table.c else {})
                | ({"gone_since": None} if "gone_since" in table.c else {})
            )
            if table in EXPIRES and "gone_since" not in row:
                row |= nothing_yet_past(table, clock.now())
            await add(store, table, [row])
    await store.deletion.due(clock.now())
    left = await everything(store)
    assert {row["id"] for row in left["team"]} == {"shorter", "awake"}
    for table in OF_A_TEAM:
        assert {row["team_id"] for row in left[table.name]} == {"shorter", "awake"}, table.name


async def test_who_left_a_month_ago_is_forgotten_as_they_would_have_asked(store: Store, clock: FakeClock):
    """Everything but what is declared to stay; who came back, or left later, keeps theirs."""
    month = timedelta(days=30)
    since = {"sam": clock.now() - month - MINUTE, "noor": clock.now() - month + MINUTE, "jo": None}
    for who, left_at in since.items():
        for table in WITH_SUBJECT:
            row = marked_row(table, HERE, who, f"user-{who}") | ({"leaving_since": left_at} if table is person else {})
            rule = EXPIRES.get(table)
            if rule and table is not person:
                row |= {rule.column: None if rule.column == "gone_since" else row[rule.column]}
            await add(store, table, [row])
    await add(store, roster, [{"tenant": HERE, "team_id": WIJK, "fetched_at": clock.now()}])
    await store.deletion.due(clock.now())
    left = await everything(store)
    for table in WITH_SUBJECT:
        keeping = table.info["keeping"]
        subjects = {row[keeping.subject] for row in left[table.name]}
        gone = {OnForget.DELETE: set(), OnForget.KEEP: {"user-sam"}, OnForget.DETACH: {None}}[keeping.on_forget]
        assert subjects == {"user-noor", "user-jo"} | gone, table.name
    async with store.units.write(key()) as unit:
        await unit.people.change("user-noor", leaving_since=None)
    await store.deletion.due(clock.now() + 2 * month)
    assert {row["user_id"] for row in (await everything(store))["person"]} == {"user-noor", "user-jo"}


async def test_many_leavers_and_two_replicas(store: Store, clock: FakeClock):
    """More than go at once, and somebody who comes back in that moment keeps everything or is forgotten whole."""
    gone = clock.now() - timedelta(days=31)
    await add(store, person, [marked_row(person, HERE, "x", f"user-{n}") | {"leaving_since": gone} for n in range(50)])
    await add(store, plan, [marked_row(plan, HERE, "x", f"user-{n}") for n in range(50)])

    async def comes_back() -> None:
        async with store.units.write(key("back")) as unit:
            await unit.people.change("user-49", leaving_since=None)
            await unit.plans.put("user-49", day(HOME, date(2026, 12, 24)), zone=ZONES[0])

    await asyncio.gather(store.deletion.due(clock.now()), store.deletion.due(clock.now()), comes_back())
    await store.deletion.due(clock.now())
    left = await everything(store)
    assert [row["user_id"] for row in left["person"]] == ["user-49"]
    assert {row["user_id"] for row in left["plan"]} == {"user-49"}


def test_what_is_declared_is_what_was_promised():
    """Design, section 9, and issue by issue since: in their own words here, so that no declaration can drift."""
    promised = {
        "plan": 0,
        "closure": 0,
        "counter_ask": 0,
        "headcount": 0,
        "headcount_run": 0,
        "move": 0,
        "roster": 1,
        "seen_activity": 3,
        "delivery": 3,
        "failure": 7,
        "reach_sharing": 30,
        "sharing": 30,
        "audit": 365,
    }
    declared = {table.name: expires.after.days for table, expires in EXPIRES.items()}
    assert {name: declared.get(name) for name in promised} == promised
