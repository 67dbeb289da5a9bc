"""What the organisation switched on and off and why, its minimum, and the log of administrative acts."""

from collections.abc import Iterable, Mapping

from sqlalchemy import bindparam, select

from bot.domain.admin import Act, Decision, Switch
from bot.domain.capabilities import Capability
from bot.domain.counts import LOWEST
from bot.store.rows import TENANT, Rows, upsert
from bot.store.tables import audit, capability, roster_member, tenant_setting

MINIMUM = "minimum"

_SWITCHES = select(capability.c.name, capability.c.enabled).where(capability.c.tenant == TENANT)
_DECISIONS = select(capability).where(capability.c.tenant == TENANT)
_SWITCH = upsert(capability)
_SETTING = select(tenant_setting.c.number).where(
    tenant_setting.c.tenant == TENANT, tenant_setting.c.name == bindparam("name")
)
_SET = upsert(tenant_setting)
_ACTS = (
    select(audit.c.actor_id, audit.c.act, audit.c.subject, audit.c.at)
    .where(audit.c.tenant == TENANT)
    .order_by(audit.c.at.desc(), audit.c.id.desc())
    .limit(bindparam("count"))
    .offset(bindparam("skip"))
)
_NAMES = (
    select(roster_member.c.user_id, roster_member.c.name)
    .where(roster_member.c.tenant == TENANT, roster_member.c.user_id.in_(bindparam("user_ids", expanding=True)))
    .order_by(roster_member.c.name)
)


class CapabilityRows:
    """`Capabilities` in a database."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def switches(self) -> Mapping[str, bool]:
        return {row.name: row.enabled for row in await self._rows.run(_SWITCHES)}


class OrganisationRows:
    """`Organisation` in a database."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def switches(self) -> Mapping[str, Switch]:
        found = {}
        for row in await self._rows.run(_DECISIONS):
            decision = Decision(row.decided_on, row.reference, row.agreed_by) if row.decided_on else None
            reason = "" if decision else row.reference or ""
            found[row.name] = Switch(row.enabled, row.changed_at, decision, reason)
        return found

    async def switch(self, capability: Capability, switch: Switch) -> None:
        decision = switch.decision
        await self._rows.run(
            _SWITCH,
            name=capability.value,
            enabled=switch.on,
            decided_on=decision and decision.day,
            reference=decision.reference if decision else switch.reason or None,
            agreed_by=decision and decision.agreed_by,
            changed_at=switch.changed_at,
        )

    async def minimum(self) -> int:
        kept = (await self._rows.run(_SETTING, name=MINIMUM)).scalar()
        return max(kept or 0, LOWEST)

    async def set_minimum(self, number: int) -> None:
        await self._rows.run(_SET, name=MINIMUM, number=number)

    async def acts(self, count: int, *, skip: int = 0) -> tuple[Act, ...]:
        rows = await self._rows.run(_ACTS, count=count, skip=skip)
        return tuple(Act(row.actor_id, row.act, row.subject, row.at) for row in rows)

    async def names(self, user_ids: Iterable[str]) -> Mapping[str, str]:
        wanted = sorted(set(user_ids))
        if not wanted:
            return {}
        return {row.user_id: row.name for row in await self._rows.run(_NAMES, user_ids=wanted)}
