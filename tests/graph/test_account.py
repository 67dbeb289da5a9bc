"""Whose account it is, and that an account in a log shows no token and no name."""

import pytest

from graph.account import Account
from graph.errors import UnreachableError
from tests.graph.conftest import TOKEN, USER
from tests.graph.stage import Next, Stage


async def test_who_it_is(account: Account, stage: Stage) -> None:
    stage.answers(Next({"id": USER}))
    assert await account.me() == USER
    (asked,) = stage.asked
    assert (asked.method, asked.path, asked.query["$select"]) == ("GET", f"/users/{USER}", "id")


async def test_somebody_without_an_id_is_nobody(account: Account, stage: Stage) -> None:
    stage.answers(Next(raw=b'{"displayName": "Anouk"}'))
    with pytest.raises(UnreachableError):
        await account.me()


def test_it_shows_no_token(account: Account) -> None:
    assert TOKEN not in f"{account!r} {account._mandate!r} {vars(account)!r}"
