"""Each message once, whoever sends the batch: two at once, one that dies, one that sleeps and wakes up."""

import asyncio
from collections import Counter
from datetime import timedelta

import pytest

from bot.domain.jobs import Job, Work
from bot.jobs.outcomes import MOST_ATTEMPTS
from bot.store.batches import FORGOTTEN, UNSURE
from bot.store.deliveries import BATCH
from bot.store.tables import delivery
from tests.conversations.town import ANOUK, BART, Town
from tests.fakes.botframework import TENANT
from tests.fakes.doors import until
from tests.jobs.street import (
    MINUTE,
    Bell,
    add,
    add_many,
    alter,
    another,
    batches,
    failures,
    rows,
    rung,
    texts,
    waiting,
)
from tests.plugins.databases import counted


def numbered(many: int) -> Counter[str]:
    return Counter(f"bel {number}" for number in range(many))


async def add_in_vain(town: Town) -> None:
    async with town.store.units.mirror(TENANT) as unit:
        await unit.deliveries.add("bell.ring", "7", user_id=ANOUK.user_id, due_at=town.clock.now())
        raise ZeroDivisionError


async def run(timed, jobs: list[Job]) -> None:
    await asyncio.gather(*(timed.work[job.work](*job.arguments) for job in jobs))


async def test_what_is_due_has_its_job_with_the_commit(street: Town):
    """One for so many of them, and none for what waits, is there already, or was not committed."""
    await add_many(street, 2 * BATCH + 1)
    jobs = batches(street)
    assert [(job.arguments[0], job.delay) for job in jobs] == [(TENANT, 0)] * 3
    kept = Counter(row.batch for row in await rows(street))
    assert sorted(kept.values()) == [1, BATCH, BATCH]
    assert set(kept) == {job.arguments[1] for job in jobs}
    await add(street, "later", at=street.clock.now() + MINUTE)
    with pytest.raises(ZeroDivisionError):
        await add_in_vain(street)
    assert street.store.outbox.take() == []
    assert await waiting(street) == 2 * BATCH + 2


async def test_many_people_are_added_at_once(street: Town):
    async with street.store.units.mirror(TENANT) as unit:
        with counted(street.store) as statements:
            await unit.deliveries.add_each("bell.ring", "2", [f"person {n}" for n in range(250)], street.clock.now())
    assert len(statements) == 1
    assert len(batches(street)) == 3
    assert await waiting(street) == 250


async def test_two_processes_with_the_same_job_send_each_message_once(street: Town):
    await add_many(street, 60)
    jobs = batches(street)
    await asyncio.gather(run(street.timed, jobs), run(another(street), jobs))
    assert Counter(texts(street)) == numbered(60)
    assert await waiting(street) == 0


async def test_two_runs_in_one_process_send_each_message_once(street: Town):
    await add_many(street, 60)
    jobs = batches(street)
    await asyncio.gather(run(street.timed, jobs), run(street.timed, jobs))
    assert Counter(texts(street)) == numbered(60)


@pytest.mark.thorough
async def test_two_thousand_through_two_processes(street: Town):
    """None lost, none twice, however their jobs fall, and with each job run by both."""
    await add_many(street, 2000)
    jobs = batches(street)
    one, other = street.timed, another(street)
    for some in (jobs[start : start + 4] for start in range(0, len(jobs), 4)):
        await asyncio.gather(run(one, some), run(other, list(reversed(some))))
    await street.tick(timedelta(0))
    assert rung(street) == numbered(2000)
    assert await waiting(street) == 0


async def test_what_a_dead_process_had_taken_goes_at_once(street: Town):
    """Whoever runs its job next takes over what it had not asked Teams yet."""
    await add_many(street, 10)
    await alter(street, owner="dead:1", attempts=1)
    await street.tick()
    assert Counter(texts(street)) == numbered(10)


@pytest.mark.parametrize(("kind", "times"), [("bell.ring", 1), ("bell.once", 0)])
async def test_what_a_dead_process_was_asking(street: Town, kind: str, times: int):
    """Nobody knows whether it arrived: said once more, or let go, as its kind says. Not before an answer cannot come."""
    await add(street, kind=kind)
    await alter(street, owner="dead:1", attempts=1, asked_at=street.clock.now())
    await street.tick()
    assert street.heard() == []
    await street.tick(UNSURE - timedelta(seconds=1))
    assert street.heard() == []
    await street.tick(timedelta(seconds=2))
    assert len(street.heard()) == times
    assert await waiting(street) == 0
    assert await failures(street) == ({} if times else {"delivery_unsure": 1})


async def test_what_may_have_arrived_is_said_once_more_and_never_more(street: Town):
    """Also when the one who says it again dies too."""
    await add(street)
    await alter(street, owner="dead:1", attempts=1, asked_at=street.clock.now())
    street.teams.script(0)
    await street.timed.round.due(street.clock.now())
    await street.work_off()
    street.clock.move(2 * UNSURE)
    await street.timed.work[Work.COLLECT]()
    (job,) = batches(street)
    again = asyncio.create_task(street.timed.work[job.work](*job.arguments))
    await until(lambda: len(street.heard()) == 1)
    (row,) = await rows(street)
    assert (row.attempts, row.asked_at) == (MOST_ATTEMPTS, street.clock.now())
    await alter(street, owner="dead:2")
    await run(another(street), [job])
    await street.tick(2 * UNSURE)
    assert street.heard() == []
    assert await failures(street) == {"delivery_expired": 1}
    street.teams._released.set()
    await again
    assert await waiting(street) == 0


