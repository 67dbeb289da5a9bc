"""Deliveries that are due, in batches: each batch has its job, each row of it one run of that job at a time."""

import math
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Delete,
    Select,
    Table,
    Update,
    and_,
    bindparam,
    case,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.jobs import Job, Work
from bot.outgoing import Asked, Delivery, Later
from bot.store.deliveries import BATCH, job_for
from bot.store.engines import Engines
from bot.store.outbox import Outbox
from bot.store.tables import delivery, person, team
from bot.store.tables.columns import Moment
from bot.store.tenants import ACROSS_TENANTS

# Rows that one transaction makes batches of.
COLLECTED_AT_ONCE = 1000
# What should have been sent so long ago is in nobody's hands, or its turn does not come: a new job finds out.
FORGOTTEN = timedelta(minutes=15)
# One message takes three calls to Teams at most, of 8 s each: who asked longer ago does not wait for an answer any more.
UNSURE = timedelta(seconds=30)
# So often what met trouble is tried again at once, and then after so long: it may be the one that makes the trouble.
AT_ONCE = 2
AFTER_TROUBLE = timedelta(seconds=30)
# Later than this waits for the minute tick.
MINUTE = timedelta(minutes=1)
_MARGIN = 0.5  # seconds between a row's commit and the job that looks for it

_FIELDS = ("tenant", "id", "kind", "subject", "user_id", "team_id", "made_at", "attempts", "asked_at")
_IDS: BindParameter[str] = bindparam("ids", expanding=True)
# Not called `tenant`: SQLAlchemy takes a named parameter of an update for a column to set.
_THIS = and_(delivery.c.tenant == bindparam("of_tenant"), delivery.c.id == bindparam("of_id"))
_MINE = delivery.c.owner == bindparam("me")
_BATCH = and_(delivery.c.tenant == bindparam("of_tenant"), delivery.c.batch == bindparam("of_batch"))


def _some(*which: ColumnElement[bool]) -> Select[Any]:
    """A row that another process is taking now is left to it; SQLite has one writer at a time and needs no such words."""
    return (
        select(delivery.c.tenant, delivery.c.id)
        .where(*which)
        .order_by(delivery.c.due_at)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
    )


_DUE = _some(delivery.c.batch.is_(None), delivery.c.due_at <= bindparam("now"))
_FORGOTTEN = _some(delivery.c.batch.is_not(None), delivery.c.due_at <= bindparam("now"))
_PUT_IN = (
    update(delivery)
    .where(delivery.c.tenant == bindparam("of_tenant"), delivery.c.id.in_(_IDS))
    .values(batch=bindparam("into"), due_at=bindparam("at"))
)


def _take(*which: ColumnElement[bool]) -> Any:
    # Evaluated once: inside the condition PostgreSQL might do so again and take more.
    mine = _some(_BATCH, *which).cte("mine")
    return (
        update(delivery)
        .where(delivery.c.tenant == bindparam("of_tenant"), delivery.c.id.in_(select(mine.c.id)))
        .values(owner=bindparam("me"), due_at=bindparam("at"), attempts=delivery.c.attempts + 1)
        .returning(*(delivery.c[name] for name in _FIELDS))
    )


