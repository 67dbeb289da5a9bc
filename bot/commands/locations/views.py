"""From places to what their card shows."""

from collections.abc import Mapping

from bot.domain.places import NamedPlace
from bot.services import ReadUnit
from cards.locations import LocationsView, NamedSpot

Keepers = Mapping[str, str]  # site -> the name of its keeper, empty where no roster knows it


def spot(place: NamedPlace, keepers: Keepers) -> NamedSpot:
    return NamedSpot(place.id, place.name, place.place.value, place.retired, keepers.get(place.id))


def view(
    places: tuple[NamedPlace, ...], keepers: Keepers, changed: tuple[str, NamedSpot] | None, problem: str | None
) -> LocationsView:
    return LocationsView(tuple(spot(place, keepers) for place in places), changed, problem)


async def keepers_of(unit: ReadUnit) -> Keepers:
    """Who keeps which site, by name."""
    keepers = await unit.sites.keepers()
    names = await unit.organisation.names(keepers.values())
    return {place_id: names.get(user_id, "") for place_id, user_id in keepers.items()}
