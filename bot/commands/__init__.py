"""What Samen can do: one line a capability, in the order of the help."""

from bot.commands.admin import ADMIN
from bot.commands.counter import COUNTER
from bot.commands.done import DONE
from bot.commands.focus import FOCUS
from bot.commands.help import HELP, fallback
from bot.commands.language import LANGUAGE
from bot.commands.locations import LOCATIONS
from bot.commands.owndata import FORGET, MYDATA, PAUSE, PRIVACY, STOP
from bot.commands.reach import REACH
from bot.commands.signout import SIGNING_IN, SIGNOUT
from bot.commands.sites import SITES
from bot.commands.start import START
from bot.commands.team import TEAM
from bot.commands.teams import EVENTS
from bot.commands.today import TODAY
from bot.commands.weekask import WEEKASK
from bot.commands.where import WHERE, WHO
from bot.dispatcher import Command, Otherwise

COMMANDS: tuple[Command, ...] = (
    WHERE,
    WHO,
    WEEKASK,
    TODAY,
    DONE,
    FOCUS,
    REACH,
    START,
    COUNTER,
    TEAM,
    PRIVACY,
    MYDATA,
    PAUSE,
    STOP,
    FORGET,
    SIGNOUT,
    SITES,
    LOCATIONS,
    ADMIN,
    LANGUAGE,
    HELP,
)
OTHERWISE = Otherwise(fallback, {**EVENTS, **SIGNING_IN})

__all__ = ["COMMANDS", "OTHERWISE"]
