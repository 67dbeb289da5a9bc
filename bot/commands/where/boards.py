"""Boards of my teams: who may see one, and what is on it."""

from dataclasses import replace
from datetime import date

from bot.commands.where.views import board_view, choice
from bot.domain import together
from bot.domain.people import Roster, Team
from bot.domain.where.board import board
from bot.services import ReadUnit
from bot.services.closing import closed_sites
from bot.services.teams import MyTeams
from bot.turn import Ask
from cards.where import BoardView


async def read_board(ask: Ask, unit: ReadUnit, team: Team, roster: Roster, day: date) -> BoardView:
    """One team's board, from inside a unit."""
    plans = await unit.plans.shared_with(team.id, day)
    halves = tuple(part.value for part in together.on(ask.facts.together.get(team.id, ()), day))
    view = board_view(ask, team, day, board(plans, roster.names(), day))
    return replace(view, together=halves, closed=closed_sites(ask, day))


async def full_board(ask: Ask, unit: ReadUnit, mine: MyTeams, team: Team, day: date) -> BoardView:
    """One team's board with what the asker can do next: share, or look at another of my teams."""
    view = await read_board(ask, unit, team, mine.rosters[team.id], day)
    others = tuple(choice(other) for other in mine.teams if other.id != team.id)
    return replace(view, sharing=team.id in mine.sharing, others=others, quiet=ask.quiet)


def listed_team(ask: Ask, mine: MyTeams, wanted: str | None) -> Team | None:
    """The team pressed or spoken in, in my own chat my first; None where I am not known to be in it now."""
    wanted = wanted or (ask.team.id if ask.team else None)
    team = mine.find(wanted) if wanted else next(iter(mine.teams), None)
    return team if team and team.id in mine.rosters else None
