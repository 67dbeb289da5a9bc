"""Speaking to somebody alone, met in a group: in their own chat with the bot."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.adapter.connector import Connector
from bot.adapter.remembering import Sent
from bot.errors import NotFound
from bot.turn import Reference, Scope

REMEMBERED = 10_000  # chats; a forgotten one costs a call to Teams, which gives the same chat again

Body = Mapping[str, Any]


class PersonalChats:
    """1:1 chats, opened when first needed. Remembered only to save a call: replicas need not share it."""

    def __init__(self, connector: Connector) -> None:
        self._connector = connector
        self._known: OrderedDict[tuple[str, str, str], str] = OrderedDict()

    async def send(self, near: Reference, channel_user_id: str, body: Body) -> Sent:
        """Say something to one person. Raises ConnectorError (Blocked: not installed there)."""
        key = (near.service_url, near.tenant, channel_user_id)
        known = self._known.get(key)
        if known:
            chat = replace(near, conversation=known, scope=Scope.PERSONAL)
            try:
                return Sent(chat, await self._connector.send(chat, body))
            except NotFound:
                del self._known[key]
        chat = await self._connector.create_conversation(near, channel_user_id)
        self._remember(key, chat.conversation)
        return Sent(chat, await self._connector.send(chat, body))

    def _remember(self, key: tuple[str, str, str], conversation: str) -> None:
        self._known[key] = conversation
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
