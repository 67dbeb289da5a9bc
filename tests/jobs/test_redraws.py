"""Living cards are drawn as things are, whatever goes wrong on the way: one message, and at the end the right words."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.places import NamedPlace, Place
from bot.errors import NotSent, Transient
from bot.jobs import Timed
from bot.jobs.redraws import MOST_ATTEMPTS, MOST_FAULTS
from bot.services import FakeClock
from bot.store import Store
from bot.store.outbox import FakeOutbox
from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, TEAM_ID, TODAY, Button, Town, Unhurried
from tests.fakes.botframework import TENANT, BotFramework, utc
from tests.jobs.tally import KIND, SUBJECT, Tally

FAR = datetime(2036, 1, 1, tzinfo=UTC)
PRESS = Button("+", "tally.press", {"all": True})
MINUTE = timedelta(minutes=1)


@pytest.fixture
def tally() -> Tally:
    return Tally()


@pytest.fixture
async def street(database_url: str, tally: Tally) -> AsyncIterator[Town]:
    """A town with a tally, on each database. It is Monday, 10:00."""
    clock = FakeClock(utc())
    store = Store(database_url, clock.now, FakeOutbox())
    async with BotFramework() as framework:
        town = Town(framework, store, clock)
        town.commands = (tally.command(), *town.commands)
        async with town:
            town.settle(CHANNEL, ANOUK, BART, CHANTAL)
            yield town
    await store.close()


@pytest.fixture
async def board(street: Town) -> Town:
    """The card stands in the team."""
    await street.says("turf", ANOUK, CHANNEL)
    await street.work_off()
    assert stands(street) == ["nl: "]
    return street


def other(town: Town) -> Timed:
    """Another process's timed work, on the same store."""
    return Timed(town.commands, town.services, Unhurried(town.store), town.door, life="other")


def stands(town: Town) -> list[str]:
    """What stands in the team now."""
    there = [asked.body for asked in town.teams.messages.values() if asked.path[2] == TEAM_ID]
    return [body["attachments"][0]["content"]["fallbackText"] for body in there if body.get("attachments")]


def asked(town: Town, method: str, start: int = 0) -> list:
    return [one for one in town.teams.asked[start:] if one.method == method and one.path[2] == TEAM_ID]


async def presses(town: Town, *people) -> None:
    for who in people:
        await town.presses(PRESS, who, CHANNEL)


async def failures(town: Town) -> dict[str, int]:
    await town.store.health.flush()
    return dict((await town.store.health.report()).failures)


async def rows(town: Town) -> int:
    """How many living cards are kept."""
    return await town.store.living.due(FAR)


async def test_it_is_posted_once_and_then_drawn_in_its_place(board: Town):
    await presses(board, BART)
    await board.work_off()
    assert stands(board) == ["nl: Bart Jansen"]
    assert (len(asked(board, "POST")), len(asked(board, "PUT"))) == (1, 1)


async def test_its_buttons_say_that_everybody_sees_them(board: Town):
    await presses(board, BART)
    await board.work_off()
    for one in (asked(board, "POST")[-1], asked(board, "PUT")[-1]):
        assert one.body["attachments"][0]["content"]["actions"][0]["data"]["all"] is True


async def test_the_same_is_not_said_again(board: Town, tally: Tally):
    """It is read at every touch, and Teams is asked only for something else."""
    for _ in range(3):
        await presses(board, BART)
        await board.work_off()
    assert tally.drawn == 4
    assert len(asked(board, "PUT")) == 1


async def test_many_presses_are_one_drawing(board: Town):
    await presses(board, ANOUK, BART, CHANTAL)
    await board.work_off()
    assert len(asked(board, "PUT")) == 1
    assert stands(board) == ["nl: Anouk de Vries Bart Jansen Chantal Özdemir"]


async def test_in_the_teams_language_of_now(board: Town):
    await board.says("taal team en", ANOUK, CHANNEL)
    await presses(board, BART)
    await board.work_off()
    assert stands(board)[0] == "en: Bart Jansen"


async def test_when_there_is_no_more_to_draw_it_stays(board: Town, tally: Tally):
    tally.over = True
    await presses(board, BART)
    await board.work_off()
    assert stands(board) == ["nl: "]
    assert await rows(board) == 0


async def test_after_its_end_it_is_drawn_once_more_and_then_kept_no_longer(board: Town):
    async with board.store.units.mirror(TENANT) as unit:
        await unit.places.save(NamedPlace("z", "Zonder aanraking", Place.SITE))
    await board.tick(timedelta(hours=8))
    assert stands(board) == ["nl: Zonder aanraking"]
    assert await rows(board) == 0


async def test_a_card_with_places_is_remembered_for_the_night(street: Town, tally: Tally):
    """Also when they come on it later."""
    await street.says("turf", ANOUK, CHANNEL)
    await street.work_off()
    assert await street.store.cards.take(FAR, FAR, 10) == ()
    tally.day = TODAY
    await presses(street, BART)
    await street.work_off()
    (card,) = await street.store.cards.take(FAR, FAR, 10)
    assert (card.to.conversation, card.day, card.user_id) == (TEAM_ID, TODAY, None)


async def test_a_first_posting_waits_for_the_teams_morning(street: Town):
    await street.tick(datetime(2026, 11, 23, 20, 0, tzinfo=UTC))
    await street.says("turf", ANOUK, CHANNEL)
    await street.work_off()
    await street.tick(timedelta(hours=2))
    assert stands(street) == []
    await street.tick(datetime(2026, 11, 24, 6, 0, tzinfo=UTC))
    assert stands(street) == ["nl: "]


