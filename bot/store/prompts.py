"""What people asked to be sent at a time they chose, and when to look at it next."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, bindparam, delete, select

from bot.domain.prompts import Looked, Prompt, PromptKind, Waiting
from bot.store.rows import TENANT, USER, Rows, upsert
from bot.store.tables import prompt

_KIND: BindParameter[str] = bindparam("kind")
_WHAT = (prompt.c.kind, prompt.c.weekday, prompt.c.minute, prompt.c.zone)
_OF = select(*_WHAT, prompt.c.last_on).where(
    prompt.c.tenant == TENANT, prompt.c.user_id == USER, prompt.c.kind == _KIND
)
_PUT = upsert(prompt)
_REMOVE = delete(prompt).where(prompt.c.tenant == TENANT, prompt.c.user_id == USER, prompt.c.kind == _KIND)
_DUE = (
    select(prompt.c.user_id, prompt.c.last_on, *_WHAT)
    .where(prompt.c.tenant == TENANT, prompt.c.kind == _KIND, prompt.c.next_at <= bindparam("now"))
    .order_by(prompt.c.next_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
# Only rows that `_DUE` holds: none of them is new, and none can have gone.
_LOOKED = upsert(prompt, only=("next_at", "last_on"))

# The tenants where somebody is to be looked at: the one question about this table that is asked of all of them.
PROMPTED = select(prompt.c.tenant).distinct().where(prompt.c.next_at <= bindparam("now"), prompt.c.kind == _KIND)


class PromptRows:
    """`Prompts` in a database."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def of(self, user_id: str, kind: PromptKind) -> Prompt | None:
        row = await self._row(user_id, kind)
        return _prompt(row) if row else None

    async def put(self, user_id: str, asked: Prompt, next_at: datetime, today: date) -> None:
        before = await self._row(user_id, asked.kind)
        # A day to come is the work of a clock that was ahead: with a new choice it no longer counts.
        last_on = before.last_on if before and before.last_on and before.last_on <= today else None
        values = _columns(asked)
        await self._rows.run(_PUT, user_id=user_id, **values, next_at=next_at, last_on=last_on)

    async def remove(self, user_id: str, kind: PromptKind) -> None:
        await self._rows.run(_REMOVE, user_id=user_id, kind=kind.value)

    async def due(self, kind: PromptKind, now: datetime, most: int) -> Sequence[Waiting]:
        rows = (await self._rows.run(_DUE, kind=kind.value, now=now, most=most)).all()
        return [Waiting(row.user_id, _prompt(row), row.last_on) for row in rows]

    async def looked(self, found: Sequence[Looked]) -> None:
        rows = [
            {"user_id": one.user_id, **_columns(one.prompt), "next_at": one.next_at, "last_on": one.last_on}
            for one in found
        ]
        await self._rows.run_each(_LOOKED, rows)

    async def _row(self, user_id: str, kind: PromptKind) -> Any:
        return (await self._rows.run(_OF, user_id=user_id, kind=kind.value)).one_or_none()


def _prompt(row: Any) -> Prompt:
    return Prompt(PromptKind(row.kind), row.weekday, row.minute, row.zone)


def _columns(asked: Prompt) -> dict[str, Any]:
    return {"kind": asked.kind.value, "weekday": asked.weekday, "minute": asked.minute, "zone": asked.zone}
