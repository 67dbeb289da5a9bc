"""Showing my places to a team, or no longer."""

from bot.commands.where.views import choice
from bot.domain.where.intents import Share
from bot.services import Services
from bot.services.people import know
from bot.services.teams import my_teams, team_to_switch
from bot.turn import Answer, Ask
from cards.notices import TroubleView
from cards.where import NoTeamView, SharingView


async def share(ask: Ask, intent: Share, services: Services) -> Answer:
    """Switch sharing for the team said, the team spoken in, or my only team."""
    mine = await my_teams(ask, services, of=intent.team)
    team = team_to_switch(ask, mine, intent.team, on=intent.on)
    if team is None and mine.unreachable:
        return Answer(TroubleView())
    if team is None:
        purpose = "share_on" if intent.on else "share_off"
        return Answer(NoTeamView(tuple(choice(one) for one in mine.teams), purpose))
    async with services.units.write(ask.turn.key) as unit:
        before = team.id in await unit.sharing.teams_of(ask.user_id)
        if unit.repeated:
            return Answer(SharingView(choice(team), before, changed=False, quiet=ask.quiet))
        await know(ask, unit)
        await unit.sharing.set(ask.user_id, team.id, intent.on)
    return Answer(SharingView(choice(team), intent.on, before is not intent.on, ask.quiet))
