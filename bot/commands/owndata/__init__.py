"""One's own data: what is kept, all of it, a pause, a stop, and being forgotten. Always on: no switch reaches them."""

from bot.commands.owndata.forget import FORGET
from bot.commands.owndata.mydata import MYDATA
from bot.commands.owndata.pause import PAUSE
from bot.commands.owndata.privacy import PRIVACY
from bot.commands.owndata.stop import STOP

__all__ = ["FORGET", "MYDATA", "PAUSE", "PRIVACY", "STOP"]
