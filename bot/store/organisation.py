"""What the organisation switched on and off."""

from collections.abc import Mapping

from sqlalchemy import select

from bot.store.rows import TENANT, Rows
from bot.store.tables import capability

_SWITCHES = select(capability.c.name, capability.c.enabled).where(capability.c.tenant == TENANT)


class CapabilityRows:
    """`Capabilities` in a database."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def switches(self) -> Mapping[str, bool]:
        return {row.name: row.enabled for row in await self._rows.run(_SWITCHES)}
