"""What the rows of focus sessions say."""

from datetime import datetime
from typing import Any

from bot.domain.focus.session import CalledOff, Hold, Mode, Session, Trace
from bot.store.tables import focus

_TRACES = ("presence", "status", "block")
_PARTS = ("hold", "until", "stamp", "what")
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
# What `session_of` reads: first in each select, in this order.
SESSION = (*(focus.c[name] for name in _PLAIN), *(focus.c[f"{trace}_{part}"] for trace in _TRACES for part in _PARTS))


def session_of(row: Any) -> Session:
    size, parts = len(_PARTS), row[len(_PLAIN) : len(SESSION)]
    presence, status, block = (_trace(*parts[n * size : (n + 1) * size]) for n in range(len(_TRACES)))
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


def columns_of(session: Session) -> dict[str, Any]:
    plain = {name: getattr(session, name) for name in _PLAIN}
    words = {"mode": session.mode.value, "called_off": session.called_off and session.called_off.value}
    return plain | words | traces_of(session)


def traces_of(session: Session) -> dict[str, Any]:
    traces = {name: getattr(session, name) for name in _TRACES}
    found = {f"{name}_{part}": getattr(trace, part) for name, trace in traces.items() for part in _PARTS}
    return found | {f"{name}_hold": trace.hold.value for name, trace in traces.items()}
