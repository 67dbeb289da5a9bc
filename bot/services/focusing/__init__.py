"""Focus sessions, and what Teams and the calendar show of them."""

from bot.services.focusing.focusing import LEASE, Focusing, Tell
from bot.services.focusing.looking import look
from bot.services.focusing.pausing import BEFORE, next_look
from bot.services.focusing.settled import Settled, Wording

__all__ = ["BEFORE", "LEASE", "Focusing", "Settled", "Tell", "Wording", "look", "next_look"]
