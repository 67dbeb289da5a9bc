"""Bringing somebody's Teams and calendar in line with their focus session: look, note, ask, note."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

from bot.domain.focus.leading import called_off, followed, waits
from bot.domain.focus.session import CalledOff, Claimed, Hold, Session
from bot.domain.focus.steps import overtaken_by_own, planned
from bot.domain.people import Contact
from bot.errors import Overtaken
from bot.logs import get_logger
from bot.services.accounts import Accounts, owner_of
from bot.services.clock import Clock
from bot.services.focus import KeptSessions
from bot.services.focusing.asking import ask_all, with_version
from bot.services.focusing.looking import look, meetings
from bot.services.focusing.naming import Names
from bot.services.focusing.pausing import next_look, try_again
from bot.services.focusing.settled import THEIRS_TO_MEND, Settled, Wording
from graph.account import Account
from graph.errors import GraphError

# A process that has a session is done with it by then, or gone.
LEASE = timedelta(seconds=30)
# After the end; an hour later the row goes (bot/store/tables/focus.py).
GIVES_UP = timedelta(hours=23)

_TO_BE_MADE = (Hold.NONE, Hold.ASKED)

log = get_logger(__name__)

Tell = Callable[[Settled], Awaitable[None]]


def owner() -> str:
    """Whoever has a session from now on, to bring it in line: somebody else each time."""
    return uuid4().hex


class Focusing:
    """Does for focus sessions what is due now. `clock` tells the moment."""

    def __init__(self, kept: KeptSessions, accounts: Accounts, clock: Clock) -> None:
        self._kept, self._accounts, self._clock = kept, accounts, clock
        self._under_way: set[asyncio.Task[Settled]] = set()
        self._names = Names()

    async def claim(self, tenant: str, session_id: str, *, early: bool = False) -> Claimed | None:
        """The session, for this process to bring in line now; None where another one does, or nothing is to do.

        `early`: somebody looks at it, so it is looked at also where nothing is due.
        """
        now = self._clock.now()
        return await self._kept.claim(tenant, session_id, owner(), now, now + LEASE, early=early)

    async def due(self, now: datetime) -> None:
        """Have every session brought in line that should have been by now."""
        await self._kept.due(now)

    async def tenants(self, now: datetime) -> Sequence[str]:
        """Where somebody has one under way or to come."""
        return await self._kept.tenants(now)

    async def leave(self, claimed: Claimed) -> None:
        """Never look at it again: nobody is there any more to do it for."""
        await self._kept.ended(claimed, None)

    def hear(self, session: Session, wording: Wording) -> None:
        """Know for a while what a session is about that nobody has yet."""
        self._names.of(session.id, wording, self._clock.now())

    def start(self, claimed: Claimed, contact: Contact, wording: Wording) -> asyncio.Task[Settled]:
        """`bring` in a task of its own, which goes on when nobody waits for it any more."""
        task = asyncio.create_task(self.bring(claimed, contact, wording))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    async def bring(self, claimed: Claimed, contact: Contact, wording: Wording, tell: Tell | None = None) -> Settled:
        """Bring a session in line, `tell` what was found, and see to it that somebody looks again when that is needed.

        Where the process ends before that is seen to, all of it is done again. Raises Overtaken where another process has
        it now.
        """
        named = self._names.of(claimed.session.id, wording, self._clock.now())
        try:
            account = await self._accounts.of(claimed.session.user_id, owner_of(contact))
        except GraphError as error:
            settled = Settled(claimed.session, error)
        else:
            settled = await self.settle(claimed, account, named)
        if settled.session.block.hold not in _TO_BE_MADE or not settled.session.is_ahead(self._clock.now()):
            self._names.forget(claimed.session.id)
        if tell:
            await tell(settled)
        return await self._noted(claimed, settled)

    async def call_off(self, claimed: Claimed, why: CalledOff) -> Claimed | None:
        """The session, called off and still to be brought in line; None where it was changed meanwhile."""
        session = called_off(claimed.session, why, self._clock.now())
        return replace(claimed, session=session) if await self._kept.follow(claimed, session) else None

    async def meetings(self, session: Session, contact: Contact) -> Sequence[tuple[datetime, datetime]]:
        """When others are in it, as the calendar is now, by their start. Raises GraphError."""
        account = await self._accounts.of(session.user_id, owner_of(contact))
        return await meetings(session, account, self._clock.now())

    async def _noted(self, claimed: Claimed, settled: Settled) -> Settled:
        """Say when it is looked at next."""
        session, error, now = settled.session, settled.error, self._clock.now()
        left = None if session.is_clean() and isinstance(error, THEIRS_TO_MEND) else error
        given_up = left is not None and now >= session.ends_at + GIVES_UP
        if left is not None and not given_up:
            log.info("focus_waits", error=type(left).__name__, attempts=claimed.attempts)
            soon = try_again(claimed, session, left, now)
            await self._kept.later(claimed, soon)
            return replace(settled, again=soon)
        again = None if given_up else next_look(session, now)
        if not await self._kept.ended(claimed, again):
            again = now
            await self._kept.later(claimed, now)  # changed meanwhile: its own job comes for it
        return replace(settled, given_up=given_up, again=again)

    async def settle(self, claimed: Claimed, account: Account, wording: Wording) -> Settled:
        """Bring a session's Teams and calendar in line. Raises Overtaken where another process has it now."""
        session, now = claimed.session, self._clock.now()
        seen, error = await look(session, account, now)
        session = followed(session, seen, now)
        if session != claimed.session:
            if not await self._kept.follow(claimed, session):
                return Settled(claimed.session)  # changed meanwhile: it is looked at again
            if session.is_on(now):
                return Settled(session)  # what was worded is of its old times: it is looked at again at once
            seen, error = await look(session, account, now)  # at other times there are other things
        if waits(session, seen):
            return Settled(session, error)
        plan = planned(session, seen, now, wording.status, claimed.others)
        await self._note(claimed, plan.session)
        if not plan.steps:
            return Settled(plan.session, error, meetings=seen.meetings)
        asked = await ask_all(plan, session, account, wording, now)
        if overtaken_by_own(plan, asked.session):
            asked = replace(asked, session=await with_version(asked.session, account))
        settled = replace(asked, error=asked.error or error, meetings=seen.meetings)
        try:
            await self._note(claimed, settled.session, noted=plan.session)
        except Overtaken:
            # Whoever has it now does not know what was just asked.
            await self._kept.lost(claimed, plan.session, self._clock.now())
            raise
        return settled

    async def _note(self, claimed: Claimed, session: Session, noted: Session | None = None) -> None:
        """Keep how it stands, where that is not what was `noted` last: at first, what it was when it was claimed."""
        if session != (noted or claimed.session) and not await self._kept.note(claimed, session):
            raise Overtaken