_ANSWERED = or_(delivery.c.asked_at.is_(None), delivery.c.asked_at <= bindparam("unsure"))
_CLAIM = _take(delivery.c.owner.is_(None))
_TAKE_OVER = _take(delivery.c.owner != bindparam("me"), _ANSWERED)
_THESE = and_(delivery.c.tenant == bindparam("of_tenant"), delivery.c.id.in_(_IDS))
_ASK = update(delivery).where(_THESE, _MINE).values(asked_at=bindparam("at")).returning(delivery.c.id)
# Teams may have taken it before: if nobody hears of this run again, that was the last time.
_ASK_AGAIN = update(delivery).where(_THIS, _MINE).values(attempts=bindparam("so_many"))
_UNASK = update(delivery).where(_THESE, _MINE).values(asked_at=None)
_KEPT = select(delivery.c.id).where(_THESE)
_DONE = delete(delivery).where(_THESE, _MINE)
_LATER = (
    update(delivery)
    .where(_THIS, _MINE)
    .values(
        batch=None,
        owner=None,
        asked_at=None,
        due_at=bindparam("at"),
        attempts=bindparam("so_many"),
        made_at=bindparam("since"),
    )
)
# Nobody began with them, or only I did.
_NOT_BEGUN = and_(_BATCH, delivery.c.asked_at.is_(None), or_(delivery.c.owner.is_(None), _MINE))
_LEAVE = (
    update(delivery)
    .where(_NOT_BEGUN)
    .values(
        batch=None,
        due_at=bindparam("at"),
        attempts=delivery.c.attempts - case((delivery.c.owner.is_(None), 0), else_=1),
        owner=None,
    )
)
# Who knows which of them it was that things went wrong with.
_LEAVE_IN_TROUBLE = (
    update(delivery)
    .where(_NOT_BEGUN)
    .values(
        batch=None,
        due_at=case(
            (and_(delivery.c.owner.is_not(None), delivery.c.attempts > AT_ONCE), bindparam("after", type_=Moment())),
            else_=bindparam("at", type_=Moment()),
        ),
        owner=None,
    )
)
# Somebody may be asking Teams at this moment: what it says to them still counts.
_LEAVE_ASKED = (
    update(delivery).where(_BATCH, delivery.c.asked_at.is_not(None)).values(batch=None, due_at=bindparam("at"))
)
_OPENED = (
    update(person)
    .where(person.c.tenant == bindparam("of_tenant"), person.c.user_id == bindparam("of_user"))
    .values(conversation=bindparam("chat"))
)


def _unreachable(table: Table, own_id: ColumnElement[str], whose: ColumnElement[str]) -> tuple[Update, Delete]:
    """Remember it since the first time; what waits for them goes, but for what is just being sent."""
    remember = (
        update(table)
        .where(table.c.tenant == bindparam("of_tenant"), own_id == bindparam("whom"))
        .values(unreachable_since=func.coalesce(table.c.unreachable_since, bindparam("at", type_=Moment())))
    )
    waits = or_(delivery.c.asked_at.is_(None), delivery.c.id == bindparam("of_id"))
    drop = delete(delivery).where(delivery.c.tenant == bindparam("of_tenant"), whose == bindparam("whom"), waits)
    return remember, drop


_UNREACHABLE = {
    person: _unreachable(person, person.c.user_id, delivery.c.user_id),
    team: _unreachable(team, team.c.id, delivery.c.team_id),
}


class DueDeliveryRows:
    """`DueDeliveries` in a database."""

    def __init__(self, engines: Engines, outbox: Outbox) -> None:
        self._write = engines.write.execution_options(**{ACROSS_TENANTS: True})
        self._outbox = outbox

    async def collect(self, now: datetime) -> bool:
        due = await self._into_batches(_DUE, now, now)
        forgotten = await self._into_batches(_FORGOTTEN, now - FORGOTTEN, now)
        return due or forgotten

    def batch(self, tenant: str, batch: str, run: str) -> "BatchRows":
        return BatchRows(self._write, self._outbox, {"of_tenant": tenant, "of_batch": batch, "me": run})

    async def _into_batches(self, some: Any, until: datetime, now: datetime) -> bool:
        async with self._write.begin() as connection:
            rows = (await connection.execute(some, {"now": until, "most": COLLECTED_AT_ONCE})).all()
            for tenant, group in groupby(sorted(rows), key=lambda row: row[0]):
                ids = [row[1] for row in group]
                for start in range(0, len(ids), BATCH):
                    await self._make(connection, tenant, ids[start : start + BATCH], now)
        return len(rows) == COLLECTED_AT_ONCE

    async def _make(self, connection: AsyncConnection, tenant: str, ids: Sequence[str], now: datetime) -> None:
        job = job_for(tenant, uuid4().hex)
        values = {"of_tenant": tenant, "ids": ids, "into": job.arguments[1], "at": now}
        await connection.execute(_PUT_IN, values)
        await self._outbox.put(connection, job)


