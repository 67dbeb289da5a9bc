"""Closing a site, and opening it again: those who planned there hear of it, and nobody else learns who they are."""

from collections.abc import Sequence

from bot.commands.sites.showing import keeps, show, sites_view, when
from bot.domain.days import Slot
from bot.domain.sites import CLOSED, OPENED, Closure, ShowSites, SwitchSite, open_sites, packed
from bot.domain.where.plan import limits
from bot.services import Services, WriteUnit
from bot.services.closing import touch_counters
from bot.turn import Answer, Ask
from cards.sites import SiteName, Switched


async def switch(ask: Ask, intent: SwitchSite, services: Services) -> Answer:
    """Close or open, and answer with what is closed now. The answer is the same whoever planned there, or nobody."""
    problem = limits(intent.slots, ask.today)
    site = next((one for one in open_sites(ask.places) if one.id == intent.place_id), None)
    if problem or site is None:
        return await show(ask, ShowSites(problem.value if problem else "unknown_site"), services)
    async with services.units.write(ask.turn.key) as unit:
        if not keeps(ask, await unit.sites.keepers(), site.id):
            return Answer(await sites_view(ask, unit, ShowSites("not_keeper")))
        before = await _closures(unit, intent)
        closed = {closure.slot for closure in before}
        changing = tuple(slot for slot in intent.slots if (slot in closed) is not intent.close)
        if changing and not unit.repeated:
            if intent.close:
                await _close(ask, unit, intent.place_id, changing, services)
            else:
                await _open(ask, unit, intent.place_id, [one for one in before if one.slot in changing], services)
            await touch_counters(unit, site.id)
            await unit.audit.add(ask.user_id, "site_closed" if intent.close else "site_opened", site.id)
        if unit.repeated and changing:
            return Answer(await sites_view(ask, unit, ShowSites()))  # delivered twice, and switched otherwise since
        # Delivered twice: told like the first time, when all of it changed or some.
        done = intent.slots if unit.repeated else changing
        switched = Switched(
            SiteName(site.id, site.name),
            when(intent.slots),
            closed=intent.close,
            changed=bool(done),
            undo=packed(done) if done else None,
        )
        return Answer(await sites_view(ask, unit, ShowSites(), switched))


async def _closures(unit: WriteUnit, intent: SwitchSite) -> tuple[Closure, ...]:
    found = await unit.sites.closures(intent.slots[0].day, intent.slots[-1].day)
    return tuple(one for one in found if one.place_id == intent.place_id and one.slot in intent.slots)


async def _close(ask: Ask, unit: WriteUnit, place_id: str, slots: Sequence[Slot], services: Services) -> None:
    batch = ask.turn.key.new_id("closing").hex
    await unit.sites.close([Closure(place_id, slot, batch) for slot in slots])
    planned = await unit.plans.planned_at(place_id, slots[0].day, slots[-1].day)
    there = {user_id: own & set(slots) for user_id, own in planned.items() if own & set(slots)}
    await unit.sites.remember(batch, there)
    await unit.deliveries.add_each(CLOSED, batch, there, services.clock.now())


async def _open(ask: Ask, unit: WriteUnit, place_id: str, closures: Sequence[Closure], services: Services) -> None:
    """Who still waits to hear that it closes will not hear of it; who was told hears that it opens."""
    told = await unit.sites.told(closures)
    await unit.sites.reopen(place_id, [closure.slot for closure in closures])
    await unit.sites.unremember(closures)
    opening = ask.turn.key.new_id("opening").hex
    for user_id, slots in sorted(told.items()):
        subject = f"{opening}.{place_id}.{packed(slots)}"
        await unit.deliveries.add(OPENED, subject, user_id=user_id, due_at=services.clock.now())
