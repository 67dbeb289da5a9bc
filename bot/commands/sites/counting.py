"""Expected numbers per site: counted once a day, and the same for whoever looks until the next day."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.commands.sites.showing import keeps
from bot.domain.counts import COUNTED_FROM, Numbers, next_working_day, published
from bot.domain.days import whole_day
from bot.domain.places import NamedPlace
from bot.domain.sites import Closure, open_sites
from bot.domain.where.calendar import HORIZON
from bot.services import ReadUnit, Services
from bot.services.closing import closing_is_on
from bot.services.faults import of_one_tenant
from bot.turn import Answer, Ask
from cards.sites import Expected, NumbersView


async def count(now: datetime, services: Services) -> None:
    """Publish the numbers for the next working day, once it is late enough today."""
    local = now.astimezone(ZoneInfo(services.defaults.zone))
    if local.time() < COUNTED_FROM:
        return
    day = next_working_day(local.date())
    for tenant in await services.units.tenants():
        with of_one_tenant(services.health, "sites"):
            await _count(tenant, local.date(), day, now, services)


async def _count(tenant: str, today: date, day: date, now: datetime, services: Services) -> None:
    async with services.units.read(tenant) as unit:
        if day in await unit.sites.numbers(day) or not await closing_is_on(unit, services.defaults):
            return
        numbers = await _counted(unit, today, day, now)
    async with services.units.mirror(tenant) as unit:
        if await unit.sites.start_count(day):
            await unit.sites.publish(day, numbers)


async def _counted(unit: ReadUnit, today: date, day: date, now: datetime) -> Numbers:
    minimum = await unit.organisation.minimum()
    closures = await unit.sites.closures(today, today + HORIZON)
    expected: dict[str, int] = {}
    moved: dict[str, int] = {}
    for site in open_sites(await unit.places.all()):
        own = tuple(one for one in closures if one.place_id == site.id)
        coming = published(await _expected(unit, site, own, day), minimum)
        if coming is not None:
            expected[site.id] = coming
        gone = published(await _moved(unit, own, now), minimum)
        if gone is not None:
            moved |= dict.fromkeys({one.batch for one in own}, gone)
    return Numbers(expected, moved)


async def _expected(unit: ReadUnit, site: NamedPlace, closures: Iterable[Closure], day: date) -> int:
    """Whoever plans to be there while it is open."""
    shut = {closure.slot for closure in closures}
    planned = await unit.plans.planned_at(site.id, day, day)
    return sum(1 for slots in planned.values() if slots - shut)


async def _moved(unit: ReadUnit, closures: tuple[Closure, ...], now: datetime) -> int:
    """Whoever planned there when it closed, and does not any more in any of those day-parts."""
    affected = await unit.sites.affected(closures, now)
    if not affected:
        return 0
    planned = await unit.plans.planned_at(closures[0].place_id, closures[0].slot.day, closures[-1].slot.day)
    return sum(1 for user_id, slots in affected.items() if not slots & planned.get(user_id, frozenset()))


async def show_numbers(ask: Ask, services: Services) -> Answer:
    """The published numbers of the sites that the asker keeps; all of them for an administrator."""
    async with services.units.read(ask.turn.key.tenant) as unit:
        keepers = await unit.sites.keepers()
        kept = [site for site in open_sites(ask.places) if keeps(ask, keepers, site.id)]
        minimum = await unit.organisation.minimum()
        numbers = await unit.sites.numbers(ask.today) if kept else {}
        closures = await unit.sites.closures(ask.today, max(numbers, default=ask.today))
    if not kept:
        return Answer(NumbersView(ask.today, (), minimum, allowed=False))
    pending = next_working_day(ask.today)
    return Answer(
        NumbersView(
            today=ask.today,
            days=tuple((day, _expected_at(kept, day, of_day.expected, closures)) for day, of_day in numbers.items()),
            minimum=minimum,
            pending=None if pending in numbers else pending,
        )
    )


def _expected_at(
    sites: Iterable[NamedPlace], day: date, numbers: Mapping[str, int], closures: Iterable[Closure]
) -> tuple[Expected, ...]:
    shut = {(closure.place_id, closure.slot) for closure in closures}
    return tuple(
        Expected(site.name, numbers.get(site.id), all((site.id, slot) in shut for slot in whole_day(day)))
        for site in sites
    )
