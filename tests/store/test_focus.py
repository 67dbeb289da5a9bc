"""Focus sessions in the store: one process at a time brings one in line, and nothing that was noted is lost."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.focus.session import CalledOff, Choices, Claimed, Hold, Mode, Session, Trace
from bot.domain.jobs import Work
from bot.services import FakeClock
from bot.services.focus import MEETING, OVER
from bot.store import Store
from bot.store.outbox import FakeOutbox

TENANT, ANNA = "t1", "anna"
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
SESSION = Session("s1", ANNA, NINE, NINE + 90 * MINUTE, Mode.REACHABLE, learning=True)
ASKED = replace(SESSION, presence=Trace(Hold.ASKED, SESSION.ends_at, "7"), block=Trace(Hold.OURS, None, None, "event"))


class Kept:
    """A store whose jobs are looked at here."""

    def __init__(self, url: str) -> None:
        self.clock, self.outbox = FakeClock(NINE), FakeOutbox()
        self.store = Store(url, self.clock.now, self.outbox)
        self.sessions = self.store.focus

    async def begin(self, session: Session = SESSION, owner: str = "me") -> Claimed:
        async with self.store.units.mirror(TENANT) as unit:
            await unit.focus.begin(session, owner, self.clock.now() + 30 * SECOND)
        return Claimed(TENANT, session, owner, 1, 1)

    async def change(self, **wanted: datetime) -> bool:
        async with self.store.units.mirror(TENANT) as unit:
            return await unit.focus.change("s1", **wanted)

    async def ahead(self) -> tuple[Session, ...]:
        async with self.store.units.read(TENANT) as unit:
            return await unit.focus.ahead(ANNA, self.clock.now())

    async def claim(self, owner: str = "me", tenant: str = TENANT) -> Claimed | None:
        now = self.clock.now()
        return await self.sessions.claim(tenant, "s1", owner, now, now + 30 * SECOND)


@pytest.fixture
async def kept(database_url: str):
    kept = Kept(database_url)
    yield kept
    await kept.store.close()


async def test_what_was_noted_comes_back_as_it_was(kept: Kept):
    mine = await kept.begin()
    assert await kept.sessions.note(mine, ASKED)
    assert await kept.ahead() == (ASKED,)


async def test_whoever_begins_one_has_it_and_if_nothing_comes_of_that_a_job_does(kept: Kept):
    await kept.begin()
    (job,) = kept.outbox.take()
    assert (job.work, job.arguments, job.delay) == (Work.FOCUS, (TENANT, "s1"), 30)
    assert await kept.claim("other") is None
    kept.clock.move(30 * SECOND)
    taken = await kept.claim("other")
    assert taken == Claimed(TENANT, SESSION, "other", 1, 2)


async def test_one_that_lost_it_may_note_nothing(kept: Kept):
    mine = await kept.begin()
    kept.clock.move(30 * SECOND)
    theirs = await kept.claim("other")
    assert not await kept.sessions.note(mine, ASKED)
    assert not await kept.sessions.ended(mine, None)
    await kept.sessions.later(mine, NINE)
    assert await kept.sessions.note(theirs, SESSION)
    assert await kept.ahead() == (SESSION,)


async def test_changed_while_somebody_is_at_it_it_does_not_end(kept: Kept):
    mine = await kept.begin()
    assert await kept.change(ends_at=NINE + 120 * MINUTE)
    assert await kept.claim("other") is None  # it stays with whoever has it
    assert not await kept.sessions.ended(mine, None)
    assert (await kept.ahead())[0].ends_at == NINE + 120 * MINUTE


async def test_changed_while_nobody_is_at_it_a_job_takes_it_at_once(kept: Kept):
    assert await kept.sessions.ended(await kept.begin(), SESSION.ends_at)
    kept.outbox.take()
    assert await kept.claim() is None  # nothing to do before its end
    assert await kept.change(stopped_at=NINE)
    (job,) = kept.outbox.take()
    assert job.delay == 0
    assert (await kept.claim()).session == replace(SESSION, stopped_at=NINE)
    assert await kept.ahead() == ()


async def test_one_in_line_is_found_again_at_its_time_and_not_before(kept: Kept):
    assert await kept.sessions.ended(await kept.begin(), SESSION.ends_at)
    kept.outbox.take()
    assert await kept.sessions.due(SESSION.ends_at - SECOND) == 0
    assert await kept.sessions.due(SESSION.ends_at) == 1
    (job,) = kept.outbox.take()
    assert job.arguments == (TENANT, "s1")
    assert await kept.sessions.due(SESSION.ends_at + MINUTE) == 1  # nobody came: asked for once more
    assert len(kept.outbox.take()) == 1


async def test_one_with_nothing_more_to_do_is_left_alone(kept: Kept):
    assert await kept.sessions.ended(await kept.begin(), None)
    assert await kept.sessions.due(SESSION.ends_at + timedelta(days=1)) == 0


async def test_what_was_asked_by_one_who_had_lost_it_is_looked_at_again(kept: Kept):
    mine = await kept.begin()
    kept.clock.move(30 * SECOND)
    theirs = await kept.claim("other")
    assert await kept.sessions.ended(theirs, None)
    await kept.sessions.lost(mine, ASKED, kept.clock.now())
    assert (await kept.claim("third")).session == ASKED


async def test_another_tenant_has_no_such_session(kept: Kept):
    await kept.begin()
    kept.clock.move(30 * SECOND)
    assert await kept.claim("other", "t2") is None
    async with kept.store.units.mirror("t2") as unit:
        assert not await unit.focus.change("s1", stopped_at=NINE)
        assert await unit.focus.get("s1") is None


async def test_what_is_usual_is_kept_as_it_was_chosen(kept: Kept):
    chosen = Choices(25, Mode.REACHABLE, end_line=True, status=False)
    async with kept.store.units.mirror(TENANT) as unit:
        assert await unit.focus.choices(ANNA) == Choices()
        await unit.focus.choose(ANNA, Choices(90))
        await unit.focus.choose(ANNA, chosen)
    async with kept.store.units.read(TENANT) as unit:
        assert await unit.focus.choices(ANNA) == chosen
        assert await unit.focus.choices("bart") == Choices()


async def test_it_follows_the_calendar_unless_its_owner_changed_it_meanwhile(kept: Kept):
    mine = await kept.begin()
    moved = replace(ASKED, starts_at=NINE + 30 * MINUTE, ends_at=NINE + 60 * MINUTE, outside=True)
    assert await kept.sessions.follow(mine, moved)
    assert await kept.ahead() == (moved,)
    assert await kept.change(ends_at=NINE + 90 * MINUTE)
    off = replace(moved, stopped_at=NINE, called_off=CalledOff.DELETED)
    assert not await kept.sessions.follow(mine, off)
    assert await kept.ahead() == (replace(moved, ends_at=NINE + 90 * MINUTE),)


async def test_one_that_lost_it_follows_nothing(kept: Kept):
    mine = await kept.begin()
    kept.clock.move(30 * SECOND)
    theirs = await kept.claim("other")
    off = replace(SESSION, stopped_at=NINE, called_off=CalledOff.AWAY)
    assert not await kept.sessions.follow(mine, off)
    assert theirs
    assert await kept.sessions.follow(theirs, off)
    async with kept.store.units.read(TENANT) as unit:
        assert await unit.focus.get("s1") == off


async def test_of_meetings_and_of_the_end_its_owner_is_told_once(kept: Kept):
    await kept.begin()
    async with kept.store.units.mirror(TENANT) as unit:
        assert await unit.focus.tell("s1", MEETING)
        assert not await unit.focus.tell("s1", MEETING)
    async with kept.store.units.mirror(TENANT) as unit:
        assert not await unit.focus.tell("s1", MEETING)
        assert await unit.focus.tell("s1", OVER)
        assert not await unit.focus.tell("s1", OVER)
    async with kept.store.units.mirror("t2") as unit:
        assert not await unit.focus.tell("s1", MEETING)


NEXT = replace(SESSION, id="s2", starts_at=NINE + 90 * MINUTE, ends_at=NINE + 120 * MINUTE)


async def test_nobody_has_two_of_one_person_at_once(kept: Kept):
    mine = await kept.begin()
    async with kept.store.units.mirror(TENANT) as unit:
        assert await unit.focus.begin(NEXT, "other", NINE + 30 * SECOND) is None
    claim = (TENANT, "s2", "other", NINE, NINE + 30 * SECOND)
    assert await kept.sessions.claim(*claim, early=True) is None
    await kept.sessions.note(mine, ASKED)
    await kept.sessions.ended(mine, None)
    taken = await kept.sessions.claim(*claim, early=True)
    assert taken == Claimed(TENANT, NEXT, "other", 1, 1, (ASKED,))
    assert await kept.claim("third") is None


async def test_another_persons_is_no_matter(kept: Kept):
    await kept.begin()
    async with kept.store.units.mirror(TENANT) as unit:
        theirs = await unit.focus.begin(replace(NEXT, user_id="joris"), "other", NINE + 30 * SECOND)
    assert theirs == Claimed(TENANT, replace(NEXT, user_id="joris"), "other", 1, 1)


async def test_whoever_had_one_and_is_gone_keeps_none_of_the_others_waiting(kept: Kept):
    await kept.begin()
    async with kept.store.units.mirror(TENANT) as unit:
        await unit.focus.begin(NEXT, "other", NINE + 30 * SECOND)
    kept.clock.move(30 * SECOND)
    now = kept.clock.now()
    assert await kept.sessions.claim(TENANT, "s2", "other", now, now + 30 * SECOND)


@pytest.mark.parametrize("later", [False, True])
async def test_what_waited_for_another_one_is_done_as_soon_as_that_is(kept: Kept, later: bool):
    mine = await kept.begin()
    async with kept.store.units.mirror(TENANT) as unit:
        await unit.focus.begin(NEXT, "other", NINE + 30 * SECOND)
        await unit.focus.change("s2", ends_at=NEXT.ends_at)
    kept.outbox.take()
    await (kept.sessions.later(mine, NINE + MINUTE) if later else kept.sessions.ended(mine, None))
    (job,) = kept.outbox.take()
    assert (job.work, job.arguments, job.delay) == (Work.FOCUS, (TENANT, "s2"), 0)


async def test_of_two_claimed_at_once_somebody_has_one(kept: Kept):
    mine = await kept.begin()
    async with kept.store.units.mirror(TENANT) as unit:
        await unit.focus.begin(NEXT, "other", NINE)
    await kept.sessions.ended(mine, NINE)
    for _ in range(10):
        claims = (kept.sessions.claim(TENANT, one, f"o-{one}", NINE, NINE + MINUTE) for one in ("s1", "s2"))
        taken = [claimed for claimed in await asyncio.gather(*claims) if claimed]
        assert len(taken) == 1
        await kept.sessions.later(taken[0], NINE)
