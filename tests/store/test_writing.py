"""A database that answers and keeps nothing, as with a full disk: it is noticed, cheaply, and waiting is no trouble."""

import asyncio
from time import monotonic

from sqlalchemy import select

from bot.store import Store
from bot.store.writing import EVERY_S, PATIENCE_S, Writing
from tests.plugins.databases import counted

READ_ONLY = {"sqlite": "PRAGMA query_only = ON", "postgresql": "SET default_transaction_read_only = on"}


async def refuse_writing(store: Store) -> None:
    """All that this store writes from now on fails, and reading goes on."""
    engine = store.engines.write
    async with engine.connect() as connection:
        await connection.exec_driver_sql(READ_ONLY[engine.dialect.name])
        await connection.commit()


async def test_it_writes(store: Store):
    assert await store.ready()
    assert await store.writes()


async def test_what_takes_no_writing_is_noticed_while_it_still_answers(store: Store):
    await refuse_writing(store)
    assert await store.ready()
    assert not await store.writes()


async def test_it_is_noticed_within_seconds_and_so_is_that_it_works_again(store: Store):
    now = Writing(store.engines, every_s=0)
    assert await now.works()
    await refuse_writing(store)
    assert not await now.works()
    await store.engines.write.dispose()  # with the connection goes what it was told
    assert await now.works()
    assert EVERY_S <= 10


async def test_asked_often_it_writes_once(store: Store):
    with counted(store) as sent:
        assert all(await asyncio.gather(*(store.writes() for _ in range(20))))
        assert await store.writes()
    assert len([one for one in sent if "heartbeat" in one]) == 1


async def test_whoever_writes_at_length_is_waited_for_half_a_second_and_is_no_trouble(store: Store):
    """On SQLite somebody else's unit has the one writer."""
    writing = Writing(store.engines)
    async with store.engines.write.connect() as connection:
        await connection.execute(select(1))
        begun = monotonic()
        assert await writing.works()
        assert monotonic() - begun < PATIENCE_S + 2  # SQLite itself would wait for four seconds
    assert await writing.works()
    await writing.close()


async def test_what_hangs_for_long_is_a_trouble(store: Store, monkeypatch):
    monkeypatch.setattr("bot.store.writing.HANGS_S", 60.0)
    writing = Writing(store.engines)
    never = asyncio.Event()

    async def hang() -> bool:
        return await never.wait()

    monkeypatch.setattr(writing, "_write", hang)
    assert await writing.works()
    monkeypatch.setattr("bot.store.writing.HANGS_S", 0.6)
    assert not await writing.works()
    never.set()
    assert await writing.works()
