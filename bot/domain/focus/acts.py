"""What can be asked of Graph for a focus session."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Act(StrEnum):
    """One request to Graph; all are absolute, and the same again changes nothing more."""

    PREFER = "prefer"  # show this presence until then
    UNPREFER = "unprefer"
    SAY = "say"  # show this status message until then
    UNSAY = "unsay"
    BLOCK = "block"  # an event in the calendar
    MOVE = "move"  # its end
    UNBLOCK = "unblock"


@dataclass(frozen=True, slots=True)
class Step:
    """One request, and when what it makes ends by itself."""

    act: Act
    until: datetime
