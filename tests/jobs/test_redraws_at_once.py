"""Living cards that two processes draw at once, and those of one that was away."""

import asyncio

import pytest

from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, TEAM_ID, Town
from tests.jobs.tally import Tally
from tests.jobs.tally_steps import MINUTE, asked, other, presses, stands


async def test_two_processes_with_the_same_job_post_one_card(tallied: Town):
    await tallied.says("turf", ANOUK, CHANNEL)
    (job,) = tallied.store.outbox.take()
    both = (tallied.timed, other(tallied))
    await asyncio.gather(*(timed.work[job.work](*job.arguments) for timed in both))
    await tallied.work_off()
    await presses(tallied, BART)
    await tallied.work_off()
    posted, taken_back = asked(tallied, "POST"), asked(tallied, "DELETE")
    assert len(posted) - len(taken_back) == 1
    gone = {one.path[-1] for one in taken_back}
    left = [m for m, one in tallied.teams.messages.items() if one.path[2] == TEAM_ID and m not in gone]
    (text,) = [tallied.teams.messages[m].body["attachments"][0]["content"]["fallbackText"] for m in left]
    assert text == "nl: Bart Jansen"


class Frozen:
    """A process that stands still at one call to Teams, before or after it, until it is told to go on."""

    def __init__(self, town: Town, name: str, *, after: bool) -> None:
        self._call, self._after = getattr(town.door.connector, name), after
        self.there, self.wakes = asyncio.Event(), asyncio.Event()
        self._used = False
        setattr(town.door.connector, name, self)

    async def __call__(self, *given):
        if self._used:
            return await self._call(*given)
        self._used = True
        answer = await self._call(*given) if self._after else None
        self.there.set()
        await self.wakes.wait()
        return answer if self._after else await self._call(*given)


@pytest.mark.parametrize("after", [False, True], ids=["before it spoke", "after it spoke"])
@pytest.mark.parametrize("first", [True, False], ids=["posting", "drawing"])
async def test_who_wakes_up_after_the_card_was_taken_over_does_no_harm(tallied: Town, first: bool, after: bool):
    """Its old words are drawn over, and a message of its own is taken back."""
    if not first:
        await tallied.says("turf", ANOUK, CHANNEL)
        await tallied.work_off()
    frozen = Frozen(tallied, "send" if first else "update", after=after)
    await (tallied.says("turf", ANOUK, CHANNEL) if first else presses(tallied, BART))
    (job,) = tallied.store.outbox.take()
    mine = asyncio.create_task(tallied.timed.work[job.work](*job.arguments))
    await frozen.there.wait()
    theirs = other(tallied)
    await theirs.work[job.work](*job.arguments)
    await presses(tallied, CHANTAL)
    while jobs := tallied.store.outbox.take():
        for job in jobs:
            await theirs.work[job.work](*job.arguments)
    frozen.wakes.set()
    await mine
    await tallied.work_off()
    gone = {one.path[-1] for one in asked(tallied, "DELETE")}
    left = [m for m, one in tallied.teams.messages.items() if one.path[2] == TEAM_ID and m not in gone]
    texts = [tallied.teams.messages[m].body["attachments"][0]["content"]["fallbackText"] for m in left]
    assert texts == ["nl: Chantal Özdemir" if first else "nl: Bart Jansen Chantal Özdemir"]


async def test_who_lost_the_card_before_it_spoke_says_nothing(board: Town, tally: Tally):
    """Another one draws and ends it while this one still reads."""
    await presses(board, BART)
    (job,) = board.store.outbox.take()

    async def draw() -> None:
        await other(board).work[job.work](*job.arguments)

    tally.meanwhile = draw
    await board.timed.work[job.work](*job.arguments)
    assert len(asked(board, "PUT")) == 1
    assert stands(board) == ["nl: Bart Jansen"]
    assert board.store.outbox.take() == []


async def test_a_card_whose_posting_could_not_be_kept_is_not_posted_again(tallied: Town):
    """As long as the process that posted it lives."""
    ended, failed = tallied.store.living.ended, []

    async def failing(*given, **more):
        if len(failed) < 3:
            failed.append(given)
            raise OSError
        return await ended(*given, **more)

    tallied.store.living.ended = failing
    await tallied.says("turf", ANOUK, CHANNEL)
    while jobs := tallied.store.outbox.take():
        for job in jobs:
            try:
                await tallied.timed.work[job.work](*job.arguments)
            except OSError:
                continue
    assert len(failed) == 3
    assert len(asked(tallied, "POST")) == 1
    assert stands(tallied) == ["nl: "]


async def test_a_job_that_got_lost_is_found_by_the_tick(board: Town):
    await presses(board, BART)
    board.store.outbox.take()
    await board.tick(4 * MINUTE)
    assert stands(board) == ["nl: "]
    await board.tick(MINUTE)
    assert stands(board) == ["nl: Bart Jansen"]
