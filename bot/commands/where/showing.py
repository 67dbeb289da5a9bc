"""Showing boards, my plan, and what an unclear sentence needs."""

from dataclasses import replace

from bot.commands.where.boards import full_board, listed_team
from bot.commands.where.pattern import unclear_pattern
from bot.commands.where.planning import plan_view
from bot.commands.where.unclear import unclear_view
from bot.commands.where.views import choice
from bot.domain.days import whole_day
from bot.domain.where.intents import Problem, ShowBoard, ShowPlan, Unclear
from bot.domain.where.plan import limits
from bot.services import Services
from bot.services.teams import is_colleague, my_teams
from bot.turn import Answer, Ask
from cards.notices import TroubleView
from cards.where import HomeView, NoTeamView


async def show_board(ask: Ask, intent: ShowBoard, services: Services) -> Answer:
    """A day's board of the team spoken in or pressed; in my own chat today's board with my own plan."""
    at_home = ask.team is None and intent == ShowBoard(ask.today)
    over = intent.day < ask.team_today
    problem = Problem.PAST if over and not at_home else limits(whole_day(intent.day), ask.today)
    if problem:
        return Answer(unclear_view(ask, Unclear(problem)))
    mine = await my_teams(ask, services, of=intent.team)
    team = listed_team(ask, mine, intent.team)
    if mine.unreachable:
        return Answer(TroubleView())
    async with services.units.read(ask.turn.key.tenant) as unit:
        board = await full_board(ask, unit, mine, team, intent.day) if team and not over else None
        plan = await plan_view(ask, unit, mine) if at_home else None
    if board:
        board = replace(board, page=intent.page, looked_up_name=intent.looked_up_name)
    if plan:
        return Answer(HomeView(plan, board))
    return Answer(board or NoTeamView(tuple(choice(one) for one in mine.teams)))


async def show_plan(ask: Ask, intent: ShowPlan, services: Services) -> Answer:
    """My plan card, with choices open where asked."""
    problem = limits(intent.opened, ask.today) if intent.opened else None
    if problem:
        return Answer(unclear_view(ask, Unclear(problem)))
    mine = await my_teams(ask, services)
    async with services.units.read(ask.turn.key.tenant) as unit:
        return Answer(await plan_view(ask, unit, mine, intent))


async def explain(ask: Ask, intent: Unclear, services: Services) -> Answer:
    """What was understood and how to finish; a colleague's name gets the board instead of a look-up."""
    if intent.leftover or ask.turn.mentions:
        mine = await my_teams(ask, services)
        if ask.turn.mentions or await is_colleague(ask, services, mine, intent.leftover):
            day = intent.slots[0].day if intent.slots else ask.today
            return await show_board(ask, ShowBoard(day, looked_up_name=True), services)
    return Answer(unclear_pattern(ask, intent) if intent.weekly else unclear_view(ask, intent))
