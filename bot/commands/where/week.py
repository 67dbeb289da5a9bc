"""A team's week: who is where from today on."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.commands.where.boards import listed_team
from bot.commands.where.unclear import unclear_view
from bot.commands.where.views import choice, names_of, spot
from bot.domain import together
from bot.domain.days import whole_day
from bot.domain.places import WorkLocation
from bot.domain.where.calendar import WEEK
from bot.domain.where.intents import Problem, ShowWeek, Unclear
from bot.domain.where.plan import limits
from bot.domain.where.week import Day, Gathered, days_left, week, week_shown
from bot.services import Services
from bot.services.stays import Names
from bot.services.teams import my_teams
from bot.turn import Answer, Ask
from cards.notices import TroubleView
from cards.where import NoTeamView, PlaceRow, WeekDay, WeekView, Who


async def show_week(ask: Ask, intent: ShowWeek, services: Services) -> Answer:
    """The week asked for, or the one that matters now, of the team pressed, spoken in, or my first."""
    monday = intent.monday or week_shown(services.clock.now().astimezone(ZoneInfo(ask.zone)))
    today = max(ask.today, ask.team_today)
    days = days_left(monday, today)
    problem = limits(whole_day(days[0]), ask.today) if days else Problem.PAST
    if problem:
        return Answer(unclear_view(ask, Unclear(problem)))
    mine = await my_teams(ask, services, of=intent.team)
    team = listed_team(ask, mine, intent.team)
    if mine.unreachable:
        return Answer(TroubleView())
    if team is None:
        return Answer(NoTeamView(tuple(choice(one) for one in mine.teams)))
    async with services.units.read(ask.turn.key.tenant) as unit:
        plans = await unit.plans.shared_between(team.id, days[0], days[-1])
        parts = ask.facts.together.get(team.id, ())
    names = names_of(ask.places)
    return Answer(
        WeekView(
            choice(team),
            ask.today,
            tuple(_day(each, parts, names) for each in week(plans, mine.rosters[team.id].names(), days)),
            before=next(iter(days_left(monday - WEEK, today)), None),
            after=_reachable(days_left(monday + WEEK, ask.today), ask.today),
            sharing=team.id in mine.sharing,
            others=tuple(choice(other) for other in mine.teams if other.id != team.id),
            quiet=ask.quiet,
        )
    )


def _reachable(days: Sequence[date], today: date) -> date | None:
    return None if limits(whole_day(days[0]), today) else days[0]


def _day(day: Day, parts: together.Together, names: Names) -> WeekDay:
    whole, morning, afternoon = (_rows(half, names) for half in (day.whole, day.morning, day.afternoon))
    halves = tuple(part.value for part in together.on(parts, day.day))
    return WeekDay(day.day, whole, morning, afternoon, halves)


def _rows(places: Sequence[Gathered], names: Names) -> tuple[PlaceRow, ...]:
    return tuple(
        PlaceRow(spot(WorkLocation(*at.location), names), tuple(Who(name) for name in at.names)) for at in places
    )
