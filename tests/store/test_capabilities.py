"""What each part of a unit keeps and gives back, and to whom."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.days import Slot
from bot.domain.people import Member, Person, Roster, Team, TeamKind
from bot.domain.places import Kind, NamedPlace, Place, WorkLocation
from bot.errors import NameTaken
from bot.services.clock import FakeClock
from bot.store import Store
from tests.store.words import (
    AFTERNOON,
    BEHEER,
    ELSEWHERE,
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
    member,
    plan,
    reference,
    rows,
    team,
)


async def test_no_row_about_a_person_before_the_first_choice(store: Store):
    """Asking everything about everybody makes nobody known (promise 1)."""
    async with store.units.write(key()) as unit:
        assert await unit.people.get(SAM) is None
        assert await unit.plans.of(SAM, MONDAY, MONDAY) == {}
        assert await unit.plans.shared_with(WIJK, MONDAY) == {}
        assert await unit.sharing.teams_of(SAM) == frozenset()
        assert await unit.teams.of_member(SAM) == ()
        assert await unit.members.of(WIJK) is None
        await unit.plans.put(SAM, day(None), zone=ZONE)
        await unit.sharing.set(SAM, WIJK, on=False)
    assert await rows(store) == {"seen_activity": 1}


async def test_a_person_is_kept_exactly_as_saved(store: Store):
    async with store.units.write(key()) as unit:
        for person in (Person(SAM, "nl", ZONE), Person(SAM, "en", None)):
            await unit.people.save(person)
            assert await unit.people.get(SAM) == person


async def test_every_place_and_kind_comes_back(store: Store):
    worked = [
        WorkLocation(place, kind=kind) for place in Place if place is not Place.NOT_WORKING for kind in [None, *Kind]
    ]
    locations = [WorkLocation(Place.NOT_WORKING), OFFICE, *worked]
    changes = [Change(Slot(MONDAY + timedelta(days=n), AFTERNOON), there) for n, there in enumerate(locations)]
    async with store.units.write(key()) as unit:
        await unit.plans.put(SAM, changes, zone=ZONE)
        kept = await unit.plans.of(SAM, MONDAY, MONDAY + timedelta(days=len(locations)))
    assert kept == {change.slot: change.location for change in changes}


async def test_day_parts_are_replaced_and_emptied_one_by_one(store: Store):
    morning, afternoon = Slot(MONDAY, MORNING), Slot(MONDAY, AFTERNOON)
    async with store.units.write(key()) as unit:
        await unit.plans.put(SAM, day(HOME), zone=ZONE)
        await unit.plans.put(SAM, [Change(afternoon, None), Change(morning, OFFICE)], zone=ZONE)
        assert await unit.plans.of(SAM, MONDAY, MONDAY) == {morning: OFFICE}


async def test_a_plan_is_shown_between_two_days_with_both(store: Store):
    week = [MONDAY + timedelta(days=n) for n in range(-1, 3)]
    async with store.units.write(key()) as unit:
        for on in week:
            await unit.plans.put(SAM, day(HOME, on), zone=ZONE)
        kept = await unit.plans.of(SAM, week[1], week[2])
    assert kept == {**plan(HOME, week[1]), **plan(HOME, week[2])}


async def test_a_board_holds_only_who_shares_with_the_team_and_has_something_that_day(store: Store):
    async with store.units.write(key()) as unit:
        for user in (SAM, NOOR, JO):
            await unit.plans.put(user, day(HOME), zone=ZONE)
        await unit.sharing.set(SAM, WIJK, on=True)
        await unit.sharing.set(NOOR, BEHEER, on=True)
        await unit.sharing.set("shares, no plan", WIJK, on=True)
        await unit.sharing.set("plan on tuesday", WIJK, on=True)
        await unit.plans.put("plan on tuesday", day(HOME, MONDAY + timedelta(days=1)), zone=ZONE)
        assert await unit.plans.shared_with(WIJK, MONDAY) == {SAM: plan(HOME)}
        assert await unit.plans.shared_with(BEHEER, MONDAY) == {NOOR: plan(HOME)}


async def test_who_stops_sharing_is_gone_at_once(store: Store):
    async with store.units.write(key()) as unit:
        await unit.plans.put(SAM, day(HOME), zone=ZONE)
        await unit.sharing.set(SAM, WIJK, on=True)
        await unit.sharing.set(SAM, WIJK, on=True)
        assert await unit.sharing.teams_of(SAM) == {WIJK}
        await unit.sharing.set(SAM, WIJK, on=False)
        assert await unit.plans.shared_with(WIJK, MONDAY) == {}


async def test_nothing_of_another_tenant_is_ever_seen(store: Store):
    """The same ids in two tenants: each sees its own."""
    for tenant, location, activity in ((HERE, HOME, "a"), (ELSEWHERE, OFFICE, "b")):
        async with store.units.write(key(activity, tenant)) as unit:
            await unit.people.save(Person(SAM, "nl", tenant))
            await unit.plans.put(SAM, day(location), zone=ZONE)
            await unit.sharing.set(SAM, WIJK, on=True)
            await unit.teams.save(team(name=tenant), reference(tenant))
            await unit.members.replace(WIJK, [member(SAM), member(tenant)], datetime(2026, 11, 23, tzinfo=UTC))
            await unit.places.save(NamedPlace("stadhuis", tenant, Place.SITE))
    for tenant, location in ((HERE, HOME), (ELSEWHERE, OFFICE)):
        async with store.units.read(tenant) as unit:
            assert await unit.people.get(SAM) == Person(SAM, "nl", tenant)
            assert await unit.plans.shared_with(WIJK, MONDAY) == {SAM: plan(location)}
            assert await unit.teams.get(WIJK) == team(name=tenant)
            assert await unit.teams.reference(WIJK) == reference(tenant)
            assert [found.team.name for found in await unit.teams.of_member(SAM)] == [tenant]
            roster = await unit.members.of(WIJK)
            assert roster
            assert set(roster.names()) == {SAM, tenant}
            assert [place.name for place in await unit.places.all()] == [tenant]
    async with store.units.read("a third") as unit:
        assert await unit.plans.shared_with(WIJK, MONDAY) == {}
        assert await unit.teams.get(WIJK) is None


async def test_stopping_in_one_tenant_leaves_the_other_alone(store: Store):
    for tenant in (HERE, ELSEWHERE):
        async with store.units.write(key("on", tenant)) as unit:
            await unit.teams.save(team(), reference(tenant))
            await unit.sharing.set(SAM, WIJK, on=True)
            await unit.plans.put(SAM, day(HOME), zone=ZONE)
            await unit.members.replace(WIJK, [member(SAM)], datetime(2026, 11, 23, tzinfo=UTC))
    async with store.units.write(key("off")) as unit:
        await unit.plans.put(SAM, day(None), zone=ZONE)
        await unit.teams.remove(WIJK)
    assert await rows(store) == {
        "plan": 2, "roster": 1, "roster_member": 1, "seen_activity": 3, "sharing": 1, "team": 1
    }  # fmt: skip


async def test_a_team_is_kept_exactly_as_saved(store: Store):
    chat = Team("19:chat", "Overleg", TeamKind.CHAT, language="en", zone="Europe/Lisbon")
    async with store.units.write(key()) as unit:
        await unit.teams.save(team(), reference())
        await unit.teams.save(team(name="Wijkteam Zuid", language="nl"), reference())
        await unit.teams.save(chat, reference())
        assert await unit.teams.get(WIJK) == team(name="Wijkteam Zuid", language="nl")
        assert await unit.teams.get(chat.id) == chat


async def test_my_teams_are_those_whose_roster_has_me_or_with_which_i_share(store: Store):
    """By name; a guest of a team is not in it, and a team that Samen does not know is no team."""
    now = datetime(2026, 11, 23, tzinfo=UTC)
    async with store.units.write(key()) as unit:
        for team_id, name in (("c", "beheer"), ("a", "Wijk"), ("b", "Archief"), ("d", "Gasten"), ("e", "Anderen")):
            await unit.teams.save(team(team_id, name), reference())
        await unit.members.replace("a", [member(SAM), member(NOOR)], now)
        await unit.members.replace("b", [member(SAM)], now)
        await unit.members.replace("d", [member(SAM, guest=True)], now)
        await unit.members.replace("e", [member(NOOR)], now)
        for team_id in ("a", "c", "unknown"):
            await unit.sharing.set(SAM, team_id, on=True)
        assert [found.team.name for found in await unit.teams.of_member(SAM)] == ["Archief", "beheer", "Wijk"]
        # One look at who asks tells the same, wherever they ask, and nothing of others to somebody without an id.
        for team_id in (None, "a", "unknown"):
            assert (await unit.askers.look(SAM, team_id)).memberships == await unit.teams.of_member(SAM)
        assert (await unit.askers.look(None, "a")).memberships == ()
        assert (await unit.askers.look("nobody", None)).memberships == ()


async def test_somebody_twice_on_a_list_asks_once(store: Store):
    """By two of the channel's own ids: their teams are still each told once, in a team and outside."""
    now = datetime(2026, 11, 23, tzinfo=UTC)
    async with store.units.mirror(HERE) as unit:
        for team_id in ("a", "b"):
            await unit.teams.save(team(team_id), reference())
        await unit.members.replace("a", [member(SAM), replace(member(SAM), channel_user_id="29:other")], now)
        await unit.members.replace("b", [member(SAM)], now)
    async with store.units.glance(HERE) as unit:
        for team_id in (None, "a"):
            mine = (await unit.askers.look(SAM, team_id)).memberships
            assert [one.team.id for one in mine] == ["a", "b"]


