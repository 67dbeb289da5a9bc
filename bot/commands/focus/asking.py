"""In which language and by which clock somebody is spoken to of a focus session, where nobody waits for an answer."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.outgoing import Delivery, Receiver
from bot.services import Services


async def as_asked(delivery: Delivery, receiver: Receiver, services: Services) -> Receiver:
    """As it was asked: who chose no language is not kept with one, and a journey changes their clock."""
    async with services.units.read(delivery.tenant) as unit:
        session = await unit.focus.get(delivery.subject)
    if session is None:
        return receiver
    chosen = receiver.person and receiver.person.language
    zone = session.zone or receiver.zone
    return replace(
        receiver,
        language=receiver.language if chosen else session.language or receiver.language,
        zone=zone,
        today=services.clock.now().astimezone(ZoneInfo(zone)).date(),
    )
