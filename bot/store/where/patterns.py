"""Weekly patterns."""

from collections.abc import Collection, Mapping
from datetime import date
from itertools import groupby

from sqlalchemy import bindparam, delete, select

from bot.domain.days import Usual
from bot.domain.places import WorkLocation
from bot.domain.where.pattern import Pattern
from bot.store.living import LivingRows
from bot.store.rows import TENANT, USER, Rows, upsert
from bot.store.tables import pattern
from bot.store.where.lines import NOTHING, columns_of, pattern_of, where_and_what

Days = tuple[date, date] | tuple[()]

_PATTERN = select(pattern.c.weeks, pattern.c.weekday, *where_and_what(pattern)).where(
    pattern.c.tenant == TENANT, pattern.c.user_id == USER
)
_SET_PATTERN = upsert(pattern)
_UNSET_PATTERN = delete(pattern).where(
    pattern.c.tenant == TENANT,
    pattern.c.user_id == USER,
    pattern.c.weeks == bindparam("weeks"),
    pattern.c.weekday == bindparam("weekday"),
    pattern.c.part == bindparam("part"),
)
_PATTERN_KEY = ("user_id", "weeks", "weekday", "part")


class PatternRows:
    """`Patterns` in a database."""

    def __init__(self, rows: Rows, cards: LivingRows) -> None:
        self._rows, self._cards = rows, cards
        self._read: dict[str, tuple[Pattern, Days | None]] = {}

    async def of(self, user_id: str) -> Pattern:
        usually, days = self._read.get(user_id, ({}, ()))
        if days is None:
            return usually
        return pattern_of((await self._rows.run(_PATTERN, user_id=user_id)).all())

    async def of_days(self, user_id: str, days: Collection[date]) -> Pattern:
        """At least what the pattern says of these days; not asked again where this unit has just read it with their plan."""
        usually, known = self._read.get(user_id, ({}, ()))
        if known and known[0] <= min(days) and max(days) <= known[1]:
            return usually
        return await self.of(user_id)

    def just_read(self, user_id: str, usually: Pattern, days: Days | None) -> None:
        """This unit has just read what somebody's pattern says of these days, first and last; None = all of it."""
        self._read[user_id] = usually, days

    async def put(self, user_id: str, lines: Mapping[Usual, WorkLocation | None]) -> None:
        self._read.pop(user_id, None)
        if lines:
            self._cards.plans_changed(user_id)
        # In one order always, and written before they are deleted, as plans are.
        in_order = sorted(lines.items(), key=lambda line: line[0].sort_key())
        for gone, run in groupby(in_order, key=lambda line: line[1] is None):
            rows = [
                {
                    "user_id": user_id,
                    "weeks": key.weeks.value,
                    "weekday": key.weekday,
                    "part": key.part.value,
                    **(columns_of(location) if location else NOTHING),
                }
                for key, location in run
            ]
            await self._rows.run_each(_SET_PATTERN, rows)
            if gone:
                await self._rows.run_each(_UNSET_PATTERN, [{name: row[name] for name in _PATTERN_KEY} for row in rows])
