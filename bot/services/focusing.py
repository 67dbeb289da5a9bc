"""Bringing somebody's Teams and calendar in line with their focus session: look, note, ask, note."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid4, uuid5

from bot.domain.focus.leading import called_off, is_led, led
from bot.domain.focus.session import CalledOff, Claimed, Hold, Session
from bot.domain.focus.steps import (
    AVAILABILITY,
    Act,
    Block,
    Plan,
    Seen,
    Step,
    done,
    overtaken_by_own,
    planned,
    restamped,
    undone,
)
from bot.domain.people import Contact
from bot.errors import Overtaken
from bot.logs import get_logger
from bot.services.accounts import Accounts, owner_of
from bot.services.clock import Clock
from bot.services.focus import KeptSessions
from graph.account import Account
from graph.errors import BusyError, ConsentMissingError, GraphError, NotSignedInError
from graph.types import Draft, Event

# An event of the person's own with this word in its subject or a category is focus time that was booked already,
# by Outlook, by Viva or by hand. The word is the same in all of our languages, and theirs.
FOCUS = "focus"
CATEGORY = "Focus"
# So long before one that was planned begins, somebody looks whether there is a meeting in it (the issue of `/focus`).
BEFORE = timedelta(minutes=15)
_OVER_SOON = timedelta(seconds=1)  # Graph refuses an expiry that is past


# A process that has a session is done with it by then, or gone.
LEASE = timedelta(seconds=30)
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=15), timedelta(minutes=10)  # doubles
_NO_PAUSE, _NOW_AND_THEN = timedelta(0), timedelta(hours=1)
# After the end; an hour later the row goes (bot/store/tables/focus.py).
GIVES_UP = timedelta(hours=23)
THEIRS_TO_MEND = (NotSignedInError, ConsentMissingError)
TOO_MANY = 429

log = get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Wording:
    """What is written in Teams and the calendar: the event's subject, and the status message, None for none."""

    subject: str = field(repr=False)
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """A session after what could be done was done and noted; `error` where something could not. `given_up`: nor ever.

    `meetings`: when others are in it. `again`: when it is looked at next, None for never.
    """

    session: Session
    error: GraphError | None = None
    given_up: bool = False
    meetings: tuple[tuple[datetime, datetime], ...] = ()
    again: datetime | None = None


Tell = Callable[[Settled], Awaitable[None]]


class Focusing:
    """Does for focus sessions what is due now. `clock` tells the moment."""

    def __init__(self, kept: KeptSessions, accounts: Accounts, clock: Clock) -> None:
        self._kept, self._accounts, self._clock = kept, accounts, clock
        self._under_way: set[asyncio.Task[Settled]] = set()

    async def claim(self, tenant: str, session_id: str, *, early: bool = False) -> Claimed | None:
        """The session, for this process to bring in line now; None where another one does, or nothing is to do.

        `early`: somebody looks at it, so it is looked at also where nothing is due.
        """
        now = self._clock.now()
        return await self._kept.claim(tenant, session_id, uuid4().hex, now, now + LEASE, early=early)

    async def due(self, now: datetime) -> None:
        """Have every session brought in line that should have been by now."""
        await self._kept.due(now)

    async def leave(self, claimed: Claimed) -> None:
        """Never look at it again: nobody is there any more to do it for."""
        await self._kept.ended(claimed, None)

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
        try:
            account = await self._accounts.of(claimed.session.user_id, owner_of(contact))
        except GraphError as error:
            settled = Settled(claimed.session, error)
        else:
            settled = await self.settle(claimed, account, wording)
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
        return _meetings(await _there(session, account, self._clock.now()))

    async def _noted(self, claimed: Claimed, settled: Settled) -> Settled:
        """Say when it is looked at next."""
        session, error, now = settled.session, settled.error, self._clock.now()
        waits = error is not None and not (session.is_clean() and isinstance(error, THEIRS_TO_MEND))
        given_up = waits and now >= session.ends_at + GIVES_UP
        if error is not None and waits and not given_up:
            log.info("focus_waits", error=type(error).__name__, attempts=claimed.attempts)
            soon = _try_again(claimed, session, error, now)
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
        try:
            seen = await look(session, account, now)
            session = led(session, seen.block, now)
            if session != claimed.session:
                if not await self._kept.follow(claimed, session):
                    return Settled(claimed.session)  # changed meanwhile: it is looked at again
                if session.is_on(now):
                    return Settled(session)  # what was worded is of its old times: it is looked at again at once
                seen = await look(session, account, now)  # at other times there are other things
        except GraphError as error:
            return Settled(session, error)
        plan = planned(session, seen, now, wording.status)
        await self._note(claimed, plan.session)
        if not plan.steps:
            return Settled(plan.session, meetings=seen.meetings)
        asking = (_ask(step, plan.session, account, wording, now) for step in plan.steps)
        asked = _after(session, plan, await asyncio.gather(*asking, return_exceptions=True))
        if overtaken_by_own(plan, asked.session):
            asked = replace(asked, session=await _with_version(asked.session, account))
        settled = replace(asked, meetings=seen.meetings)
        try:
            await self._note(claimed, settled.session)
        except Overtaken:
            # Whoever has it now does not know what was just asked.
            await self._kept.lost(claimed, plan.session, self._clock.now())
            raise
        return settled

    async def _note(self, claimed: Claimed, session: Session) -> None:
        if session != claimed.session and not await self._kept.note(claimed, session):
            raise Overtaken


def next_look(session: Session, now: datetime) -> datetime | None:
    """When somebody has to look at a session that is in line; None = never again."""
    if session.stopped_at is not None or now >= session.ends_at:
        return None if session.is_clean() else now
    if session.starts_at <= now and is_led(session):
        return now  # it followed the calendar to where it is under way
    moments = (session.starts_at - BEFORE, session.starts_at, session.ends_at)
    return next(moment for moment in moments if now < moment)


