"""My own plan card."""

from dataclasses import replace

from bot.commands.where.views import choice, grid, names_of, part, spot
from bot.domain.days import DayPart, Slot
from bot.domain.where.board import Plan
from bot.domain.where.intents import ShowPlan
from bot.domain.where.pattern import Pattern, usual
from bot.domain.where.plan import card_span, choices
from bot.services import ReadUnit
from bot.services.teams import MyTeams
from bot.turn import Ask
from cards.where import PartStay, PlanView


async def plan_view(ask: Ask, unit: ReadUnit, mine: MyTeams, intent: ShowPlan | None = None) -> PlanView:
    """This week and next, with the choices open for the day-parts that the intent opens."""
    opened = intent.opened if intent else ()
    kind = intent.kind if intent else None
    names = names_of(ask.places)
    first, last = card_span(ask.today)
    plan = await unit.plans.of(ask.user_id, first, max([last, *(slot.day for slot in opened)]))
    pattern = await unit.patterns.of(ask.user_id)
    options, suggested = choices(ask.places, kind) if opened else ((), 0)
    return PlanView(
        today=ask.today,
        parts=tuple(_marked(each, plan, pattern) for each in grid(plan, ask.today, opened, names)),
        opened=tuple(part(slot, plan.get(slot), names) for slot in opened),
        differs=any(usual(pattern, slot) not in (None, plan.get(slot)) for slot in opened),
        kind=kind.value if kind else None,
        spots=tuple(spot(option, names) for option in options),
        suggested=suggested,
        teams=tuple(choice(team) for team in mine.teams),
        shown_to=tuple(choice(team) for team in mine.teams if team.id in mine.sharing),
        quiet=ask.quiet,
    )


def _marked(each: PartStay, plan: Plan, pattern: Pattern) -> PartStay:
    """A day-part, marked where it is as the pattern says."""
    slot = Slot(each.day, DayPart(each.part))
    if each.stay is None or plan.get(slot) != usual(pattern, slot):
        return each
    return replace(each, stay=replace(each.stay, usual=True))
