"""`SentCards` in a database: ids of what was sent, until it is replaced."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, bindparam, delete, func, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.claims import claim
from bot.store.engines import Engines
from bot.store.tables import sent_card
from bot.store.tenants import ACROSS_TENANTS
from bot.turn import Reference, Scope, SentCard

_TO = ("tenant", "conversation", "service_url", "channel", "bot_id", "bot_name")
_KEYS = [column.name for column in sent_card.primary_key]


def _remember(insert: Callable[..., Any], least: Callable[..., Any]) -> Any:
    """A card that is remembered already keeps its earliest day, and stays targeted."""
    new = insert(sent_card)
    earliest = {name: least(sent_card.c[name], new.excluded[name]) for name in ("day", "due_at")}
    return new.on_conflict_do_update(index_elements=_KEYS, set_={**earliest, "language": new.excluded.language})


_REMEMBER = {
    "sqlite": _remember(sqlite.insert, func.min),
    "postgresql": _remember(postgresql.insert, func.least),
}
_TAKE = claim(sent_card)
_THIS = [sent_card.c[key] == bindparam(f"own_{key}") for key in _KEYS]
_DONE = delete(sent_card).where(*_THIS)
_LATER = update(sent_card).where(*_THIS, sent_card.c.attempts == bindparam("tried")).values(due_at=bindparam("at"))


class SentCardRows:
    """Each call is a transaction of its own."""

    def __init__(self, engines: Engines) -> None:
        self._write = engines.write.execution_options(**{ACROSS_TENANTS: True})

    async def remember(self, card: SentCard) -> None:
        to = {name: getattr(card.to, name) for name in _TO}
        await self._run(
            _REMEMBER[self._write.dialect.name],
            {
                **to,
                "scope": card.to.scope.value,
                "activity": card.activity,
                "user_id": card.user_id,
                "targeted": card.targeted,
                "language": card.language,
                "day": card.day,
                "due_at": card.due_at,
                "attempts": 0,
            },
        )

    async def take(self, now: datetime, until: datetime, most: int) -> Sequence[SentCard]:
        async with self._write.begin() as connection:
            rows = (await connection.execute(_TAKE, {"now": now, "until": until, "most": most})).mappings().all()
        return tuple(_card(row) for row in rows)

    async def done(self, card: SentCard) -> None:
        await self._run(_DONE, _key(card))

    async def later(self, card: SentCard, due_at: datetime) -> None:
        await self._run(_LATER, {**_key(card), "tried": card.attempts, "at": due_at})

    async def _run(self, statement: Any, values: Mapping[str, Any]) -> None:
        async with self._write.begin() as connection:
            await connection.execute(statement, values)


def _key(card: SentCard) -> dict[str, str]:
    return {"own_tenant": card.to.tenant, "own_conversation": card.to.conversation, "own_activity": card.activity}


def _card(row: RowMapping) -> SentCard:
    return SentCard(
        to=Reference(**{name: row[name] for name in _TO}, scope=Scope(row["scope"])),
        activity=row["activity"],
        user_id=row["user_id"],
        targeted=row["targeted"],
        language=row["language"],
        day=row["day"],
        due_at=row["due_at"],
        attempts=row["attempts"],
    )
