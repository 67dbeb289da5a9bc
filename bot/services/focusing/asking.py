"""Asking Graph for what a focus session needs."""

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.domain.focus.acts import Act, Step
from bot.domain.focus.seen import AVAILABILITY, Seen
from bot.domain.focus.session import Session
from bot.domain.focus.steps import Plan, done, restamped, undone
from bot.services.focusing.blocks import make
from bot.services.focusing.looking import is_by_calendar
from bot.services.focusing.settled import THEIRS_TO_MEND, Settled, Wording
from graph.account import Account
from graph.errors import BusyError, GraphError

_OVER_SOON = timedelta(seconds=1)  # Graph refuses an expiry that is past
TOO_MANY = 429


async def ask(step: Step, session: Session, account: Account, wording: Wording, now: datetime) -> str | None:
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
            return await make(session, account, wording.subject, step.until)
        case Act.MOVE:
            await account.calendar.move_end(event_id, session.starts_at, step.until)
        case Act.UNBLOCK:
            await account.calendar.delete(event_id)
    return None


async def with_version(session: Session, account: Account) -> Session:
    """The session with Graph's version of the presence as Samen itself has just left it, where that can be read."""
    try:
        presence = await account.presence.read()
    except GraphError:
        return session
    return restamped(session, Seen(presence.availability, presence.version, by_calendar=is_by_calendar(presence)))


async def ask_all(plan: Plan, before: Session, account: Account, wording: Wording, now: datetime) -> Settled:
    """The session after its steps. Raises what is no trouble of Graph's."""
    ends: dict[Step, str | GraphError | None] = {}
    for wave in plan.waves:
        if any(step.act is Act.UNPREFER and isinstance(end, GraphError) for step, end in ends.items()):
            break
        asking = (ask(step, plan.session, account, wording, now) for step in wave)
        found = await asyncio.gather(*asking, return_exceptions=True)
        ends |= {step: _of_graph(end) for step, end in zip(wave, found, strict=True)}
    return _after(before, plan, ends)


def _of_graph(end: str | BaseException | None) -> str | GraphError | None:
    if isinstance(end, BaseException) and not isinstance(end, GraphError):
        raise end
    return end


def _after(before: Session, plan: Plan, ends: Mapping[Step, str | GraphError | None]) -> Settled:
    session, errors = plan.session, [end for end in ends.values() if isinstance(end, GraphError)]
    for step in plan.steps:
        end = ends.get(step)
        if step not in ends or (isinstance(end, GraphError) and _was_not_done(end)):
            session = undone(session, step, before)
        elif not isinstance(end, GraphError):
            session = done(session, step, end)
    return Settled(session, errors[0] if errors else None)


def _was_not_done(error: GraphError) -> bool:
    """Whether that is sure: the token was not accepted, or it was never that request's turn."""
    turned_away = isinstance(error, BusyError) and error.status in (None, TOO_MANY)
    return turned_away or isinstance(error, THEIRS_TO_MEND)
