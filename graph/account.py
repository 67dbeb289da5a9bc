"""One person's Microsoft account, with their own token: who they are, their presence, calendar and mailbox."""

from typing import Any

from graph.calendar import OwnCalendar
from graph.client import GraphClient, Mandate
from graph.mailbox import OwnMailbox
from graph.presence import OwnPresence
from graph.reading import mapping, reads, text
from graph.types import UserToken


class Account:
    """Made per use and let go: it holds the token. Every method below it may raise any GraphError."""

    def __init__(self, client: GraphClient, user_id: str, token: UserToken) -> None:
        self._mandate = Mandate(client, user_id, token.value)
        self.user_id = user_id
        self.presence = OwnPresence(self._mandate)
        self.calendar = OwnCalendar(self._mandate)
        self.mailbox = OwnMailbox(self._mandate)

    async def me(self) -> str:
        """Whose account it is, by user id. Graph answers NotSignedInError or ConsentMissingError for anybody else's token."""
        return me(await self._mandate.ask((await self._mandate.wire()).me()))


@reads
def me(answer: Any) -> str:
    """Somebody's user id. Raises UnreachableError for something that is nobody."""
    return text(mapping(answer).get("id"))
