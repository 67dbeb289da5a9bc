"""Boards of my teams: who may see one, and what is on it."""

from dataclasses import dataclass
from datetime import date

from bot.commands.where.views import board_view, choice
from bot.domain.people import Roster, Team
from bot.domain.where.board import board
from bot.errors import ConnectorError
from bot.logs import get_logger
from bot.services import ReadUnit, Services
from bot.turn import Ask
from cards.where import BoardView

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class MyTeams:
    """The teams an asker is a member of, as far as Samen knows, by name; with the rosters looked up so far."""

    teams: tuple[Team, ...]
    rosters: dict[str, Roster]
    sharing: frozenset[str] = frozenset()  # the ids of the teams that see my places
    unreachable: bool = False  # Teams did not tell who is in the team that was asked for

    def find(self, team_id: str | None) -> Team | None:
        return next((team for team in self.teams if team.id == team_id), None)

    def member_named(self, words: tuple[str, ...]) -> bool:
        """Whether one of the words is part of a member's name."""
        wanted = {word.casefold() for word in words}
        names = {
            piece for roster in self.rosters.values() for name in roster.names().values() for piece in name.split()
        }
        return bool(wanted & {piece.casefold() for piece in names})


async def my_teams(ask: Ask, services: Services, *, of: str | None = None) -> MyTeams:
    """My teams, the one spoken in first; the roster of the first (or of team `of`) is fetched when it is old.

    A network read: call it before the unit. Somebody who is not on the roster (any more) does not get the team.
    """
    tenant = ask.turn.key.tenant
    async with services.units.read(tenant) as unit:
        mine = [team for team in await unit.teams.of_member(ask.user_id) if team.id != (ask.team and ask.team.id)]
        sharing = await unit.sharing.teams_of(ask.user_id)
    candidates = ([ask.team] if ask.team else []) + mine
    candidates.sort(key=lambda team: team.id != of)
    asked_for = of or (ask.team and ask.team.id)
    unreachable = False
    while candidates:
        try:
            roster = await services.rosters.of(tenant, candidates[0])
        except ConnectorError as error:
            # One team that cannot be asked now must not keep somebody from planning, or from their other teams.
            log.warning("team_left_out", status=error.status, reason=type(error).__name__)
            unreachable = unreachable or candidates[0].id == asked_for
        else:
            if roster.has(ask.user_id):
                return MyTeams(tuple(candidates), {candidates[0].id: roster}, sharing, unreachable)
        candidates.pop(0)
    return MyTeams((), {}, sharing, unreachable)


async def read_board(ask: Ask, unit: ReadUnit, team: Team, roster: Roster, day: date) -> BoardView:
    """One team's board, from inside a unit."""
    plans = await unit.plans.shared_with(team.id, day)
    return board_view(ask, team, day, board(plans, roster.names(), day))


async def full_board(ask: Ask, unit: ReadUnit, mine: MyTeams, team: Team, day: date) -> BoardView:
    """One team's board with what the asker can do next: share, or look at another of my teams."""
    view = await read_board(ask, unit, team, mine.rosters[team.id], day)
    others = tuple(choice(other) for other in mine.teams if other.id != team.id)
    return BoardView(view.team, day, ask.today, view.kinds, sharing=team.id in mine.sharing, others=others)