def _try_again(claimed: Claimed, session: Session, error: GraphError, now: datetime) -> datetime:
    """After a pause; where Microsoft asks for none, at its start in any case."""
    again = now + _pause(claimed, error)
    return min(again, session.starts_at) if now < session.starts_at and not error.retry_after else again


def _pause(claimed: Claimed, error: GraphError) -> timedelta:
    """Longer each time; what only the person can mend, now and then."""
    if isinstance(error, THEIRS_TO_MEND):
        return _NOW_AND_THEN
    doubled = _FIRST_PAUSE * (1 << min(claimed.attempts - 1, 10))
    told = timedelta(seconds=error.retry_after) if error.retry_after else _NO_PAUSE
    return max(min(doubled, _LONGEST_PAUSE), told)


async def look(session: Session, account: Account, now: datetime) -> Seen:
    """What Graph reports of the person, as far as the session has to do with it now. Raises GraphError."""
    traces = (session.presence, session.status)
    shown = session.is_on(now) or any(trace.hold not in (Hold.NONE, Hold.GONE, Hold.THEIRS) for trace in traces)
    presence, block, there = await asyncio.gather(
        account.presence.read() if shown else _none(), _block(session, account), _there(session, account, now)
    )
    return Seen(
        availability=presence.availability if presence else "",
        stamp=presence.version if presence else None,
        status=presence.status.text if presence and presence.status else None,
        block=block,
        covered=session.block.hold is Hold.NONE and _is_covered(session, there),
        meetings=_meetings(there),
    )


def _meetings(there: Sequence[Event]) -> tuple[tuple[datetime, datetime], ...]:
    return tuple((event.start, event.end) for event in there if is_meeting(event))


async def _none() -> None:
    return None


async def _block(session: Session, account: Account) -> Block | None:
    """Samen's own event, wherever it stands by now."""
    trace = session.block
    if trace.hold in (Hold.NONE, Hold.THEIRS, Hold.GONE) and not is_led(session):
        return None
    if found := await account.calendar.marked(session.id):
        return _seen(found[0])
    # A search that misses it must not call the session off.
    there = await account.calendar.get(trace.what) if trace.what and is_led(session) else None
    return _seen(there) if there else None


def _seen(event: Event) -> Block:
    as_made = (event.show_as, event.sensitivity, event.categories) == ("busy", "private", (CATEGORY,)) and not (
        event.attendees or event.reminder or event.renamed or event.is_cancelled
    )
    return Block(event.id, event.start, event.end, changed=not as_made, moved=event.moved)


async def _there(session: Session, account: Account, now: datetime) -> Sequence[Event]:
    """What is in the calendar then, while it is still to come or under way."""
    return await account.calendar.view(session.starts_at, session.ends_at) if session.is_ahead(now) else ()


def _is_covered(session: Session, there: Sequence[Event]) -> bool:
    """Whether all of it lies in focus time that the person has booked already."""
    return any(is_focus(event) and event.start <= session.starts_at and session.ends_at <= event.end for event in there)


def is_meeting(event: Event) -> bool:
    """Whether an event asks for the person while they want to be undisturbed."""
    free = event.mark or event.is_all_day or event.is_cancelled or is_focus(event)
    return event.show_as in ("busy", "tentative", "oof") and not free


def is_focus(event: Event) -> bool:
    """Whether an event of the person's own keeps focus time free."""
    words = (event.subject, *event.categories)
    return event.show_as == "busy" and not event.mark and any(FOCUS in word.casefold() for word in words)


async def _ask(step: Step, session: Session, account: Account, wording: Wording, now: datetime) -> str | None:
    """One request; the id of the event that was made, if any."""
    event_id = session.block.what or ""
    match step.act:
        case Act.PREFER:
            shown = AVAILABILITY[session.mode]
            await account.presence.prefer(shown, shown, max(step.until - now, _OVER_SOON))
        case Act.UNPREFER:
            await account.presence.clear_preferred()
        case Act.SAY:
            await account.presence.say(wording.status or "", step.until)
        case Act.UNSAY:
            await account.presence.unsay()
        case Act.BLOCK:
            draft = Draft(wording.subject, session.starts_at, step.until, CATEGORY)
            return (
                await account.calendar.create(draft, str(uuid5(NAMESPACE_URL, f"focus\n{session.id}")), session.id)
            ).id
        case Act.MOVE:
            await account.calendar.move_end(event_id, session.starts_at, step.until)
        case Act.UNBLOCK:
            await account.calendar.delete(event_id)
    return None


async def _with_version(session: Session, account: Account) -> Session:
    """The session with Graph's version of the presence as Samen itself has just left it, where that can be read."""
    try:
        return restamped(session, (await account.presence.read()).version)
    except GraphError:
        return session


def _after(before: Session, plan: Plan, ends: Sequence[str | BaseException | None]) -> Settled:
    """The session after its steps. Raises what is no trouble of Graph's."""
    session, errors = plan.session, list[GraphError]()
    for step, end in zip(plan.steps, ends, strict=True):
        if isinstance(end, GraphError):
            errors.append(end)
            session = undone(session, step, before) if _was_not_done(end) else session
        elif isinstance(end, BaseException):
            raise end
        else:
            session = done(session, step, end)
    return Settled(session, errors[0] if errors else None)


def _was_not_done(error: GraphError) -> bool:
    """Whether that is sure: the token was not accepted, or it was never that request's turn."""
    turned_away = isinstance(error, BusyError) and error.status in (None, TOO_MANY)
    return turned_away or isinstance(error, THEIRS_TO_MEND)
