"""What is kept: rows and queries behind units of work; frozen objects out, rows never leave."""

from bot.store.migrate import migrate
from bot.store.outbox import EngineOutbox
from bot.store.store import Store

__all__ = ["EngineOutbox", "Store", "migrate"]
