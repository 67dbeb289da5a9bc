"""What Graph reports of somebody before anything is asked for a focus session of theirs."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.focus.session import Mode

_DO_NOT_DISTURB, _BUSY = "DoNotDisturb", "Busy"
# With Teams closed on every device nobody can see what is preferred: a preference shows only while there is a session.
UNSEEN = ("Offline", "PresenceUnknown")
AVAILABILITY = {Mode.QUIET: _DO_NOT_DISTURB, Mode.REACHABLE: _BUSY}


class Calendar(StrEnum):
    """How far somebody's calendar could be read."""

    READ = "read"
    UNREAD = "unread"  # not now
    ABSENT = "absent"  # they have none in Microsoft 365


@dataclass(frozen=True, slots=True)
class Block:
    """Samen's event as it stands in the calendar.

    `moved`: at other times than Samen gave it. `changed`: the person made it their own otherwise.
    """

    id: str
    start: datetime
    end: datetime
    changed: bool = False
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What Graph reports of the person now. `availability` is None where their presence could not be read.

    `stamp` is its version of their presence, None where it tells none. `by_calendar`: their calendar is why they show so, and nobody prefers
    another presence. `covered`: the person has such a block already. `meetings`: when others are in it, by their start. `activity`: as Graph has it.
    """

    availability: str | None
    stamp: str | None = None
    status: str | None = None
    block: Block | None = None
    covered: bool = False
    meetings: tuple[tuple[datetime, datetime], ...] = ()
    by_calendar: bool = False
    calendar: Calendar = Calendar.READ
    activity: str = ""

    def is_chosen(self) -> bool:
        """Whether they set Do not disturb themselves: while they present, it shows without their choosing it."""
        return self.availability == _DO_NOT_DISTURB and self.activity in ("", _DO_NOT_DISTURB)

    def shows(self, mode: Mode) -> bool:
        """Whether the presence of that mode is preferred: a block in the calendar alone makes somebody busy, too."""
        return self.availability == AVAILABILITY[mode] and not self.by_calendar
