"""Focus sessions: how they are kept, and how Teams and the calendar are brought in line with them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from bot.domain.focus.session import CalledOff, Choices, Claimed, Session

# Kinds of messages: the line at the end, and meetings in what is about to begin.
OVER, MEETING = "focus.over", "focus.meeting"


class FocusSessions(Protocol):
    """A unit's focus sessions."""

    async def choices(self, user_id: str) -> Choices:
        """What is usual for them, chosen or not."""

    async def introduce(self, user_id: str) -> bool:
        """Keep what is usual as it is for everybody, unless they have chosen; whether this is their first time."""

    async def choose(self, user_id: str, choices: Choices) -> None: ...

    async def approval(self, user_id: str, *, needed: bool) -> None:
        """Keep whether they were told that an administrator has to approve first; of whoever has chosen nothing, nothing."""

    async def ahead(self, user_id: str, now: datetime) -> tuple[Session, ...]:
        """Those under way and to come, by their start."""

    async def of(self, user_id: str) -> tuple[Session, ...]:
        """All of theirs that are kept, by their start."""

    async def until(self, user_ids: Collection[str], now: datetime) -> Mapping[str, datetime]:
        """Until when each of them is in focus, of those who are now."""

    async def get(self, session_id: str) -> Session | None: ...

    async def begin(self, session: Session, owner: str, until: datetime) -> Claimed | None:
        """Keep a new one; `owner` brings Teams and the calendar in line, and if not done by `until` a job does.

        None where somebody is at another session of the same person's: nobody has the new one yet.
        """

    async def tell(self, session_id: str, kind: str) -> bool:
        """Note that its owner gets this kind of message of it now; whether they still had to."""

    async def change(
        self,
        session_id: str,
        *,
        ends_at: datetime | None = None,
        stopped_at: datetime | None = None,
        called_off: CalledOff | None = None,
    ) -> bool:
        """Give it another end or stop it, with why where Samen does that by itself, and have Teams and the calendar brought in line; False: there is none such."""

    async def switched_off(self, now: datetime) -> None:
        """Call off everything that is under way and to come, of everybody, and have it taken away."""


class KeptSessions(Protocol):
    """Focus sessions of all tenants, for whoever brings Teams and the calendar in line. Each call is a transaction."""

    async def claim(  # noqa: PLR0913 - whose, since when and until when
        self, tenant: str, session_id: str, owner: str, now: datetime, until: datetime, *, early: bool = False
    ) -> Claimed | None:
        """The session, `owner`'s until then; None where another one has it, or nothing is due yet and it is not `early`.

        None too where somebody has another session of the same person's: what two of them do in Teams is never mixed.
        """

    async def note(self, claimed: Claimed, session: Session) -> bool:
        """Keep what is about to be asked or was done; False: it is another one's by now, and nothing may be asked."""

    async def follow(self, claimed: Claimed, session: Session) -> bool:
        """Keep its times or that it is called off, and what was done; False: the person changed it meanwhile, or as `note`."""

    async def ended(self, claimed: Claimed, next_at: datetime | None) -> bool:
        """It is in line; look again at `next_at`. Changed meanwhile, it is looked at again at once. False: as `note`."""

    async def later(self, claimed: Claimed, at: datetime) -> None:
        """Try again then."""

    async def lost(self, claimed: Claimed, session: Session, now: datetime) -> None:
        """Something was asked by one who had lost the session: what stands there is as it believes, and is looked at again."""

    async def tenants(self, now: datetime) -> tuple[str, ...]:
        """Those where somebody has one under way or to come."""

    async def due(self, now: datetime) -> int:
        """Have everything brought in line that should have been by now; how many."""