async def test_a_team_that_sleeps_is_told_when_it_is_back(board: Town):
    async with board.store.units.mirror(TENANT) as unit:
        await unit.teams.sleep(TEAM_ID, board.clock.now())
        await unit.places.save(NamedPlace("b", "Bart Jansen", Place.SITE))
        unit.cards.touch(KIND, SUBJECT)
    await board.work_off()
    assert stands(board) == ["nl: "]
    async with board.store.units.mirror(TENANT) as unit:
        await unit.teams.wake(TEAM_ID)
    await board.tick(11 * MINUTE)
    assert stands(board) == ["nl: Bart Jansen"]


# --- Teams has its troubles ---


@pytest.mark.parametrize("status", [500, 502, 429])
@pytest.mark.parametrize("first", [True, False], ids=["posting", "drawing"])
async def test_trouble_ends_well(street: Town, status: int, first: bool):
    if not first:
        await street.says("turf", ANOUK, CHANNEL)
        await street.work_off()
    for _ in range(4):
        street.teams.script(status, Retry_After="1") if status == 429 else street.teams.script(status)
    await (street.says("turf", ANOUK, CHANNEL) if first else presses(street, BART))
    await street.work_off()
    assert stands(street) == ["nl: " if first else "nl: Bart Jansen"]
    assert await failures(street) == {}


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


async def test_a_posting_that_may_have_arrived_is_said_once_more_and_no_oftener(street: Town):
    """Nobody can know; without it there would be no card at all."""
    unanswered(street, Transient("no answer"), arrives=True, times=1)
    await street.says("turf", ANOUK, CHANNEL)
    await street.work_off()
    assert len(asked(street, "POST")) == 2
    await presses(street, BART)
    await street.work_off()
    assert sorted(stands(street)) == ["nl: ", "nl: Bart Jansen"]


async def test_a_posting_that_is_never_answered_is_given_up(street: Town):
    sends = unanswered(street, Transient("no answer"), arrives=True, times=100)
    await street.says("turf", ANOUK, CHANNEL)
    await street.work_off()
    assert len(sends) == 2
    assert await rows(street) == 0
    assert await failures(street) == {"delivery_expired": 1}


async def test_a_posting_that_never_left_is_said_until_it_does(street: Town):
    sends = unanswered(street, NotSent("no connection"), arrives=False, times=5)
    await street.says("turf", ANOUK, CHANNEL)
    await street.work_off()
    assert len(sends) == 5
    assert stands(street) == ["nl: "]


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


# --- Two at once, and one that was away ---


async def test_two_processes_with_the_same_job_post_one_card(street: Town):
    await street.says("turf", ANOUK, CHANNEL)
    (job,) = street.store.outbox.take()
    both = (street.timed, other(street))
    await asyncio.gather(*(timed.work[job.work](*job.arguments) for timed in both))
    await street.work_off()
    await presses(street, BART)
    await street.work_off()
    posted, taken_back = asked(street, "POST"), asked(street, "DELETE")
    assert len(posted) - len(taken_back) == 1
    gone = {one.path[-1] for one in taken_back}
    left = [m for m, one in street.teams.messages.items() if one.path[2] == TEAM_ID and m not in gone]
    (text,) = [street.teams.messages[m].body["attachments"][0]["content"]["fallbackText"] for m in left]
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
async def test_who_wakes_up_after_the_card_was_taken_over_does_no_harm(street: Town, first: bool, after: bool):
    """Its old words are drawn over, and a message of its own is taken back."""
    if not first:
        await street.says("turf", ANOUK, CHANNEL)
        await street.work_off()
    frozen = Frozen(street, "send" if first else "update", after=after)
    await (street.says("turf", ANOUK, CHANNEL) if first else presses(street, BART))
    (job,) = street.store.outbox.take()
    mine = asyncio.create_task(street.timed.work[job.work](*job.arguments))
    await frozen.there.wait()
    theirs = other(street)
    await theirs.work[job.work](*job.arguments)
    await presses(street, CHANTAL)
    while jobs := street.store.outbox.take():
        for job in jobs:
            await theirs.work[job.work](*job.arguments)
    frozen.wakes.set()
    await mine
    await street.work_off()
    gone = {one.path[-1] for one in asked(street, "DELETE")}
    left = [m for m, one in street.teams.messages.items() if one.path[2] == TEAM_ID and m not in gone]
    texts = [street.teams.messages[m].body["attachments"][0]["content"]["fallbackText"] for m in left]
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


async def test_a_card_whose_posting_could_not_be_kept_is_not_posted_again(street: Town):
    """As long as the process that posted it lives."""
    ended, failed = street.store.living.ended, []

    async def failing(*given, **more):
        if len(failed) < 3:
            failed.append(given)
            raise OSError
        return await ended(*given, **more)

    street.store.living.ended = failing
    await street.says("turf", ANOUK, CHANNEL)
    while jobs := street.store.outbox.take():
        for job in jobs:
            try:
                await street.timed.work[job.work](*job.arguments)
            except OSError:
                continue
    assert len(failed) == 3
    assert len(asked(street, "POST")) == 1
    assert stands(street) == ["nl: "]


async def test_a_job_that_got_lost_is_found_by_the_tick(board: Town):
    await presses(board, BART)
    board.store.outbox.take()
    await board.tick(4 * MINUTE)
    assert stands(board) == ["nl: "]
    await board.tick(MINUTE)
    assert stands(board) == ["nl: Bart Jansen"]
