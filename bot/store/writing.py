"""Whether the database still takes what is written: a full disk answers every question and keeps nothing."""

import asyncio
from datetime import UTC, datetime
from time import monotonic

from sqlalchemy.exc import SQLAlchemyError

from bot.store.engines import Engines
from bot.store.rows import upsert
from bot.store.tables import heartbeat
from bot.store.tenants import ACROSS_TENANTS

EVERY_S = 5.0  # seconds between two attempts, however often somebody asks
PATIENCE_S = 0.5  # a writer that is busy is not a trouble: until it is free the last answer holds
HANGS_S = 15.0  # and a disk that has not answered by now is one
_BEAT = upsert(heartbeat)


class Writing:
    """Writes one row of its own now and then; waits for nobody long."""

    def __init__(self, engines: Engines, every_s: float = EVERY_S) -> None:
        self._engine = engines.write.execution_options(**{ACROSS_TENANTS: True})
        self._every_s, self._begun_at, self._works = every_s, 0.0, True
        self._attempt: asyncio.Task[bool] | None = None

    async def works(self) -> bool:
        """Whether the last attempt was kept, at most `EVERY_S` ago."""
        if self._attempt is None:
            if self._begun_at and monotonic() - self._begun_at < self._every_s:
                return self._works
            self._begun_at, self._attempt = monotonic(), asyncio.create_task(self._write())
        done, _ = await asyncio.wait({self._attempt}, timeout=PATIENCE_S)
        for attempt in done:
            self._works, self._attempt = attempt.result(), None
        return self._works and (not self._attempt or monotonic() - self._begun_at < HANGS_S)

    async def close(self) -> None:
        """End an attempt that is under way."""
        if self._attempt:
            await asyncio.wait({self._attempt}, timeout=PATIENCE_S)

    async def _write(self) -> bool:
        try:
            async with self._engine.begin() as connection:
                row = {"name": "ready", "at": datetime.now(UTC)}
                await connection.execute(_BEAT[self._engine.dialect.name], row)
        except (OSError, SQLAlchemyError):
            return False
        return True
