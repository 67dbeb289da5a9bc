"""Focus sessions against the twin of Graph: whatever breaks off on the way, it ends as if nothing had happened."""

import asyncio
import contextlib
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from bot.domain.focus.session import CalledOff, Hold
from bot.errors import Overtaken
from graph.errors import BusyError, GraphError
from tests.services.house import MINUTE, SECOND, TENANT, WORDS, House, Killed

Story = Callable[[House, int, str], Awaitable[int]]


async def started(house: House, break_at: int, how: str) -> int:
    """Start, extend, stop; every part is broken off once at its nth step and done again. How often that happened."""
    broken, start = 0, house.clock.now()
    await house.begin()
    for part in ("start", "extend", "stop"):
        if part == "extend":
            house.passes(10 * MINUTE)
            await house.change(ends_at=start + 120 * MINUTE)
        elif part == "stop":
            house.passes(10 * MINUTE)
            await house.change(stopped_at=house.clock.now())
        broken += await broken_off(house, break_at, how)
        house.passes(31 * SECOND)  # whoever had it is gone: its time is over
        session = await house.settle(replace(WORDS, subject="Focus"))
    assert session.is_clean()
    return broken


async def planned(house: House, break_at: int, how: str) -> int:
    """Plan, move, extend, begin, stop; as `started`."""
    broken = 0
    await house.plan()
    session = None
    for part in ("plan", "move", "extend", "begin", "stop"):
        if session and part == "move":
            start, end = session.starts_at + 30 * MINUTE, session.ends_at + 30 * MINUTE
            await house.served.does("edit", event=session.block.what, start=start.isoformat(), end=end.isoformat())
        elif session and part == "extend":
            await house.change(ends_at=session.ends_at + 20 * MINUTE)
        elif session and part == "begin":
            house.passes(session.starts_at - house.clock.now())
        elif part == "stop":
            await house.change(stopped_at=house.clock.now())
        broken += await broken_off(house, break_at, how)
        house.passes(31 * SECOND)
        session = await house.settle(replace(WORDS, subject="Focus"))
        assert session.called_off is None
        assert part != "begin" or (await house.person())["preferred"]
    assert session.is_clean()
    return broken


async def broken_off(house: House, nth: int, how: str) -> int:
    if how == "killed":
        house.kept.left = nth
    else:
        await house.fails(how, "*", "*", skip=nth - 1)
    try:
        await house.settle()
    except (Killed, GraphError):
        return 1
    finally:
        house.kept.left = -1
        await house.served.own("DELETE", "/_twin/faults")
    return 0


@pytest.mark.parametrize("how", ["killed", "dropped", "dropped_after", "unavailable"])
@pytest.mark.parametrize("story", [started, planned])
async def test_broken_off_at_any_step_it_ends_as_if_nothing_had_happened(house: House, story: Story, how: str):
    before = await house.person()
    for nth in range(1, 12):
        broken = await story(house, nth, how)
        assert await house.person() == before, nth
        if not broken:
            return
    pytest.fail("it never ran untouched")


WRITES = ("setUserPreferredPresence", "setStatusMessage", "events")
SOME = [some for number in range(4) for some in itertools.combinations(WRITES, number)]


@pytest.mark.parametrize("how", ["throttled", "unavailable", "dropped", "dropped_after"])
@pytest.mark.parametrize("failing", SOME, ids=lambda some: "+".join(some) or "none")
async def test_whichever_of_the_three_writes_fail_the_job_ends_in_line(
    house: House, failing: tuple[str, ...], how: str
):
    """Half a batch: some were done and others not, or done and never answered. Then all of it stands there once."""
    before = await house.person()
    await house.begin()
    for path in failing:
        await house.fails(how, "POST", f"*/{path}")
    if failing:
        with pytest.raises(GraphError):
            await house.settle()
        house.passes(31 * SECOND)
    session = await house.settle()
    assert {session.presence.hold, session.status.hold, session.block.hold} == {Hold.OURS}
    person = await house.person()
    assert person["preferred"]["availability"] == "DoNotDisturb"
    assert person["status"]["text"] == "Focus tot 11:30."
    assert [(event["start"][:16], event["end"][:16]) for event in person["events"]] == [
        ("2026-11-23T09:00", "2026-11-23T10:30")
    ]
    _, faults = await house.served.own("GET", "/_twin/faults")
    assert faults["value"] == []
    house.passes(90 * MINUTE)
    assert (await house.settle()).is_clean()
    assert await house.person() == before


async def test_what_was_never_asked_for_is_not_kept_as_asked(house: House):
    """Else nobody would know afterwards whether there is a block, where Microsoft said for sure that it made none."""
    await house.begin()
    await house.fails("throttled", "POST", "*", times=None)
    with pytest.raises(BusyError):
        await house.settle()
    async with house.store.units.read(TENANT) as unit:
        kept = await unit.focus.get(house.id)
    assert kept
    assert {kept.presence.hold, kept.status.hold, kept.block.hold} == {Hold.NONE}


UNDOES = ("POST clearUserPreferredPresence", "POST setStatusMessage", "DELETE *")


@pytest.mark.parametrize("how", ["throttled", "unavailable", "dropped", "dropped_after"])
@pytest.mark.parametrize("failing", [some for number in range(1, 4) for some in itertools.combinations(UNDOES, number)])
async def test_whichever_fails_of_an_early_stop_nothing_of_it_is_left(house: House, failing: tuple[str, ...], how: str):
    before = await house.person()
    await house.begin()
    await house.settle()
    house.passes(20 * MINUTE)
    await house.change(stopped_at=house.clock.now())
    for method, path in (each.split() for each in failing):
        await house.fails(how, method, f"*/{path}")
    with pytest.raises(GraphError):
        await house.settle()
    house.passes(31 * SECOND)
    with contextlib.suppress(GraphError):  # the status message is only asked away once the presence is gone
        await house.settle()
    house.passes(31 * SECOND)
    assert (await house.settle()).is_clean()
    assert await house.person() == before


async def test_whoever_lost_it_while_asking_has_it_looked_at_again(house: House):
    """A process that stood still in the middle, and comes back when the person has long stopped."""
    await house.begin()
    await house.fails("slow", "POST", "*", times=3, seconds=2.0)
    slow = asyncio.create_task(house.settle())
    await asyncio.sleep(0.3)
    house.passes(31 * SECOND)
    await house.change(stopped_at=house.clock.now())
    await house.settle()
    with pytest.raises(Overtaken):
        await slow
    house.passes(1 * SECOND)
    assert (await house.settle()).is_clean()
    person = await house.person()
    assert (person["preferred"], person["status"], person["events"]) == (None, None, [])


@pytest.mark.parametrize("how", ["killed", "dropped", "unavailable"])
@pytest.mark.parametrize("nth", [1, 2, 3])
async def test_called_off_and_broken_off_nothing_is_shown(house: House, how: str, nth: int):
    await house.plan()
    session = await house.settle()
    await house.served.does("delete", event=session.block.what)
    await broken_off(house, nth, how)
    house.passes(60 * MINUTE)
    assert (await house.settle()).called_off is CalledOff.DELETED
    person = await house.person()
    assert (person["preferred"], person["status"], person["events"]) == (None, None, [])
