"""Trouble with messages that Samen sends by itself: tried again, dropped, counted, and remembered of whom."""

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.commands import COMMANDS
from bot.errors import Blocked, NotSent, Transient
from bot.jobs import Timed
from bot.jobs.routes import Routes
from bot.store.batches import BatchRows
from tests.conversations.town import ANOUK, BART, CHANNEL, GROUP, TEAM_ID, Town, Unhurried, personal
from tests.fakes.botframework import TENANT
from tests.fakes.teams_client import Who
from tests.jobs.street import MINUTE, Bell, add, add_many, batches, failures, rows, texts, unanswered, waiting
from tests.plugins.databases import counted


async def test_a_kind_that_nobody_knows_is_dropped_and_counted(street: Town):
    """Not at once, and not for ever."""
    await add(street, kind="bell.of.last.year")
    for _ in range(4):
        await street.tick(MINUTE)
        assert await waiting(street) == 1
        assert await failures(street) == {}
    await street.tick(MINUTE)
    assert await waiting(street) == 0
    assert await failures(street) == {"delivery_fault": 1}


async def test_what_an_old_process_does_not_know_a_new_one_says(street: Town):
    """In an upgrade both are there."""
    old = Timed(COMMANDS, street.services, Unhurried(street.store), street.door, "old")
    await add(street)
    for job in batches(street):
        await old.work[job.work](*job.arguments)
    await street.tick(MINUTE)
    assert texts(street) == ["bel 2"]
    assert await failures(street) == {}


async def test_what_cannot_be_read_about_one_holds_up_nobody_else(street: Town, monkeypatch):
    """A row of a later version: their own message is tried some times, then dropped and counted."""
    look = Routes.look

    async def reading(routes, tenant, deliveries, now):
        if any(one.user_id == BART.user_id for one in deliveries):
            raise ValueError
        return await look(routes, tenant, deliveries, now)

    monkeypatch.setattr(Routes, "look", reading)
    await add(street, user_id=BART.user_id)
    await add(street)
    await street.tick()
    assert texts(street) == ["bel 2"]
    for _ in range(10):
        await street.tick(20 * MINUTE)
    assert street.heard(BART) == []
    assert await waiting(street) == 0
    assert await failures(street) == {"delivery_fault": 5}


async def test_trouble_that_stays_with_some_comes_to_an_end(street: Town, monkeypatch):
    """Nobody knows which of them makes it: they are tried ever so often, not every second, and counted when they go."""
    monkeypatch.setattr("bot.jobs.deliveries.PAUSES", (0.0, 0.0, 0.0, 0.0))
    looks: list[datetime] = []

    async def failing(*_: object) -> None:
        looks.append(street.clock.now())
        raise OSError

    monkeypatch.setattr(Routes, "look", failing)
    await add_many(street, 3)
    for _ in range(60):
        await street.tick(timedelta(seconds=1))
    assert len(looks) < 6
    for _ in range(40):
        await street.tick(timedelta(seconds=30))
    assert len(looks) == 20
    assert await waiting(street) == 0
    assert await failures(street) == {"delivery_expired": 3}


@pytest.mark.parametrize(
    ("status", "kind"), [(403, "delivery_blocked"), (400, "delivery_refused"), (413, "delivery_refused")]
)
async def test_what_teams_refuses_is_dropped_and_counted(street: Town, status: int, kind: str):
    await add(street)
    street.teams.script(status)
    await street.tick()
    await street.tick(timedelta(hours=1))
    assert street.heard() == []
    assert await waiting(street) == 0
    assert await failures(street) == {kind: 1}


async def test_a_moments_trouble_is_tried_again_later(street: Town):
    await add(street)
    street.teams.script(500)
    await street.tick()
    await street.tick(timedelta(seconds=20))
    assert street.heard() == []
    await street.tick(MINUTE)
    assert len(street.heard()) == 1


async def test_what_failed_together_does_not_come_back_together(street: Town):
    """Else it would meet the same trouble together again."""
    await add_many(street, 5)
    for _ in range(5):
        street.teams.script(500)
    now = street.clock.now()
    await street.tick()
    pauses = {(row.due_at - now).total_seconds() for row in await rows(street)}
    assert len(pauses) == 5
    assert 30 <= min(pauses) <= max(pauses) <= 45


async def test_when_teams_asks_to_wait_that_is_how_long(street: Town):
    await add(street)
    street.teams.script(429, Retry_After="1800")
    await street.tick()
    await street.tick(29 * MINUTE)
    assert street.heard() == []
    await street.tick(MINUTE)
    assert len(street.heard()) == 1


