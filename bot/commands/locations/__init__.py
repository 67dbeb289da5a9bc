"""`/locations` (`/locaties`): administrators name sites and public places."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.commands.locations import keepers
from bot.commands.locations.keepers import AppointKeeper, appoint
from bot.commands.locations.views import keepers_of, spot, view
from bot.dispatcher import ADMINS, Command
from bot.domain.locations import LONGEST_NAME, clean_name, named
from bot.domain.places import NAMEABLE, NamedPlace, Place
from bot.domain.where.sentence import GRAMMAR
from bot.domain.words import Lexicon
from bot.errors import NameTaken
from bot.services import Services
from bot.turn import Answer, Ask, Scope


@dataclass(frozen=True, slots=True)
class ShowLocations:
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class KeepLocation:
    """Keep the place exactly so; `act` is what happened to it: added, renamed, retired or restored."""

    act: str
    place: NamedPlace


Intent = ShowLocations | KeepLocation | AppointKeeper


def understand(text: str, lexicon: Lexicon, ask: Ask) -> Intent:
    """`add library Rozet`, `rename A to B`, `retire A`, `restore A`, `keeper A somebody`, or nothing: the list."""
    if not text.strip():
        return ShowLocations()
    match = lexicon.phrase("locations", text)
    if match is None:
        return ShowLocations("unknown_act")
    if match.key in {"retire", "restore"}:
        return _switch(match.key, match.rest, ask)
    read = {"add": _add, "rename": _rename, "keeper": _keeper}.get(match.key)
    return read(match.rest, lexicon, ask) if read else ShowLocations("unknown_act")


def _keeper(text: str, lexicon: Lexicon, ask: Ask) -> Intent:
    kept = keepers.understand(text, lexicon, ask)
    return ShowLocations(kept) if isinstance(kept, str) else kept


def _add(text: str, lexicon: Lexicon, ask: Ask) -> Intent:
    known = lexicon.phrase("place", text)
    own = lexicon.phrase("locations", text)
    if own and own.key == "site" and own.rest.strip():
        text, known = own.rest, None
    # "Stadskantoor" alone is a name, "bibliotheek Rozet" a class and a name.
    has_class = known and known.rest.strip() and known.key in NAMEABLE
    place = Place(known.key) if known and has_class else Place.SITE
    if known and has_class and place is not Place.SITE:
        text = known.rest
    problem = _wrong_name(clean_name(text), place, lexicon)
    if problem:
        return ShowLocations(problem)
    if named(ask.places, text, retired=False):
        return ShowLocations("name_taken")
    new_id = ask.turn.key.new_id("place").hex[:12]
    return KeepLocation("added", NamedPlace(new_id, clean_name(text), place))


def _rename(text: str, lexicon: Lexicon, ask: Ask) -> Intent:
    sides = lexicon.split("locations", "to", text)
    if sides is None:
        return ShowLocations("no_name")
    place = named(ask.places, sides[0], retired=False)
    if place is None:
        return ShowLocations("unknown_name")
    new_name = clean_name(sides[1])
    problem = _wrong_name(new_name, place.place, lexicon)
    same = named(ask.places, new_name, retired=False)
    if same and same.id != place.id:
        problem = "name_taken"
    return ShowLocations(problem) if problem else KeepLocation("renamed", replace(place, name=new_name))


def _switch(act: str, text: str, ask: Ask) -> Intent:
    retire = act == "retire"
    place = named(ask.places, text, retired=not retire)
    if place is None:
        return ShowLocations("unknown_name" if clean_name(text) else "no_name")
    return _keep(place, retire=retire)


def _keep(place: NamedPlace, *, retire: bool) -> KeepLocation:
    return KeepLocation("retired" if retire else "restored", replace(place, retired=retire))


def _wrong_name(name: str, place: Place, lexicon: Lexicon) -> str | None:
    """Why this cannot be a name: there is none, it is too long, or it is a word that means another place."""
    if not name:
        return "no_name"
    if len(name) > LONGEST_NAME:
        return "too_long"
    for category in sorted(GRAMMAR - {"hall"}):
        word = lexicon.phrase(category, name)
        if word and not word.rest and (category, word.key) != ("place", place.value):
            return "known_word"
    return None


def press(data: Mapping[str, Any], ask: Ask, *, retire: bool) -> Intent | None:
    """A button beside a place."""
    place = next((place for place in ask.places if place.id == data.get("id")), None)
    return _keep(place, retire=retire) if place else None


async def handle(ask: Ask, intent: Intent, services: Services) -> Answer:
    """Keep the change with its audit line, and answer with the list as it is then."""
    if isinstance(intent, AppointKeeper):
        return await appoint(ask, intent, services)
    if isinstance(intent, ShowLocations):
        return await _show(ask, services, intent.problem)
    try:
        async with services.units.write(ask.turn.key) as unit:
            before = {place.id: place for place in await unit.places.all(retired=True)}
            unchanged = unit.repeated or before.get(intent.place.id) == intent.place
            if not unchanged:
                await unit.places.save(intent.place)
                await unit.audit.add(ask.user_id, f"place_{intent.act}", intent.place.id)
            places, kept_by = await unit.places.all(retired=True), await keepers_of(unit)
    except NameTaken:
        return await _show(ask, services, "name_taken")
    changed = ("unchanged" if unchanged else intent.act, spot(intent.place, kept_by))
    return Answer(view(places, kept_by, changed, None))


async def _show(ask: Ask, services: Services, problem: str | None) -> Answer:
    async with services.units.read(ask.turn.key.tenant) as unit:
        return Answer(view(ask.places, await keepers_of(unit), None, problem))


LOCATIONS = Command(
    name="locations",
    parse=understand,
    handle=handle,
    verbs={
        "locations.show": lambda _data, _ask: ShowLocations(),
        "locations.retire": lambda data, ask: press(data, ask, retire=True),
        "locations.restore": lambda data, ask: press(data, ask, retire=False),
        "locations.keeper": keepers.press,
    },
    who=ADMINS,
    menus=frozenset({Scope.PERSONAL}),
)
