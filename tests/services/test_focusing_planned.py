"""Planned focus sessions against the twin of Graph: until one begins, the calendar leads."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.focus.session import CalledOff, Hold, Session
from bot.services.accounts import NO_ACCOUNTS
from bot.services.focusing import BEFORE, Focusing
from bot.services.focusing.looking import look
from bot.services.focusing.pausing import next_look
from graph.account import Account
from graph.types import Event
from tests.graph.sandbox.served import START
from tests.services.house import END, MINUTE, SECOND, TENANT, WORDS, House


async def test_one_that_is_still_to_come_stands_in_the_calendar_alone(house: House):
    await house.plan()
    await house.settle()
    person = await house.person()
    assert (person["preferred"], person["status"], len(person["events"])) == (None, None, 1)


def test_when_a_planned_one_is_looked_at():
    session = Session("s", "u", START, END)
    assert next_look(session, START - 60 * MINUTE) == START - BEFORE
    assert next_look(session, START - BEFORE) == START
    assert next_look(session, START) == END
    assert next_look(replace(session, stopped_at=START - 60 * MINUTE), START - 30 * MINUTE) is None


async def moved(house: House, session: Session, minutes: int = 30) -> Session:
    """The person drags the block to so much later; the session after a look."""
    start, end = (at + minutes * MINUTE for at in (session.starts_at, session.ends_at))
    await house.served.does("edit", event=session.block.what, start=start.isoformat(), end=end.isoformat())
    return await house.settle()


async def test_it_follows_its_block(house: House):
    await house.plan()
    before = await house.settle()
    after = await moved(house, before)
    assert (after.starts_at, after.ends_at) == (before.starts_at + 30 * MINUTE, before.ends_at + 30 * MINUTE)
    assert (after.block.hold, after.outside) == (Hold.OURS, True)
    assert await house.settle() == after
    again = await moved(house, after, -15)
    assert again.starts_at == before.starts_at + 15 * MINUTE
    assert await moved(house, again, 15) == after  # and back


async def test_made_longer_after_it_followed_the_card_leads_its_end(house: House):
    await house.plan()
    after = await moved(house, await house.settle())
    await house.change(ends_at=after.ends_at + 20 * MINUTE)
    longer = await house.settle()
    assert longer.ends_at == after.ends_at + 20 * MINUTE
    (event,) = (await house.person())["events"]
    assert datetime.fromisoformat(event["end"]) == longer.ends_at
    assert (await moved(house, longer, 15)).starts_at == after.starts_at + 15 * MINUTE


async def test_changed_by_the_card_while_its_block_is_looked_at(house: House):
    """The card's word came later: what was seen before is looked at again."""
    await house.plan()
    session = await house.settle()
    await house.served.does("delete", event=session.block.what)
    now = house.clock.now()
    claimed = await house.store.focus.claim(TENANT, house.id, "slow", now, now + 30 * SECOND)
    await house.change(ends_at=session.ends_at + 20 * MINUTE)
    assert claimed
    found = await Focusing(house.kept, NO_ACCOUNTS, house.clock).settle(claimed, await house.account(), WORDS)
    assert found.session.stopped_at is None
    assert not await house.store.focus.ended(claimed, None)
    house.passes(31 * SECOND)
    assert (await house.settle()).called_off is CalledOff.DELETED


class Blind:
    """An account whose calendar is searched in vain."""

    def __init__(self, account: Account) -> None:
        self._calendar, self.calendar, self.presence = account.calendar, self, account.presence

    async def marked(self, _: str) -> tuple[()]:
        return ()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._calendar, name)


async def test_a_search_that_misses_it_does_not_call_it_off(house: House):
    await house.plan()
    session = await house.settle()
    blind: Any = Blind(await house.account())
    found = (await look(session, blind, house.clock.now()))[0].block
    assert found
    assert found.id == session.block.what


class Copied(Blind):
    """An account whose owner copied Samen's event, marks and all, to two days later; the copy is found first."""

    async def marked(self, mark: str) -> list[Event]:
        (event,) = await self._calendar.marked(mark)
        later = {side: getattr(event, side) + timedelta(days=2) for side in ("start", "end")}
        changed = (event.changed_at or START) + MINUTE
        return [replace(event, id="copy", moved=True, transaction_id=None, changed_at=changed, **later), event]


@pytest.mark.parametrize("known", [True, False])
async def test_a_copy_of_the_block_is_not_taken_for_it(house: House, known: bool):
    await house.plan()
    session = await house.settle()
    asked = session if known else replace(session, block=replace(session.block, hold=Hold.ASKED, what=None))
    found = (await look(asked, Copied(await house.account()), house.clock.now()))[0].block
    assert found
    assert (found.id, found.start, found.moved) == (session.block.what, session.starts_at, False)
