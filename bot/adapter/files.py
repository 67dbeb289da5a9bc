"""A file is offered, and taken or not; it reaches its receiver's own OneDrive and is kept nowhere in between.

Shapes: learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4. Only a personal chat can offer a file, and no
client says beforehand that it shows such an offer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from botbuilder.core import TurnContext

from bot.adapter.answers import Answers
from bot.adapter.connector import Connector
from bot.adapter.handling import File, Handling, Spoken
from bot.adapter.outgoing import message_of
from bot.adapter.refusals import Malformed
from bot.adapter.uploads import Uploads
from bot.domain.health import Failure
from bot.errors import ConnectorError
from bot.logs import get_logger
from bot.services.health import Health
from bot.turn import Press, Reference, Scope, Turn

log = get_logger(__name__)

INFO = "application/vnd.microsoft.teams.card.file.info"
TEAMS = "msteams"
_LABELS = ("contentUrl", "name", "uniqueId", "fileType")


@dataclass(frozen=True, slots=True)
class Room:
    """Where Teams made room for a file; `labels` are its words for the card that shows the file, where all are known."""

    url: str
    labels: Mapping[str, str]


class Files:
    """What follows from yes and no to an offered file."""

    def __init__(
        self, handling: Handling, answers: Answers, connector: Connector, uploads: Uploads, health: Health
    ) -> None:
        self._handling, self._answers, self._connector = handling, answers, connector
        self._uploads, self._health = uploads, health

    def can_offer(self, to: Reference) -> bool:
        """Whether a file can be offered there."""
        return self._uploads.possible and to.scope is Scope.PERSONAL and to.channel == TEAMS

    def choose(self, value: Mapping[str, Any], context: TurnContext, turn: Turn) -> None:
        """Take somebody's yes or no as a press. What follows from it does not keep the client waiting.

        Raises Malformed.
        """
        room, data = _room(value), _object(value.get("context"), "context")
        verb = data.get("verb")
        press = Press(verb if isinstance(verb, str) else "", data, context.activity.reply_to_id)
        self._handling.afterwards(self._follow(context, replace(turn, press=press), room))

    async def _follow(self, context: TurnContext, turn: Turn, room: Room | None) -> None:
        reply = await self._handling.reply(turn)
        if room and reply.file:
            reply = await self._bring(turn, reply, reply.file, room)
        elif room is None and reply.show:
            await self._instead(turn, message_of(reply.show.drawn))
            reply = replace(reply, show=None)
        await self._answers.give(context, turn, reply)

    async def _bring(self, turn: Turn, reply: Spoken, file: File, room: Room) -> Spoken:
        """Bring the file; what is left to say."""
        try:
            await self._uploads.put(room.url, file.content)
        except ConnectorError as error:
            log.warning("file_not_brought", error=type(error).__name__, status=error.status)
            self._health.count(Failure.ANSWER)
            return replace(reply, show=file.failed)
        done = message_of(file.done.drawn)
        await self._instead(turn, {**done, "attachments": [*done.get("attachments", ()), *_info(room)]})
        return reply

    async def _instead(self, turn: Turn, body: Mapping[str, Any]) -> None:
        """Put a message in the place of the offer, which has been answered; where that cannot be, below it."""
        offer = turn.press.activity_id if turn.press else None
        try:
            if offer:
                try:
                    await self._connector.update(turn.reference, offer, body)
                except ConnectorError as error:
                    log.info("offer_stays", error=type(error).__name__, status=error.status)
                else:
                    return
            await self._connector.send(turn.reference, body)
        except ConnectorError as error:
            log.warning("answer_not_brought", error=type(error).__name__, status=error.status, scope=turn.scope.value)
            self._health.count(Failure.ANSWER)


def _room(value: Mapping[str, Any]) -> Room | None:
    """The room for the file, None for a no."""
    if value.get("action") == "decline":
        return None
    if value.get("action") != "accept":
        raise Malformed("action must be accept or decline")
    info = _object(value.get("uploadInfo"), "uploadInfo")
    found = {name: info[name] for name in (*_LABELS, "uploadUrl") if info.get(name) is not None}
    if "uploadUrl" not in found or not all(isinstance(text, str) for text in found.values()):
        raise Malformed("uploadInfo must hold texts, with an uploadUrl")
    return Room(found.pop("uploadUrl"), found)


def _object(value: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping | None):
        raise Malformed(f"{name} must be an object")
    return value or {}


def _info(room: Room) -> list[dict[str, Any]]:
    """The card that shows the file where it is now; none where Teams did not say enough."""
    if not all(name in room.labels for name in _LABELS):
        return []
    content = {name: room.labels[name] for name in ("uniqueId", "fileType")}
    shown = {name: room.labels[name] for name in ("contentUrl", "name")}
    return [{"contentType": INFO, **shown, "content": content}]
