"""Focus sessions: rows that say what is wanted and what was done, and jobs that bring Teams and the calendar in line."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, func, insert, or_, select

from bot.domain.focus.session import CalledOff, Choices, Claimed, Hold, Mode, Session, Trace
from bot.domain.jobs import Job, Work
from bot.store.engines import Engines
from bot.store.outbox import Outbox
from bot.store.rows import TENANT, USER, Rows, insert_once, upsert
from bot.store.tables import focus, focus_choice
from bot.store.tenants import ACROSS_TENANTS

MOST_AT_ONCE = 500
TRACES = ("presence", "status", "block")
_PARTS = ("hold", "until", "stamp", "what")
_C = focus.c
_PLAIN = (
    "id",
    "user_id",
    "starts_at",
    "ends_at",
    "mode",
    "learning",
    "stopped_at",
    "outside",
    "called_off",
    "zone",
    "language",
)
_LED = ("starts_at", "ends_at", "stopped_at", "outside", "called_off")
_SESSION = (*(_C[name] for name in _PLAIN), *(_C[f"{trace}_{part}"] for trace in TRACES for part in _PARTS))
_CHOICES = select(focus_choice).where(focus_choice.c.tenant == TENANT, focus_choice.c.user_id == USER)
_CHOOSE = upsert(focus_choice)
_INTRODUCE = insert_once(focus_choice)
_BEGIN = insert(focus)
_GET = select(*_SESSION).where(_C.tenant == TENANT, _C.id == bindparam("session"))
_AHEAD = (
    select(*_SESSION)
    .where(_C.tenant == TENANT, _C.user_id == USER, _C.stopped_at.is_(None), _C.ends_at > bindparam("now"))
    .order_by(_C.starts_at, _C.id)
)
_ALL_AHEAD = select(_C.id).where(_C.tenant == TENANT, _C.stopped_at.is_(None), _C.over_at > bindparam("now"))
# One that is not stopped is over when it ends.
_TENANTS = select(_C.tenant).where(_C.stopped_at.is_(None), _C.over_at > bindparam("now")).distinct()
_OF = select(*_SESSION).where(_C.tenant == TENANT, _C.user_id == USER).order_by(_C.starts_at, _C.id)
_UNTIL = (
    select(_C.user_id, func.max(_C.ends_at).label("ends_at"))
    .where(
        _C.tenant == TENANT,
        _C.user_id.in_(bindparam("users", expanding=True)),
        _C.stopped_at.is_(None),
        _C.starts_at <= bindparam("now"),
        _C.ends_at > bindparam("now"),
    )
    .group_by(_C.user_id)
)
_TOUCHED = select(_C.touched).where(_C.tenant == TENANT, _C.id == bindparam("session"))
_CLAIMED = select(*_SESSION, _C.touched, _C.attempts).where(
    _C.tenant == TENANT, _C.id == bindparam("session"), _C.owner == bindparam("mine")
)
_OTHERS = (
    select(*_SESSION)
    .where(_C.tenant == TENANT, _C.user_id == USER, _C.id != bindparam("session"))
    .order_by(_C.starts_at, _C.id)
)
_WAITING = select(_C.id, _C.touched).where(
    _C.tenant == TENANT,
    _C.user_id == USER,
    _C.id != bindparam("session"),
    _C.owner.is_(None),
    _C.due_at <= bindparam("now"),
)
# Whoever claims one, or begins one, looks first at who has another of the same person's: one transaction at a time.
_HOLD_STILL = select(_C.id).where(_C.tenant == TENANT, _C.user_id == USER).order_by(_C.id).with_for_update()
_WHOSE = select(_C.user_id).where(_C.tenant == TENANT, _C.id == bindparam("session"))
_TAKEN = select(_C.id).where(
    _C.tenant == TENANT,
    _C.user_id == USER,
    _C.id != bindparam("session"),
    _C.owner.is_not(None),
    _C.due_at > bindparam("now"),
)
_DUE = select(_C.tenant, _C.id, _C.touched).where(_C.due_at <= bindparam("now")).order_by(_C.due_at).limit(MOST_AT_ONCE)


class FocusRows:
    """`FocusSessions` in a database."""

    def __init__(self, rows: Rows, now: datetime) -> None:
        self._rows, self._now = rows, now

    async def choices(self, user_id: str) -> Choices:
        row = (await self._rows.run(_CHOICES, user_id=user_id)).one_or_none()
        return Choices(row.minutes, Mode(row.mode), row.end_line, row.status, row.unapproved) if row else Choices()

    async def introduce(self, user_id: str) -> bool:
        usual = Choices()
        said = {"minutes": usual.minutes, "mode": usual.mode.value}
        result = await self._rows.run(_INTRODUCE, user_id=user_id, **said, end_line=usual.end_line, status=usual.status)
        return result.rowcount == 1

    async def choose(self, user_id: str, choices: Choices) -> None:
        said: dict[str, object] = {"minutes": choices.minutes, "mode": choices.mode.value}
        said |= {"end_line": choices.end_line, "status": choices.status, "unapproved": choices.unapproved}
        await self._rows.run(_CHOOSE, user_id=user_id, **said)

    async def approval(self, user_id: str, *, needed: bool) -> None:
        await self._rows.change(focus_choice, focus_choice.c.user_id == user_id, unapproved=needed)

    async def ahead(self, user_id: str, now: datetime) -> tuple[Session, ...]:
        found = (await self._rows.run(_AHEAD, user_id=user_id, now=now)).all()
        return tuple(_session(row) for row in found)

    async def of(self, user_id: str) -> tuple[Session, ...]:
        return tuple(_session(row) for row in (await self._rows.run(_OF, user_id=user_id)).all())

    async def until(self, user_ids: Collection[str], now: datetime) -> Mapping[str, datetime]:
        found = await self._rows.run(_UNTIL, users=sorted(user_ids), now=now)
        return {row.user_id: row.ends_at for row in found}

    async def get(self, session_id: str) -> Session | None:
        row = (await self._rows.run(_GET, session=session_id)).one_or_none()
        return _session(row) if row else None

    async def begin(self, session: Session, owner: str, until: datetime) -> Claimed | None:
        taken = await _another_is_taken(self._rows, session.user_id, session.id, self._now)
        others = await _others(self._rows, session)
        whose = {"owner": None, "attempts": 0} if taken else {"owner": owner, "attempts": 1}
        row = {**_columns(session), **whose, "over_at": session.ends_at, "touched": 1, "due_at": until}
        await self._rows.run(_BEGIN, **row)
        self._ask(session.id, 1, until - self._now)
        return None if taken else Claimed(self._rows.tenant, session, owner, 1, 1, others)

    async def tell(self, session_id: str, kind: str) -> bool:
        untold = or_(_C.told.is_(None), _C.told != kind)
        return await self._rows.change(focus, _C.id == session_id, untold, told=kind) == 1

    async def change(
        self,
        session_id: str,
        *,
        ends_at: datetime | None = None,
        stopped_at: datetime | None = None,
        called_off: CalledOff | None = None,
    ) -> bool:
        wanted: dict[str, object] = {"ends_at": ends_at, "over_at": ends_at} if ends_at else {}
        wanted |= {"stopped_at": stopped_at} if stopped_at else {}
        wanted |= {"called_off": called_off.value} if called_off else {}
        # Whoever is at it now finds it touched and looks again; else it is looked at now.
        at = case((_C.owner.is_(None), self._now), else_=_C.due_at)
        this = _C.id == session_id
        if not await self._rows.change(focus, this, **wanted, touched=_C.touched + 1, due_at=at):
            return False
        touched = (await self._rows.run(_TOUCHED, session=session_id)).scalar_one()
        self._ask(session_id, touched, timedelta(0))
        return True

    async def switched_off(self, now: datetime) -> None:
        for row in (await self._rows.run(_ALL_AHEAD, now=now)).all():
            await self.change(row.id, stopped_at=now, called_off=CalledOff.OFF)

    def _ask(self, session_id: str, touched: int, wait: timedelta) -> None:
        self._rows.enqueue(_job(self._rows.tenant, session_id, touched, wait))


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
            if whose is None or await _another_is_taken(rows, whose, session_id, now):
                return None
            free = (_C.id == session_id, due)
            if not await rows.change(focus, *free, owner=owner, due_at=until, attempts=_C.attempts + 1):
                return None
            row = (await rows.run(_CLAIMED, session=session_id, mine=owner)).one()
            session = _session(row)
            others = await _others(rows, session)
            await rows.commit()
        return Claimed(tenant, session, owner, row.touched, row.attempts, others)

    async def note(self, claimed: Claimed, session: Session) -> bool:
        async with self._rows(claimed.tenant) as rows:
            mine = await rows.change(focus, *_mine(claimed), **_traces(session))
            await rows.commit()
        return mine == 1

    async def follow(self, claimed: Claimed, session: Session) -> bool:
        async with self._rows(claimed.tenant) as rows:
            untouched = (*_mine(claimed), _C.touched == claimed.touched)
            columns = _columns(session)
            led = {name: columns[name] for name in _LED} | {"over_at": session.ends_at}
            followed = await rows.change(focus, *untouched, **led, **_traces(session))
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
            rows.enqueue(_job(claimed.tenant, row.id, f"{row.touched}-{claimed.owner}", timedelta(0)))

    async def lost(self, claimed: Claimed, session: Session, now: datetime) -> None:
        async with self._rows(claimed.tenant) as rows:
            this = _C.id == claimed.session.id
            again = {"touched": _C.touched + 1, "due_at": case((_C.owner.is_(None), now), else_=_C.due_at)}
            await rows.change(focus, this, **_traces(session), **again)
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
                rows.enqueue(_job(tenant, session_id, f"{touched}-{int(now.timestamp())}", timedelta(0)))
                await rows.commit()
        return len(found)

    def _rows(self, tenant: str) -> Rows:
        return Rows(self._engines.write, tenant, self._outbox)


async def _another_is_taken(rows: Rows, user_id: str, session_id: str, now: datetime) -> bool:
    """Whether somebody has another session of the same person's now. None of theirs is claimed until this transaction ends."""
    await rows.run(_HOLD_STILL, user_id=user_id)
    return (await rows.run(_TAKEN, user_id=user_id, session=session_id, now=now)).first() is not None


