"""Setting my own day-parts, and undoing it."""

from dataclasses import replace
from datetime import date

from bot.commands.where.boards import full_board
from bot.commands.where.planning import plan_view
from bot.commands.where.unclear import unclear_view
from bot.commands.where.views import choice, names_of, parts_of
from bot.domain.people import Team
from bot.domain.where.intents import Card, Change, Problem, SetPlan, Unclear
from bot.domain.where.pattern import followed
from bot.domain.where.plan import exists, limits, newer, ordered, previous_values
from bot.services import Services, WriteUnit
from bot.services.closing import at_closed_for
from bot.services.people import know
from bot.services.teams import MyTeams, my_teams
from bot.turn import Answer, Ask, Scope
from cards.where import BoardView, ChangedView


async def set_plan(ask: Ask, intent: SetPlan, services: Services) -> Answer:
    """Set the day-parts, and answer with what was set, who sees it, an undo and the board of the first day."""
    slots = tuple(change.slot for change in intent.changes)
    problem = limits(slots, ask.today)
    if problem:
        return Answer(unclear_view(ask, Unclear(problem)))
    if not all(exists(change.location, ask.places) for change in intent.changes):
        return Answer(unclear_view(ask, Unclear(Problem.NO_PLACE, slots)))
    changes = ordered(intent.changes)
    mine = await my_teams(ask, services)
    kept: tuple[Change, ...] = ()
    unchanged = False
    async with services.units.write(ask.turn.key) as unit:
        if intent.follow:
            changes = followed(changes, await unit.patterns.of(ask.user_id))
        if not changes:
            return Answer(unclear_view(ask, Unclear(Problem.NO_PATTERN)))
        before = await unit.plans.of(ask.user_id, changes[0].slot.day, changes[-1].slot.day)
        if unit.repeated:
            # Delivered twice: told as it is now, which may be something newer than this message said.
            changes = tuple(Change(change.slot, before.get(change.slot)) for change in changes)
        else:
            kept = newer(changes, intent.expected, before)
            changes = tuple(change for change in changes if change not in kept)
            unchanged = all(before.get(change.slot) == change.location for change in changes)
            await know(ask, unit)
            await unit.plans.put(ask.user_id, changes, zone=ask.zone, follow=intent.follow or intent.undo)
            changes = changes or tuple(Change(change.slot, before.get(change.slot)) for change in kept)
        undo = () if intent.undo else previous_values(changes, before)
        names = names_of(ask.places)
        view = ChangedView(
            ask.today,
            parts_of(changes, names),
            parts_of(undo, names),
            undone=intent.undo,
            kept_newer=bool(kept),
            unchanged=unchanged,
        )
        planned = {change.slot: change.location for change in changes}
        view = replace(view, closed=at_closed_for(ask, planned))
        if intent.on_card is Card.PLAN:
            return Answer(replace(await plan_view(ask, unit, mine), changed=view))
        board = None if intent.on_card else await _board(ask, unit, mine, changes[0].slot.day)
    shown_to = tuple(choice(team) for team in mine.teams if team.id in mine.sharing)
    offer = tuple(choice(team) for team in _offered(ask, mine) if team.id not in mine.sharing)
    return Answer(
        replace(view, shown_to=shown_to, offer=offer, asked_openly=_asked_openly(ask), board=board, quiet=ask.quiet)
    )


def _asked_openly(ask: Ask) -> bool:
    """Whether everybody in the chat could read what was typed."""
    turn = ask.turn
    return turn.scope is not Scope.PERSONAL and turn.press is None and not turn.private


def _offered(ask: Ask, mine: MyTeams) -> tuple[Team, ...]:
    """The teams to offer showing it to: the one spoken in alone, else all of mine."""
    spoken_in = [team for team in mine.teams if ask.team and team.id == ask.team.id]
    return tuple(spoken_in) or mine.teams


async def _board(ask: Ask, unit: WriteUnit, mine: MyTeams, day: date) -> BoardView | None:
    team = next((team for team in mine.teams if team.id in mine.rosters), None)
    return await full_board(ask, unit, mine, team, day) if team and day >= ask.team_today else None
