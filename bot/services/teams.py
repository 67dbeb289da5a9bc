"""The teams of the person who asks, as far as Samen knows them."""

import asyncio
from dataclasses import dataclass

from bot.domain.people import Membership, Roster, Team, TeamKind
from bot.domain.words import fold
from bot.errors import ConnectorError
from bot.logs import get_logger
from bot.services.rosters import FRESH
from bot.services.services import Services
from bot.services.units import ReadUnit
from bot.turn import Ask

log = get_logger(__name__)

# Teams allows 14 such calls a second in a conversation and 25 or more in a tenant; the next question asks the rest.
MOST_LISTED_AGAIN = 10
# Somebody waits for the answer.
MOST_ASKED = 5


@dataclass(frozen=True, slots=True)
class MyTeams:
    """The teams an asker is a member of, as far as Samen knows, by name; with the rosters looked up so far."""

    teams: tuple[Team, ...]
    rosters: dict[str, Roster]
    sharing: frozenset[str] = frozenset()  # the ids of the teams that see my places
    unreachable: bool = False  # Teams did not tell who is in the team that was asked for

    def find(self, team_id: str | None) -> Team | None:
        return next((team for team in self.teams if team.id == team_id), None)


async def my_teams(ask: Ask, services: Services, *, of: str | None = None) -> MyTeams:
    """My teams: the one asked for first, then those I share with; the first one's roster is fetched when it is old.

    A network read: call it before the unit. Somebody who is not on the roster (any more) does not get the team.
    """
    tenant, here = ask.turn.key.tenant, ask.team and ask.team.id
    known = ask.memberships
    memberships = await _memberships(ask, services) if known is None else known
    if not memberships and not ask.team and await _list_again(ask, services):
        memberships = await _memberships(ask, services)
    candidates = [*([ask.team] if ask.team else []), *(one.team for one in memberships if one.team.id != here)]
    sharing = frozenset(one.team.id for one in memberships if one.sharing)
    listed = {one.team.id: one.listed_at for one in memberships}
    first = of or here
    # A chat is for a moment, and has no name to choose it by: among those I share with, my team comes first.
    candidates.sort(key=lambda team: (team.id != first, team.id not in sharing, team.kind is TeamKind.CHAT))
    unreachable = False
    while candidates:
        try:
            roster = await services.rosters.of(tenant, candidates[0], listed.get(candidates[0].id))
        except ConnectorError as error:
            # One team that cannot be asked now must not keep somebody from planning, or from their other teams.
            log.warning("team_left_out", status=error.status, reason=type(error).__name__)
            unreachable = unreachable or candidates[0].id == first
        else:
            if roster.has(ask.user_id):
                return MyTeams(tuple(candidates), {candidates[0].id: roster}, sharing, unreachable)
        candidates.pop(0)
    return MyTeams((), {}, sharing, unreachable)


def team_to_switch(ask: Ask, mine: MyTeams, said: str | None, *, on: bool) -> Team | None:
    """The team to show something to, or no longer: the one said, the one spoken in, or my only one; None = unclear.

    Showing needs a member list that has me. Switching off always works, also after leaving the team.
    """
    wanted = said or (ask.team and ask.team.id)
    team = mine.find(wanted) if wanted else mine.teams[0] if len(mine.teams) == 1 else None
    if on:
        return team if team and team.id in mine.rosters else None
    return team or (Team(said, "", TeamKind.CHAT) if said else None)


async def _memberships(ask: Ask, services: Services) -> tuple[Membership, ...]:
    """The teams that I am known to be in or share with."""
    async with services.units.glance(ask.turn.key.tenant) as unit:
        return await unit.teams.of_member(ask.user_id)


async def _list_again(ask: Ask, services: Services) -> bool:
    """Ask Teams for some member lists that have lapsed: after a quiet weekend nobody is known to be anywhere."""
    tenant = ask.turn.key.tenant
    async with services.units.read(tenant) as unit:
        lapsed = await unit.teams.unlisted(MOST_LISTED_AGAIN)
    lists = await asyncio.gather(*(services.rosters.of(tenant, team) for team in lapsed), return_exceptions=True)
    failed = [error for error in lists if isinstance(error, BaseException)]
    for error in failed:
        if not isinstance(error, ConnectorError):
            raise error
        log.warning("team_left_out", status=error.status, reason=type(error).__name__)
    return len(failed) < len(lapsed)


async def rosters_of(ask: Ask, services: Services, mine: MyTeams) -> dict[str, Roster]:
    """The member lists of my teams that have me: all that are fresh, and a few of the others asked for again.

    A network read: call it before the unit.
    """
    tenant, now = ask.turn.key.tenant, services.clock.now()
    async with services.units.read(tenant) as unit:
        kept = {team.id: await unit.members.of(team.id) for team in mine.teams if team.id not in mine.rosters}
    known = {team_id: roster for team_id, roster in kept.items() if roster} | mine.rosters
    old = [team for team in mine.teams if team.id not in known or now - known[team.id].fetched_at >= FRESH]
    asked = await asyncio.gather(*(_again(tenant, services, team) for team in old[:MOST_ASKED]))
    known |= {team.id: roster for team, roster in zip(old[:MOST_ASKED], asked, strict=True) if roster}
    return {team.id: known[team.id] for team in mine.teams if team.id in known and known[team.id].has(ask.user_id)}


async def _again(tenant: str, services: Services, team: Team) -> Roster | None:
    """The member list as Teams tells it; None where Teams cannot be asked now."""
    try:
        return await services.rosters.of(tenant, team)
    except ConnectorError as error:
        log.warning("team_left_out", status=error.status, reason=type(error).__name__)
        return None


async def is_colleague(ask: Ask, services: Services, mine: MyTeams, words: tuple[str, ...]) -> bool:
    """Whether one of the words is part of the name of somebody in one of my teams; shares or not."""
    wanted = {fold(word) for word in words}
    async with services.units.read(ask.turn.key.tenant) as unit:
        rosters = [await unit.members.of(team.id) for team in mine.teams] if wanted else []
    names = [name for roster in rosters if roster for name in roster.names().values()]
    return any(wanted & set(fold(name).split()) for name in names)


async def named(unit: ReadUnit, mine: MyTeams, ids: frozenset[str]) -> tuple[Team, ...]:
    """The teams with these ids, by name: also one whose member list could not be had now, for it may still see me."""
    known = {team.id: team for team in mine.teams}
    found = [known.get(team_id) or await unit.teams.get(team_id) for team_id in sorted(ids)]
    awake = (team for team in found if team and not team.asleep_since)
    return tuple(sorted(awake, key=lambda team: (team.name.casefold(), team.id)))
