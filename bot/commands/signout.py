"""`/signout` (`/afmelden`): Samen out of my Microsoft account; and what is said of signing in where nothing waited for it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.dispatcher import Command, OnEvent
from bot.domain.words import Lexicon
from bot.services import Services
from bot.services.signing import keep_approval, sign_out
from bot.turn import Answer, Ask, EventKind
from cards.focus import ConnectView


@dataclass(frozen=True, slots=True)
class SignOut:
    """Forget my token."""


def understand(text: str, _lexicon: Lexicon, ask: Ask) -> SignOut | None:
    """With more words and no slash it is a sentence: "afmelden voor de lunch"."""
    return None if text.strip() and not ask.slashed else SignOut()


async def handle(ask: Ask, _: SignOut, services: Services) -> Answer:
    """Nothing is kept of it here, so a second time says that nobody was signed in."""
    return Answer(await sign_out(ask, services))


async def _not_approved(ask: Ask, services: Services) -> Answer:
    """Told here and kept, so that no card of `/focus` says it again."""
    await keep_approval(ask, services, needed=True)
    return Answer(ConnectView("admin"))


def _told(why: str) -> OnEvent:
    async def tell(_: Ask, __: Services) -> Answer:
        return Answer(ConnectView(why))

    return tell


SIGNOUT = Command(name="signout", parse=understand, handle=handle)
SIGNING_IN: Mapping[EventKind, OnEvent] = {
    EventKind.SIGNED_IN: _told("connected"),
    EventKind.NOT_SIGNED_IN: _told("failed"),
    EventKind.APPROVAL_NEEDED: _not_approved,
}
