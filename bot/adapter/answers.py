"""Private answers (design, section 4): what somebody asked is answered where only they see it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from botbuilder.core import TurnContext
from botbuilder.schema import DeliveryModes

from bot.adapter.budget import Budget
from bot.adapter.codec import activity_of
from bot.adapter.connector import Connector
from bot.adapter.handling import Piece, PieceAfter, Spoken, piece_of
from bot.adapter.offers import Offers
from bot.adapter.outgoing import message, message_for_all, message_of
from bot.adapter.pace import Background
from bot.adapter.personal_chats import PersonalChats
from bot.adapter.remembering import Remembering, Sent
from bot.domain.health import Failure
from bot.errors import Blocked, ConnectorError, NotFound, Refused
from bot.logs import get_logger
from bot.services.health import Health
from bot.turn import Reference, Scope, Turn
from cards import View
from cards.notices import CannotReachView, SentPrivatelyView, TroubleView

log = get_logger(__name__)

Body = Mapping[str, Any]

# Teams will not have it this way, now or later; anything else is a trouble of the moment.
NO = (Blocked, NotFound, Refused)
# Seconds. What an invoke's response puts in the card's place must have come before its edit, or it would stay for good.
RESPONSE_COMES = 1.0


class Answers:
    """Brings replies to the one who asked. `targeted`: whether this Teams keeps a targeted message private."""

    def __init__(  # noqa: PLR0913 - what is said leaves by here, in every way there is
        self,
        connector: Connector,
        budget: Budget,
        remembering: Remembering,
        health: Health,
        offers: Offers,
        *,
        background: Background,
        targeted: bool,
    ) -> None:
        self._connector, self._remembering, self._health = connector, remembering, health
        self._offers, self._background = offers, background
        self._budget = budget
        self._targeted = targeted
        self._chats = PersonalChats(connector)

    async def give(self, context: TurnContext, turn: Turn, reply: Spoken) -> None:
        """Answer a turn outside its own response; what comes after it takes its place by itself.

        Never raises: an answer that cannot be brought is logged.
        """
        shown: Sent | None = None
        pieces = (*([reply.show] if reply.show else []), *reply.more)
        try:
            shown = await self._bring(context, turn, pieces, reply.team_language)
        except ConnectorError as error:
            log.warning("answer_not_brought", error=type(error).__name__, status=error.status, scope=turn.scope.value)
            self._health.count(Failure.ANSWER)
            if _asked_openly(turn):
                await self._say_trouble(context, turn, reply.team_language)
        if reply.announce:
            await self._announce(context, turn, reply.announce)
        if reply.sign_in:
            await self._offers.make(turn, reply.sign_in)
        if reply.show and reply.after:
            self._background.start(self._edit(shown, reply.after))

    async def _edit(self, sent: Sent | None, after: PieceAfter, pause: float = 0) -> None:
        """Put what `after` comes to in the place of what was sent, where that has a place. Never raises ConnectorError."""
        await asyncio.sleep(pause)
        piece = await after()
        if piece is None or sent is None or sent.activity is None:
            return  # under expectReplies nothing has an id: the card's own button shows it
        update = self._connector.update_targeted if sent.targeted else self._connector.update
        self._budget.spoken(sent.to)
        try:
            await update(sent.to, sent.activity, message_of(piece.drawn))
            await self._remembering.keep(piece, sent)
        except ConnectorError as error:
            log.warning("answer_not_edited", error=type(error).__name__, status=error.status)
            self._health.count(Failure.ANSWER)

    async def follow(self, context: TurnContext, turn: Turn, reply: Spoken) -> None:
        """Bring what comes after a response that showed `reply.show` in the pressed card's place. Never raises."""
        if reply.show and turn.press and turn.press.activity_id:
            sent = Sent(turn.reference, turn.press.activity_id, _owner(turn), targeted=turn.private)
            await self._remembering.keep(reply.show, sent)
            if reply.after:
                # Seen by others too, the message stays as it is: what the response put there has a button of its own.
                own = sent if turn.private or turn.scope is Scope.PERSONAL else None
                self._background.start(self._edit(own, reply.after, RESPONSE_COMES))
        await self.give(context, turn, replace(reply, show=None))

    async def aside(self, turn: Turn, reply: Spoken) -> Spoken:
        """Show places in the asker's own chat, and in the response where to look.

        For a press on a card that everybody sees: what the response puts in its place stays on the asker's screen, and
        to take it away in the night the card would have to go for everybody.
        """
        if reply.show is None or reply.show.day is None:
            return reply
        try:
            notice, _ = await self._tell_alone(turn, reply.show)
        except ConnectorError as error:
            log.warning("answer_not_brought", error=type(error).__name__, status=error.status, scope=turn.scope.value)
            self._health.count(Failure.ANSWER)
            notice = TroubleView()
        return replace(reply, show=piece_of(notice, reply.show.language, reply.show.ending))

    async def send(self, to: Reference, piece: Piece, only_for: str | None, user_id: str | None) -> str | None:
        """Say something that nobody asked for now, to all or to one (a channel user id); its id.

        `user_id` is whose own chat it may end in. Raises ConnectorError.
        """
        sent = await self._send(to, piece, only_for)
        owner = user_id if sent.to.scope is Scope.PERSONAL else None
        await self._remembering.keep(piece, replace(sent, user_id=owner))
        return sent.activity

    async def redraw(self, to: Reference, activity: str, piece: Piece) -> None:
        """Put something else in the place of a message that all see. Raises ConnectorError."""
        await self._connector.update(to, activity, message_for_all(piece.drawn))
        await self._remembering.keep(piece, Sent(to, activity))

    async def _send(self, to: Reference, piece: Piece, only_for: str | None) -> Sent:
        if only_for is None:
            return Sent(to, await self._connector.send(to, message_for_all(piece.drawn)))
        body = message_of(piece.drawn)
        if to.scope is Scope.PERSONAL:
            return Sent(to, await self._connector.send(to, body))
        if self._targeted:
            try:
                return Sent(to, await self._connector.send_targeted(to, only_for, body), targeted=True)
            except (Blocked, Refused) as error:
                log.info("targeted_refused", status=error.status)
        return await self._chats.send(to, only_for, body)

    async def _bring(
        self, context: TurnContext, turn: Turn, pieces: Sequence[Piece], team_language: str
    ) -> Sent | None:
        """To the asker alone, one after the other; the group is told once, and only of what it saw being asked.

        The first of them as it was sent.
        """
        notice: View | None = None
        first: Sent | None = None
        for piece in pieces:
            sent: Sent | None
            if turn.scope is Scope.PERSONAL:
                sent = Sent(turn.reference, await self._say(context, turn, message_of(piece.drawn)), _owner(turn))
                await self._remembering.keep(piece, sent)
            elif (sent := await self._whisper(turn, piece)) is None:
                notice, sent = await self._tell_alone(turn, piece)
                if sent is None:
                    break
            first = first or sent
        if notice and _asked_openly(turn):
            await self._say(context, turn, message(notice, team_language))
        return first

    async def _whisper(self, turn: Turn, piece: Piece) -> Sent | None:
        """Answer within the group for the asker's eyes only, where they asked so; None where that cannot be."""
        if not (turn.private and self._targeted):
            return None
        body = message_of(piece.drawn)
        self._budget.spoken(turn.reference)
        try:
            found = await self._connector.send_targeted(turn.reference, turn.actor.channel_user_id, body)
        except (Blocked, Refused) as error:
            log.info("targeted_refused", status=error.status)
            return None
        sent = Sent(turn.reference, found, targeted=True)
        await self._remembering.keep(piece, sent)
        return sent

    async def _tell_alone(self, turn: Turn, piece: Piece) -> tuple[View, Sent | None]:
        """Answer in the asker's own chat, and say for the group how that went; None where they cannot be reached."""
        try:
            sent = await self._chats.send(turn.reference, turn.actor.channel_user_id, message_of(piece.drawn))
        except NO as error:
            log.info("person_not_reached", error=type(error).__name__, status=error.status)
            return CannotReachView(turn.actor.name), None
        sent = replace(sent, user_id=turn.actor.user_id)
        await self._remembering.keep(piece, sent)
        return SentPrivatelyView(turn.actor.name), sent

    async def _announce(self, context: TurnContext, turn: Turn, piece: Piece) -> None:
        """Say something to everybody in the conversation; in a channel not in a thread of it, where few look."""
        to, body = _whole(turn.reference), message_for_all(piece.drawn)
        try:
            if _expects_replies(context) and context.activity.type != "invoke":
                await context.send_activity(activity_of(body))
            else:
                self._budget.spoken(to)
                await self._remembering.keep(piece, Sent(to, await self._connector.send(to, body)))
        except ConnectorError as error:
            log.warning("not_announced", error=type(error).__name__, status=error.status, scope=turn.scope.value)
            self._health.count(Failure.ANSWER)

    async def _say(self, context: TurnContext, turn: Turn, body: Body) -> str | None:
        """Say something where the turn came from; its id, which is not known when it goes with the request's answer."""
        if _expects_replies(context) and context.activity.type == "invoke":
            self._budget.spoken(turn.reference)
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


def _owner(turn: Turn) -> str | None:
    """Whose own chat the turn came from."""
    return turn.actor.user_id if turn.scope is Scope.PERSONAL else None


def _expects_replies(context: TurnContext) -> bool:
    """Whether what is said goes back with the request's own answer; that of an invoke has no room for it."""
    return bool(context.activity.delivery_mode == DeliveryModes.expect_replies)


def _whole(reference: Reference) -> Reference:
    return replace(reference, conversation=reference.conversation.partition(";")[0])
