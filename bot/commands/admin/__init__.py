"""`/admin` (`/beheer`): what is on in this organisation and why, its minimum, and who did what."""

from bot.commands.admin.answering import handle
from bot.commands.admin.typed import VERBS, understand
from bot.dispatcher import Command
from bot.domain.people import Role
from bot.turn import Scope

ADMIN = Command(
    name="admin",
    parse=understand,
    handle=handle,
    verbs=VERBS,
    # An officer (privacy, works council) sees all of it and changes nothing.
    who=frozenset({Role.ADMIN, Role.OFFICER}),
    menus=frozenset({Scope.PERSONAL}),
)

__all__ = ["ADMIN"]
