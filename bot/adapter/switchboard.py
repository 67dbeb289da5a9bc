"""Which kind of activity goes where: the one class that botbuilder's dispatch by type calls."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from botbuilder.core import ActivityHandler, InvokeResponse
from botbuilder.schema import Activity, DeliveryModes

from bot.adapter.answers import Answers
from bot.adapter.context import Context
from bot.adapter.files import Files
from bot.adapter.handling import Handling
from bot.adapter.invokes import Invokes
from bot.adapter.sign_in import SignIn
from bot.adapter.turns import turn_of
from bot.errors import ConnectorError
from bot.logs import get_logger
from bot.services.clock import Clock
from bot.turn import Turn

log = get_logger(__name__)


class Switchboard(ActivityHandler):  # type: ignore[misc]  # botbuilder ships no types
    """Turns activities into turns, has them answered, and brings the answers."""

    def __init__(  # noqa: PLR0913 - where everything that answers an activity comes together
        self, handling: Handling, answers: Answers, files: Files, sign_in: SignIn, clock: Clock, *, typing_after: float
    ) -> None:
        self._handling, self._answers, self._clock = handling, answers, clock
        self._files, self._sign_in = files, sign_in
        self._invokes = Invokes(handling, answers, files, sign_in)
        self._typing_after = typing_after

    async def on_message_activity(self, turn_context: Context) -> None:
        """Somebody wrote, or pressed a button of a card that their client shows the old way."""
        turn = self._turn(turn_context)
        async with self._typing(turn_context, turn):
            turn = await self._sign_in.typed(turn)
            reply = await self._handling.reply(turn)
        await self._answers.give(turn_context, turn, reply)

    async def on_conversation_update_activity(self, turn_context: Context) -> None:
        """Members came or went, or a team was renamed."""
        await self._happened(turn_context)

    async def on_installation_update(self, turn_context: Context) -> None:
        """The bot was installed or removed."""
        await self._happened(turn_context)

    async def on_invoke_activity(self, turn_context: Context) -> InvokeResponse:
        """An activity that wants its answer in the response. botbuilder's own answers 500 to most of them."""
        return await self._invokes.answer(turn_context, self._turn(turn_context))

    async def _happened(self, context: Context) -> None:
        turn = self._turn(context)
        await self._answers.give(context, turn, await self._handling.reply(turn))

    def _turn(self, context: Context) -> Turn:
        came_from = context.reference
        files = self._files.can_offer(came_from)
        return turn_of(context.activity, came_from, context.fingerprint, self._clock, files=files)

    @asynccontextmanager
    async def _typing(self, context: Context, turn: Turn) -> AsyncIterator[None]:
        """Show that the bot is typing when the answer takes long; never where the question was private."""
        if turn.private or context.activity.delivery_mode == DeliveryModes.expect_replies:
            yield
            return
        showing: list[asyncio.Task[None]] = []

        def show() -> None:
            showing.append(asyncio.create_task(self._show_typing(context)))

        later = asyncio.get_running_loop().call_later(self._typing_after, show)
        try:
            yield
        finally:
            later.cancel()
            for task in showing:
                task.cancel()
            if showing:
                await asyncio.gather(*showing, return_exceptions=True)

    async def _show_typing(self, context: Context) -> None:
        try:
            await context.send_activity(Activity(type="typing"))
        except ConnectorError as error:
            log.info("typing_not_shown", error=type(error).__name__, status=error.status)
