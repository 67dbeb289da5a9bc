"""What teams need at the counter, and when they were asked for help."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select

from bot.domain.counter import AGAIN_AFTER, BUSY_CARD, Busy, Need
from bot.domain.days import DayPart, Slot
from bot.domain.people import Team, TeamKind
from bot.domain.together import Together
from bot.store.rows import TEAM, TENANT, Rows, insert_once, upsert
from bot.store.tables import counter_ask, counter_need, living_card, team

SHORT, BUSY = "short", "busy"

_NEED = (counter_need.c.weekday, counter_need.c.part, counter_need.c.people, counter_need.c.named)
_OF = select(*_NEED).where(counter_need.c.tenant == TENANT, counter_need.c.team_id == TEAM)
_EVERY = (
    select(team.c.id, team.c.name, team.c.kind, team.c.language, team.c.zone, *_NEED)
    .join_from(counter_need, team, (team.c.tenant == counter_need.c.tenant) & (team.c.id == counter_need.c.team_id))
    .where(counter_need.c.tenant == TENANT, team.c.asleep_since.is_(None))
    .order_by(team.c.id)
)
_SET = upsert(counter_need)
_DROP = delete(counter_need).where(
    counter_need.c.tenant == TENANT,
    counter_need.c.team_id == TEAM,
    counter_need.c.weekday == bindparam("weekday"),
    counter_need.c.part == bindparam("part"),
)
_ASKED = select(counter_ask.c.team_id, counter_ask.c.day, counter_ask.c.part).where(
    counter_ask.c.tenant == TENANT,
    counter_ask.c.team_id.in_(bindparam("teams", expanding=True)),
    counter_ask.c.day >= bindparam("first"),
    counter_ask.c.reason == SHORT,
)
# The cards themselves: what a team was told stands there.
_SAID_BUSY = select(living_card.c.team_id, living_card.c.subject).where(
    living_card.c.tenant == TENANT,
    living_card.c.team_id.in_(bindparam("teams", expanding=True)),
    living_card.c.kind == BUSY_CARD,
    living_card.c.plan_day == bindparam("day"),
)
_ASK = insert_once(counter_ask)
_LAST_BUSY = select(func.max(counter_ask.c.asked_at)).where(
    counter_ask.c.tenant == TENANT, counter_ask.c.team_id == TEAM, counter_ask.c.reason == BUSY
)


class CounterRows:
    """`Counter` in a database; `now` dates what is asked."""

    def __init__(self, rows: Rows, now: datetime) -> None:
        self._rows, self._now = rows, now

    async def needs(self, team_id: str) -> tuple[Need, ...]:
        found = [_need(row) for row in await self._rows.run(_OF, team_id=team_id)]
        return tuple(sorted(found, key=lambda need: (need.weekday, need.part is DayPart.AFTERNOON)))

    async def every_need(self) -> Mapping[Team, tuple[Need, ...]]:
        found: dict[Team, list[Need]] = {}
        for row in await self._rows.run(_EVERY):
            known = Team(row.id, row.name, TeamKind(row.kind), row.language, row.zone)
            found.setdefault(known, []).append(_need(row))
        return {known: tuple(needs) for known, needs in found.items()}

    async def set(self, team_id: str, parts: Together, people: int, named: str | None) -> None:
        keys = [{"team_id": team_id, "weekday": one.weekday, "part": one.part.value} for one in parts]
        if people:
            await self._rows.run_each(_SET, [{**key, "people": people, "named": named} for key in keys])
        else:
            await self._rows.run_each(_DROP, keys)

    async def asked(self, team_ids: Iterable[str], first: date) -> frozenset[tuple[str, Slot]]:
        rows = await self._rows.run(_ASKED, teams=sorted(team_ids), first=first)
        return frozenset((row.team_id, Slot(row.day, DayPart(row.part))) for row in rows)

    async def busy(self, team_ids: Iterable[str], day: date) -> list[tuple[str, Busy]]:
        rows = await self._rows.run(_SAID_BUSY, teams=sorted(team_ids), day=day)
        said = [(row.team_id, Busy.read(row.subject)) for row in rows]
        return [(team_id, busy) for team_id, busy in said if busy]

    async def ask(self, team_id: str, slot: Slot) -> bool:
        return await self._claim(team_id, slot, SHORT)

    async def ask_busy(self, team_id: str, slot: Slot, now: datetime) -> datetime | None:
        if last := await self._asked_since(team_id, now):
            return last
        if await self._claim(team_id, slot, BUSY):
            return None
        mine = (
            counter_ask.c.team_id == team_id,
            counter_ask.c.day == slot.day,
            counter_ask.c.part == slot.part.value,
            counter_ask.c.reason == BUSY,
        )
        again = await self._rows.change(counter_ask, *mine, counter_ask.c.asked_at <= now - AGAIN_AFTER, asked_at=now)
        return None if again else (await self._asked_since(team_id, now) or now)

    async def _asked_since(self, team_id: str, now: datetime) -> datetime | None:
        """When it was last said to be busy, if that is less than an hour ago."""
        last: datetime | None = (await self._rows.run(_LAST_BUSY, team_id=team_id)).scalar()
        return last if last and last > now - AGAIN_AFTER else None

    async def _claim(self, team_id: str, slot: Slot, reason: str) -> bool:
        result = await self._rows.run(
            _ASK, team_id=team_id, day=slot.day, part=slot.part.value, reason=reason, asked_at=self._now
        )
        return result.rowcount == 1


def _need(row: Any) -> Need:
    return Need(row.weekday, DayPart(row.part), row.people, row.named)
