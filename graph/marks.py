"""How Samen marks an event of its own: named properties that no calendar shows."""

from datetime import datetime
from hashlib import sha256

# The GUID is Samen's own property set; it stands in people's calendars, so it never changes.
_SET = "{6e1c2f0a-5d0b-4c59-9c4e-7a1f0f6f5a3d}"
MARK = f"String {_SET} Name samen"
# The subject and the times that Samen gave it, to see whether the person gave it others: they are kept in the event
# itself and nowhere else.
SUBJECT = f"String {_SET} Name subject"
TIMES = f"String {_SET} Name times"


def sealed(subject: str) -> str:
    """What a subject is told by."""
    return sha256(subject.strip().encode()).hexdigest()[:32]


def times(start: datetime, end: datetime) -> str:
    """What an event's times are told by: whole seconds, cut off as where they are sent (graph/wire.py)."""
    return f"{int(start.timestamp())}-{int(end.timestamp())}"
