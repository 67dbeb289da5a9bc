"""My card while nothing is on: where Microsoft 365 is connected, with free times today."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.commands.focus.answers import nothing
from bot.commands.focus.bringing import connection, patience
from bot.commands.focus.state import State
from bot.commands.focus.views import moment_of
from bot.domain.focus import rules
from bot.domain.focus.free import in_utc, midnights, not_worked
from bot.domain.focus.intents import Start
from bot.domain.focus.rules import Interval
from bot.domain.where.board import Plan
from bot.services import Services, owner_of
from bot.services.focusing import TAKEN
from bot.turn import Answer, Ask
from cards.focus import Moment
from graph.errors import GraphError
from graph.types import Event, WorkingHours


async def opened(ask: Ask, state: State, services: Services) -> Answer:
    """What can begin. The calendar is read with the asker's own token, now; nothing of it is kept."""
    first, last = midnights(ask.today, state.zone)
    try:
        async with asyncio.timeout(patience(ask)):
            account = await services.accounts.of(ask.user_id, owner_of(ask.turn))
            events, mailbox = await asyncio.gather(account.calendar.view(first, last), account.mailbox.read())
    except GraphError as error:
        return nothing(state, connection(error, services))
    except TimeoutError:
        return nothing(state, "on")  # nobody knows; what is asked of it next says more
    async with services.units.read(ask.turn.key.tenant) as unit:
        plan = await unit.plans.of(ask.user_id, ask.today, ask.today)
    taken = [*_taken(events, ask.today, (first, last)), *((one.starts_at, one.ends_at) for one in state.ahead)]
    hours = _hours(mailbox.hours, ask.today, state.zone)
    return nothing(state, "on", _times(ask.today, state, plan, hours, taken))


def _times(
    day: date, state: State, plan: Plan, hours: Interval | None, taken: Sequence[Interval]
) -> tuple[Moment, ...]:
    busy = [*taken, *not_worked(day, state.zone, plan, hours)]
    found = rules.free_times(Start(), state.now, state.zone, state.choices.minutes, taken=busy)
    return tuple(moment_of(each.at) for each in found if each.at)


def _taken(events: Iterable[Event], day: date, whole: Interval) -> Iterator[Interval]:
    for event in events:
        if event.show_as not in TAKEN or event.is_cancelled:
            continue
        if not event.is_all_day:
            yield event.start, event.end
        elif event.start.date() <= day < event.end.date():  # its times are dates
            yield whole


def _hours(said: WorkingHours | None, day: date, zone: ZoneInfo) -> Interval | None:
    """When they work that day by Outlook; None where it does not say, an empty one on a day off."""
    if said is None:
        return None
    theirs = ZoneInfo(said.zone) if said.zone else zone
    start, end = in_utc(day, said.start, theirs), in_utc(day, said.end, theirs)
    return (start, end) if day.weekday() in said.days and start < end else (end, end)
