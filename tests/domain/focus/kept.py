"""Somebody's presence, status and calendar as Graph keeps them, and what of theirs Samen writes over."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.domain.focus.acts import Act
from bot.domain.focus.seen import AVAILABILITY, Block, Calendar, Seen
from bot.domain.focus.session import Session

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def text(session: Session) -> str:
    return f"Focus tot {session.ends_at:%H:%M}."


@dataclass
class Graph:
    """The person's presence, status and calendar as Graph keeps them; `None` for a time: until it is changed."""

    now: datetime = NINE
    presence: tuple[str, datetime | None, bool] | None = None  # what, until, whether Samen set it
    status: tuple[str, datetime | None, bool] | None = None
    block: Block | None = None
    changes: int = 0
    began: bool = False  # Samen's presence stood there once
    hands_off: bool = False  # and the person changed it since
    closed: bool = False  # Teams, on every device
    unsure: bool = False  # they changed something between a death while it was taken away and the next look
    followed: set[tuple[datetime, datetime]] = field(default_factory=set)
    lost: list[str] = field(default_factory=list)  # what of the person's Samen wrote over

    def seen(self, unseen: str = "") -> Seen:
        """Without what could not be read: the "presence", the "calendar", or it says that there is no "mailbox"."""
        preferred, status = self._current(self.presence), self._current(self.status)
        busy = self.block is not None and self.block.start <= self.now < self.block.end
        shown = preferred[0] if preferred else "Busy" if busy else "Available"
        seen = Seen(
            "Offline" if self.closed else shown,
            str(self.changes),
            status[0] if status else None,
            self.block,
            by_calendar=busy and not preferred and not self.closed,
        )
        if unseen == "presence":
            return replace(seen, availability=None, stamp=None, status=None, by_calendar=False)
        how_far = {"calendar": Calendar.UNREAD, "mailbox": Calendar.ABSENT}.get(unseen)
        return replace(seen, block=None, calendar=how_far) if how_far else seen

    def carry_out(self, act: Act, session: Session) -> str | None:
        self.changes += act in (Act.PREFER, Act.UNPREFER, Act.SAY, Act.UNSAY)
        self._judge(act)
        match act:
            case Act.PREFER:
                self.presence = AVAILABILITY[session.mode], session.ends_at, True
            case Act.UNPREFER:
                self.presence = None
            case Act.SAY:
                self.status = text(session), session.ends_at, True
            case Act.UNSAY:
                self.status = None
            case Act.BLOCK if self.block is None:  # the same transaction id makes it once
                self.block = Block("event", session.starts_at, session.ends_at)
            case Act.MOVE if self.block:
                self.block = replace(self.block, end=session.ends_at, moved=self.block.start != session.starts_at)
            case Act.UNBLOCK:
                self.block = None
        return self.block.id if self.block else None

    def _judge(self, act: Act) -> None:
        status = self._current(self.status)
        presence = act in (Act.PREFER, Act.UNPREFER) and self.hands_off
        said = act in (Act.SAY, Act.UNSAY) and status and not status[2]
        event = act in (Act.MOVE, Act.UNBLOCK) and self.block and self._is_theirs(self.block)
        self.lost += [act] if presence or said or event else []
        self.began = self.began or act is Act.PREFER

    def left_of_samen(self) -> list[object]:
        # Where nobody can know whose the presence is by now, it is left until it ends by itself (decision 25).
        presence = None if self.unsure else self._current(self.presence)
        mine = [thing for thing in (presence, self._current(self.status)) if thing and thing[2]]
        return [*mine, *([self.block] if self.block and not self._is_theirs(self.block) else [])]

    def _is_theirs(self, block: Block) -> bool:
        """Another one by now, or at times that they gave it and that the session does not follow."""
        return block.changed or (block.moved and (block.start, block.end) not in self.followed)

    def _current(self, thing: tuple[str, datetime | None, bool] | None) -> tuple[str, datetime | None, bool] | None:
        return thing if thing and (thing[1] is None or self.now < thing[1]) else None
