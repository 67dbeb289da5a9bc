"""What Samen can do: one line a capability, in the order of the help."""

from bot.commands.admin import ADMIN
from bot.commands.help import HELP, fallback
from bot.commands.language import LANGUAGE
from bot.commands.locations import LOCATIONS
from bot.commands.reach import REACH
from bot.commands.teams import EVENTS
from bot.commands.where import WHERE
from bot.dispatcher import Command, Otherwise

COMMANDS: tuple[Command, ...] = (
    WHERE,
    REACH,
    LOCATIONS,
    ADMIN,
    LANGUAGE,
    HELP,
)
OTHERWISE = Otherwise(fallback, EVENTS)

__all__ = ["COMMANDS", "OTHERWISE"]
