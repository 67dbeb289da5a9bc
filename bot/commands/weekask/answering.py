"""The question switched on or off, a week confirmed, and a day of it filled in."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from bot.commands.weekask.asking import week_view
from bot.domain.prompts import Prompt, PromptKind
from bot.domain.weekask import USUAL_DAY, USUAL_MINUTE, Choose, Confirm, FillIn, Intent, ShowState, SwitchOff, Unclear
from bot.domain.where.plan import exists
from bot.services import Services
from bot.services.people import know
from bot.services.prompting import switch_on, zone_here
from bot.turn import Answer, Ask
from cards.notices import OldCardView
from cards.weekask import WeekAskView


async def handle(ask: Ask, intent: Intent, services: Services) -> Answer:
    if isinstance(intent, Choose):
        return await _choose(ask, intent, services)
    if isinstance(intent, SwitchOff):
        return await _switch_off(ask, services)
    if isinstance(intent, Confirm):
        return await _confirm(ask, intent, services)
    if isinstance(intent, FillIn):
        return await _fill_in(ask, intent, services)
    return await _show(ask, intent, services)


async def _choose(ask: Ask, intent: Choose, services: Services) -> Answer:
    """Kept as it will be; asked for again as it is, nothing changes, and the day it comes first is told.

    Delivered twice it is told as it is now, which may be something newer than this message said; so for switching off.
    """
    async with services.units.write(ask.turn.key) as unit:
        before = await unit.prompts.of(ask.user_id, PromptKind.WEEK)
        if unit.repeated:
            return Answer(_state(ask, before))
        zone = zone_here(ask)
        chosen = Prompt(
            PromptKind.WEEK,
            _first(intent.weekday, before.weekday if before else None, USUAL_DAY),
            _first(intent.minute, before.minute if before else None, USUAL_MINUTE),
            zone,
        )
        first = await switch_on(ask, unit, services, chosen)
    return Answer(replace(_state(ask, chosen), first=first.astimezone(ZoneInfo(zone)).date() if first else None))


def _first(*values: int | None) -> int:
    return next(value for value in values if value is not None)


async def _switch_off(ask: Ask, services: Services) -> Answer:
    async with services.units.write(ask.turn.key) as unit:
        if unit.repeated:
            return Answer(_state(ask, await unit.prompts.of(ask.user_id, PromptKind.WEEK)))
        await unit.prompts.remove(ask.user_id, PromptKind.WEEK)
    return Answer(_state(ask, None))


async def _show(ask: Ask, intent: ShowState | Unclear, services: Services) -> Answer:
    async with services.units.read(ask.turn.key.tenant) as unit:
        now = await unit.prompts.of(ask.user_id, PromptKind.WEEK)
    problem = intent.problem.value if isinstance(intent, Unclear) else None
    return Answer(replace(_state(ask, now), problem=problem))


async def _confirm(ask: Ask, intent: Confirm, services: Services) -> Answer:
    """The pattern and the plan count already, so nothing is kept: neither the week, nor that somebody answered."""
    async with services.units.read(ask.turn.key.tenant) as unit:
        view = await week_view(unit, ask.user_id, intent.monday, ask.places)
    return Answer(replace(view, confirmed=True, quiet=ask.quiet))


async def _fill_in(ask: Ask, intent: FillIn, services: Services) -> Answer:
    if not all(exists(change.location, ask.places) for change in intent.changes):
        return Answer(OldCardView())
    async with services.units.write(ask.turn.key) as unit:
        if not unit.repeated:
            await know(ask, unit)
            await unit.plans.put(ask.user_id, intent.changes, zone=ask.zone)
        view = await week_view(unit, ask.user_id, intent.monday, ask.places)
    return Answer(replace(view, quiet=ask.quiet))


def _state(ask: Ask, prompt: Prompt | None) -> WeekAskView:
    if prompt is None or prompt.weekday is None:
        return WeekAskView(on=False)
    return WeekAskView(on=True, weekday=prompt.weekday, at=f"{prompt.at.hour}:{prompt.at.minute:02}", quiet=ask.quiet)
