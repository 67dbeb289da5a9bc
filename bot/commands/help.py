"""`/help`, a greeting, and everything Samen does not understand: a short useful answer."""

from dataclasses import dataclass

from bot.dispatcher import Command
from bot.domain.people import Role
from bot.domain.words import Lexicon
from bot.services import Services
from bot.turn import Answer, Ask, Scope
from cards.help import HelpView

# What a newcomer needs, in the order of the help card; a test holds it against the commands there are.
NEWCOMER = ("where", "language", "help")
ADMINISTRATOR = ("locations",)


@dataclass(frozen=True, slots=True)
class ShowHelp:
    reason: str = "help"


def understand(_text: str, _lexicon: Lexicon, _ask: Ask) -> ShowHelp:
    return ShowHelp()


async def handle(ask: Ask, intent: ShowHelp, _services: Services) -> Answer:
    """What can be typed here, with an example each."""
    admin = Role.ADMIN in ask.roles
    return Answer(
        HelpView(
            reason=intent.reason,
            admin=admin,
            scope=ask.turn.scope.value,
            bot=ask.turn.reference.bot_name,
            commands=NEWCOMER + (ADMINISTRATOR if admin else ()),
        )
    )


async def fallback(ask: Ask, services: Services) -> Answer:
    """The answer to a message that no command knows."""
    reason = "unknown" if ask.turn.text.strip() else "attachment" if ask.turn.attachments else "empty"
    return await handle(ask, ShowHelp(reason), services)


HELP = Command(
    name="help",
    parse=understand,
    handle=handle,
    who=frozenset({Role.MEMBER, Role.GUEST}),
    menus=frozenset(Scope),
)
