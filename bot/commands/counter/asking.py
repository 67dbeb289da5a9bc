"""What is asked of a team by itself: help where the plans leave its counter short, or where it is busy."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from bot.commands.counter.views import help_wanted, need_of, zone_of
from bot.domain import counter as rules
from bot.domain.capabilities import Capability, switched_on
from bot.domain.counter import SHORT_CARD, Busy, Need, slot_text, to_slot
from bot.domain.days import Slot
from bot.domain.people import Team
from bot.outgoing import LivingCard, Receiver
from bot.services import ReadUnit, Services
from bot.services.closing import closures_of
from bot.services.faults import of_one_tenant
from bot.services.stays import names_of
from cards import View
from cards.counter import HelpSettledView, HelpWantedView


async def due(now: datetime, services: Services) -> None:
    """Ask each team, once for a day-part, where the plans leave its counter short."""
    for tenant in await services.units.tenants():
        with of_one_tenant(services.health, "counter"):
            await _ask(tenant, now, services)


async def _ask(tenant: str, now: datetime, services: Services) -> None:
    async with services.units.read(tenant) as unit:
        short = await _short(unit, services, now)
    if short:
        async with services.units.mirror(tenant) as unit:
            for team, slot in short:
                # Two replicas may have found the same: one of them claims it.
                to = await unit.teams.reference(team.id)
                if to and await unit.counter.ask(team.id, slot):
                    until = rules.ends(slot, zone_of(team, services)).astimezone(UTC)
                    subject = slot_text(slot)
                    await unit.cards.post(SHORT_CARD, subject, team.id, to, until=until, plan_day=slot.day)


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
    first, last = min(slot.day for _, slot, _ in found), max(slot.day for _, slot, _ in found)
    closures = await closures_of(unit, services.defaults, first, last)
    asked = await unit.counter.asked({team.id for team, _, _ in found}, first)
    short = []
    for team, slot, need in found:
        if (team.id, slot) in asked or rules.is_closed(need, slot, closures):
            continue
        plans = await unit.plans.shared_between(team.id, slot.day, slot.day)
        if not rules.is_covered(need, slot, plans):
            short.append((team, slot))
    return short


async def draw_short(card: LivingCard, receiver: Receiver, services: Services) -> View | None:
    """The question to the team, until it is settled; None when it may not be asked now or needs no asking any more."""
    team, slot, now = receiver.team, to_slot(card.subject), services.clock.now()
    if team is None or slot is None:
        return None
    if card.activity is None and not rules.may_ask(slot, now, zone_of(team, services)):
        return None
    async with services.units.read(card.tenant) as unit:
        need = need_of(await unit.counter.needs(team.id), slot)
        plans = await unit.plans.shared_between(team.id, slot.day, slot.day)
        closed = rules.is_closed(need, slot, await closures_of(unit, services.defaults, slot.day, slot.day))
        places = await unit.places.all(retired=True)
    wanted = help_wanted(team, slot, receiver.today, need, names_of(places))
    covered = need is None or rules.is_covered(need, slot, plans)
    over = rules.is_over(slot, now, zone_of(team, services))
    return _as_it_is(card, wanted, covered=covered, over=over, closed=closed)


async def draw_busy(card: LivingCard, receiver: Receiver, services: Services) -> View | None:
    """That it is busy, as somebody said, until somebody more is at the counter; None when that is so already."""
    team, asked = receiver.team, Busy.read(card.subject)
    if team is None or asked is None:
        return None
    async with services.units.read(card.tenant) as unit:
        need = need_of(await unit.counter.needs(team.id), asked.slot)
        plans = await unit.plans.shared_between(team.id, asked.slot.day, asked.slot.day)
        closed = rules.is_closed(
            need, asked.slot, await closures_of(unit, services.defaults, asked.slot.day, asked.slot.day)
        )
        places = await unit.places.all(retired=True)
    wanted = replace(help_wanted(team, asked.slot, receiver.today, need, names_of(places)), people=None)
    covered = rules.at_it(need.named if need else None, asked.slot, plans) > asked.there
    over = rules.is_over(asked.slot, services.clock.now(), zone_of(team, services))
    return _as_it_is(card, wanted, covered=covered, over=over, closed=closed)


def _as_it_is(card: LivingCard, wanted: HelpWantedView, *, covered: bool, over: bool, closed: bool) -> View | None:
    if not covered and not over and not closed:
        return wanted
    if card.activity is None:
        return None  # nobody was asked yet
    closed = closed and not over
    return HelpSettledView(wanted.day, wanted.part, wanted.site, over=not covered and not closed, closed=closed)
