"""Days on which somebody wants no more messages."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import bindparam, delete, select

from bot.store.rows import TENANT, USER, Rows, upsert
from bot.store.tables import quiet_day

_MINE = (quiet_day.c.tenant == TENANT, quiet_day.c.user_id == USER, quiet_day.c.day == bindparam("day"))
_HAS = select(quiet_day.c.day).where(*_MINE)
_OF_EACH = select(quiet_day.c.user_id, quiet_day.c.day).where(
    quiet_day.c.tenant == TENANT,
    quiet_day.c.user_id.in_(bindparam("users", expanding=True)),
    quiet_day.c.day.between(bindparam("first"), bindparam("last")),
)
_BEGIN = upsert(quiet_day)
_END = delete(quiet_day).where(*_MINE)


class QuietDayRows:
    """`QuietDays` in a database."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def has(self, user_id: str, day: date) -> bool:
        return (await self._rows.run(_HAS, user_id=user_id, day=day)).first() is not None

    async def of_each(self, user_ids: Collection[str], first: date, last: date) -> frozenset[tuple[str, date]]:
        rows = await self._rows.run(_OF_EACH, users=sorted(user_ids), first=first, last=last)
        return frozenset((row.user_id, row.day) for row in rows)

    async def begin(self, user_id: str, day: date, zone: str) -> None:
        await self._rows.run(_BEGIN, user_id=user_id, day=day, zone=zone)

    async def end(self, user_id: str, day: date) -> None:
        await self._rows.run(_END, user_id=user_id, day=day)
