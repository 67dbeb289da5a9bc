"""No faster than Teams allows, however many processes speak: exact, shared, and obeying when Teams asks to wait."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import pairwise
from time import monotonic, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pace import ALL, BURST, GAP, HEADROOM, SHARE, Slot, Wanted, allot, window_of
from bot.domain.people import Contact
from bot.jobs.pace import LATE, MOST_AHEAD, Pace
from bot.services import FakeClock
from bot.services.pacing import FakePacing, pace_name
from bot.store import Store
from bot.store.outbox import FakeOutbox
from bot.store.pace import DatabaseClock, PaceRows
from bot.turn import Reference, Scope
from tests.conversations.town import ANOUK, BART, TEAM_ID, Town
from tests.fakes.botframework import TENANT, utc
from tests.jobs.street import add, add_many, another, batches, rung, waiting
from tests.plugins.databases import PostgreSQLServer

RATE = 25


def wanted(*names: str) -> list[Wanted]:
    return [Wanted(name) for name in names]


class Wall:
    """A wall clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.at = 1_000_000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:
    store = Store(database_url, FakeClock(utc()).now, FakeOutbox())
    yield store
    await store.close()


def most_in_a_second(moments: list[float]) -> int:
    moments = sorted(moments)
    return max(sum(1 for other in moments if at <= other < at + 1) for at in moments)


@given(
    st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=20), min_size=1, max_size=30),
    st.lists(st.floats(0, 3), min_size=30, max_size=30),
    st.integers(1, 60),
)
def test_whoever_asks_and_when_no_second_has_too_many(wanted: list[list[str]], pauses: list[float], rate: int):
    """Nor two in one conversation; and a conversation that is busy costs the others nothing."""
    now, free = 1_000_000.0, {}
    all_moments, by_name = [], defaultdict(list)
    for names, pause in zip(wanted, pauses, strict=False):
        now += pause
        allotted = allot([Wanted(name) for name in names], free, now, rate)
        free |= allotted.free
        for name, slot in zip(names, allotted.slots, strict=True):
            if slot.mine:
                assert slot.at >= now
                all_moments.append(slot.at)
                by_name[name].append(slot.at)
            else:
                assert slot.at > now
    assert most_in_a_second(all_moments) <= rate
    assert all(later - earlier >= GAP - 1e-6 for moments in by_name.values() for earlier, later in pairwise(moments))


def test_the_limit_is_used_to_more_than_nine_tenths():
    slots = allot([Wanted(str(number)) for number in range(RATE)], {}, 1000.0, RATE).slots
    assert len(slots) / (slots[-1].at - slots[0].at + 1 / RATE) >= 0.9 * RATE
    assert SHARE >= 0.9


def test_who_asks_too_far_ahead_waits():
    """Else one process would hold the next minute's moments."""
    (slot,) = allot([Wanted("a")], {ALL: 1030.0}, 1000.0, RATE).slots
    assert slot == Slot(1028.0, mine=False, everywhere=True)


async def test_a_clock_that_was_ahead_silences_nobody(store: Store):
    """What it gave out is forgotten, and the pace is kept again; what Teams asked for is obeyed."""
    wall = Wall()
    ahead = Wall()
    ahead.at += 2 * 3600
    fast = PaceRows(store.engines, ahead)
    await fast.note({"a": 31})
    await fast.reserve(wanted("a"), RATE)
    await fast.reserve(wanted("c"), RATE)
    pace = PaceRows(store.engines, wall)
    await pace.hold("b", 3600)
    slots = await pace.reserve(wanted("a", "b"), RATE)
    assert slots[0].at == pytest.approx(wall.at + HEADROOM)
    assert slots[1] == Slot(wall.at + 3600, mine=False)
    (again,) = await pace.reserve(wanted("a"), RATE)
    assert (again.mine, again.at) == (False, pytest.approx(slots[0].at + GAP))
    await pace.hold(ALL, 60)
    (held,) = await pace.reserve(wanted("c"), RATE)
    assert held.everywhere


def test_a_moment_that_was_missed_is_not_in_ones_own_way():
    """In that of others it is."""
    first = allot([Wanted("a")], {}, 1000.0, RATE)
    at = first.slots[0].at
    assert allot([Wanted("a", missed=at)], first.free, at + 0.1, RATE).slots[0].mine
    assert not allot([Wanted("a", missed=at - 1)], first.free, at + 0.1, RATE).slots[0].mine


async def test_on_a_busy_machine_moments_are_asked_for_earlier():
    pace = Pace(FakePacing(), RATE)
    await pace.another("a", Slot(1000.0))
    assert pace.ahead == pytest.approx(2 * HEADROOM)
    for _ in range(3):
        await pace.another("a", Slot(1000.0))
    assert pace.ahead == MOST_AHEAD
    for _ in range(100):
        pace.kept_up()
    assert pace.ahead == HEADROOM


