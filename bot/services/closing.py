"""What a closed site means for somebody's plan, as their cards show it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from bot.domain.capabilities import Capability, switched_on
from bot.domain.days import Slot
from bot.domain.places import NamedPlace, WorkLocation
from bot.domain.sites import Closure, alternatives, closed_at
from bot.services.defaults import Defaults
from bot.services.stays import names_of, part, parts_of
from bot.services.units import ReadUnit, WriteUnit
from bot.turn import Ask
from cards.where import AtClosed, PartStay

# Day-parts that one tap moves; more would not fit on a card, and are better looked at on the plan.
MOST_AT_ONCE = 40


def at_closed(
    plan: Mapping[Slot, WorkLocation | None], places: Iterable[NamedPlace], closures: Sequence[Closure]
) -> AtClosed | None:
    """The day-parts of a plan that are at a site while it is closed, with other places to choose; None = there are none."""
    stays = closed_at(plan, closures)
    if not stays:
        return None
    every = tuple(places)
    names = names_of(every)
    offered = alternatives(stays, every, closures) if len(stays) <= MOST_AT_ONCE else ()
    instead = tuple(parts_of(changes, names) for changes in offered)
    return AtClosed(tuple(part(slot, at, names) for slot, at in stays.items()), instead)


def at_closed_for(ask: Ask, plan: Mapping[Slot, WorkLocation | None]) -> AtClosed | None:
    """The same for a plan of the asker's, where closing is switched on."""
    return at_closed(plan, ask.places, closures_for(ask))


def closed_sites(ask: Ask, day: date) -> tuple[PartStay, ...]:
    """The sites that are closed on a day, where closing is switched on: nobody should travel to a closed door."""
    if Capability.CLOSING not in ask.capabilities:
        return ()
    names = names_of(ask.places)
    sites = {place.id: WorkLocation(place.place, place.id) for place in ask.places}
    closed = (one for one in ask.facts.closures if one.slot.day == day)
    return tuple(part(one.slot, sites[one.place_id], names) for one in closed if one.place_id in sites)


def closures_for(ask: Ask) -> Sequence[Closure]:
    """What is closed as the asker may hear of it: nothing where closing is switched off."""
    return ask.facts.closures if Capability.CLOSING in ask.capabilities else ()


async def closures_of(unit: ReadUnit, defaults: Defaults, first: date, last: date) -> Sequence[Closure]:
    """The same for nobody in particular, both days included."""
    return await unit.sites.closures(first, last) if await closing_is_on(unit, defaults) else ()


async def touch_counters(unit: WriteUnit, place_id: str) -> None:
    """A site closed or opened: have the questions about its counter drawn as it is now."""
    for team, needs in (await unit.counter.every_need()).items():
        if any(need.named == place_id for need in needs):
            unit.cards.touch_team(team.id)


async def closing_is_on(unit: ReadUnit, defaults: Defaults) -> bool:
    """Whether this tenant closes sites and counts with Samen."""
    return Capability.CLOSING in switched_on(await unit.capabilities.switches(), all_on=defaults.all_on)
