"""What is kept: rows and queries behind units of work; frozen objects out, rows never leave."""

from bot.store.migrate import migrate, up_to_date
from bot.store.outbox import EngineOutbox
from bot.store.single import alone
from bot.store.store import Store

__all__ = ["EngineOutbox", "Store", "alone", "migrate", "up_to_date"]
