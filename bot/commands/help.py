"""`/help`, a greeting, and everything Samen does not understand: a short useful answer."""

from dataclasses import dataclass

from bot.dispatcher import Command
from bot.domain.people import Role
from bot.domain.where.typos import is_near
from bot.domain.words import Lexicon, token_texts
from bot.services import Services
from bot.services.start import first_card, is_offered
from bot.turn import Answer, Ask, Scope
from cards.help import EVERY, HelpView

# What a newcomer needs, in the order of the help card; a test holds all of these against the commands there are.
NEWCOMER = ("where", "who", "today", "done", "focus", "reach", "privacy", "language", "help")
IN_TEAM = ("team", "counter")
ADMINISTRATOR = ("sites", "locations", "admin")
OFFICER = ("admin",)
GUEST = ("privacy", "help")
# More than this is a sentence, and no command mistyped.
MOST_WORDS = 2
LONGEST_GUESS = 40  # characters
# What cannot be used while a capability is off; a test holds it against the commands.
NEEDS = {
    "where": "where",
    "who": "where",
    "weekask": "where",
    "today": "where",
    "focus": "focus",
    "reach": "reach",
    "sites": "closing",
    "counter": "counter",
}
# One subject together: asked for by its own word, or found through the first of them.
OWN_DATA = ("mydata", "pause", "stop", "start", "signout", "forget")
# Likewise: found by its own word, or with `/where`.
OWN_WEEK = ("weekask",)


@dataclass(frozen=True, slots=True)
class ShowHelp:
    """`topic` = the command somebody wants to know more about; `greeting` = a word to begin a talk with.

    `everything`: a line for every command there is, instead of what most people come for.
    """

    reason: str = "help"
    topic: str | None = None
    greeting: bool = False
    everything: bool = False


def understand(text: str, lexicon: Lexicon, ask: Ask) -> ShowHelp:
    """Nothing, or the word of a command: "help waar"; or a greeting; "help alles"."""
    whole = lexicon.phrase("help", text)
    if whole and not whole.rest.strip():
        return ShowHelp(everything=True)
    match = lexicon.command(text)
    greeting = not ask.slashed and lexicon.phrase("greeting", ask.turn.text) is not None
    return ShowHelp(topic=match.key if match and not match.rest else None, greeting=greeting)


async def handle(ask: Ask, intent: ShowHelp, services: Services) -> Answer:
    """What can be typed here, with an example each; a newcomer who says hello gets the first card."""
    if intent.greeting and is_offered(ask, services):
        return Answer(await first_card(ask, services, "greeting"))
    admin = Role.ADMIN in ask.roles
    return Answer(
        HelpView(
            reason=intent.reason,
            admin=admin,
            scope=ask.turn.scope.value,
            bot=ask.turn.reference.bot_name,
            commands=_all(ask, admin=admin) if intent.everything else _shown(ask, admin=admin),
            topic=(intent.topic,) if intent.topic and intent.reason == "near" else _topic(intent.topic),
            everything=intent.everything,
        )
    )


def guess(text: str, lexicon: Lexicon, ask: Ask) -> ShowHelp | None:
    """A question what a command does; or a word or two, the first nearly a command's: asked about, never acted upon."""
    if explained := _explained(text, lexicon, ask):
        return ShowHelp(topic=explained)
    said = [word for word in token_texts(text[:LONGEST_GUESS]) if word.isalpha()]
    if len(text) > LONGEST_GUESS or not 1 <= len(said) <= MOST_WORDS:
        return None
    near = [word for word in lexicon.words(frozenset({"commands"})) if is_near(said[0], word)]
    meant = {match.key for word in near if (match := lexicon.command(word))}
    found = [name for name in _all(ask, admin=Role.ADMIN in ask.roles) if name in meant]
    return ShowHelp("near", found[0]) if len(found) == 1 else None


def _explained(text: str, lexicon: Lexicon, ask: Ask) -> str | None:
    """The command that somebody asks about in so many words; None for any other question."""
    if len(text) > LONGEST_GUESS:
        return None
    begun = lexicon.phrase("explain", text.strip(" ?!."))
    match = lexicon.command(begun.rest.strip()) if begun and begun.key == "before" else None
    if match is None or match.key not in _all(ask, admin=Role.ADMIN in ask.roles):
        return None
    ended = lexicon.phrase("explain", match.rest) if match.rest else None
    return match.key if not match.rest or (ended and ended.key == "after" and not ended.rest) else None


def _topic(command: str | None) -> tuple[str, ...]:
    groups = (("privacy", *OWN_DATA), ("where", *OWN_WEEK), ("focus", "signout"))
    group = next((group for group in groups if command in group), ())
    return (command, *(other for other in group if other != command)) if command else ()


def _all(ask: Ask, *, admin: bool) -> tuple[str, ...]:
    """Every command that this asker may use, in the order of the card's groups."""
    steering = set(ADMINISTRATOR) - {"sites"} if not admin else set()
    hidden = steering - set(OFFICER if Role.OFFICER in ask.roles else ())
    may = set(GUEST) if Role.GUEST in ask.roles else {name for name in EVERY if name not in hidden}
    return tuple(name for name in EVERY if name in may and _is_on(ask, name))


def _is_on(ask: Ask, name: str) -> bool:
    return name not in NEEDS or NEEDS[name] in ask.capabilities


def _shown(ask: Ask, *, admin: bool) -> tuple[str, ...]:
    """The commands of the overview: for a newcomer, for a team, to administer; not what is switched off."""
    in_team = IN_TEAM if ask.turn.scope is not Scope.PERSONAL else ()
    steering = ADMINISTRATOR if admin else OFFICER if Role.OFFICER in ask.roles else ()
    every = NEWCOMER[:-1] + in_team + steering + NEWCOMER[-1:]
    return tuple(name for name in every if _is_on(ask, name))


async def fallback(ask: Ask, services: Services) -> Answer:
    """The answer to a message that no command knows."""
    if ask.turn.text.strip() and is_offered(ask, services):
        return Answer(await first_card(ask, services, "unknown"))
    reason = "unknown" if ask.turn.text.strip() else "attachment" if ask.turn.attachments else "empty"
    return await handle(ask, ShowHelp(reason), services)


HELP = Command(
    name="help",
    parse=understand,
    handle=handle,
    guess=guess,
    verbs={"help.show": lambda _data, _ask: ShowHelp()},
    who=frozenset({Role.MEMBER, Role.GUEST}),
    menus=frozenset(Scope),
)
