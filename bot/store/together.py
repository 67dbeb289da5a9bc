"""The day-parts that teams spend together."""

from sqlalchemy import delete, select

from bot.domain.days import DayPart
from bot.domain.together import Together, WeekPart, in_order
from bot.store.rows import TEAM, TENANT, Rows, insert_once
from bot.store.tables import team_together

_OF = select(team_together.c.weekday, team_together.c.part).where(
    team_together.c.tenant == TENANT, team_together.c.team_id == TEAM
)
_EMPTY = delete(team_together).where(team_together.c.tenant == TENANT, team_together.c.team_id == TEAM)
_ADD = insert_once(team_together)


class TogetherRows:
    """`TogetherParts` in a database."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def of(self, team_id: str) -> Together:
        found = await self._rows.run(_OF, team_id=team_id)
        return in_order(WeekPart(row.weekday, DayPart(row.part)) for row in found)

    async def set(self, team_id: str, parts: Together) -> None:
        await self._rows.run(_EMPTY, team_id=team_id)
        rows = [{"team_id": team_id, "weekday": each.weekday, "part": each.part.value} for each in parts]
        await self._rows.run_each(_ADD, rows)