def test_a_conversation_where_much_is_said_waits_for_its_budget():
    """60 in 30 s: 30 at once, and then one a second."""
    name, now = "a", 1000.0
    free = {window_of(name): now + BURST - 5}
    assert allot([Wanted(name)], free, now, RATE).slots[0].mine
    free = {window_of(name): now + BURST + 5}
    assert allot([Wanted(name)], free, now, RATE).slots == (Slot(now + 5, mine=False),)


async def test_several_processes_share_the_moments(store: Store):
    """Each asks for some at a time, all at once."""
    wall = Wall()
    workers = [PaceRows(store.engines, wall) for _ in range(5)]
    moments: list[float] = []

    async def work(number: int, pace: PaceRows) -> None:
        for turn in range(20):
            slots = await pace.reserve(wanted(*(f"{number} {turn} {each}" for each in range(4))), RATE)
            moments.extend(slot.at for slot in slots if slot.mine)
            wall.at += 0.03

    await asyncio.gather(*(work(number, pace) for number, pace in enumerate(workers)))
    assert len(moments) > 50
    assert most_in_a_second(moments) <= RATE


async def test_one_conversation_gets_one_a_second_from_all_of_them(store: Store):
    wall = Wall()
    workers = [PaceRows(store.engines, wall) for _ in range(4)]
    moments: list[float] = []
    for _ in range(30):
        for (slot,) in await asyncio.gather(*(pace.reserve(wanted("a"), RATE) for pace in workers)):
            if slot.mine:
                moments.append(slot.at)
        wall.at += 0.2
    assert 5 <= len(moments) <= 7
    assert all(later - earlier >= GAP for earlier, later in pairwise(sorted(moments)))


@pytest.fixture
async def replicas(postgresql_server: PostgreSQLServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[Pace]]:
    """Two processes on one PostgreSQL; the clock of the second one's machine is 40 s ahead."""
    url = postgresql_server.ready()
    store = Store(url, FakeClock(utc()).now, FakeOutbox())
    right = PaceRows(store.engines)
    monkeypatch.setattr("bot.store.pace.time", lambda: time() + 40)
    yield [Pace(right, RATE), Pace(PaceRows(store.engines), RATE)]
    await store.close()
    postgresql_server.drop(url)


@pytest.mark.postgres
@pytest.mark.thorough
async def test_a_machine_whose_clock_is_ahead_leaves_the_others_their_moments(replicas: list[Pace]):
    """They all go by PostgreSQL's clock: together they keep the limit, and each gets its share."""
    moments: list[list[float]] = [[], []]
    end = monotonic() + 4

    async def speak(pace: Pace, said: list[float]) -> None:
        while monotonic() < end:
            slots = await pace.reserve([f"{id(said)} {len(said) + each}" for each in range(5)])
            said += [slot.at - pace.now() + monotonic() for slot in slots if slot.mine]

    await asyncio.gather(*map(speak, replicas, moments))
    everybodys = sorted(moments[0] + moments[1])
    assert most_in_a_second(everybodys) <= RATE + 1  # the two clocks are known to some ms
    assert min(map(len, moments)) >= len(everybodys) / 5
    assert len(everybodys) >= 3 * RATE


@pytest.mark.postgres
@pytest.mark.thorough
async def test_nor_does_it_keep_a_conversation_to_itself(replicas: list[Pace]):
    """They speak there in turn, a second apart, whoever asks first."""
    right, ahead = replicas
    said: list[float] = []
    for pace in (ahead, right, ahead, right):
        assert await pace.wait("a", 3.0) is None
        said.append(monotonic())
    assert all(later - earlier > GAP - 2 * LATE for earlier, later in pairwise(said))
    assert said[-1] - said[0] < 4.5


def test_a_late_answer_does_not_set_the_shared_clock_back():
    """The one that was on its way for the shortest time counts; for a minute, in which two clocks hardly part."""
    own = Wall()
    clock = DatabaseClock(own)
    clock.heard(own.at + 40)
    own.at += 5
    clock.heard(own.at + 39.7)
    assert clock() == pytest.approx(own.at + 40, abs=0.01)
    own.at += 61
    clock.heard(own.at + 39)
    assert clock() == pytest.approx(own.at + 39, abs=0.01)


async def test_what_is_said_in_turns_counts(store: Store):
    """35 answers in a group: what Samen says there by itself waits for 5 s, and nobody else does."""
    wall = Wall()
    pace = PaceRows(store.engines, wall)
    await pace.note({"a": 20, "b": 3})
    await pace.note({"a": 15})
    slots = await pace.reserve(wanted("a", "b", "c"), RATE)
    assert [slot.mine for slot in slots] == [False, True, True]
    assert slots[0].at == pytest.approx(wall.at + 5)
    wall.at += 5.1
    assert (await pace.reserve(wanted("a"), RATE))[0].mine


async def test_who_is_told_to_wait_waits_in_all_processes(store: Store):
    wall = Wall()
    one, other = PaceRows(store.engines, wall), PaceRows(store.engines, wall)
    await one.hold("a", 20)
    slots = await other.reserve(wanted("a", "b"), RATE)
    assert [slot.mine for slot in slots] == [False, True]
    assert slots[0].at == pytest.approx(wall.at + 20)
    await one.hold(ALL, 20)
    slots = await other.reserve(wanted("b", "c"), RATE)
    assert [slot.everywhere for slot in slots] == [True, True]