class BatchRows:
    """`Batch` in a database; `these` are its tenant and id, and the run."""

    def __init__(self, write: AsyncEngine, outbox: Outbox, these: dict[str, str]) -> None:
        self._write, self._outbox, self._these = write, outbox, these

    async def claim(self, now: datetime, most: int) -> Sequence[Delivery]:
        return await self._take(_CLAIM, at=now, most=most)

    async def take_over(self, now: datetime, most: int) -> Sequence[Delivery]:
        return await self._take(_TAKE_OVER, at=now, most=most, unsure=now - UNSURE)

    async def ask(self, deliveries: Sequence[Delivery], now: datetime) -> Sequence[Asked]:
        these = {**self._these, "ids": [one.id for one in deliveries]}
        async with self._write.begin() as connection:
            for one in deliveries:
                if one.asked_at:
                    await connection.execute(_ASK_AGAIN, {**self._one(one), "so_many": one.attempts})
            mine = set((await connection.execute(_ASK, {**these, "at": now})).scalars())
            others = set()
            if len(mine) < len(deliveries):
                others = set((await connection.execute(_KEPT, these)).scalars()) - mine
        return [Asked.YES if one.id in mine else Asked.TAKEN if one.id in others else Asked.GONE for one in deliveries]

    async def done(self, deliveries: Sequence[Delivery]) -> None:
        async with self._write.begin() as connection:
            await connection.execute(_DONE, {**self._these, "ids": [one.id for one in deliveries]})

    async def later(self, waits: Sequence[Later], now: datetime) -> None:
        rows = [
            {**self._one(wait.delivery), "at": wait.due_at, "so_many": wait.attempts, "since": wait.made_at}
            for wait in sorted(waits, key=lambda wait: wait.delivery.id)
        ]
        if not rows:
            return
        async with self._write.begin() as connection:
            await connection.execute(_LATER, rows)
            await self._look_at(connection, [wait.due_at for wait in waits], now)

    async def opened(self, delivery: Delivery, conversation: str) -> None:
        values = {"of_tenant": delivery.tenant, "of_user": delivery.user_id, "chat": conversation}
        async with self._write.begin() as connection:
            await connection.execute(_OPENED, values)

    async def unreachable(self, delivery: Delivery, now: datetime) -> int:
        values = {"of_tenant": delivery.tenant, "of_id": delivery.id, "whom": delivery.user_id or delivery.team_id}
        remember, drop = _UNREACHABLE[person if delivery.user_id else team]
        async with self._write.begin() as connection:
            await connection.execute(remember, {"of_tenant": delivery.tenant, "whom": values["whom"], "at": now})
            return (await connection.execute(drop, values)).rowcount

    async def leave(self, now: datetime, unsaid: Collection[str], *, trouble: bool = False) -> None:
        until, after = now + UNSURE, now + AFTER_TROUBLE
        async with self._write.begin() as connection:
            if unsaid:
                await connection.execute(_UNASK, {**self._these, "ids": sorted(unsaid)})
            how = (_LEAVE_IN_TROUBLE, {"after": after}) if trouble else (_LEAVE, {})
            left = (await connection.execute(how[0], {**self._these, "at": now, **how[1]})).rowcount
            asked = (await connection.execute(_LEAVE_ASKED, {**self._these, "at": until})).rowcount
            moments = [*([now] if left else []), *([after] if left and trouble else []), *([until] if asked else [])]
            await self._look_at(connection, moments, now)

    async def _take(self, statement: Any, **values: Any) -> Sequence[Delivery]:
        async with self._write.begin() as connection:
            rows = (await connection.execute(statement, {**self._these, **values})).all()
        return [Delivery(**dict(zip(_FIELDS, row, strict=True))) for row in rows]

    def _one(self, delivery: Delivery) -> dict[str, Any]:
        return {"of_tenant": delivery.tenant, "of_id": delivery.id, "me": self._these["me"]}

    async def _look_at(self, connection: AsyncConnection, moments: Sequence[datetime], now: datetime) -> None:
        """Have what waits for less than a minute found then: by one job a second, whoever asks for it."""
        for second in sorted({math.ceil(at.timestamp() + _MARGIN) for at in moments if at - now < MINUTE}):
            delay = max(second - now.timestamp(), 0.0)
            await self._outbox.put(connection, Job(Work.COLLECT, f"{Work.COLLECT.value}.{second}", (), delay))
