"""The keeper of a site: somebody of the organisation who may close and open it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.commands.locations.views import keepers_of, spot, view
from bot.domain.people import Member
from bot.domain.places import NamedPlace
from bot.domain.reach.find import matching
from bot.domain.reach.intents import FindColleague
from bot.domain.sites import open_sites
from bot.domain.words import Lexicon, token_texts
from bot.services import Services
from bot.services.teams import my_teams
from bot.turn import Answer, Ask

MOST_TO_CHOOSE = 8


@dataclass(frozen=True, slots=True)
class AppointKeeper:
    """Make whoever is meant the keeper of the site; None = nobody keeps it any more."""

    place: NamedPlace
    who: FindColleague | None


def understand(text: str, lexicon: Lexicon, ask: Ask) -> AppointKeeper | str:
    """A site and who keeps it: "Stadhuis @Joris", "Stadhuis Joris Peeters", "Stadhuis niemand"; or what is missing."""
    words = token_texts(text)
    names = {token_texts(site.name): site for site in open_sites(ask.places)}
    name = max((name for name in names if name == words[: len(name)]), key=len, default=None)
    if name is None:
        return "unknown_site" if words else "no_name"
    rest = tuple(word for word in words[len(name) :] if word.isalpha())
    if ask.turn.mentions:
        return AppointKeeper(names[name], FindColleague(channel_user_id=ask.turn.mentions[0].channel_user_id))
    said = lexicon.phrase("locations", " ".join(rest))
    if said and said.key == "nobody" and not said.rest:
        return AppointKeeper(names[name], None)
    return AppointKeeper(names[name], FindColleague(words=rest)) if rest else "no_keeper"


def press(data: Mapping[str, Any], ask: Ask) -> AppointKeeper | None:
    """One of several people with that name. Who it is, the rosters say, not the card."""
    place = next((site for site in open_sites(ask.places) if site.id == data.get("id")), None)
    user_id = data.get("user")
    return AppointKeeper(place, FindColleague(user_id=user_id)) if place and isinstance(user_id, str) else None


async def appoint(ask: Ask, intent: AppointKeeper, services: Services) -> Answer:
    """Keep who the keeper is; somebody who is in none of the administrator's teams is not found."""
    people = await _people(ask, intent.who, services) if intent.who else ()
    tenant = ask.turn.key.tenant
    if intent.who and len(people) != 1:
        async with services.units.read(tenant) as unit:
            shown = view(ask.places, await keepers_of(unit), None, "which_keeper" if people else "unknown_person")
        choices = tuple((person.user_id or "", person.name) for person in people[:MOST_TO_CHOOSE])
        return Answer(replace(shown, choosing=(spot(intent.place, {}), choices) if people else None))
    user_id = people[0].user_id if people else None
    async with services.units.write(ask.turn.key) as unit:
        is_so = (await unit.sites.keepers()).get(intent.place.id) == user_id
        if unit.repeated and not is_so:
            return Answer(view(ask.places, await keepers_of(unit), None, None))  # delivered twice, and another since
        if not is_so:
            await unit.sites.set_keeper(intent.place.id, user_id)
            await unit.audit.add(ask.user_id, "keeper_set" if user_id else "keeper_removed", intent.place.id)
        keepers = await keepers_of(unit)
    # Delivered twice or said twice: it is so, and that is what it says.
    kept = {**keepers, intent.place.id: people[0].name} if people else keepers
    changed = ("keeper_set" if people else "keeper_removed", spot(intent.place, kept))
    return Answer(view(ask.places, kept, changed, None))


async def _people(ask: Ask, who: FindColleague, services: Services) -> tuple[Member, ...]:
    mine = await my_teams(ask, services)
    async with services.units.read(ask.turn.key.tenant) as unit:
        mirrored = [await unit.members.of(team.id) for team in mine.teams]
    return matching(who, [roster for roster in mirrored if roster], asker="")
