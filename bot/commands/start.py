"""`/start`: the first card (my week, who sees it, my language), and the end of a pause."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.dispatcher import Command
from bot.domain.capabilities import Capability
from bot.domain.people import Team
from bot.domain.places import NamedPlace, Place, WorkLocation
from bot.domain.start import NOT_NOW, Intent, NotNow, SaveStart, ShowStart, as_pattern, options, to_save, whole_days
from bot.domain.where.pattern import changed
from bot.domain.words import Lexicon
from bot.domain.working import LOOK_AHEAD
from bot.errors import ConnectorError
from bot.logs import get_logger
from bot.services import Services, WriteUnit
from bot.services.closing import at_closed_for
from bot.services.people import know
from bot.services.start import first_card
from bot.services.teams import MyTeams, my_teams, named
from bot.turn import Answer, Ask
from cards.start import LaterView, ResumedView, StartedView
from cards.where import Spot, TeamChoice

log = get_logger(__name__)


def understand(text: str, _lexicon: Lexicon, _ask: Ask) -> ShowStart | None:
    """The word alone: "begin morgen thuis" is something else."""
    return ShowStart() if not any(character.isalnum() for character in text) else None


async def handle(ask: Ask, intent: Intent, services: Services) -> Answer:
    if isinstance(intent, SaveStart):
        return await _save(ask, intent, services)
    if isinstance(intent, NotNow):
        return await _not_now(ask, services)
    if ask.quiet:
        return await _resume(ask, services)
    return Answer(await first_card(ask, services))


async def _save(ask: Ask, intent: SaveStart, services: Services) -> Answer:
    """Keep what was filled in, and say what holds now, who sees it and how to undo it."""
    mine = await my_teams(ask, services)
    if Capability.WHERE not in ask.capabilities:
        intent = replace(intent, week={}, shown_to=frozenset(), offered=frozenset())
    joined = await _joined(ask, services, mine, intent.shown_to)
    week = {weekday: at for weekday, at in intent.week.items() if _exists(at, ask.places)}
    async with services.units.write(ask.turn.key) as unit:
        if not unit.repeated:
            await know(ask, unit, **({"language": intent.language} if intent.language else {}), offer_after=None)
            pattern = await unit.patterns.of(ask.user_id)
            await unit.patterns.put(ask.user_id, changed(pattern, as_pattern(week)))
            await _share(ask, unit, joined, intent.offered & mine.sharing - joined)
        view = await _view(ask, unit, mine)
    return Answer(
        replace(view, changed=bool(week or intent.shown_to or intent.offered or intent.language)), intent.language
    )


def _exists(at: WorkLocation | None, places: tuple[NamedPlace, ...]) -> bool:
    """Whether a site that the card names can be chosen here."""
    return (
        at is None
        or at.named is None
        or any(place.id == at.named and place.place is Place.SITE and not place.retired for place in places)
    )


async def _joined(ask: Ask, services: Services, mine: MyTeams, wanted: frozenset[str]) -> frozenset[str]:
    """Of the teams wanted those that have me, as Teams says now; a network read."""
    found = []
    for team in [team for team in mine.teams if team.id in wanted]:
        try:
            roster = await services.rosters.of(ask.turn.key.tenant, team)
        except ConnectorError as error:
            # Whom the card then says sees it is true: this team is not among them.
            log.warning("team_left_out", status=error.status, reason=type(error).__name__)
        else:
            found += [team.id] if roster.has(ask.user_id) else []
    return frozenset(found)


async def _share(ask: Ask, unit: WriteUnit, on: frozenset[str], off: frozenset[str]) -> None:
    for team in sorted(on):
        await unit.sharing.set(ask.user_id, team, True)
    for team in sorted(off):
        await unit.sharing.set(ask.user_id, team, False)


async def _view(ask: Ask, unit: WriteUnit, mine: MyTeams) -> StartedView:
    """What holds after saving, read back."""
    pattern = await unit.patterns.of(ask.user_id)
    sharing = await unit.sharing.teams_of(ask.user_id)
    person = await unit.people.get(ask.user_id)
    names = {place.id: place.name for place in ask.places}
    days = whole_days(pattern, options(ask.places))
    plan = await unit.plans.of(ask.user_id, ask.today, ask.today + LOOK_AHEAD)
    return StartedView(
        week=tuple(Spot(at.place.value, names.get(at.named or "")) if at else None for at in days),
        today=ask.today,
        shown_to=tuple(_choice(team) for team in await named(unit, mine, sharing)),
        others=tuple(_choice(team) for team in mine.teams if team.id not in sharing),
        language=(person and person.language) or ask.language,
        where=Capability.WHERE in ask.capabilities,
        quiet=ask.quiet,
        closed=at_closed_for(ask, plan),
    )


def _choice(team: Team) -> TeamChoice:
    return TeamChoice(team.id, team.name)


async def _not_now(ask: Ask, services: Services) -> Answer:
    """Remember until when not to ask, and nothing else: not even how to reach this person."""
    async with services.units.write(ask.turn.key) as unit:
        if not unit.repeated:
            await unit.people.change(ask.user_id, offer_after=services.clock.now() + NOT_NOW)
    return Answer(LaterView())


async def _resume(ask: Ask, services: Services) -> Answer:
    """No longer pausing or stopped: what was shared is seen again, and the answer says by whom."""
    mine = await my_teams(ask, services)
    async with services.units.write(ask.turn.key) as unit:
        if not unit.repeated:
            await know(ask, unit, paused_until=None, stopped=False)
        places = await named(unit, mine, await unit.sharing.teams_of(ask.user_id))
        reach = await named(unit, mine, await unit.reach_sharing.teams_of(ask.user_id))
    return Answer(
        ResumedView(
            places=tuple(_choice(team) for team in places if Capability.WHERE in ask.capabilities),
            reach=tuple(_choice(team) for team in reach if Capability.REACH in ask.capabilities),
        )
    )


def _show(_data: Mapping[str, Any], _ask: Ask) -> ShowStart:
    return ShowStart()


def _later(_data: Mapping[str, Any], _ask: Ask) -> NotNow:
    return NotNow()


START = Command(
    name="start",
    parse=understand,
    handle=handle,
    verbs={"start.show": _show, "start.save": lambda data, _: to_save(data), "start.later": _later},
)
