"""My own rules: showing, setting and sharing them."""

from dataclasses import replace

from bot.domain.people import Team
from bot.domain.reach.intents import SetRules, ShareReach
from bot.domain.reach.rules import Settings, Urgency
from bot.services import ReadUnit, Services
from bot.services.people import know
from bot.services.reach import shown_rules
from bot.services.teams import MyTeams, my_teams, named, team_to_switch
from bot.turn import Answer, Ask, Scope
from cards.notices import TroubleView
from cards.reach import MyReachView
from cards.where import TeamChoice


async def show_mine(ask: Ask, services: Services, problem: str | None = None) -> Answer:
    """My rules as they are; with a problem, why nothing was changed."""
    mine = await my_teams(ask, services)
    async with services.units.read(ask.turn.key.tenant) as unit:
        return Answer(replace(await _view(ask, services, unit, mine), problem=problem))


async def set_rules(ask: Ask, intent: SetRules, services: Services) -> Answer:
    """Set rules to absolute values; the answer says what holds, who sees it and how to change it back."""
    mine = await my_teams(ask, services)
    async with services.units.write(ask.turn.key) as unit:
        before = await unit.reach.of(ask.user_id)
        previous: Settings = tuple((urgency, before.get(urgency)) for urgency, _ in intent.settings)
        same = unit.repeated or previous == intent.settings
        if not same:
            await know(ask, unit)
            await unit.reach.put(ask.user_id, intent.settings)
        view = await _view(ask, services, unit, mine)
    if same:
        # Delivered twice: told as it is now, which may be something newer than this message said.
        return Answer(replace(view, changed="same"))
    undo = () if intent.undo else shown_rules(dict(previous), [urgency for urgency, _ in previous])
    return Answer(replace(view, changed="undone" if intent.undo else "saved", undo=undo))


async def share(ask: Ask, intent: ShareReach, services: Services) -> Answer:
    """Show it to the team said, the team spoken in, or my only team; or no longer."""
    mine = await my_teams(ask, services, of=intent.team)
    team = team_to_switch(ask, mine, intent.team, on=intent.on)
    if team is None and mine.unreachable:
        return Answer(TroubleView())
    if team is None:
        return await show_mine(ask, services, "which_team" if mine.teams else "no_team")
    async with services.units.write(ask.turn.key) as unit:
        before = team.id in await unit.reach_sharing.teams_of(ask.user_id)
        if not unit.repeated and before is not intent.on:
            await know(ask, unit)
            await unit.reach_sharing.set(ask.user_id, team.id, intent.on)
        view = await _view(ask, services, unit, mine)
        repeated = unit.repeated
    now = before if repeated else intent.on
    changed = {True: ("already_shared", "shared"), False: ("not_shared", "unshared")}[now][before is not now]
    return Answer(replace(view, changed=changed, team=_choice(team)))


async def _view(ask: Ask, services: Services, unit: ReadUnit, mine: MyTeams) -> MyReachView:
    shown = await unit.reach_sharing.teams_of(ask.user_id)
    turn = ask.turn
    return MyReachView(
        shown_rules(await unit.reach.of(ask.user_id), list(Urgency)),
        ask.today,
        shown_to=tuple(_choice(team) for team in await named(unit, mine, shown)),
        others=tuple(_choice(team) for team in mine.teams if team.id not in shown),
        quiet=ask.person is not None and ask.person.is_quiet(services.clock.now()),
        asked_openly=turn.scope is not Scope.PERSONAL and turn.press is None and not turn.private,
    )


def _choice(team: Team) -> TeamChoice:
    return TeamChoice(team.id, team.name)
