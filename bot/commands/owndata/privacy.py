"""`/privacy`: what is kept about me, why, who sees it and until when."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.commands.owndata.lines import lines
from bot.dispatcher import Command
from bot.domain.people import Role
from bot.domain.words import Lexicon
from bot.services import Services
from bot.turn import Answer, Ask, Scope
from cards.owndata import PrivacyView


@dataclass(frozen=True, slots=True)
class ShowPrivacy:
    """`full`: also why and how long of what is not kept now."""

    full: bool = False


def understand(text: str, lexicon: Lexicon, _ask: Ask) -> ShowPrivacy:
    """`all`, or nothing."""
    match = lexicon.phrase("privacy", text)
    return ShowPrivacy(match is not None)


async def handle(ask: Ask, intent: ShowPrivacy, services: Services) -> Answer:
    """Looked up now: what is kept about this person, and what the other tables would keep."""
    guest = Role.GUEST in ask.roles
    user_id = ask.turn.actor.user_id
    async with services.units.read(ask.turn.key.tenant) as unit:
        kept = await unit.own.of(user_id or "")
    paused = ask.person.paused_until if ask.person else None
    waits = paused if paused and paused > services.clock.now() else None
    return Answer(
        PrivacyView(
            now=lines(one for one in kept if one.rows),
            # A guest can use nothing that would keep any of it.
            could=() if guest else lines(one for one in kept if not one.rows),
            full=intent.full,
            guest=guest,
            microsoft=services.accounts.connection is not None,
            stopped=ask.person is not None and ask.person.stopped,
            quiet_until=waits.astimezone(ZoneInfo(ask.zone)).date() if waits else None,
        )
    )


PRIVACY = Command(
    name="privacy",
    parse=understand,
    handle=handle,
    verbs={"privacy.show": lambda _data, _ask: ShowPrivacy()},
    who=frozenset({Role.MEMBER, Role.GUEST}),
    menus=frozenset({Scope.PERSONAL}),
)
