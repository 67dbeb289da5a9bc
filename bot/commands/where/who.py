"""Finding colleagues by place or kind of work, in all my teams, only those who share with one of them."""

from collections.abc import Mapping
from datetime import date

from bot.commands.where.showing import show_board
from bot.commands.where.unclear import unclear_view
from bot.commands.where.views import choice, names_of, place_row, spot
from bot.domain.days import whole_day
from bot.domain.people import Roster
from bot.domain.places import WorkLocation
from bot.domain.where.board import Plan
from bot.domain.where.found import Puzzled, found
from bot.domain.where.intents import Find, Problem, ShowBoard, Unclear
from bot.domain.where.plan import limits
from bot.services import ReadUnit, Services
from bot.services.stays import Names
from bot.services.teams import is_colleague, my_teams, rosters_of
from bot.turn import Answer, Ask
from cards.notices import TroubleView
from cards.where import AskAgainView, Asked, FoundView, NoTeamView


async def find_people(ask: Ask, intent: Find, services: Services) -> Answer:
    """Who of those who share with one of my teams is there or does that; each person once, never myself."""
    problem = Problem.PAST if intent.day < ask.team_today else limits(whole_day(intent.day), ask.today)
    if problem:
        return Answer(unclear_view(ask, Unclear(problem)))
    mine = await my_teams(ask, services)
    if mine.unreachable:
        return Answer(TroubleView())
    if not mine.teams:
        return Answer(NoTeamView())
    rosters = await rosters_of(ask, services, mine)
    async with services.units.read(ask.turn.key.tenant) as unit:
        people = await _colleagues(unit, rosters, intent.day)
    people.pop(ask.user_id, None)
    names_of_places = names_of(ask.places)
    rows = tuple(place_row(at, names_of_places) for at in found(people.values(), intent))
    teams = tuple(choice(team) for team in mine.teams if team.id in rosters)
    return Answer(FoundView(_asked(intent, names_of_places), ask.today, rows, teams))


async def _colleagues(unit: ReadUnit, rosters: Mapping[str, Roster], day: date) -> dict[str, tuple[str, Plan]]:
    """user id -> name and that day's plan, of everybody who shares with one of these teams."""
    people: dict[str, tuple[str, Plan]] = {}
    for team_id, roster in rosters.items():
        names = roster.names()
        plans = await unit.plans.shared_with(team_id, day)
        people |= {user: (names[user], plan) for user, plan in plans.items() if user in names}
    return people


def _asked(find: Find, names: Names) -> Asked:
    where = spot(WorkLocation(find.place, find.named), names) if find.place else None
    return Asked(find.day, where, find.kind.value if find.kind else None, find.part.value if find.part else None)


async def answer_puzzled(ask: Ask, puzzled: Puzzled, services: Services) -> Answer:
    """Why there is no answer; a colleague's name gets the team's board instead of a look-up."""
    if puzzled.leftover or ask.turn.mentions:
        mine = await my_teams(ask, services)
        if ask.turn.mentions or await is_colleague(ask, services, mine, puzzled.leftover):
            return await show_board(ask, ShowBoard(puzzled.day or ask.today, looked_up_name=True), services)
    offer = _asked(puzzled.offer, names_of(ask.places)) if puzzled.offer else None
    return Answer(AskAgainView(puzzled.doubt.value, ask.today, offer))
