"""Living cards in the store: asked for once, drawn again when touched, and true whoever is at it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.days import DayPart, Slot, Usual, Weeks
from bot.domain.jobs import Work
from bot.domain.people import Team, TeamKind
from bot.domain.places import Place, WorkLocation
from bot.domain.where.intents import Change
from bot.outgoing import LivingCard
from bot.services import FakeClock
from bot.store import Store
from bot.store.outbox import FakeOutbox
from bot.turn import Reference, Scope, TurnKey
from tests.plugins.databases import counted

TENANT, TEAM, BART = "t1", "19:team@thread.tacv2", "bart"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY, UNTIL = date(2026, 11, 24), datetime(2026, 11, 24, 11, 30, tzinfo=UTC)
TO = Reference(TENANT, TEAM, "https://smba.example/", "msteams", "28:bot", "Samen", Scope.CHANNEL)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


class Kept:
    """A store whose jobs are looked at here."""

    def __init__(self, url: str) -> None:
        self.clock, self.outbox = FakeClock(NOW), FakeOutbox()
        self.store = Store(url, self.clock.now, self.outbox)
        self.cards = self.store.living

    async def post(self, subject: str = "s", plan_day: date | None = None) -> None:
        async with self.store.units.mirror(TENANT) as unit:
            await unit.cards.post("bell", subject, TEAM, TO, until=UNTIL, plan_day=plan_day)

    async def touch(self, subject: str = "s") -> None:
        async with self.store.units.mirror(TENANT) as unit:
            unit.cards.touch("bell", subject)

    async def claim(self, owner: str = "me", job=None) -> LivingCard | None:
        job = job or self.job()
        return await self.cards.claim(*job.arguments, owner, self.clock.now())

    def job(self):
        (job,) = self.outbox.take()
        assert job.work is Work.REDRAW
        return job

    async def draw(self) -> None:
        """Draw what is asked for, as a job would."""
        card = await self.claim()
        assert await self.cards.mark(card)
        assert await self.ended(card)

    async def ended(self, card: LivingCard, **more) -> bool:
        return await self.cards.ended(card, self.clock.now(), **{"shown": "drawn", "activity": "m1"} | more)


@pytest.fixture
async def kept(database_url: str) -> AsyncIterator[Kept]:
    found = Kept(database_url)
    async with found.store.units.mirror(TENANT) as unit:
        await unit.teams.save(Team(TEAM, "Wijkzaken", TeamKind.TEAM), TO)
    yield found
    await found.store.close()


async def test_posted_it_is_asked_for_with_the_commit_and_once(kept: Kept):
    with suppress(ZeroDivisionError):
        async with kept.store.units.mirror(TENANT) as unit:
            await unit.cards.post("bell", "s", TEAM, TO, until=UNTIL)
            raise ZeroDivisionError
    assert kept.outbox.take() == []
    await asyncio.gather(*(kept.post() for _ in range(5)))
    card = await kept.claim()
    assert (card.kind, card.subject, card.to, card.activity, card.made_at) == ("bell", "s", TO, None, NOW)


async def test_a_repeated_turn_posts_and_touches_nothing(kept: Kept):
    for _ in range(2):
        async with kept.store.units.write(TurnKey(TENANT, "c", "a")) as unit:
            await unit.cards.post("bell", "s", TEAM, TO, until=UNTIL)
    await kept.draw()
    for _ in range(2):
        async with kept.store.units.write(TurnKey(TENANT, "c", "b")) as unit:
            unit.cards.touch("bell", "s")
    assert (await kept.claim()).touched == 2


async def test_touched_it_is_drawn_again_a_second_after_the_last_time(kept: Kept):
    await kept.post()
    await kept.draw()
    kept.clock.move(SECOND / 4)
    await kept.touch()
    job = kept.job()
    assert job.delay == 0.75
    assert (await kept.claim(job=job)).shown == "drawn"
    assert kept.outbox.take() == []


async def test_touched_often_before_it_is_drawn_it_is_drawn_once(kept: Kept):
    await kept.post()
    await kept.draw()
    kept.clock.move(MINUTE)
    await asyncio.gather(*(kept.touch() for _ in range(10)))
    job = kept.job()
    assert job.delay == 0
    card = await kept.claim(job=job)
    assert card.touched == 11
    assert await kept.ended(card)
    assert kept.outbox.take() == []


async def test_touched_while_it_is_drawn_it_is_drawn_once_more(kept: Kept):
    await kept.post()
    card = await kept.claim()
    await kept.touch()
    assert kept.outbox.take() == []
    assert await kept.ended(card)
    job = kept.job()
    assert job.delay == 1
    again = await kept.claim(job=job)
    assert (again.activity, again.shown, again.touched) == ("m1", None, 2)


async def test_what_is_not_a_card_of_it_is_not_touched(kept: Kept):
    await kept.post()
    await kept.draw()
    with counted(kept.store) as sent:
        await kept.touch("another")
    assert len(sent) == 1
    async with kept.store.units.mirror("t2") as unit:
        unit.cards.touch("bell", "s")
    assert kept.outbox.take() == []


async def test_touching_costs_two_statements(kept: Kept):
    await kept.post()
    await kept.draw()
    with counted(kept.store) as sent:
        await kept.touch()
    assert len(sent) == 2, sent
    with counted(kept.store) as sent:
        await kept.touch()
    assert len(sent) == 2, sent


async def test_a_redraw_that_is_over_is_nobodys(kept: Kept):
    await kept.post()
    job = kept.job()
    card = await kept.claim(job=job)
    await kept.ended(card)
    assert await kept.claim("other", job=job) is None


async def test_who_lost_the_card_says_nothing_and_ends_nothing(kept: Kept):
    """Taken over by another run of the same redraw: a process that froze may wake up at any step."""
    await kept.post()
    job = kept.job()
    mine = await kept.claim("me", job=job)
    theirs = await kept.claim("they", job=job)
    assert not await kept.cards.mark(mine)
    assert not await kept.ended(mine, activity="old")
    await kept.cards.later(mine, NOW, NOW + MINUTE, attempts=1)
    await kept.cards.gone(mine)
    assert await kept.cards.mark(theirs)
    assert await kept.ended(theirs)
    assert kept.outbox.take() == []


@pytest.mark.parametrize("when", ["before", "during", "after"])
async def test_what_was_said_after_it_was_lost_is_drawn_over(kept: Kept, when: str):
    """Before the other one draws, while they do, and after."""
    await kept.post()
    job = kept.job()
    mine = await kept.claim("me", job=job)
    if when == "before":
        await kept.cards.lost(mine)
    theirs = await kept.claim("they", job=job)
    if when == "during":
        await kept.cards.lost(mine)
    assert await kept.ended(theirs)
    if when == "after":
        await kept.cards.lost(mine)
    jobs = kept.outbox.take()
    if when == "before":
        assert theirs.shown is None
    else:
        (job,) = jobs
        assert (await kept.claim(job=job)).shown is None


async def test_what_stands_there_is_not_known_once_it_is_being_said(kept: Kept):
    await kept.post()
    await kept.draw()
    await kept.touch()
    job = kept.job()
    card = await kept.claim(job=job)
    assert card.shown == "drawn"
    await kept.cards.mark(card)
    assert (await kept.claim("they", job=job)).shown is None


async def test_trouble_is_tried_again_then(kept: Kept):
    await kept.post()
    card = await kept.claim()
    await kept.cards.later(card, NOW, NOW + 20 * SECOND, attempts=3)
    job = kept.job()
    assert job.delay == 20
    card = await kept.claim(job=job)
    assert card.attempts == 4
    await kept.cards.later(card, NOW, NOW + 30 * MINUTE, attempts=4)
    assert kept.outbox.take() == []
    await kept.cards.due(NOW + 29 * MINUTE)
    assert kept.outbox.take() == []
    await kept.touch()
    assert kept.outbox.take() == []
    assert await kept.cards.due(NOW + 30 * MINUTE) == 1
    assert (await kept.claim()).touched == 2


async def test_a_job_that_got_lost_is_asked_for_again(kept: Kept):
    await kept.post()
    lost = kept.job()
    assert await kept.cards.due(NOW + 4 * MINUTE) == 0
    found = await asyncio.gather(*(kept.cards.due(NOW + 5 * MINUTE) for _ in range(3)))
    assert sum(found) == 1
    assert await kept.claim() is not None
    assert await kept.claim(job=lost) is None


async def test_untouched_it_is_looked_at_and_drawn_a_last_time(kept: Kept):
    """At once after the first time, then every ten minutes, and when it is over."""
    await kept.post()
    await kept.draw()
    assert await kept.cards.due(NOW) == 1
    await kept.draw()
    assert await kept.cards.due(NOW + 9 * MINUTE) == 0
    assert await kept.cards.due(NOW + 10 * MINUTE) == 1
    kept.clock.set(UNTIL - MINUTE)
    await kept.draw()
    assert await kept.cards.due(UNTIL - SECOND) == 0
    assert await kept.cards.due(UNTIL) == 1


async def test_gone_it_is_no_more(kept: Kept):
    await kept.post()
    await kept.cards.gone(await kept.claim())
    await kept.touch()
    assert await kept.cards.due(UNTIL) == 0
    assert kept.outbox.take() == []


async def test_it_goes_with_its_team(kept: Kept):
    await kept.post()
    async with kept.store.units.mirror(TENANT) as unit:
        await unit.teams.remove(TEAM)
    assert await kept.claim() is None


# --- What people share decides what it says ---

AT_HOME = (Change(Slot(DAY, DayPart.MORNING), WorkLocation(Place.HOME)),)


async def plan(unit, changes=AT_HOME) -> None:
    await unit.plans.of(BART, DAY, DAY)
    await unit.plans.put(BART, changes, zone="Europe/Amsterdam")


async def touches(kept: Kept, act) -> bool:
    """Whether something done in one unit has the card drawn again."""
    async with kept.store.units.mirror(TENANT) as unit:
        await act(unit)
    if found := bool(kept.outbox.jobs):
        await kept.draw()
    return found


@pytest.fixture
async def shown(kept: Kept) -> Kept:
    """A card about a day of Bart's, who shares with the team and planned something."""
    async with kept.store.units.mirror(TENANT) as unit:
        await unit.people.change(BART, stopped=False)
        await unit.sharing.set(BART, TEAM, True)
        await plan(unit)
    await kept.post(plan_day=DAY)
    await kept.draw()
    return kept


