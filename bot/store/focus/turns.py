"""Which session of a person's is somebody's to bring in line: one at a time, and the job that comes for it."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from bot.domain.focus.session import Session
from bot.domain.jobs import Job, Work
from bot.store.focus.lines import SESSION, session_of
from bot.store.rows import TENANT, USER, Rows
from bot.store.tables import focus

_C = focus.c
# Whoever claims one, or begins one, looks first at who has another of the same person's: one transaction at a time.
_HOLD_STILL = select(_C.id).where(_C.tenant == TENANT, _C.user_id == USER).order_by(_C.id).with_for_update()
_TAKEN = select(_C.id).where(
    _C.tenant == TENANT,
    _C.user_id == USER,
    _C.id != bindparam("session"),
    _C.owner.is_not(None),
    _C.due_at > bindparam("now"),
)
_OTHERS = (
    select(*SESSION)
    .where(_C.tenant == TENANT, _C.user_id == USER, _C.id != bindparam("session"))
    .order_by(_C.starts_at, _C.id)
)


async def another_is_taken(rows: Rows, user_id: str, session_id: str, now: datetime) -> bool:
    """Whether somebody has another session of the same person's now. None of theirs is claimed until this transaction ends."""
    await rows.run(_HOLD_STILL, user_id=user_id)
    return (await rows.run(_TAKEN, user_id=user_id, session=session_id, now=now)).first() is not None


async def others_of(rows: Rows, session: Session) -> tuple[Session, ...]:
    """The other sessions of the same person that are kept."""
    found = await rows.run(_OTHERS, user_id=session.user_id, session=session.id)
    return tuple(session_of(row) for row in found.all())


def job_of(tenant: str, session_id: str, occasion: object, wait: timedelta = timedelta(0)) -> Job:
    """Have it brought in line after so long; once for each occasion."""
    return Job(Work.FOCUS, f"focus-{session_id}-{occasion}", (tenant, session_id), max(wait.total_seconds(), 0.0))
