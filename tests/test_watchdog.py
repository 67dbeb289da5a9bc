"""The loop's watchdog barks at our code that holds the loop, with its place, and at nothing else."""

import asyncio
import gc
import re
import threading
import time

import pytest

from tests.plugins.watchdog import BLOCK_S, ROOT, Watchdog

HOLD_S = BLOCK_S * 2
BUSY = """
def hold(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass

def sleep(seconds):
    time.sleep(seconds)

def wait(seconds):
    threading.Event().wait(seconds)

def collect(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        gc.collect()

async def handle(what):
    what(HOLD_S)
"""


def planted(path):
    """Code as if it stood in this file of the repository."""
    names = {"time": time, "gc": gc, "threading": threading, "HOLD_S": HOLD_S}
    exec(compile(BUSY, f"{ROOT}{path}", "exec"), names)
    return names


OURS, TESTS = planted("bot/planted.py"), planted("tests/planted.py")


async def barks(work, *, armed=True):
    """What a watchdog says of a step of the loop that does this."""
    dog = Watchdog()
    dog.start()
    try:
        dog.armed = armed
        await asyncio.create_task(work)
        dog.armed = False
    finally:
        dog.stop()
    return dog.blocks


@pytest.mark.parametrize("what", ["hold", "sleep"])
async def test_what_of_ours_holds_the_loop_is_said_with_its_place(what):
    """Working and waiting alike."""
    (said,) = await barks(OURS["handle"](OURS[what]))
    assert re.search(rf"bot/planted\.py:\d+ handle\n  bot/planted\.py:\d+ {what}$", said)


async def test_nothing_else_is():
    """Not what a test does, not garbage, not another thread, not what is short, not the time in which the loop is free, not before it is armed."""
    assert await barks(TESTS["handle"](TESTS["hold"])) == []
    assert await barks(OURS["handle"](lambda _: TESTS["sleep"](HOLD_S))) == []
    assert await barks(OURS["handle"](OURS["collect"])) == []
    assert await barks(OURS["handle"](OURS["wait"])) == []
    assert await barks(OURS["handle"](lambda _: OURS["hold"](BLOCK_S / 4))) == []
    assert await barks(OURS["handle"](OURS["hold"]), armed=False) == []
    assert await barks(asyncio.sleep(HOLD_S)) == []


async def test_several_short_steps_are_no_long_one():
    async def steps():
        for _ in range(10):
            OURS["hold"](BLOCK_S / 4)
            await asyncio.sleep(0)

    assert await barks(steps()) == []
