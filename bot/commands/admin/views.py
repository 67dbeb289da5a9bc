"""From what is kept to what an administrator sees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.admin import ACTS_A_PAGE, Act, AskDecision, AskOff, Switch
from bot.domain.capabilities import Capability, switched_on
from bot.domain.counts import LOWEST
from bot.domain.health import Report
from bot.domain.people import Role
from bot.services import Defaults, ReadUnit
from bot.turn import Ask
from cards.admin import (
    ActLine,
    AdminView,
    DecisionView,
    FailureLine,
    HealthView,
    LogView,
    MinimumView,
    OffView,
    SwitchLine,
)

Shown = AdminView | MinimumView | LogView
NEWEST = 3
# The tick comes every minute; so long without one is trouble.
LATE = timedelta(minutes=5)
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of what was asked: a key for words, the capability it is about, or what was wrong."""

    changed: str | None = None
    capability: Capability | None = None
    problem: str | None = None


async def organisation(ask: Ask, unit: ReadUnit, defaults: Defaults, outcome: Outcome) -> AdminView:
    """What is on and why, the sites, the officers, the minimum and the newest acts."""
    switches = await unit.organisation.switches()
    on = switched_on({each: switch.on for each, switch in switches.items()}, all_on=defaults.all_on)
    acts = await unit.organisation.acts(NEWEST)
    officers = _own(defaults.officers, ask.turn.key.tenant)
    names = await unit.organisation.names([*officers, *(act.actor_id for act in acts)])
    return AdminView(
        switches=tuple(
            replace(line, waits=line.on and each not in on)
            for each in Capability
            for line in [_switch(ask, each, switches.get(each), all_on=defaults.all_on)]
        ),
        places=len(await unit.places.all()),
        officers=tuple(sorted(names[officer] for officer in officers if officer in names)),
        officers_unnamed=sum(officer not in names for officer in officers),
        minimum=await unit.organisation.minimum(),
        acts=_lines(ask, acts, names),
        may_change=Role.ADMIN in ask.roles,
        changed=outcome.changed,
        about=outcome.capability and outcome.capability.value,
        problem=outcome.problem,
    )


def decision(ask: Ask, intent: AskDecision) -> DecisionView:
    draft = intent.draft
    return DecisionView(
        intent.capability.value, ask.today, draft.day, draft.reference, draft.agreed_by, problem=intent.problem
    )


def off(intent: AskOff) -> OffView:
    return OffView(intent.capability.value, intent.reason, problem=intent.problem)


def minimum(number: int, problem: str | None) -> MinimumView:
    return MinimumView(number, LOWEST, problem)


def log(ask: Ask, page: int, acts: Sequence[Act], names: Mapping[str, str]) -> LogView:
    """A page of the audit log; one act more than a page says that there is another page."""
    return LogView(_lines(ask, acts[:ACTS_A_PAGE], names), page, more=len(acts) > ACTS_A_PAGE)


def health(ask: Ask, report: Report, now: datetime) -> HealthView:
    """How Samen itself is doing, on the asker's clock."""
    tick = report.ticked_at
    return HealthView(
        report.version,
        DATABASES.get(report.database, report.database),
        tick.astimezone(ZoneInfo(ask.zone)) if tick else None,
        late=tick is None or now - tick > LATE,
        failures=tuple(FailureLine(kind.value, count) for kind, count in sorted(report.failures.items())),
    )


def _own(listed: frozenset[str], tenant: str) -> tuple[str, ...]:
    """The user ids that count in this tenant, of a setting that may name several tenants."""
    own = {who.rpartition("/")[2] for who in listed if who.rpartition("/")[0] in {"", tenant.lower()}}
    return tuple(sorted(own))


def _switch(ask: Ask, capability: Capability, switch: Switch | None, *, all_on: bool) -> SwitchLine:
    if switch is None:
        return SwitchLine(capability.value, all_on)
    decided = switch.decision
    return SwitchLine(
        capability.value,
        switch.on,
        since=switch.changed_at.astimezone(ZoneInfo(ask.zone)).date(),
        decided_on=decided.day if decided else None,
        reference=decided.reference if decided else switch.reason,
        agreed_by=decided.agreed_by if decided else "",
    )


def _lines(ask: Ask, acts: Sequence[Act], names: Mapping[str, str]) -> tuple[ActLine, ...]:
    places = {place.id: place.name for place in ask.places}
    return tuple(
        ActLine(
            at=act.at.astimezone(ZoneInfo(ask.zone)),
            who=names.get(act.actor_id),
            act=act.act,
            subject=places.get(act.subject, act.subject if act.subject in _SAYABLE or act.act == "minimum_set" else ""),
        )
        for act in acts
    )


_SAYABLE = frozenset(Capability)
