"""The app's own identity, where Azure holds its secret: a managed identity."""

import asyncio

from azure.core.exceptions import AzureError
from azure.identity.aio import ManagedIdentityCredential

from graph.errors import TokenUnavailableError

BOT_FRAMEWORK = "https://api.botframework.com/.default"
PATIENCE = 3.0  # seconds; azure-identity itself would try for more than a minute, and somebody is waiting


class ManagedIdentity:
    """Tokens of a user-assigned managed identity. azure-identity keeps them and renews them before they end."""

    def __init__(self, client_id: str, scope: str) -> None:
        self._credential = ManagedIdentityCredential(client_id=client_id)
        self._scope = scope
        self._lock = asyncio.Lock()

    async def token(self) -> str:
        """A token that is valid now. Raises TokenUnavailableError."""
        try:
            # One question at a time: the identity endpoint refuses a crowd, and azure-identity sends one each.
            async with asyncio.timeout(PATIENCE), self._lock:
                return str((await self._credential.get_token(self._scope)).token)
        except (AzureError, TimeoutError) as error:
            raise TokenUnavailableError(type(error).__name__) from None

    def forget(self, token: str) -> None:
        """A refused token cannot be given back: azure-identity renews it by its own clock."""

    async def close(self) -> None:
        """Close its connections."""
        await self._credential.close()


def managed_identity(client_id: str, scope: str = BOT_FRAMEWORK) -> ManagedIdentity:
    """The bot's managed identity, by its client id (the bot's app id)."""
    return ManagedIdentity(client_id, scope)
