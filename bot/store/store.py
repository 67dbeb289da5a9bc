"""The store: everything the bot keeps, on SQLite or PostgreSQL."""

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from bot.store.batches import DueDeliveryRows
from bot.store.engines import open_engines
from bot.store.focus import KeptSessionRows
from bot.store.health import HealthRows
from bot.store.keeping import Deletion
from bot.store.living import LivingCardRows
from bot.store.outbox import Outbox
from bot.store.pace import PaceRows
from bot.store.sent import SentCardRows
from bot.store.units import Now, RowsUnits
from bot.store.writing import Writing


class Store:
    """One per process; close it at the end.

    `database` is an SQLAlchemy URL whose tables exist (`migrate`), `now` tells the moment (aware, UTC), `outbox` takes
    the jobs that units ask for, `zone` is the IANA name of the tenants' default zone.
    """

    def __init__(self, database: str, now: Now, outbox: Outbox, zone: str = "Europe/Amsterdam") -> None:
        self.engines, self.outbox = open_engines(database), outbox
        self.units = RowsUnits(self.engines, now, outbox)
        self.deliveries = DueDeliveryRows(self.engines, outbox)
        self.cards = SentCardRows(self.engines)
        self.pace = PaceRows(self.engines)
        self.living = LivingCardRows(self.engines, outbox)
        self.focus = KeptSessionRows(self.engines, outbox, now)
        self.health = HealthRows(self.engines, now)
        self.deletion = Deletion(self.engines, zone)
        self._writing = Writing(self.engines)

    async def ready(self) -> bool:
        """Whether the database answers."""
        try:
            async with self.engines.read.connect() as connection:
                await connection.execute(select(1))
        except (OSError, SQLAlchemyError):
            return False
        return True

    async def writes(self) -> bool:
        """Whether the database keeps what is written, tried every few seconds. Its tables must be there."""
        return await self._writing.works()

    async def close(self) -> None:
        await self._writing.close()
        await self.engines.close()
