"""Keeps what an administrator decides, with its audit line, and answers with how things are then."""

from bot.commands.admin import views
from bot.domain.admin import (
    ACTS_A_PAGE,
    AskDecision,
    AskMinimum,
    AskOff,
    Change,
    Intent,
    SetMinimum,
    ShowHealth,
    ShowLog,
    ShowOrganisation,
    Switch,
    SwitchOff,
    SwitchOn,
    wrong_minimum,
)
from bot.domain.people import Role
from bot.services import ReadUnit, Services, WriteUnit
from bot.turn import Answer, Ask
from cards.notices import NotAllowedView

_CHANGING = AskDecision | AskOff | AskMinimum | SwitchOn | SwitchOff | SetMinimum


async def handle(ask: Ask, intent: Intent, services: Services) -> Answer:
    """Whatever may be seen, an officer sees; only an administrator changes anything."""
    if isinstance(intent, _CHANGING) and Role.ADMIN not in ask.roles:
        return Answer(NotAllowedView("admin"))
    if isinstance(intent, SwitchOn | SwitchOff | SetMinimum):
        return await _change(ask, intent, services)
    if isinstance(intent, AskDecision):
        return Answer(views.decision(ask, intent))
    if isinstance(intent, AskOff):
        return Answer(views.off(intent))
    if isinstance(intent, ShowHealth):
        return Answer(views.health(ask, await services.health.report(), services.clock.now()))
    async with services.units.read(ask.turn.key.tenant) as unit:
        return Answer(await _shown(ask, intent, unit, services))


async def _shown(
    ask: Ask, intent: ShowOrganisation | AskMinimum | ShowLog, unit: ReadUnit, services: Services
) -> views.Shown:
    if isinstance(intent, AskMinimum):
        return views.minimum(await unit.organisation.minimum(), intent.problem)
    if isinstance(intent, ShowLog):
        acts = await unit.organisation.acts(ACTS_A_PAGE + 1, skip=(intent.page - 1) * ACTS_A_PAGE)
        names = await unit.organisation.names(act.actor_id for act in acts)
        return views.log(ask, intent.page, acts, names)
    return await views.organisation(ask, unit, services.defaults, views.Outcome(problem=intent.problem))


async def _change(ask: Ask, intent: Change, services: Services) -> Answer:
    async with services.units.write(ask.turn.key) as unit:
        if unit.repeated:
            # Handled before, and perhaps undone since: only how things are now is true.
            outcome = views.Outcome()
        elif isinstance(intent, SetMinimum):
            now = await unit.organisation.minimum()
            problem = wrong_minimum(intent.number, now)
            if problem:
                return Answer(views.minimum(now, problem))
            outcome = await _set_minimum(ask, intent, unit, now)
        else:
            outcome = await _switch(ask, intent, unit, services)
        return Answer(await views.organisation(ask, unit, services.defaults, outcome))


async def _set_minimum(ask: Ask, intent: SetMinimum, unit: WriteUnit, now: int) -> views.Outcome:
    if intent.number == now:
        return views.Outcome("unchanged_minimum")
    await unit.organisation.set_minimum(intent.number)
    await unit.audit.add(ask.user_id, "minimum_set", str(intent.number))
    return views.Outcome("minimum_set")


async def _switch(ask: Ask, intent: SwitchOn | SwitchOff, unit: WriteUnit, services: Services) -> views.Outcome:
    """Keep the switch; the same one twice is one act."""
    on, capability = isinstance(intent, SwitchOn), intent.capability
    before = (await unit.organisation.switches()).get(capability)
    decision = intent.decision if isinstance(intent, SwitchOn) else None
    reason = intent.reason if isinstance(intent, SwitchOff) else ""
    same = before is not None and before.on == on and (before.decision, before.reason) == (decision, reason)
    # Off already: a second "off" must not wipe the reason of the first.
    off_still = before is not None and not before.on and not on and not reason
    if same or off_still:
        return views.Outcome("unchanged_on" if on else "unchanged_off", capability)
    await unit.organisation.switch(capability, Switch(on, services.clock.now(), decision, reason))
    await unit.audit.add(ask.user_id, "capability_on" if on else "capability_off", capability.value)
    return views.Outcome("switched_on" if on else "switched_off", capability)
