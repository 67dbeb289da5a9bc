"""Focus sessions, and what Teams and the calendar show of them."""

from bot.services.focusing.focusing import LEASE, Focusing, owner
from bot.services.focusing.looking import TAKEN
from bot.services.focusing.pausing import BEFORE
from bot.services.focusing.settled import Settled, Wording

__all__ = ["BEFORE", "LEASE", "TAKEN", "Focusing", "Settled", "Wording", "owner"]
