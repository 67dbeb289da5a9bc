"""One person's Microsoft account, with their own token: who they are, their presence, calendar and mailbox."""

from typing import Any

from graph.calendar import OwnCalendar
from graph.client import GraphClient, Mandate
from graph.mailbox import OwnMailbox
from graph.presence import OwnPresence
from graph.reading import mapping, reads, text, words
from graph.types import Me, UserToken


class Account:
    """Made per use and let go: it holds the token. Every method below it may raise any GraphError."""

    def __init__(self, client: GraphClient, user_id: str, token: UserToken) -> None:
        self._mandate = Mandate(client, user_id, token.value)
        self.user_id = user_id
        self.presence = OwnPresence(self._mandate)
        self.calendar = OwnCalendar(self._mandate)
        self.mailbox = OwnMailbox(self._mandate)

    async def me(self) -> Me:
        """Whose account it is. Graph answers NotSignedInError or ConsentMissingError for anybody else's token."""
        return me(await self._mandate.ask((await self._mandate.wire()).me()))


@reads
def me(answer: Any) -> Me:
    """Raises UnreachableError for something that is nobody."""
    told = mapping(answer)
    return Me(text(told.get("id")), words(told.get("displayName")) or "")
