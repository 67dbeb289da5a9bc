"""Several who want the same at once: one transaction for them all, and nobody in another's way."""

import asyncio

import pytest

from bot.jobs.together import Together


@pytest.mark.parametrize("wrong", [None, OSError()], ids=["well", "failing"])
async def test_who_gives_up_waiting_is_not_in_the_way_of_the_others(wrong: Exception | None):
    go, works = asyncio.Event(), []

    async def work(items):
        works.append(items)
        await go.wait()
        if wrong and len(works) == 2:
            raise wrong
        return items

    together = Together(work)
    tasks = []
    for number in range(3):
        tasks.append(asyncio.create_task(together(number)))
        await asyncio.sleep(0)
    first, second, third = tasks
    await asyncio.sleep(0)
    second.cancel()
    go.set()
    async with asyncio.timeout(20):
        assert await first == 0
        (result,) = await asyncio.gather(third, return_exceptions=True)
    assert result == (wrong or 2)
    assert len(works) == 2
