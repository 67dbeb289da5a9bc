"""A pattern fills in what was not said, what was said wins, and nobody who pauses is seen."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.days import Slot, Usual, Weeks, whole_day
from bot.domain.people import Person
from bot.domain.places import Place, WorkLocation
from bot.services.clock import FakeClock
from bot.services.units import WriteUnit
from bot.store import Store
from bot.store.tables import sharing
from bot.store.tenants import ACROSS_TENANTS
from tests.plugins.databases import counted
from tests.store.words import (
    AFTERNOON,
    HERE,
    HOME,
    JO,
    MONDAY,
    MORNING,
    NOOR,
    OFFICE,
    SAM,
    WIJK,
    ZONE,
    Change,
    day,
    key,
    plan,
    rows,
)

FRIDAY = MONDAY + timedelta(days=4)  # of week 48, an even one
SUNDAY = MONDAY + timedelta(days=6)
OFF = WorkLocation(Place.NOT_WORKING)
STADHUIS = "stadhuis"


def lines(
    location: WorkLocation | None, *weekdays: int, weeks: Weeks = Weeks.EVERY
) -> dict[Usual, WorkLocation | None]:
    return {Usual(weeks, weekday, part): location for weekday in weekdays for part in (MORNING, AFTERNOON)}


async def seen(store: Store, first: date = MONDAY, last: date | None = None) -> dict[str, set[Slot]]:
    """Whose day-parts the team sees."""
    async with store.units.read(HERE) as unit:
        shared = await unit.plans.shared_between(WIJK, first, last or first)
    return {user: set(shown) for user, shown in shared.items()}


async def test_a_pattern_is_kept_line_by_line(store: Store):
    async with store.units.write(key()) as unit:
        await unit.patterns.put(SAM, {**lines(HOME, 0, 1), **lines(OFF, 4, weeks=Weeks.ODD)})
        await unit.patterns.put(SAM, {**lines(None, 1), **lines(OFFICE, 0)})
        kept = await unit.patterns.of(SAM)
        assert await unit.patterns.of(NOOR) == {}
    assert kept == {**lines(OFFICE, 0), **lines(OFF, 4, weeks=Weeks.ODD)}


async def test_what_was_said_wins_over_the_pattern(store: Store):
    async with store.units.write(key()) as unit:
        await unit.patterns.put(SAM, lines(HOME, 0, 1))
        await unit.plans.put(SAM, [Change(Slot(MONDAY, AFTERNOON), OFFICE)], zone=ZONE)
        assert await unit.plans.of(SAM, MONDAY, MONDAY) == {
            Slot(MONDAY, MORNING): HOME,
            Slot(MONDAY, AFTERNOON): OFFICE,
        }
        assert set(await unit.plans.of(SAM, MONDAY, SUNDAY)) == {*whole_day(MONDAY), *whole_day(MONDAY + timedelta(1))}


async def test_emptying_hides_the_pattern_and_setting_it_back_keeps_nothing(store: Store):
    async with store.units.write(key()) as unit:
        await unit.patterns.put(SAM, lines(HOME, 0))
    for changes, expected, follow, kept in (
        (day(None), {}, False, 2),
        (day(OFFICE), plan(OFFICE), False, 2),
        (day(HOME), plan(HOME), True, 0),
        (day(HOME), plan(HOME), False, 2),
        (day(None), {}, True, 2),
        (day(HOME), plan(HOME), True, 0),
    ):
        async with store.units.mirror(HERE) as unit:
            await unit.plans.put(SAM, changes, zone=ZONE, follow=follow)
            assert await unit.plans.of(SAM, MONDAY, SUNDAY) == expected
        assert (await rows(store)).get("plan", 0) == kept


async def test_a_day_part_without_a_pattern_leaves_no_row_when_emptied(store: Store):
    async with store.units.mirror(HERE) as unit:
        await unit.plans.put(SAM, day(HOME), zone=ZONE)
        await unit.plans.put(SAM, day(None), zone=ZONE)
        assert await unit.plans.of(SAM, MONDAY, MONDAY) == {}
    assert await rows(store) == {}


async def test_a_team_sees_patterns_day_by_day_of_who_shares(store: Store):
    async with store.units.mirror(HERE) as unit:
        await unit.patterns.put(SAM, {**lines(HOME, 0), **lines(OFFICE, 4, weeks=Weeks.EVEN)})
        await unit.patterns.put(NOOR, lines(HOME, 0))
        await unit.sharing.set(SAM, WIJK, on=True)
    assert await seen(store) == {SAM: set(whole_day(MONDAY))}
    assert await seen(store, MONDAY + timedelta(days=1)) == {}
    assert await seen(store, MONDAY, SUNDAY) == {SAM: {*whole_day(MONDAY), *whole_day(FRIDAY)}}
    assert await seen(store, FRIDAY, FRIDAY + timedelta(days=3)) == {
        SAM: {*whole_day(FRIDAY), *whole_day(FRIDAY + timedelta(days=3))}
    }
    assert await seen(store, FRIDAY + timedelta(days=7)) == {}


async def test_who_hides_a_whole_day_looks_like_who_never_said_anything(store: Store):
    async with store.units.mirror(HERE) as unit:
        await unit.patterns.put(SAM, lines(HOME, 0))
        await unit.sharing.set(SAM, WIJK, on=True)
        await unit.plans.put(SAM, day(None), zone=ZONE)
    assert await seen(store) == {}


async def everybody_at_the_office(unit: WriteUnit, people: Sequence[str] = (SAM, NOOR, JO)) -> None:
    """The first by pattern, the others because they said so; all share."""
    for user in people:
        await unit.sharing.set(user, WIJK, on=True)
        if user == SAM:
            await unit.patterns.put(user, lines(OFFICE, 0))
        else:
            await unit.plans.put(user, day(OFFICE), zone=ZONE)


async def test_nobody_who_pauses_or_stopped_is_seen_and_all_is_as_before_afterwards(store: Store, clock: FakeClock):
    async with store.units.mirror(HERE) as unit:
        await everybody_at_the_office(unit)
        await unit.people.save(Person(SAM, paused_until=clock.now() + timedelta(hours=1)))
        await unit.people.save(Person(NOOR, stopped=True))
        await unit.people.save(Person(JO, language="nl"))
        assert await unit.sharing.teams_of(SAM) == {WIJK}
        assert await unit.plans.of(SAM, MONDAY, MONDAY) == plan(OFFICE)
        assert set(await unit.plans.planned_at(STADHUIS, MONDAY, MONDAY)) == {JO}
    assert set(await seen(store)) == {JO}
    clock.set(clock.now() + timedelta(hours=1))
    assert set(await seen(store)) == {SAM, JO}


async def test_who_left_the_team_is_not_seen_until_choosing_again(store: Store, clock: FakeClock):
    async with store.units.mirror(HERE) as unit:
        await everybody_at_the_office(unit, (SAM, NOOR))
    await _leave(store, SAM, clock)
    assert set(await seen(store)) == {NOOR}
    async with store.units.mirror(HERE) as unit:
        await unit.sharing.set(SAM, WIJK, on=True)
    assert set(await seen(store)) == {SAM, NOOR}


async def _leave(store: Store, user: str, clock: FakeClock) -> None:
    statement = (
        sharing.update()
        .where(sharing.c.tenant == HERE, sharing.c.user_id == user)
        .values(gone_since=clock.now())
        .execution_options(**{ACROSS_TENANTS: True})
    )
    async with store.engines.write.begin() as connection:
        await connection.execute(statement)


async def test_a_site_knows_who_plans_there_whether_they_share_or_not(store: Store):
    """By pattern and by what was said, but not where an exception or another place stands in between."""
    async with store.units.mirror(HERE) as unit:
        await unit.patterns.put(SAM, {**lines(OFFICE, 0, 4), **lines(HOME, 1)})
        await unit.plans.put(SAM, [Change(Slot(MONDAY, MORNING), HOME)], zone=ZONE)
        await unit.plans.put(NOOR, day(OFFICE, FRIDAY), zone=ZONE)
        await unit.patterns.put(JO, lines(OFFICE, 0, weeks=Weeks.ODD))
        assert await unit.plans.planned_at(STADHUIS, MONDAY, SUNDAY) == {
            SAM: {Slot(MONDAY, AFTERNOON), *whole_day(FRIDAY)},
            NOOR: set(whole_day(FRIDAY)),
        }
        assert await unit.plans.planned_at("bibliotheek", MONDAY, SUNDAY) == {}


async def test_plans_and_patterns_are_read_together(store: Store):
    """One statement for a person, one for a team's week, one for a site's."""
    async with store.units.mirror(HERE) as unit:
        await everybody_at_the_office(unit)
    with counted(store) as sent:
        async with store.units.read(HERE) as unit:
            await unit.plans.of(SAM, MONDAY, SUNDAY)
            await unit.plans.shared_between(WIJK, MONDAY, SUNDAY)
            await unit.plans.planned_at(STADHUIS, MONDAY, SUNDAY)
    assert len(sent) == 3


async def test_a_pattern_that_was_just_read_with_the_plan_is_not_asked_again(store: Store):
    """A week's plan reads all of it; one day's does not, and what changes in the unit is seen in it."""
    async with store.units.write(key()) as unit:
        await unit.patterns.put(SAM, lines(HOME, 0, 3))
        await unit.plans.of(SAM, MONDAY, MONDAY)
        assert await unit.patterns.of(SAM) == lines(HOME, 0, 3)
        await unit.plans.of(SAM, MONDAY, SUNDAY)
        await unit.plans.of(NOOR, MONDAY, SUNDAY)
        with counted(store) as sent:
            assert await unit.patterns.of(SAM) == lines(HOME, 0, 3)
            assert await unit.patterns.of(NOOR) == {}
        assert sent == []
        await unit.patterns.put(SAM, lines(OFFICE, 3))
        assert await unit.patterns.of(SAM) == {**lines(HOME, 0), **lines(OFFICE, 3)}
    async with store.units.read(HERE) as unit:
        assert await unit.patterns.of(SAM) == {**lines(HOME, 0), **lines(OFFICE, 3)}


async def test_a_day_is_kept_against_the_pattern_as_it_is_by_then(store: Store):
    """Said to be what the pattern says, it follows it; what the pattern said before in the same unit does not count."""
    async with store.units.write(key()) as unit:
        await unit.patterns.put(SAM, lines(HOME, 0))
        await unit.plans.of(SAM, MONDAY, MONDAY)
        await unit.patterns.put(SAM, lines(OFFICE, 0))
        await unit.plans.put(SAM, day(HOME), zone=ZONE, follow=True)
    async with store.units.read(HERE) as unit:
        assert await unit.plans.of(SAM, MONDAY, MONDAY) == plan(HOME)