async def test_what_processes_keep_dying_with_is_given_up(street: Town):
    await add(street)
    await alter(street, owner="dead:1", attempts=MOST_ATTEMPTS)
    await street.tick()
    assert street.heard() == []
    assert await waiting(street) == 0
    assert await failures(street) == {"delivery_expired": 1}


async def test_who_wakes_up_after_its_rows_were_taken_says_nothing(street: Town, bell: Bell):
    """It took them, slept before it asked Teams, and another process has said them meanwhile."""
    await add_many(street, 5)
    (job,) = batches(street)
    bell.slow = asyncio.Event()
    asleep = asyncio.create_task(run(street.timed, [job]))
    await until(lambda: len(bell.receivers) >= 4)
    slow, bell.slow = bell.slow, None
    await run(another(street), [job])
    assert Counter(texts(street)) == numbered(5)
    slow.set()
    await asleep
    assert Counter(texts(street)) == numbered(5)
    assert await waiting(street) == 0


async def test_who_is_overtaken_in_the_middle_stops_and_the_other_goes_on(street: Town, bell: Bell):
    """Some are said by the first, the rest by the second, and those that nobody had begun with too."""
    await add_many(street, 60)
    (job,) = batches(street)
    bell.slow = asyncio.Event()
    asleep = asyncio.create_task(run(street.timed, [job]))
    await until(lambda: len(bell.receivers) >= 4)
    await alter(street, delivery.c.owner.is_not(None), delivery.c.subject.in_(["3", "4", "55"]), owner="third:1")
    bell.slow.set()
    await asleep
    bell.slow = None
    await street.work_off()
    assert 40 <= rung(street).total() < 60
    await run(another(street), [job])
    assert rung(street) == numbered(60)
    assert await waiting(street) == 0


async def test_what_is_deleted_meanwhile_stops_nobody(street: Town, bell: Bell):
    """Anouk has everything about her deleted between the wording and the sending."""
    async with street.store.units.mirror(TENANT) as unit:
        for number in range(33):
            who = ANOUK if number < 17 else BART
            await unit.deliveries.add("bell.ring", str(number), user_id=who.user_id, due_at=street.clock.now())
    jobs = batches(street)
    bell.slow = asyncio.Event()
    sending = asyncio.create_task(run(street.timed, jobs))
    await until(lambda: len(bell.receivers) >= 4)
    async with street.store.units.mirror(TENANT) as unit:
        await unit.own.forget(ANOUK.user_id)
    bell.slow.set()
    await sending
    assert street.heard() == []
    assert len(street.heard(BART)) == 16
    assert await waiting(street) == 0


async def test_a_batch_whose_job_got_lost_is_collected_anew(street: Town):
    """After a quarter of an hour; and it harms nothing where the job was only late."""
    await add_many(street, 3)
    late = batches(street)
    await street.tick(FORGOTTEN - timedelta(seconds=1))
    assert street.heard() == []
    await street.tick(timedelta(seconds=1))
    assert Counter(texts(street)) == numbered(3)
    await run(street.timed, late)
    assert Counter(texts(street)) == numbered(3)


async def test_two_that_collect_at_once_never_take_the_same(street: Town):
    later = street.clock.now() + MINUTE
    async with street.store.units.mirror(TENANT) as unit:
        await unit.deliveries.add_each("bell.ring", "2", [f"person {n}" for n in range(2500)], later)
    street.clock.move(MINUTE)
    await asyncio.gather(*(timed.work[Work.COLLECT]() for timed in (street.timed, another(street))))
    jobs = batches(street)
    kept = Counter(row.batch for row in await rows(street))
    assert set(kept) == {job.arguments[1] for job in jobs}
    assert max(kept.values()) <= BATCH
    assert sum(kept.values()) == 2500


async def test_stopping_ends_what_is_being_sent_and_leaves_the_rest(street: Town):
    """What was not begun is sent by the next process, at once and for the first time."""
    await add_many(street, 90)
    sent = asyncio.Event()
    send, begun = street.door.connector.send, 0

    async def slowly(to, body):
        nonlocal begun
        begun += 1
        await sent.wait()
        return await send(to, body)

    street.door.connector.send = slowly
    sending = asyncio.create_task(street.work_off())
    await until(lambda: begun >= 20)
    closing = asyncio.create_task(street.timed.close(3))
    await asyncio.sleep(0.05)
    assert not closing.done()
    sent.set()
    await closing
    await sending
    del street.door.connector.send
    said = len(street.heard())
    assert 20 <= said == begun < 90
    assert {(row.attempts, row.owner, row.batch) for row in await rows(street)} == {(0, None, None)}
    later = another(street)
    await later.round.due(street.clock.now())
    await run(later, batches(street))
    assert Counter(texts(street)) == numbered(90)


async def test_a_message_costs_few_statements(street: Town):
    """Two of its own; who gets it and when is looked up for twenty at once."""
    await add_many(street, 100)
    with counted(street.store) as statements:
        await street.work_off()
    assert Counter(texts(street)) == numbered(100)
    assert len(statements) <= 2.6 * 100, Counter(statements).most_common(10)
