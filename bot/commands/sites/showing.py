"""Which sites are closed, as the asker may see it."""

from collections.abc import Mapping

from bot.domain.counts import Numbers
from bot.domain.days import Slot
from bot.domain.people import Role
from bot.domain.places import NamedPlace
from bot.domain.sites import Closure, ShowSites, SwitchSite, open_sites, packed
from bot.domain.where.calendar import HORIZON
from bot.services import ReadUnit, Services
from bot.services.stays import part
from bot.turn import Answer, Ask
from cards.sites import ClosedSite, Reading, SiteName, SitesView, Switched
from cards.where import PartStay


async def show(ask: Ask, intent: ShowSites, services: Services) -> Answer:
    """The closed sites, and why nothing was done where that is so."""
    async with services.units.read(ask.turn.key.tenant) as unit:
        view = await sites_view(ask, unit, intent)
    return Answer(view)


async def sites_view(ask: Ask, unit: ReadUnit, intent: ShowSites, switched: Switched | None = None) -> SitesView:
    """Everybody sees what is closed; opening it, and how many moved, only who keeps the site or administrates."""
    sites = open_sites(ask.places)
    keepers = await unit.sites.keepers()
    kept = [site for site in sites if keeps(ask, keepers, site.id)]
    closures = await unit.sites.closures(ask.today, ask.today + HORIZON)
    numbers = await unit.sites.numbers(ask.today) if kept else {}
    newest = numbers[max(numbers)] if numbers else Numbers()
    closed = [_closed(site, closures, newest if site in kept else None) for site in sites]
    return SitesView(
        today=ask.today,
        closed=tuple(one for one in closed if one),
        sites=tuple(site.name for site in sites),
        keeps=tuple(site.name for site in kept),
        switched=switched,
        problem=intent.problem,
        readings=tuple(_reading(one, sites) for one in intent.readings) if kept else (),
    )


def keeps(ask: Ask, keepers: Mapping[str, str], place_id: str) -> bool:
    """Whether the asker may close and open a site, and see its numbers."""
    return Role.ADMIN in ask.roles or keepers.get(place_id) == ask.user_id


def when(slots: tuple[Slot, ...]) -> tuple[PartStay, ...]:
    return tuple(part(slot, None, {}) for slot in slots)


def _closed(site: NamedPlace, closures: tuple[Closure, ...], numbers: Numbers | None) -> ClosedSite | None:
    own = tuple(one for one in closures if one.place_id == site.id)
    if not own:
        return None
    slots = tuple(one.slot for one in own)
    counted = {numbers.moved.get(one.batch) if numbers else None for one in own}
    # What was closed after the count has no number, and neither has the site then: two numbers could be compared.
    moved = counted.pop() if len(counted) == 1 else None
    return ClosedSite(SiteName(site.id, site.name), when(slots), packed(slots), numbers is not None, moved)


def _reading(meant: SwitchSite, sites: tuple[NamedPlace, ...]) -> Reading:
    site = next(one for one in sites if one.id == meant.place_id)
    return Reading(SiteName(site.id, site.name), when(meant.slots), packed(meant.slots), meant.close)