async def test_a_roster_comes_back_as_it_was_given(store: Store):
    """In its order, with the moment; the last line wins when Teams names somebody twice."""
    now = datetime(2026, 11, 23, 9, 30, 0, 123456, tzinfo=UTC)
    members = (Member("29:z", None, "Anoniem", guest=True), member(NOOR), member(SAM))
    async with store.units.write(key()) as unit:
        await unit.members.replace(WIJK, [member(JO)], now)
        await unit.members.replace(WIJK, [*members, member(SAM)], now)
        assert await unit.members.of(WIJK) == Roster(members, now)
        await unit.members.replace(WIJK, [], now)
        assert await unit.members.of(WIJK) == Roster((), now)
        await unit.members.forget(WIJK)
        assert await unit.members.of(WIJK) is None


async def test_rosters_mirrored_at_once_end_as_one_of_them(store: Store):
    now = datetime(2026, 11, 23, tzinfo=UTC)

    async def mirror(n: int) -> None:
        async with store.units.mirror(HERE) as unit:
            await unit.members.replace(WIJK, [member(SAM), *(member(f"{n}-{m}") for m in range(20))], now)

    await asyncio.gather(*(mirror(n) for n in range(6)))
    async with store.units.read(HERE) as unit:
        roster = await unit.members.of(WIJK)
    assert roster
    assert len(roster.members) == 21
    assert len({m.user_id.split("-")[0] for m in roster.members if m.user_id and m.user_id != SAM}) == 1