async def test_a_plan_touches_the_card_of_its_day(shown: Kept):
    assert await touches(shown, plan)
    other_day = (Change(Slot(DAY + timedelta(days=1), DayPart.MORNING), None),)
    assert not await touches(shown, lambda unit: plan(unit, other_day))
    assert await touches(shown, lambda unit: unit.plans.put(BART, AT_HOME, zone="Europe/Amsterdam"))


async def test_a_pattern_sharing_and_the_end_of_a_pause_touch_it(shown: Kept):
    """That somebody shows no more does not: all who see the card would know who, and when."""
    line = {Usual(Weeks.EVERY, 1, DayPart.MORNING): WorkLocation(Place.HOME)}
    assert await touches(shown, lambda unit: unit.patterns.put(BART, line))
    assert not await touches(shown, lambda unit: unit.patterns.put(BART, {}))
    assert not await touches(shown, lambda unit: unit.people.change(BART, paused_until=UNTIL))
    assert await touches(shown, lambda unit: unit.people.change(BART, paused_until=None))
    assert not await touches(shown, lambda unit: unit.people.change(BART, stopped=True))
    assert await touches(shown, lambda unit: unit.people.change(BART, paused_until=None, stopped=False))
    assert not await touches(shown, lambda unit: unit.people.change(BART, language="nl"))
    assert not await touches(shown, lambda unit: unit.sharing.set(BART, TEAM, False))
    assert not await touches(shown, plan)
    assert await touches(shown, lambda unit: unit.sharing.set(BART, TEAM, True))
    assert not await touches(shown, lambda unit: unit.own.forget(BART))


