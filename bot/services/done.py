"""The end of my day: what the card of `/done` shows."""

from dataclasses import replace

from bot.domain.capabilities import Capability
from bot.domain.days import day_of_evening, whole_day
from bot.domain.working import LOOK_AHEAD
from bot.services.services import Services
from bot.services.today import choosing, next_day
from bot.services.units import ReadUnit
from bot.turn import Ask
from cards.today import DoneView


def at_its_end(ask: Ask, services: Services) -> Ask:
    """The same on the day that ends: after midnight that is the one before, and tomorrow has just begun."""
    return replace(ask, today=day_of_evening(services.clock.now(), ask.zone))


async def done_view(ask: Ask, unit: ReadUnit, *, silent: bool) -> DoneView:
    """The next working day of an asker whose day ends; `silent`: messages to them wait until then."""
    where = Capability.WHERE in ask.capabilities
    plan = await unit.plans.of(ask.user_id, ask.today, ask.today + LOOK_AHEAD) if where else {}
    parts = next_day(ask, plan) if where else ()
    return DoneView(
        ask.today,
        "done",
        next=parts,
        choosing=choosing(ask, whole_day(parts[0].day), plan) if parts else None,
        where=where,
        silent=silent,
        kind=ask.today.toordinal(),
        quiet=ask.quiet,
    )
