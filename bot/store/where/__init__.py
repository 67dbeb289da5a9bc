"""Plans and patterns, and with whom they are shared."""

from bot.store.where.patterns import PatternRows
from bot.store.where.plans import PlanRows
from bot.store.where.sharing import SharingRows

__all__ = ["PatternRows", "PlanRows", "SharingRows"]
