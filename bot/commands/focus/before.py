"""Meetings in a planned focus session, told shortly before it begins."""

from zoneinfo import ZoneInfo

from bot.commands.focus.meetings import after, meetings_of, shorter
from bot.commands.focus.views import Reached, session_of
from bot.domain.health import Failure
from bot.logs import get_logger
from bot.outgoing import Delivery, Receiver
from bot.services import Services
from bot.services.focus import MEETING
from cards import View
from cards.focus import FocusView
from graph.errors import GraphError

log = get_logger(__name__)


async def meeting(delivery: Delivery, receiver: Receiver, services: Services) -> View | None:
    """Their times and the ways around them; None once it began or was called off, or where there is none any more.

    What is in the calendar is kept nowhere: it is looked at once more.
    """
    now, zone = services.clock.now(), ZoneInfo(receiver.zone)
    async with services.units.read(delivery.tenant) as unit:
        session = await unit.focus.get(delivery.subject)
    contact = receiver.person.contact if receiver.person else None
    if session is None or contact is None or session.stopped_at is not None or session.starts_at <= now:
        return None
    try:
        reached = Reached(meetings=tuple(await services.focusing.meetings(session, contact)))
    except GraphError as error:
        log.warning("focus_not_looked_at", error=type(error).__name__)
        services.health.count(Failure.FOCUS_UNSEEN)
        return None
    if not reached.meetings:
        return None
    return FocusView(
        "soon",
        now.astimezone(zone),
        session_of(session, now, zone, reached, None),
        meetings=meetings_of(reached, zone),
        shorter=shorter(session, reached, now, zone),
        after=after(session, reached, zone),
    )


__all__ = ["MEETING", "meeting"]
