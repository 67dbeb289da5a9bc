"""From plans to what cards show of them: places by name, day-parts with their stays."""

from collections.abc import Iterable, Mapping, Sequence

from bot.domain.days import Slot
from bot.domain.places import NamedPlace, WorkLocation
from bot.domain.where.intents import Change
from cards.where import PartStay, Spot, Stay

Names = Mapping[str, str]  # a named place's id -> its name, retired ones included


def names_of(places: Iterable[NamedPlace]) -> Names:
    return {place.id: place.name for place in places}


def spot(location: WorkLocation, names: Names) -> Spot:
    """A place as the card names it; a named place that no longer exists falls back to its class."""
    name = names.get(location.named) if location.named else None
    return Spot(location.place.value, name, location.named if name else None)


def stay(location: WorkLocation | None, names: Names) -> Stay | None:
    if location is None:
        return None
    return Stay(spot(location, names), location.kind.value if location.kind else None)


def part(slot: Slot, location: WorkLocation | None, names: Names) -> PartStay:
    return PartStay(slot.day, slot.part.value, stay(location, names))


def parts_of(changes: Sequence[Change], names: Names) -> tuple[PartStay, ...]:
    return tuple(part(change.slot, change.location, names) for change in changes)
