"""Cards that were sent are remembered together where many come at once, and each for itself where one cannot be."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import DBAPIError

from bot.outgoing import SentCard
from bot.store import Store
from bot.store.sent import MOST_TOGETHER
from bot.turn import Reference, Scope
from tests.plugins.databases import counted

DUE = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
CARDS = 2 * MOST_TOGETHER


def card(number: int, tenant: str = "one") -> SentCard:
    to = Reference(
        tenant, f"a:{number}", "https://smba.trafficmanager.net/", "msteams", "28:bot", "Samen", Scope.PERSONAL
    )
    return SentCard(to, f"1:{number}", None, False, "nl", date(2026, 11, 23), DUE)


async def kept(store: Store) -> set[tuple[str, str]]:
    return {(each.to.tenant, each.activity) for each in await store.cards.take(DUE, DUE, 1000)}


async def test_many_at_once_share_their_statements(store: Store):
    with counted(store) as statements:
        await asyncio.gather(*(store.cards.remember(card(number)) for number in range(CARDS)))
    assert len(statements) < CARDS / 10
    assert len(await kept(store)) == CARDS


async def test_each_stays_in_its_own_tenant(store: Store):
    mixed = [card(number, tenant=("one", "two")[number % 2]) for number in range(20)]
    await asyncio.gather(*map(store.cards.remember, mixed))
    assert await kept(store) == {(each.to.tenant, each.activity) for each in mixed}


async def test_one_that_cannot_be_kept_holds_back_no_other(store: Store):
    """The one who brought it hears why; everybody else's is in the database when their call returns."""
    bad = replace(card(7), language=None)
    cards = [bad if number == 7 else card(number) for number in range(20)]
    results = await asyncio.gather(*map(store.cards.remember, cards), return_exceptions=True)
    assert isinstance(results[7], DBAPIError)
    assert [error for error in results if error] == [results[7]]
    assert await kept(store) == {("one", f"1:{number}") for number in range(20) if number != 7}


async def test_who_stops_waiting_stops_nobody_else(store: Store):
    first = asyncio.create_task(store.cards.remember(card(1)))
    others = [asyncio.create_task(store.cards.remember(card(number))) for number in range(2, 10)]
    await asyncio.sleep(0)
    others[0].cancel()
    await asyncio.gather(first, *others[1:])
    with pytest.raises(asyncio.CancelledError):
        await others[0]
    assert {("one", f"1:{number}") for number in (1, *range(3, 10))} <= await kept(store)
