"""Living cards while Teams has its troubles: in the end the right words, or given up and counted."""

import pytest

from bot.errors import NotSent, Transient
from bot.jobs.redraws import MOST_ATTEMPTS, MOST_FAULTS
from tests.conversations.town import ANOUK, BART, CHANNEL, Town
from tests.jobs.tally import Tally
from tests.jobs.tally_steps import MINUTE, asked, failures, presses, rows, stands


@pytest.mark.parametrize("status", [500, 502, 429])
@pytest.mark.parametrize("first", [True, False], ids=["posting", "drawing"])
async def test_trouble_ends_well(tallied: Town, status: int, first: bool):
    if not first:
        await tallied.says("turf", ANOUK, CHANNEL)
        await tallied.work_off()
    for _ in range(4):
        tallied.teams.script(status, Retry_After="1") if status == 429 else tallied.teams.script(status)
    await (tallied.says("turf", ANOUK, CHANNEL) if first else presses(tallied, BART))
    await tallied.work_off()
    assert stands(tallied) == ["nl: " if first else "nl: Bart Jansen"]
    assert await failures(tallied) == {}


async def test_when_teams_asks_to_wait_that_is_how_long(board: Town):
    board.teams.script(429, Retry_After="1800")
    await presses(board, BART)
    await board.work_off()
    start = len(board.teams.asked)
    await presses(board, ANOUK)
    await board.tick(29 * MINUTE)
    assert asked(board, "PUT", start) == []
    await board.tick(MINUTE)
    assert stands(board) == ["nl: Anouk de Vries Bart Jansen"]


@pytest.mark.parametrize(
    ("status", "kind"), [(404, "delivery_blocked"), (403, "delivery_blocked"), (400, "delivery_refused")]
)
async def test_what_teams_will_not_have_is_let_go_and_counted(board: Town, status: int, kind: str):
    board.teams.script(status)
    await presses(board, BART)
    await board.work_off()
    assert await rows(board) == 0
    assert await failures(board) == {kind: 1}


async def test_hours_of_trouble_are_given_up_and_counted(board: Town):
    for _ in range(200):
        board.teams.script(500)
    await presses(board, BART)
    for _ in range(40):
        await board.tick(10 * MINUTE)
    assert await rows(board) == 0
    assert await failures(board) == {"delivery_expired": 1}
    assert MOST_ATTEMPTS <= len(asked(board, "PUT")) <= MOST_ATTEMPTS + 1


async def test_one_that_cannot_be_worded_is_given_up_and_counted(board: Town, tally: Tally, caplog):
    tally.wrong = ValueError("Anouk is ziek")
    await presses(board, BART)
    jobs = 0
    while taken := board.store.outbox.take():
        for job in taken:
            jobs += 1
            with pytest.raises(ValueError, match="ziek"):  # the engine's own tries log it without the words
                await board.timed.work[job.work](*job.arguments)
    assert jobs == MOST_FAULTS
    assert await rows(board) == 0
    assert await failures(board) == {"delivery_fault": 1}
    assert "ziek" not in caplog.text


def unanswered(town: Town, error: Exception, *, arrives: bool, times: int) -> list[str]:
    """Have the next posts end in this error."""
    sends: list[str] = []
    send = town.door.connector.send

    async def failing(to, body):
        if len(sends) < times:
            sends.append(to.conversation)
            if arrives:
                await send(to, body)
            raise error
        return await send(to, body)

    town.door.connector.send = failing
    return sends


async def test_a_posting_that_may_have_arrived_is_said_once_more_and_no_oftener(tallied: Town):
    """Nobody can know; without it there would be no card at all."""
    unanswered(tallied, Transient("no answer"), arrives=True, times=1)
    await tallied.says("turf", ANOUK, CHANNEL)
    await tallied.work_off()
    assert len(asked(tallied, "POST")) == 2
    await presses(tallied, BART)
    await tallied.work_off()
    assert sorted(stands(tallied)) == ["nl: ", "nl: Bart Jansen"]


async def test_a_posting_that_is_never_answered_is_given_up(tallied: Town):
    sends = unanswered(tallied, Transient("no answer"), arrives=True, times=100)
    await tallied.says("turf", ANOUK, CHANNEL)
    await tallied.work_off()
    assert len(sends) == 2
    assert await rows(tallied) == 0
    assert await failures(tallied) == {"delivery_expired": 1}


async def test_a_posting_that_never_left_is_said_until_it_does(tallied: Town):
    sends = unanswered(tallied, NotSent("no connection"), arrives=False, times=5)
    await tallied.says("turf", ANOUK, CHANNEL)
    await tallied.work_off()
    assert len(sends) == 5
    assert stands(tallied) == ["nl: "]


async def test_a_drawing_that_may_have_arrived_is_drawn_again(board: Town):
    """Which does no harm: it is the same message."""
    update = board.door.connector.update
    lost = []

    async def failing(to, activity, body):
        await update(to, activity, body)
        if not lost:
            lost.append(activity)
            raise Transient("no answer")

    board.door.connector.update = failing
    await presses(board, BART)
    await board.work_off()
    assert stands(board) == ["nl: Bart Jansen"]
    assert len(asked(board, "PUT")) == 2
