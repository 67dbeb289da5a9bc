"""What happens around us: added to a team or removed from it, members come and go, a team sleeps or is renamed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.dispatcher import OnEvent
from bot.domain.health import Failure
from bot.domain.people import Person, Roster, Team
from bot.errors import ConnectorError
from bot.logs import get_logger
from bot.services import Services, WriteUnit
from bot.services.signing import disconnect
from bot.services.start import first_run
from bot.services.unfocusing import clear, stop_all
from bot.turn import Answer, Ask, EventKind
from cards.introduction import IntroductionView

log = get_logger(__name__)

# So long a team may sleep and find everything as it was (docs: "removed and added again").
KEPT_ASLEEP = timedelta(days=30)


async def added(ask: Ask, services: Services) -> Answer:
    """Remember the team and how to speak to it, wake it where it slept, and say once who we are.

    Also called for the first word in a team that nobody told us of; then nobody waits for an introduction.
    """
    if ask.team is None:
        return await _came_back(ask, services)
    async with services.units.mirror(ask.turn.key.tenant) as unit:
        await _wake(ask, unit, ask.team, services)
        first = ask.turn.event is not None and await unit.teams.introduce(ask.team.id)
    roster = await _roster(ask, ask.team, services)
    if not first:
        return Answer()
    return Answer(announce=IntroductionView(ask.turn.reference.bot_name, _installer(ask, roster)))


async def _came_back(ask: Ask, services: Services) -> Answer:
    """Installed in somebody's own chat: whoever was leaving stays; who is new gets the first card."""
    if ask.person and ask.person.leaving_since:
        async with services.units.mirror(ask.turn.key.tenant) as unit:
            await unit.people.change(ask.person.user_id, leaving_since=None, contact=ask.contact)
    return await first_run(ask, services)


async def _wake(ask: Ask, unit: WriteUnit, team: Team, services: Services) -> None:
    if team.asleep_since and team.asleep_since <= services.clock.now() - KEPT_ASLEEP:
        await unit.teams.remove(team.id)  # too late: what was chosen here then is a new choice now
        team = Team(team.id, ask.turn.team_name or team.name, team.kind)
    await unit.teams.save(team, ask.team_reference)
    await unit.teams.wake(team.id)


async def _roster(ask: Ask, team: Team, services: Services) -> Roster | None:
    try:
        return await services.rosters.of(ask.turn.key.tenant, team)
    except ConnectorError as error:
        # The first question that needs the roster asks again.
        log.warning("roster_not_fetched", status=error.status, reason=type(error).__name__)
        return None


def _installer(ask: Ask, roster: Roster | None) -> str | None:
    """Who added us, where it was a person: events often leave the name out, the roster has it."""
    actor = ask.turn.actor
    members = roster.members if roster else ()
    listed = [m.name for m in members if actor.channel_user_id and m.channel_user_id == actor.channel_user_id]
    return (actor.name if actor.user_id else None) or next(iter(listed), None)


async def woken(ask: Ask, services: Services) -> Answer:
    """No longer archived or deleted: all goes on as it was."""
    if ask.team and ask.team_known:
        async with services.units.mirror(ask.turn.key.tenant) as unit:
            await _wake(ask, unit, ask.team, services)
        await _roster(ask, ask.team, services)  # whoever is on it is not leaving any more
    return Answer()


async def renamed(ask: Ask, services: Services) -> Answer:
    """Keep the team's new name."""
    if ask.team is None or not ask.turn.team_name:
        return Answer()
    async with services.units.mirror(ask.turn.key.tenant) as unit:
        await unit.teams.save(replace(ask.team, name=ask.turn.team_name), ask.team_reference)
    return Answer()


async def members_changed(ask: Ask, services: Services) -> Answer:
    """Forget the mirrored roster: the next question fetches the true one. Who left is out at once."""
    if ask.team is None or ask.turn.event is None:
        return Answer()
    async with services.units.write(ask.turn.key) as unit:
        await unit.members.left(ask.team.id, ask.turn.event.left, services.clock.now())
        await unit.members.forget(ask.team.id)
    return Answer()


async def asleep(ask: Ask, services: Services) -> Answer:
    """Removed, deleted or archived: from now on nothing is shown of the team; back within 30 days all resumes.

    From somebody's own chat: see `_left`. A repeated event does nothing a second time.
    """
    if ask.person and not ask.team:
        return await _left(ask, ask.person, services)
    if ask.team:
        async with services.units.write(ask.turn.key) as unit:
            await unit.teams.sleep(ask.team.id, services.clock.now())
    return Answer()


async def _left(ask: Ask, person: Person, services: Services) -> Answer:
    """They are forgotten 30 days later, and not reached any more (docs/decisions/0016).

    Before that their focus time is taken out of Teams and the calendar, and Samen goes out of their Microsoft account: without
    their contact nobody can do either later.
    """
    now = services.clock.now()
    async with services.units.write(ask.turn.key) as unit:
        if unit.repeated and not person.leaving_since:
            return Answer()  # they came back since
        await stop_all(unit, person.user_id, now)
        await unit.people.change(person.user_id, leaving_since=person.leaving_since or now)
    for _ in await clear(ask, services):
        services.health.count(Failure.FOCUS_LEFT)
    await disconnect(ask, services)
    async with services.units.mirror(ask.turn.key.tenant) as unit:
        if (found := await unit.people.get(person.user_id)) and found.leaving_since:
            await unit.people.change(person.user_id, contact=None)
    return Answer()


async def gone(ask: Ask, services: Services) -> Answer:
    """Deleted for good: so is all that was kept of it. Who was in it leaves as when it falls asleep."""
    if ask.team:
        async with services.units.write(ask.turn.key) as unit:
            await unit.teams.sleep(ask.team.id, services.clock.now())
            await unit.teams.remove(ask.team.id)
    return Answer()


EVENTS: Mapping[EventKind, OnEvent] = {
    EventKind.ADDED: added,
    EventKind.REMOVED: asleep,
    EventKind.ARCHIVED: asleep,
    EventKind.RESTORED: woken,
    EventKind.GONE: gone,
    EventKind.RENAMED: renamed,
    EventKind.MEMBERS: members_changed,
}
