"""Where botbuilder's turn context meets our connector."""

import asyncio
from dataclasses import dataclass
from typing import Any

from botbuilder.core import BotAdapter, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ConversationReference, DeliveryModes, ResourceResponse

from bot.adapter.budget import Budget
from bot.adapter.codec import fields
from bot.adapter.connector import Connector
from bot.adapter.context import Context
from bot.adapter.pace import Background
from bot.adapter.switchboard import Switchboard

INVOKE_RESPONSE = "invokeResponse"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the request is answered with: an HTTP status and, where there is one, a JSON body."""

    status: int
    body: Any = None


class TeamsAdapter(BotAdapter):  # type: ignore[misc]  # botbuilder ships no types
    """Runs activities through the switchboard; sends, changes and takes back what a turn context asks to."""

    def __init__(
        self,
        switchboard: Switchboard,
        connector: Connector,
        budget: Budget,
        background: Background,
        patience: float,
    ) -> None:
        super().__init__()
        self._switchboard, self._connector, self._budget = switchboard, connector, budget
        self._background, self._patience = background, patience

    async def process(self, activity: Activity, fingerprint: str) -> Outcome:
        """Have an admitted activity answered. A message that takes long is accepted; its answer follows."""
        context = Context(self, activity, fingerprint)
        work = self._background.start(self.run_pipeline(context, self._switchboard.on_turn))
        if activity.type == "invoke":
            await work
            return _invoke_outcome(context)
        done, _ = await asyncio.wait({work}, timeout=self._patience)
        for finished in done:
            finished.result()
        if activity.delivery_mode == DeliveryModes.expect_replies:
            return Outcome(200, {"activities": context.buffered_reply_activities})
        return Outcome(200 if done else 202)

    async def send_activities(self, context: Context, activities: list[Activity]) -> list[ResourceResponse]:
        """Send what the turn says; an invoke's response is kept for the request."""
        return [ResourceResponse(id=await self._send(context, activity)) for activity in activities]

    async def update_activity(self, context: Context, activity: Activity) -> None:
        """Put another activity in the place of one sent before."""
        await self._connector.update(context.reference, activity.id, fields(activity))

    async def delete_activity(self, context: Context, reference: ConversationReference) -> None:
        """Take back an activity sent before."""
        await self._connector.delete(context.reference, reference.activity_id)

    async def _send(self, context: Context, activity: Activity) -> str | None:
        if activity.type == INVOKE_RESPONSE:
            context.turn_state[self._INVOKE_RESPONSE_KEY] = activity
            return None
        to = context.reference
        self._budget.spoken(to)
        if activity.reply_to_id:
            return await self._connector.reply(to, activity.reply_to_id, fields(activity))
        return await self._connector.send(to, fields(activity))


def _invoke_outcome(context: TurnContext) -> Outcome:
    """An invoke's own response, also under expectReplies (botbuilder puts it in the turn state in both cases)."""
    response: InvokeResponse = context.turn_state[TeamsAdapter._INVOKE_RESPONSE_KEY].value  # noqa: SLF001 - the name botbuilder's own context uses
    return Outcome(response.status, response.body)
