"""A unit's focus sessions, and what is usual for whoever they are of."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import bindparam, case, func, insert, or_, select

from bot.domain.focus.session import CalledOff, Choices, Claimed, Mode, Session
from bot.store.focus.lines import SESSION, columns_of, session_of
from bot.store.focus.turns import another_is_taken, job_of, others_of
from bot.store.rows import TENANT, USER, Rows, insert_once, upsert
from bot.store.tables import focus, focus_choice

_C = focus.c
_CHOICES = select(focus_choice).where(focus_choice.c.tenant == TENANT, focus_choice.c.user_id == USER)
_CHOOSE = upsert(focus_choice)
_INTRODUCE = insert_once(focus_choice)
_BEGIN = insert(focus)
_GET = select(*SESSION).where(_C.tenant == TENANT, _C.id == bindparam("session"))
_AHEAD = (
    select(*SESSION)
    .where(_C.tenant == TENANT, _C.user_id == USER, _C.stopped_at.is_(None), _C.ends_at > bindparam("now"))
    .order_by(_C.starts_at, _C.id)
)
# One that is not stopped is over when it ends.
_ALL_AHEAD = select(_C.id).where(_C.tenant == TENANT, _C.stopped_at.is_(None), _C.over_at > bindparam("now"))
_OF = select(*SESSION).where(_C.tenant == TENANT, _C.user_id == USER).order_by(_C.starts_at, _C.id)
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
        return tuple(session_of(row) for row in found)

    async def of(self, user_id: str) -> tuple[Session, ...]:
        return tuple(session_of(row) for row in (await self._rows.run(_OF, user_id=user_id)).all())

    async def until(self, user_ids: Collection[str], now: datetime) -> Mapping[str, datetime]:
        found = await self._rows.run(_UNTIL, users=sorted(user_ids), now=now)
        return {row.user_id: row.ends_at for row in found}

    async def get(self, session_id: str) -> Session | None:
        row = (await self._rows.run(_GET, session=session_id)).one_or_none()
        return session_of(row) if row else None

    async def begin(self, session: Session, owner: str, until: datetime) -> Claimed | None:
        taken = await another_is_taken(self._rows, session.user_id, session.id, self._now)
        others = await others_of(self._rows, session)
        whose = {"owner": None, "attempts": 0} if taken else {"owner": owner, "attempts": 1}
        row = {**columns_of(session), **whose, "over_at": session.ends_at, "touched": 1, "due_at": until}
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
        self._rows.enqueue(job_of(self._rows.tenant, session_id, touched, wait))
