"""Focus sessions of all tenants, as one process at a time has them."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, case, func, or_, select

from bot.domain.focus.session import Claimed, Session
from bot.store.engines import Engines
from bot.store.focus.lines import SESSION, columns_of, session_of, traces_of
from bot.store.focus.turns import another_is_taken, job_of, others_of
from bot.store.outbox import Outbox
from bot.store.rows import TENANT, USER, Rows
from bot.store.tables import focus
from bot.store.tenants import ACROSS_TENANTS

MOST_AT_ONCE = 500
_C = focus.c
_LED = ("starts_at", "ends_at", "stopped_at", "outside", "called_off")
_WHOSE = select(_C.user_id).where(_C.tenant == TENANT, _C.id == bindparam("session"))
_CLAIMED = select(*SESSION, _C.touched, _C.attempts).where(
    _C.tenant == TENANT, _C.id == bindparam("session"), _C.owner == bindparam("mine")
)
_WAITING = select(_C.id, _C.touched).where(
    _C.tenant == TENANT,
    _C.user_id == USER,
    _C.id != bindparam("session"),
    _C.owner.is_(None),
    _C.due_at <= bindparam("now"),
)
# One that is not stopped is over when it ends.
_TENANTS = select(_C.tenant).where(_C.stopped_at.is_(None), _C.over_at > bindparam("now")).distinct()
_DUE = select(_C.tenant, _C.id, _C.touched).where(_C.due_at <= bindparam("now")).order_by(_C.due_at).limit(MOST_AT_ONCE)


class KeptSessionRows:
    """`KeptSessions` in a database."""

    def __init__(self, engines: Engines, outbox: Outbox, now: Callable[[], datetime]) -> None:
        self._engines, self._outbox, self._now = engines, outbox, now

    async def claim(  # noqa: PLR0913 - as the protocol
        self, tenant: str, session_id: str, owner: str, now: datetime, until: datetime, *, early: bool = False
    ) -> Claimed | None:
        async with self._rows(tenant) as rows:
            due = or_(_C.due_at <= now, _C.owner.is_(None)) if early else _C.due_at <= now
            whose = (await rows.run(_WHOSE, session=session_id)).scalar()
            if whose is None or await another_is_taken(rows, whose, session_id, now):
                return None
            free = (_C.id == session_id, due)
            if not await rows.change(focus, *free, owner=owner, due_at=until, attempts=_C.attempts + 1):
                return None
            row = (await rows.run(_CLAIMED, session=session_id, mine=owner)).one()
            session = session_of(row)
            others = await others_of(rows, session)
            await rows.commit()
        return Claimed(tenant, session, owner, row.touched, row.attempts, others)

    async def note(self, claimed: Claimed, session: Session) -> bool:
        async with self._rows(claimed.tenant) as rows:
            mine = await rows.change(focus, *_mine(claimed), **traces_of(session))
            await rows.commit()
        return mine == 1

    async def follow(self, claimed: Claimed, session: Session) -> bool:
        async with self._rows(claimed.tenant) as rows:
            untouched = (*_mine(claimed), _C.touched == claimed.touched)
            columns = columns_of(session)
            led = {name: columns[name] for name in _LED} | {"over_at": session.ends_at}
            followed = await rows.change(focus, *untouched, **led, **traces_of(session))
            await rows.commit()
        return followed == 1

    async def ended(self, claimed: Claimed, next_at: datetime | None) -> bool:
        async with self._rows(claimed.tenant) as rows:
            true = (*_mine(claimed), _C.touched == claimed.touched)
            over = {} if next_at else {"over_at": func.coalesce(_C.stopped_at, _C.ends_at)}
            ended = await rows.change(focus, *true, owner=None, attempts=0, due_at=next_at, **over)
            await self._go_on(rows, claimed)
            await rows.commit()
        return ended == 1

    async def later(self, claimed: Claimed, at: datetime) -> None:
        async with self._rows(claimed.tenant) as rows:
            await rows.change(focus, *_mine(claimed), owner=None, due_at=at)
            await self._go_on(rows, claimed)
            await rows.commit()

    async def _go_on(self, rows: Rows, claimed: Claimed) -> None:
        """Have those of the same person done that waited for this one."""
        session = claimed.session
        values = {"user_id": session.user_id, "session": session.id, "now": self._now()}
        for row in (await rows.run(_WAITING, **values)).all():
            rows.enqueue(job_of(claimed.tenant, row.id, f"{row.touched}-{claimed.owner}"))

    async def lost(self, claimed: Claimed, session: Session, now: datetime) -> None:
        async with self._rows(claimed.tenant) as rows:
            this = _C.id == claimed.session.id
            again = {"touched": _C.touched + 1, "due_at": case((_C.owner.is_(None), now), else_=_C.due_at)}
            await rows.change(focus, this, **traces_of(session), **again)
            await rows.commit()

    async def tenants(self, now: datetime) -> tuple[str, ...]:
        async with self._engines.read.execution_options(**{ACROSS_TENANTS: True}).connect() as connection:
            return tuple((await connection.execute(_TENANTS, {"now": now})).scalars())

    async def due(self, now: datetime) -> int:
        async with self._engines.read.execution_options(**{ACROSS_TENANTS: True}).connect() as connection:
            found = (await connection.execute(_DUE, {"now": now})).all()
        for tenant, session_id, touched in found:
            async with self._rows(tenant) as rows:
                # Asked for each minute until somebody has it: a key of its own for each.
                rows.enqueue(job_of(tenant, session_id, f"{touched}-{int(now.timestamp())}"))
                await rows.commit()
        return len(found)

    def _rows(self, tenant: str) -> Rows:
        return Rows(self._engines.write, tenant, self._outbox)


def _mine(claimed: Claimed) -> tuple[ColumnElement[bool], ...]:
    return _C.id == claimed.session.id, _C.owner == claimed.owner