async def test_places_are_named_once_and_retired(store: Store):
    """Case and spaces make no other name; a retired name is free, and is refused back when taken meanwhile."""
    hall = NamedPlace("a", "Stadhuis", Place.SITE)
    async with store.units.write(key()) as unit:
        await unit.places.save(hall)
        await unit.places.save(hall)
        await unit.places.save(NamedPlace("b", "bibliotheek Zuid", Place.LIBRARY))
        with pytest.raises(NameTaken):
            await unit.places.save(NamedPlace("c", " stadHUIS ", Place.SITE))
        await unit.places.save(NamedPlace("a", "Stadhuis", Place.SITE, retired=True))
        await unit.places.save(NamedPlace("c", "Stadhuis", Place.PARTNER))
        with pytest.raises(NameTaken):
            await unit.places.save(hall)
        assert [place.id for place in await unit.places.all()] == ["b", "c"]
        assert [place.id for place in await unit.places.all(retired=True)] == ["b", "a", "c"]


async def test_two_administrators_at_once_name_one_place(store: Store):
    """The loser hears that the name is taken, and can still read in the same unit."""

    async def name(place_id: str) -> str:
        async with store.units.write(key(place_id)) as unit:
            await asyncio.sleep(0.01)
            try:
                await unit.places.save(NamedPlace(place_id, "Stadhuis", Place.SITE))
            except NameTaken:
                assert len(await unit.places.all()) == 1
                return "taken"
            return "named"

    assert sorted(await asyncio.gather(*(name(f"place-{n}") for n in range(4)))) == ["named", "taken", "taken", "taken"]


async def test_administrative_acts_are_added_with_the_moment(store: Store, clock: FakeClock):
    async with store.units.write(key()) as unit:
        await unit.audit.add(SAM, "place_added", "a")
        clock.move(timedelta(minutes=1))
        await unit.audit.add(SAM, "place_added", "a")
    assert (await rows(store))["audit"] == 2
