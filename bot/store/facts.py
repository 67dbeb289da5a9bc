"""A tenant's facts, read once for each version of them: what is kept in memory is held against the version each time."""

from collections import OrderedDict
from datetime import date

from sqlalchemy import select

from bot.domain.days import DayPart
from bot.domain.facts import Facts
from bot.domain.together import Together, WeekPart, in_order
from bot.store.organisation import CapabilityRows
from bot.store.places import NamedPlaceRows
from bot.store.rows import TENANT, Rows
from bot.store.sites import SiteRows
from bot.store.tables import team_together

MOST_TENANTS = 100

_TOGETHER = select(team_together.c.team_id, team_together.c.weekday, team_together.c.part).where(
    team_together.c.tenant == TENANT
)


class KeptFacts:
    """One per process. A version is read before what it counts, so nothing kept is older than its version says."""

    def __init__(self) -> None:
        self._facts: OrderedDict[str, Facts] = OrderedDict()

    async def of(self, rows: Rows, version: int) -> Facts:
        """The facts of the unit's tenant at this version; costs nothing where they are known."""
        kept = self._facts.get(rows.tenant)
        if kept is None or kept.version != version:
            kept = await _read(rows, version)
            self._facts[rows.tenant] = kept
        self._facts.move_to_end(rows.tenant)
        while len(self._facts) > MOST_TENANTS:
            self._facts.popitem(last=False)
        return kept


async def _read(rows: Rows, version: int) -> Facts:
    return Facts(
        version,
        await NamedPlaceRows(rows).all(retired=True),
        await CapabilityRows(rows).switches(),
        await SiteRows(rows).closures(date.min, date.max),
        await _together(rows),
    )


async def _together(rows: Rows) -> dict[str, Together]:
    found: dict[str, list[WeekPart]] = {}
    for row in await rows.run(_TOGETHER):
        found.setdefault(row.team_id, []).append(WeekPart(row.weekday, DayPart(row.part)))
    return {team_id: in_order(parts) for team_id, parts in found.items()}
