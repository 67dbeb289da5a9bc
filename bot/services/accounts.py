"""People's Microsoft accounts, each reached with that person's own token."""

from collections.abc import Mapping
from typing import Any, Protocol

from bot.domain.people import Contact
from bot.turn import Turn
from graph.account import Account
from graph.errors import NotSignedInError
from graph.types import SignIn
from graph.user_tokens import Owner


class Accounts(Protocol):
    """Tokens are asked for at each use and kept nowhere. Every method may raise any GraphError, none within a unit."""

    @property
    def connection(self) -> str | None:
        """The name of the OAuth connection; None where Samen has no way to Microsoft Graph."""

    async def of(self, user_id: str, owner: Owner) -> Account:
        """Somebody's account, for what is done now. Raises NotSignedInError until they have signed in."""

    async def sign_in(self, conversation: Mapping[str, Any]) -> SignIn:
        """How the person in this conversation signs in; `conversation` is its reference as Bot Framework writes it."""

    async def exchange(self, owner: Owner, token: str) -> None:
        """Sign somebody in by what their Teams client gave. Raises ConsentMissingError while they have not agreed."""

    async def code(self, user_id: str, owner: Owner, code: str) -> None:
        """Sign somebody in by the code they brought. Raises NotSignedInError for a wrong one, or another's account."""

    async def sign_out(self, owner: Owner) -> None:
        """Have somebody's token forgotten; fine where there is none."""


class NoAccounts:
    """Where Microsoft Graph is not set up: nobody is signed in, ever."""

    connection: str | None = None

    async def of(self, *_: object, **__: object) -> Account:
        raise NotSignedInError

    async def sign_in(self, *_: object, **__: object) -> SignIn:
        raise NotSignedInError

    async def exchange(self, *_: object, **__: object) -> None:
        raise NotSignedInError

    async def code(self, *_: object, **__: object) -> None:
        raise NotSignedInError

    async def sign_out(self, *_: object, **__: object) -> None:
        """Nobody was signed in."""


NO_ACCOUNTS = NoAccounts()


def owner_of(who: Turn | Contact) -> Owner:
    """Who acts in a turn, or is reached by a contact, as the token service knows them."""
    if isinstance(who, Turn):
        return Owner(who.actor.channel_user_id, who.reference.channel)
    return Owner(who.channel_user_id, who.channel)
