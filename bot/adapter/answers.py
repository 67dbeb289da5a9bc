"""Private answers (design, section 4): what somebody asked is answered where only they see it."""

from collections.abc import Mapping
from typing import Any

from botbuilder.core import TurnContext

from bot.adapter.codec import activity_of
from bot.adapter.connector import Connector
from bot.adapter.handling import Spoken
from bot.adapter.outgoing import message, message_of
from bot.adapter.personal_chats import PersonalChats
from bot.errors import Blocked, ConnectorError, NotFound, Refused
from bot.logs import get_logger
from bot.turn import Message, Scope, Turn
from cards import View
from cards.notices import CannotReachView, SentPrivatelyView, TroubleView

log = get_logger(__name__)

Body = Mapping[str, Any]

# Teams will not have it this way, now or later; anything else is a trouble of the moment.
NO = (Blocked, NotFound, Refused)


class Answers:
    """Brings replies to the one who asked. `targeted`: whether this Teams keeps a targeted message private."""

    def __init__(self, connector: Connector, *, targeted: bool) -> None:
        self._connector, self._targeted = connector, targeted
        self._chats = PersonalChats(connector)

    async def give(self, context: TurnContext, turn: Turn, reply: Spoken) -> None:
        """Answer a turn outside its own response. Never raises: an answer that cannot be brought is logged."""
        if reply.drawn is None:
            return
        try:
            await self._bring(context, turn, message_of(reply.drawn), reply.team_language)
        except ConnectorError as error:
            log.warning("answer_not_brought", error=type(error).__name__, status=error.status, scope=turn.scope.value)
            if _asked_openly(turn):
                await self._say_trouble(context, reply.team_language)

    async def send(self, message_: Message) -> str | None:
        """Say something that nobody asked for now; its id. Raises ConnectorError."""
        body = message(message_.view, message_.language)
        if message_.only_for is None or message_.to.scope is Scope.PERSONAL:
            return await self._connector.send(message_.to, body)
        if self._targeted:
            try:
                return await self._connector.send_targeted(message_.to, message_.only_for, body)
            except (Blocked, Refused) as error:
                log.info("targeted_refused", status=error.status)
        return await self._chats.send(message_.to, message_.only_for, body)

    async def _bring(self, context: TurnContext, turn: Turn, body: Body, team_language: str) -> None:
        if turn.scope is Scope.PERSONAL:
            await _say(context, body)
        elif not (turn.private and await self._whisper(turn, body)):
            notice = await self._tell_alone(turn, body)
            if _asked_openly(turn):
                await _say(context, message(notice, team_language))

    async def _whisper(self, turn: Turn, body: Body) -> bool:
        """Answer within the group for the asker's eyes only; False where that cannot be."""
        if not self._targeted:
            return False
        try:
            await self._connector.send_targeted(turn.reference, turn.actor.channel_user_id, body)
        except (Blocked, Refused) as error:
            log.info("targeted_refused", status=error.status)
            return False
        return True

    async def _tell_alone(self, turn: Turn, body: Body) -> View:
        """Answer in the asker's own chat, and say for the group how that went."""
        try:
            await self._chats.send(turn.reference, turn.actor.channel_user_id, body)
        except NO as error:
            log.info("person_not_reached", error=type(error).__name__, status=error.status)
            return CannotReachView(turn.actor.name)
        return SentPrivatelyView(turn.actor.name)

    async def _say_trouble(self, context: TurnContext, language: str) -> None:
        try:
            await _say(context, message(TroubleView(), language))
        except ConnectorError as error:
            log.warning("trouble_not_said", error=type(error).__name__, status=error.status)


def _asked_openly(turn: Turn) -> bool:
    """Whether everybody there saw the question; a press or a targeted message only its sender saw."""
    return turn.press is None and turn.event is None and not turn.private


async def _say(context: TurnContext, body: Body) -> None:
    """Say something where the turn came from; under expectReplies it goes back with the request's own answer."""
    await context.send_activity(activity_of(body))
