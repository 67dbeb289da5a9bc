"""botbuilder's turn context, without its deep copy of every card that is sent."""

from collections.abc import Sequence
from typing import Any

from botbuilder.core import TurnContext
from botbuilder.schema import Activity, DeliveryModes, ResourceResponse

from bot.adapter.turns import reference_of


class Context(TurnContext):  # type: ignore[misc]  # botbuilder ships no types
    """A turn's context. Nobody listens to what it sends on the way, so it goes to the adapter at once.

    `fingerprint` tells an activity that Teams gave no id from others.
    """

    def __init__(self, adapter: Any, activity: Activity, fingerprint: str) -> None:
        super().__init__(adapter, activity)
        self.fingerprint, self.reference = fingerprint, reference_of(activity)

    async def send_activities(self, activities: Sequence[Activity]) -> list[ResourceResponse]:
        """Send these to where the turn came from; theirs stay as they are."""
        if self.activity.delivery_mode == DeliveryModes.expect_replies:
            return list(await super().send_activities(list(activities)))
        sent: list[ResourceResponse] = await self.adapter.send_activities(
            self, [self._addressed(a) for a in activities]
        )
        self.responded = True
        return sent

    def _addressed(self, activity: Activity) -> Activity:
        """A shallow copy with the addresses that botbuilder's own would write."""
        came = self.activity
        addressed = activity.__class__.__new__(activity.__class__)
        addressed.__dict__ = {
            **activity.__dict__,
            "id": None,
            "type": activity.type or "message",
            "input_hint": activity.input_hint or "acceptingInput",
            "channel_id": came.channel_id,
            "service_url": came.service_url,
            "locale": came.locale,
            "conversation": came.conversation,
            "from_property": came.recipient,
            "recipient": came.from_property,
        }
        if came.id and came.type != "conversationUpdate":
            addressed.reply_to_id = came.id
        return addressed