def group(number: int) -> Reference:
    return Reference(TENANT, f"19:{number}@thread.v2", "https://teams", "msteams", "28:bot", "Samen", Scope.GROUP)


async def test_several_that_are_told_to_wait_at_once_hold_everybody():
    pacing = FakePacing()
    pace = Pace(pacing, RATE)
    await pace.throttled(group(1), 7)
    await pace.throttled(group(1), 7)
    await pace.throttled(group(2), 8)
    assert ALL not in pacing.held
    await pace.throttled(group(3), 9)
    assert pacing.held == {pace_name(group(1)): 7, pace_name(group(2)): 8, pace_name(group(3)): 9, ALL: 9}


def test_all_threads_of_a_channel_are_one_conversation():
    thread = Reference(TENANT, "19:1@thread.tacv2;messageid=5", "https://teams", "msteams", "28:b", "S", Scope.CHANNEL)
    other = Reference(TENANT, "19:1@thread.tacv2;messageid=6", "https://teams", "msteams", "28:b", "S", Scope.CHANNEL)
    assert pace_name(thread) == pace_name(other) != pace_name(group(1))
    assert "19:1" not in pace_name(thread)


async def test_what_is_done_first_does_not_make_the_moment_late(store: Store):
    """The note that a card is drawn now takes long once: it is noted again, and drawn at a moment of its own."""
    kept = PaceRows(store.engines)
    pace = Pace(kept, RATE)
    noted: list[float] = []

    async def note() -> None:
        noted.append(time())
        await asyncio.sleep(0.3 if len(noted) == 1 else 0.0)

    assert await pace.wait("a", 5.0, note) is None
    spoken = time()
    assert len(noted) >= 2  # once more for each time that a busy machine came late to its moment
    (after,) = await kept.reserve(wanted("a"), RATE)
    assert not after.mine
    assert after.at - GAP - 0.01 <= spoken <= after.at - GAP + LATE
    assert noted[-1] < spoken


async def add_people(town: Town, many: int) -> None:
    """So many people who can be reached, each with one message that is due."""
    async with town.store.units.mirror(TENANT) as unit:
        contact = (await unit.people.get(ANOUK.user_id)).contact
        for number in range(many):
            await unit.people.change(f"p{number}", contact=contact_of(contact, number))
        await unit.deliveries.add_each("bell.ring", "2", [f"p{n}" for n in range(many)], town.clock.now())


def contact_of(contact: Contact, number: int) -> Contact:
    return replace(contact, channel_user_id=f"29:p{number}", conversation=f"a:29:p{number}")


@pytest.mark.thorough
async def test_two_processes_send_no_faster_than_one_may(street: Town):
    """As Teams sees it arrive; and nearly as fast as that."""
    rate = 50
    await add_people(street, 3 * rate)
    jobs = batches(street)
    workers = [another(street, life, PaceRows(street.store.engines)) for life in ("one", "other")]
    for worker in workers:
        worker.deliveries._means.pace._rate = rate
    start = len(street.teams.asked)
    assert len(jobs) == len(workers)
    await asyncio.gather(*(worker.work[job.work](*job.arguments) for worker, job in zip(workers, jobs, strict=True)))
    moments = [asked.at for asked in street.teams.asked[start:]]
    assert len(moments) == 3 * rate
    # One that a busy machine keeps waiting may arrive within the next second; unshared it would be twice the rate.
    assert most_in_a_second(moments) <= 1.1 * rate
    assert len(moments) / (moments[-1] - moments[0]) >= 0.1 * rate  # a busy machine; the long ring holds it against 0.9
    assert await waiting(street) == 0


async def test_a_conversation_gets_them_one_after_the_other(street: Town):
    """What cannot go in this second is offered in the next, by one job."""
    worker = another(street, pace=PaceRows(street.store.engines))
    await add_many(street, 5)
    await add(street, user_id=BART.user_id)
    for job in batches(street):
        await worker.work[job.work](*job.arguments)
    assert rung(street).total() == 2
    assert await waiting(street) == 4
    jobs = street.store.outbox.take()
    assert len({job.key for job in jobs}) == len(jobs) <= 2
    assert all(0 < job.delay <= 3 for job in jobs)


async def test_what_samen_says_by_itself_costs_the_same_budget(store: Store):
    """What is said there in turns comes on top of it."""
    wall = Wall()
    pace = PaceRows(store.engines, wall)
    await pace.note({TEAM_ID: 25})
    for _ in range(10):
        assert (await pace.reserve(wanted(TEAM_ID), RATE))[0].mine
        wall.at += 1.1
    await pace.note({TEAM_ID: 25})
    (slot,) = await pace.reserve(wanted(TEAM_ID), RATE)
    assert slot.at - wall.at == pytest.approx(25 - 11 + 10 + 25 - BURST, abs=0.5)
