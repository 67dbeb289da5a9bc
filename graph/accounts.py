"""Everybody's Microsoft accounts: one person's token is asked for, used and let go."""

from collections.abc import Mapping
from typing import Any

from graph.account import Account
from graph.client import GraphClient
from graph.errors import GraphError, NotSignedInError
from graph.types import SignIn
from graph.user_tokens import Owner, UserTokens


class MicrosoftAccounts:
    """Samen's way to people's accounts. `app_id` is the bot's, None in the sandbox.

    Every method that asks Microsoft may raise any GraphError, and what the token service's bearer raises.
    """

    def __init__(self, client: GraphClient, tokens: UserTokens, app_id: str | None = None) -> None:
        self._client, self._tokens, self._app_id = client, tokens, app_id

    @property
    def connection(self) -> str | None:
        """The name of the OAuth connection."""
        return self._tokens.connection

    async def of(self, user_id: str, owner: Owner) -> Account:
        """Somebody's account, with a token for what is done now. Raises NotSignedInError without one."""
        return Account(self._client, user_id, await self._tokens.token(owner))

    async def sign_in(self, conversation: Mapping[str, Any]) -> SignIn:
        """How the person in this conversation signs in; `conversation` is its reference as Bot Framework writes it."""
        return await self._tokens.sign_in(self._app_id, conversation)

    async def exchange(self, owner: Owner, token: str) -> None:
        """Sign somebody in by what their Teams client gave. Raises ConsentMissingError while they have not agreed."""
        await self._tokens.exchange(owner, token)

    async def code(self, user_id: str, owner: Owner, code: str) -> None:
        """Sign somebody in by the code they brought; signed in with another account than theirs, they are not.

        Raises NotSignedInError for a code that is wrong, used or too old.
        """
        account = Account(self._client, user_id, await self._tokens.token(owner, code))
        try:
            if (await account.me()).lower() != user_id.lower():
                raise NotSignedInError
        except GraphError:
            # In the window of the sign-in any account can be chosen, and the service keeps whichever it was.
            await self._tokens.sign_out(owner)
            raise

    async def sign_out(self, owner: Owner) -> None:
        """Have somebody's token forgotten; fine where there is none."""
        await self._tokens.sign_out(owner)

    async def warm_up(self) -> None:
        """Bring what the first call would wait for. No network."""
        await self._client.warm_up()

    async def close(self) -> None:
        """Close its connections."""
        await self._tokens.close()
        await self._client.close()
