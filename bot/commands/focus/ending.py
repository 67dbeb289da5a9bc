"""The line at the end of focus time, for whoever wants one."""

from bot.outgoing import Delivery, Receiver
from bot.services import Services
from bot.services.focus import OVER
from cards import View
from cards.focus import FocusOverView


async def over(delivery: Delivery, _: Receiver, services: Services) -> View | None:
    """That it is over, and whether something of Samen's is left; None where it is known no more, or goes on after all."""
    async with services.units.read(delivery.tenant) as unit:
        session = await unit.focus.get(delivery.subject)
    if session is None or session.is_ahead(services.clock.now()):
        return None
    return FocusOverView(session.learning, left=not session.is_clean())


__all__ = ["OVER", "over"]
