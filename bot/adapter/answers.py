"""Private answers (design, section 4): what somebody asked is answered where only they see it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from botbuilder.core import TurnContext
from botbuilder.schema import DeliveryModes

from bot.adapter.codec import activity_of
from bot.adapter.connector import Connector
from bot.adapter.handling import Sheet, Spoken
from bot.adapter.outgoing import message, message_of
from bot.adapter.personal_chats import PersonalChats
from bot.errors import Blocked, ConnectorError, NotFound, Refused
from bot.logs import get_logger
from bot.turn import Message, Reference, Scope, Turn
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
        sheets = (*([reply.show] if reply.show else []), *reply.more)
        try:
            await self._bring(context, turn, sheets, reply.team_language)
        except ConnectorError as error:
            log.warning("answer_not_brought", error=type(error).__name__, status=error.status, scope=turn.scope.value)
            if _asked_openly(turn):
                await self._say_trouble(context, turn, reply.team_language)
        await self._announce(context, turn, reply)

    async def follow(self, context: TurnContext, turn: Turn, reply: Spoken) -> None:
        """Bring what comes after a response that showed `reply.show` itself. Never raises."""
        await self.give(context, turn, replace(reply, show=None))

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

    async def _bring(self, context: TurnContext, turn: Turn, sheets: Sequence[Sheet], team_language: str) -> None:
        """To the asker alone, one after the other; the group is told once, and only of what it saw being asked."""
        notice: View | None = None
        for sheet in sheets:
            body = message_of(sheet.drawn)
            if turn.scope is Scope.PERSONAL:
                await self._say(context, turn, body)
            elif not (turn.private and await self._whisper(turn, body)):
                notice = await self._tell_alone(turn, body)
                if isinstance(notice, CannotReachView):
                    break
        if notice and _asked_openly(turn):
            await self._say(context, turn, message(notice, team_language))

    async def _announce(self, context: TurnContext, turn: Turn, reply: Spoken) -> None:
        """Say something to everybody in the conversation; in a channel not in a thread of it, where few look."""
        if reply.announce is None:
            return
        body = message_of(reply.announce.drawn)
        try:
            if _expects_replies(context) and context.activity.type != "invoke":
                await context.send_activity(activity_of(body))
            else:
                await self._connector.send(_whole(turn.reference), body)
        except ConnectorError as error:
            log.warning("not_announced", error=type(error).__name__, status=error.status, scope=turn.scope.value)

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

    async def _say(self, context: TurnContext, turn: Turn, body: Body) -> str | None:
        """Say something where the turn came from; its id, which is not known when it goes with the request's answer."""
        if _expects_replies(context) and context.activity.type == "invoke":
            return await self._connector.send(turn.reference, body)
        sent = await context.send_activity(activity_of(body))
        return sent.id if sent else None

    async def _say_trouble(self, context: TurnContext, turn: Turn, language: str) -> None:
        try:
            await self._say(context, turn, message(TroubleView(), language))
        except ConnectorError as error:
            log.warning("trouble_not_said", error=type(error).__name__, status=error.status)


def _asked_openly(turn: Turn) -> bool:
    """Whether everybody there saw the question; a press or a targeted message only its sender saw."""
    return turn.press is None and turn.event is None and not turn.private


def _expects_replies(context: TurnContext) -> bool:
    """Whether what is said goes back with the request's own answer; that of an invoke has no room for it."""
    return bool(context.activity.delivery_mode == DeliveryModes.expect_replies)


def _whole(reference: Reference) -> Reference:
    return replace(reference, conversation=reference.conversation.partition(";")[0])
