"""`SentCards` in a database: ids of what was sent, until it is replaced."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from bot.outgoing import SentCard
from bot.store.claims import Claims
from bot.store.engines import Engines
from bot.store.rows import TENANT, Rows
from bot.store.tables import person, sent_card
from bot.turn import Reference, Scope

MOST_TOGETHER = 50  # cards that are written by one statement

Waiting = tuple[SentCard, asyncio.Future[None]]

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
        self._waiting: list[Waiting] = []
        self._writing: asyncio.Task[None] | None = None

    async def remember(self, card: SentCard) -> None:
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((card, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_waiting())
        await done

    async def _write_waiting(self) -> None:
        """Write what waits, then what came meanwhile: under load many turns share one statement."""
        while self._waiting:
            together, self._waiting = self._waiting[:MOST_TOGETHER], self._waiting[MOST_TOGETHER:]
            try:
                await self._write_all(together)
            except Exception:  # noqa: BLE001 - each alone then, so that one that cannot be kept does not keep back others
                for each in together:
                    await self._write_alone(each)

    async def _write_all(self, waiting: Sequence[Waiting]) -> None:
        for tenant in sorted({card.to.tenant for card, _ in waiting}):
            own = [(card, done) for card, done in waiting if card.to.tenant == tenant and not done.done()]
            async with Rows(self._single, tenant) as rows:
                await rows.run_each(_REMEMBER, [_row(card) for card, _ in own])
                await rows.commit()
            for _, done in own:
                if not done.done():
                    done.set_result(None)

    async def _write_alone(self, waiting: Waiting) -> None:
        try:
            await self._write_all([waiting])
        except Exception as error:  # noqa: BLE001 - raised where it is waited for
            if not waiting[1].done():
                waiting[1].set_exception(error)

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


def _row(card: SentCard) -> dict[str, Any]:
    return {
        **{name: getattr(card.to, name) for name in _TO},
        "scope": card.to.scope.value,
        "activity": card.activity,
        "whose": card.user_id,
        "targeted": card.targeted,
        "language": card.language,
        "day": card.day,
        "due_at": card.due_at,
    }


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