async def _others(rows: Rows, session: Session) -> tuple[Session, ...]:
    found = await rows.run(_OTHERS, user_id=session.user_id, session=session.id)
    return tuple(_session(row) for row in found.all())


def _job(tenant: str, session_id: str, occasion: object, wait: timedelta) -> Job:
    return Job(Work.FOCUS, f"focus-{session_id}-{occasion}", (tenant, session_id), max(wait.total_seconds(), 0.0))


def _mine(claimed: Claimed) -> tuple[ColumnElement[bool], ...]:
    return _C.id == claimed.session.id, _C.owner == claimed.owner


def _session(row: Any) -> Session:
    size, parts = len(_PARTS), row[len(_PLAIN) : len(_SESSION)]
    presence, status, block = (_trace(*parts[n * size : (n + 1) * size]) for n in range(len(TRACES)))
    return Session(
        id=row.id,
        user_id=row.user_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        mode=Mode(row.mode),
        learning=row.learning,
        stopped_at=row.stopped_at,
        outside=row.outside,
        called_off=CalledOff(row.called_off) if row.called_off else None,
        zone=row.zone,
        language=row.language,
        presence=presence,
        status=status,
        block=block,
    )


def _trace(hold: str, until: datetime | None, stamp: str | None, what: str | None) -> Trace:
    return Trace(Hold(hold), until, stamp, what)


def _columns(session: Session) -> dict[str, Any]:
    plain = {name: getattr(session, name) for name in _PLAIN}
    words = {"mode": session.mode.value, "called_off": session.called_off and session.called_off.value}
    return plain | words | _traces(session)


def _traces(session: Session) -> dict[str, Any]:
    traces = {name: getattr(session, name) for name in TRACES}
    found = {f"{name}_{part}": getattr(trace, part) for name, trace in traces.items() for part in _PARTS}
    return found | {f"{name}_hold": trace.hold.value for name, trace in traces.items()}
