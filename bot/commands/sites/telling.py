"""What whoever planned at a site is told: worded when it is sent, and only if it is still true for them then."""

from bot.domain.sites import back_to, unpacked
from bot.outgoing import Delivery, Receiver
from bot.services import Services
from bot.services.closing import at_closed
from bot.services.stays import names_of, part, parts_of
from cards.sites import SiteClosedView, SiteOpenedView


async def tell_closed(delivery: Delivery, receiver: Receiver, services: Services) -> SiteClosedView | None:
    """It is closed where you planned to be. None when it is open again, or the plan is elsewhere by now."""
    if receiver.person is None:
        return None
    async with services.units.read(delivery.tenant) as unit:
        closures = [one for one in await unit.sites.batch(delivery.subject) if one.slot.day >= receiver.today]
        if not closures:
            return None
        places = await unit.places.all(retired=True)
        plan = await unit.plans.of(receiver.person.user_id, closures[0].slot.day, closures[-1].slot.day)
        own = {one.slot: plan[one.slot] for one in closures if one.slot in plan}
        here = {slot: at for slot, at in own.items() if at.named == closures[0].place_id}
        shut = await unit.sites.closures(closures[0].slot.day, closures[-1].slot.day)
    closed = at_closed(here, places, shut)
    name = names_of(places).get(closures[0].place_id)
    return SiteClosedView(receiver.today, name, closed) if closed and name else None


async def tell_opened(delivery: Delivery, receiver: Receiver, services: Services) -> SiteOpenedView | None:
    """It is open after all. None when it closed again, or the days have passed."""
    _, place_id, text = delivery.subject.split(".", 2)
    slots = [slot for slot in unpacked(text) or () if slot.day >= receiver.today]
    if not slots or receiver.person is None:
        return None
    async with services.units.read(delivery.tenant) as unit:
        closures = await unit.sites.closures(slots[0].day, slots[-1].day)
        shut = {one.slot for one in closures if one.place_id == place_id}
        places = await unit.places.all()
        plan = await unit.plans.of(receiver.person.user_id, slots[0].day, slots[-1].day)
    opened = [slot for slot in slots if slot not in shut]
    names = names_of(places)
    if not opened or place_id not in names:
        return None
    back = back_to(place_id, opened, plan)
    return SiteOpenedView(
        today=receiver.today,
        site=names[place_id],
        parts=tuple(part(slot, None, names) for slot in opened),
        here=not back,
        back=tuple(parts_of(changes, names) for changes in back),
    )
