"""What of somebody's focus time is left in Teams and their calendar, for the receipts of leaving and stopping."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.focus.session import Hold, Session, Trace
from cards.owndata import FocusLeft

_STANDS = frozenset({Hold.OURS, Hold.RENEWING})
# Microsoft was asked, and nobody knows what came of it.
_UNSURE = frozenset({Hold.ASKED, Hold.CLEARING})


def left_of(sessions: Iterable[Session], now: datetime, zone: ZoneInfo) -> tuple[FocusLeft, ...]:
    """A line for each session that something is left of."""
    return tuple(
        FocusLeft(
            one.starts_at.astimezone(zone),
            one.ends_at.astimezone(zone),
            block="stays" if one.block.hold in _STANDS else "unsure" if one.block.hold in _UNSURE else None,
            until=_until((one.presence, one.status), now, zone),
        )
        for one in sessions
    )


def _until(traces: Iterable[Trace], now: datetime, zone: ZoneInfo) -> datetime | None:
    """When the last of them has ended by itself; None = there is nothing any more."""
    ends = [each.until for each in traces if each.hold in _STANDS | _UNSURE and each.until and each.until > now]
    return max(ends).astimezone(zone) if ends else None