async def test_a_plan_that_no_card_shows_costs_nothing(kept: Kept):
    """Neither with whoever shares and has no card, nor with a card and whoever does not share."""
    for shares in (True, False):
        async with kept.store.units.mirror(TENANT) as unit:
            await unit.sharing.set(BART, TEAM, shares)
        with counted(kept.store) as sent:
            async with kept.store.units.mirror(TENANT) as unit:
                await plan(unit)
        assert len([one for one in sent if "living_card" in one]) == 1, "the plan's own statement, and no other"
        if shares:
            await kept.post(plan_day=DAY)
            await kept.draw()


async def test_two_units_that_touch_the_same_cards_wait_for_each_other(shown: Kept):
    """In whatever order they name them: none fails, and every touch counts."""
    subjects = [str(number) for number in range(6)]
    for subject in subjects:
        await shown.post(subject)
        await shown.draw()

    async def touch(order) -> None:
        async with shown.store.units.mirror(TENANT) as unit:
            unit.cards.touch_each("bell", order)
            await unit.teams.get(TEAM)

    await asyncio.gather(*(touch(subjects if n % 2 else subjects[::-1]) for n in range(12)))
    jobs = shown.outbox.take()
    assert len(jobs) == 6
    assert {(await shown.claim(job=job)).touched for job in jobs} == {13}