async def test_after_three_days_of_trouble_it_is_given_up(street: Town):
    await add(street)
    for _ in range(200):
        street.teams.script(500)
    for _ in range(80):
        await street.tick(timedelta(hours=1))
    assert await waiting(street) == 0
    assert (await failures(street)).get("delivery_expired", 1) == 1
    street.teams._script.clear()
    await street.tick(timedelta(hours=18))
    assert street.heard() == []


async def test_what_may_have_arrived_is_repeated_once(street: Town):
    await add(street)
    sends = unanswered(street, Transient("no answer"), arrives=True)
    for _ in range(100):
        await street.tick(timedelta(minutes=3))
    assert len(sends) == 2
    assert await waiting(street) == 0
    assert await failures(street) == {"delivery_expired": 1}


async def test_what_was_never_sent_is_tried_on(street: Town):
    """A login service that is away for an hour costs no message."""
    await add(street)
    sends = unanswered(street, NotSent(), arrives=False)
    for _ in range(20):
        await street.tick(timedelta(minutes=3))
    assert len(sends) > 4
    del street.door.connector.send
    for _ in range(30):
        await street.tick(timedelta(minutes=3))
        if street.heard():
            break
    assert len(street.heard()) == 1


async def test_what_cannot_be_ended_is_not_said_again(street: Town, monkeypatch):
    """Also where the store fails for hours after a good send."""
    await add(street)
    said = 0

    async def failing(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as broken:
        broken.setattr(BatchRows, "done", failing)
        for _ in range(40):
            await street.tick(3 * MINUTE)
            said += len(street.heard())
    assert said == 1
    await street.tick(3 * MINUTE)
    assert street.heard() == []
    assert await waiting(street) == 0


async def test_one_that_cannot_be_worded_does_not_hold_up_the_others(street: Town, bell: Bell, caplog):
    bell.wrong = ValueError("Anouk is ziek")
    await add(street, "1")
    for number in range(2, 9):
        await add(street, str(number))
    await street.tick()
    assert len(street.heard()) == 7
    for _ in range(10):
        await street.tick(timedelta(minutes=20))
    assert await waiting(street) == 0
    assert await failures(street) == {"delivery_fault": 5}
    assert "ziek" not in caplog.text


async def test_what_may_have_arrived_and_must_not_come_twice_is_let_go_and_counted(street: Town):
    await add(street, kind="bell.once")
    sends = unanswered(street, Transient("no answer"), arrives=True)
    for _ in range(20):
        await street.tick(timedelta(minutes=3))
    assert len(sends) == 1
    assert await waiting(street) == 0
    assert await failures(street) == {"delivery_unsure": 1}


@pytest.mark.parametrize("status", [412, 502, 504])
async def test_a_moments_trouble_of_teams_is_tried_again_at_once(street: Town, status: int):
    """And with what must not come twice too: Teams said that it was not carried out."""
    await add(street, kind="bell.once")
    street.teams.script(status)
    await street.tick()
    assert len(street.heard()) == 2  # the fake remembers what it refused too
    assert await failures(street) == {}


async def since(town: Town, who: Who = ANOUK) -> datetime | None:
    """Since when somebody cannot be reached."""
    async with town.store.units.read(TENANT) as unit:
        return (await unit.people.get(who.user_id)).unreachable_since


async def test_nothing_more_is_tried_with_somebody_who_blocked_samen(street: Town):
    """What waits for them goes too, counted by cause."""
    later = street.clock.now() + timedelta(hours=1)
    for number in range(3):
        for who in (ANOUK, BART):
            await add(street, f"later {number}", at=later, user_id=who.user_id)
    await add(street)
    await add(street, user_id=BART.user_id)
    street.teams.script(403)
    await street.timed.round.due(street.clock.now())
    await street.work_off()
    (blocked,) = [who for who in (ANOUK, BART) if await since(street, who)]
    asked = len(street.teams.asked)
    await add(street, "4", user_id=blocked.user_id)
    await street.tick()
    assert len(street.teams.asked) == asked
    assert await failures(street) == {"delivery_blocked": 5}


async def block(town: Town) -> None:
    await add(town)
    town.teams.script(403)
    await town.tick()
    assert await since(town) == town.clock.now()


@pytest.mark.parametrize("where", ["own chat", "group", "press", "installed"])
async def test_who_is_heard_of_again_is_reached_again(street: Town, where: str):
    board = await street.says("waar")
    await block(street)
    if where == "installed":
        event = street.client.activity("installationUpdate", ANOUK, personal(ANOUK), action="add")
        assert (await street.client.post(event)).status == 200
    elif where == "press":
        await street.presses(board.buttons[0])
    else:
        await street.says("help", where=GROUP if where == "group" else None)
    assert await since(street) is None
    await add(street, "3")
    await street.tick()
    assert texts(street) == ["bel 3"]


async def test_a_refusal_that_comes_late_lasts_until_the_next_word(street: Town):
    """Teams refuses slowly, and Anouk installed Samen again meanwhile: what she says next heals it."""
    answered, asked = asyncio.Event(), asyncio.Event()

    async def slowly(_to, _body):
        asked.set()
        await answered.wait()
        raise Blocked

    street.door.connector.send = slowly
    await add(street)
    (job,) = batches(street)
    sending = asyncio.create_task(street.timed.work[job.work](*job.arguments))
    await asked.wait()
    del street.door.connector.send
    await street.says("help")
    answered.set()
    await sending
    assert await since(street) is not None
    await street.says("help")
    assert await since(street) is None
    await add(street, "3")
    await street.tick()
    assert texts(street) == ["bel 3"]


async def test_who_removes_samen_is_not_heard_of_by_that(street: Town):
    await block(street)
    event = street.client.activity("installationUpdate", ANOUK, personal(ANOUK), action="remove")
    await street.client.post(event)
    assert await since(street) is not None


async def test_hearing_of_somebody_costs_those_who_were_reachable_nothing(street: Town):
    with counted(street.store) as usual:
        await street.says("help")
    await block(street)
    with counted(street.store) as healing:
        await street.says("help")
    with counted(street.store) as after:
        await street.says("help")
    assert len(after) == len(usual) < len(healing)


async def test_a_team_that_teams_refuses_messages_to_is_left_alone_until_it_speaks(street: Town):
    await add(street, team_id=TEAM_ID)
    await add(street, "later", team_id=TEAM_ID, at=street.clock.now() + timedelta(minutes=30))
    street.teams.script(403)
    await street.tick()
    assert await failures(street) == {"delivery_blocked": 2}
    await add(street, "3", team_id=TEAM_ID)
    await street.tick()
    assert street.heard(BART) == []
    await street.says("waar", BART, CHANNEL)
    await add(street, "4", team_id=TEAM_ID)
    await street.tick()
    assert [said.text.split(",")[0] for said in street.heard(BART)] == ["bel 4"]


async def test_a_database_that_fails_for_a_moment_costs_nothing(street: Town, monkeypatch):
    """The batch goes on, and nothing is said twice."""
    monkeypatch.setattr("bot.jobs.deliveries.PAUSES", (0.0, 0.0, 0.0, 0.0))
    await add_many(street, 30)
    ask, calls = BatchRows.ask, 0

    async def failing(*arguments):
        nonlocal calls
        calls += 1
        if calls in {2, 4}:
            raise OSError
        return await ask(*arguments)

    monkeypatch.setattr(BatchRows, "ask", failing)
    await street.tick()
    said = texts(street)
    assert sorted(said) == sorted(f"bel {number}" for number in range(30))
    assert await waiting(street) == 0


async def test_what_teams_was_not_asked_for_is_not_taken_for_unsure(street: Town, monkeypatch):
    """The note that it is asked was written, the answer lost and the database gone for a moment: it comes, once."""
    monkeypatch.setattr("bot.jobs.deliveries.PAUSES", (0.0, 0.0, 0.0, 0.0))
    for number in range(5):
        await add(street, str(number), kind="bell.once")
    ask, leave, troubles = BatchRows.ask, BatchRows.leave, []

    async def unheard(*arguments):
        result = await ask(*arguments)
        if not troubles:
            troubles.append("ask")
            raise OSError
        return result

    async def failing(*arguments, **how):
        if troubles == ["ask"]:
            troubles.append("leave")
            raise OSError
        return await leave(*arguments, **how)

    monkeypatch.setattr(BatchRows, "ask", unheard)
    monkeypatch.setattr(BatchRows, "leave", failing)
    await street.tick()
    assert troubles == ["ask", "leave"]
    assert sorted(texts(street)) == sorted(f"bel {number}" for number in range(5))
    assert await waiting(street) == 0
    assert await failures(street) == {}
