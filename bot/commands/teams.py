"""What happens around us: added to a team, members come and go, a team is renamed."""

from collections.abc import Mapping
from dataclasses import replace

from bot.dispatcher import OnEvent
from bot.errors import ConnectorError
from bot.logs import get_logger
from bot.services import Services
from bot.turn import Answer, Ask, EventKind

log = get_logger(__name__)


async def added(ask: Ask, services: Services) -> Answer:
    """Remember the team and how to speak to it, so that its members find it in their own chat too."""
    if ask.team is None:
        return Answer()
    async with services.units.mirror(ask.turn.key.tenant) as unit:
        await unit.teams.save(ask.team, ask.team_reference)
    try:
        await services.rosters.of(ask.turn.key.tenant, ask.team)
    except ConnectorError as error:
        # The first question that needs the roster asks again.
        log.warning("roster_not_fetched", status=error.status, reason=type(error).__name__)
    return Answer()


async def renamed(ask: Ask, services: Services) -> Answer:
    """Keep the team's new name."""
    if ask.team is None or not ask.turn.team_name:
        return Answer()
    async with services.units.mirror(ask.turn.key.tenant) as unit:
        await unit.teams.save(replace(ask.team, name=ask.turn.team_name), ask.team_reference)
    return Answer()


async def members_changed(ask: Ask, services: Services) -> Answer:
    """Forget the mirrored roster: the next question fetches the true one."""
    if ask.team is None:
        return Answer()
    async with services.units.mirror(ask.turn.key.tenant) as unit:
        await unit.members.forget(ask.team.id)
    return Answer()


async def removed(ask: Ask, services: Services) -> Answer:
    """Forget the team and who shared with it: when Samen comes back, sharing is a new choice."""
    if ask.team is None:
        return Answer()
    async with services.units.mirror(ask.turn.key.tenant) as unit:
        await unit.teams.remove(ask.team.id)
    return Answer()


EVENTS: Mapping[EventKind, OnEvent] = {
    EventKind.ADDED: added,
    EventKind.RENAMED: renamed,
    EventKind.MEMBERS: members_changed,
    EventKind.REMOVED: removed,
}
