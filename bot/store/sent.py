"""`SentCards` in a database: ids of what was sent, until it is replaced."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.claims import Claims
from bot.store.engines import Engines
from bot.store.rows import TENANT, Rows
from bot.store.tables import person, sent_card
from bot.turn import Reference, Scope, SentCard

_TO = ("conversation", "service_url", "channel", "bot_id", "bot_name")
_KEYS = [column.name for column in sent_card.primary_key]
# Whose card it is only where they chose something: looking leaves no row about anybody (promise 1).
_KNOWN = select(person.c.user_id).where(person.c.tenant == TENANT, person.c.user_id == bindparam("whose"))


def _remember(insert: Callable[..., Any], least: Callable[..., Any]) -> Any:
    """A card that is remembered already keeps its earliest day, and stays targeted."""
    new = insert(sent_card).values(tenant=TENANT, user_id=_KNOWN.scalar_subquery())
    earliest = {name: least(sent_card.c[name], new.excluded[name]) for name in ("day", "due_at")}
    return new.on_conflict_do_update(index_elements=_KEYS, set_={**earliest, "language": new.excluded.language})


_REMEMBER = {
    "sqlite": _remember(sqlite.insert, func.min),
    "postgresql": _remember(postgresql.insert, func.least),
}
_DONE = delete(sent_card).where(
    sent_card.c.tenant == TENANT,
    sent_card.c.conversation == bindparam("conversation"),
    sent_card.c.activity == bindparam("activity"),
)


class SentCardRows:
    """`SentCards`: each call is a transaction of its own."""

    def __init__(self, engines: Engines) -> None:
        self._write, self._single, self._claims = engines.write, engines.single, Claims(engines, sent_card)

    async def remember(self, card: SentCard) -> None:
        async with Rows(self._single, card.to.tenant) as rows:
            await rows.run(
                _REMEMBER,
                **{name: getattr(card.to, name) for name in _TO},
                scope=card.to.scope.value,
                activity=card.activity,
                whose=card.user_id,
                targeted=card.targeted,
                language=card.language,
                day=card.day,
                due_at=card.due_at,
            )
            await rows.commit()

    async def take(self, now: datetime, until: datetime, most: int) -> Sequence[SentCard]:
        return tuple(_card(row) for row in await self._claims.take(now, until, most))

    async def done(self, card: SentCard) -> None:
        async with Rows(self._write, card.to.tenant) as rows:
            await rows.run(_DONE, conversation=card.to.conversation, activity=card.activity)
            await rows.commit()

    async def later(self, card: SentCard, due_at: datetime) -> None:
        columns = sent_card.c
        # Only while nobody took it over.
        this = (columns.conversation == card.to.conversation, columns.activity == card.activity)
        async with Rows(self._write, card.to.tenant) as rows:
            await rows.change(sent_card, *this, columns.attempts == card.attempts, due_at=due_at)
            await rows.commit()


def _card(row: RowMapping) -> SentCard:
    return SentCard(
        to=Reference(tenant=row["tenant"], **{name: row[name] for name in _TO}, scope=Scope(row["scope"])),
        activity=row["activity"],
        user_id=row["user_id"],
        targeted=row["targeted"],
        language=row["language"],
        day=row["day"],
        due_at=row["due_at"],
        attempts=row["attempts"],
    )
