"""What is asked of a team by itself: help where the plans leave its counter short, or where it is busy."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.commands.counter.presses import slot_text, to_slot
from bot.commands.counter.views import help_wanted, need_of, zone_of
from bot.domain import counter as rules
from bot.domain.capabilities import Capability, switched_on
from bot.domain.counter import Need
from bot.domain.days import Slot
from bot.domain.people import Team
from bot.services import ReadUnit, Services
from bot.services.stays import names_of
from bot.turn import Delivery, Receiver
from cards import View

SHORT_MESSAGE, BUSY_MESSAGE = "counter.short", "counter.busy"


async def due(now: datetime, services: Services) -> None:
    """Ask each team, once for a day-part, where the plans leave its counter short."""
    for tenant in await services.units.tenants():
        async with services.units.read(tenant) as unit:
            short = await _short(unit, services, now)
        if short:
            async with services.units.mirror(tenant) as unit:
                for team, slot in short:
                    # Two replicas may have found the same: one of them claims it.
                    if await unit.counter.ask(team.id, slot):
                        await unit.deliveries.add(SHORT_MESSAGE, slot_text(slot), team_id=team.id, due_at=now)


def _askable(
    needs: Mapping[Team, tuple[Need, ...]], services: Services, now: datetime
) -> list[tuple[Team, Slot, Need]]:
    """The day-parts about which each team may be asked now, were its counter short."""
    return [
        (team, slot, need)
        for team, mine in needs.items()
        for slot, need in rules.next_slots(mine, now, zone_of(team, services))
        if rules.may_ask(slot, now, zone_of(team, services))
    ]


async def _short(unit: ReadUnit, services: Services, now: datetime) -> list[tuple[Team, Slot]]:
    """The day-parts that may be asked about now, were not yet, and that the plans do not cover."""
    on = switched_on(await unit.capabilities.switches(), all_on=services.defaults.all_on)
    if Capability.COUNTER not in on:
        return []
    found = _askable(await unit.counter.every_need(), services, now)
    if not found:
        return []
    first = min(slot.day for _, slot, _ in found)
    asked = await unit.counter.asked({team.id for team, _, _ in found}, first)
    short = []
    for team, slot, need in found:
        if (team.id, slot) in asked:
            continue
        plans = await unit.plans.shared_between(team.id, slot.day, slot.day)
        if not rules.is_covered(need, slot, plans):
            short.append((team, slot))
    return short


async def word_short(delivery: Delivery, receiver: Receiver, services: Services) -> View | None:
    """The question to the team; None when it may not be asked now, is covered by now or nothing is asked for any more."""
    team, slot = receiver.team, to_slot(delivery.subject)
    if team is None or slot is None or team.asleep_since:
        return None
    if not rules.may_ask(slot, services.clock.now(), zone_of(team, services)):
        return None
    async with services.units.read(delivery.tenant) as unit:
        need = need_of(await unit.counter.needs(team.id), slot)
        plans = await unit.plans.shared_between(team.id, slot.day, slot.day)
        places = await unit.places.all(retired=True)
    if need is None or rules.is_covered(need, slot, plans):
        return None
    return help_wanted(team, slot, receiver.today, need, names_of(places))


async def word_busy(delivery: Delivery, receiver: Receiver, services: Services) -> View | None:
    """That it is busy, as somebody said in their own chat; None when the day-part is over."""
    team, slot = receiver.team, to_slot(delivery.subject[: len("2026-11-23.m")])
    if team is None or slot is None or team.asleep_since:
        return None
    if rules.is_over(slot, services.clock.now(), zone_of(team, services)):
        return None
    async with services.units.read(delivery.tenant) as unit:
        need = need_of(await unit.counter.needs(team.id), slot)
        places = await unit.places.all(retired=True)
    return replace(help_wanted(team, slot, receiver.today, need, names_of(places)), people=None)
