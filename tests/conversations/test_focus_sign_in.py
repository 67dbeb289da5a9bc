"""The ways into one's Microsoft account from `/focus`, and what happens where there is none, or no longer."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.services import FakeClock
from bot.store import Store
from bot.store.outbox import FakeOutbox
from graph.account import Account
from graph.accounts import MicrosoftAccounts
from graph.client import GraphClient
from graph.errors import ConsentMissingError
from graph.user_tokens import Owner, UserTokens
from tests.canaries import everything
from tests.conversations.focus_steps import ME, Place, made
from tests.conversations.town import Said, Town
from tests.fakes.botframework import BotFramework, utc
from tests.graph.sandbox.served import CONNECTION

NOTHING: dict[str, Any] = {"preferred": None, "status": None, "events": []}
TOLD = "beheerder"  # an administrator


@pytest.fixture
async def place(sqlite_files, tmp_path: Path) -> AsyncIterator[Place]:
    async with made(sqlite_files.ready(), tmp_path) as place:
        yield place


@pytest.fixture
async def unconnected(sqlite_files, tmp_path: Path) -> AsyncIterator[Place]:
    async with made(sqlite_files.ready(), tmp_path, "signed_out") as place:
        yield place


@pytest.fixture
async def unapproved(unconnected: Place) -> Place:
    """An administrator must approve first, and she was told so with her first focus time."""
    await unconnected.served.does("consent", state="needs_admin")
    await unconnected.says("/focus 90")
    assert await unconnected.signs_in() == 412
    assert TOLD in unconnected.town.heard(ME)[-1].text
    return unconnected


def connects(said: Said) -> int:
    """How many buttons of ours there are to sign in with."""
    return sum(button.verb == "focus.connect" for button in said.buttons)


def offers(town: Town, since: int = 0) -> int:
    """How many of Teams' own cards to sign in were sent."""
    return sum("card.oauth" in json.dumps(body) for body in town.teams.sent()[since:])


async def test_there_is_one_button_to_sign_in_with(unconnected: Place) -> None:
    """The first time Teams' own; later ours on the card, and after that press Teams' own again."""
    town = unconnected.town
    said = await unconnected.says("/focus 90")
    assert (connects(said), offers(town)) == (0, 1)
    said = await unconnected.says("/focus")
    assert (connects(said), offers(town)) == (1, 1)
    said = await unconnected.presses(said.button(verb="focus.connect"))
    assert (connects(said), offers(town)) == (0, 2)


async def test_that_an_administrator_has_to_approve_is_told_once(unapproved: Place) -> None:
    """The rest holds and is said; nothing offers what cannot work."""
    since = len(unapproved.town.teams.sent())
    for typed in ("/focus", "/focus stop", "/focus 50", "/focus", "/focus stop", "/focus morgen 9:00 2u"):
        said = await unapproved.says(typed)
        assert TOLD not in said.text, typed
        assert connects(said) == 0, typed
    assert offers(unapproved.town, since) == 0
    assert "Ik ben niet verbonden met je Microsoft 365" in said.text


async def test_it_is_kept_where_her_choices_are_and_set_ones_leave_it(unapproved: Place) -> None:
    assert [row["unapproved"] for row in await choices(unapproved)] == [True]
    await unapproved.says("/focus standaard 25")
    assert [(row["unapproved"], row["minutes"]) for row in await choices(unapproved)] == [(True, 25)]


async def test_the_settings_try_it_again(unapproved: Place) -> None:
    """Still not approved she is told, for she asked; approved it works, and is forgotten."""
    said = await unapproved.says("/focus instellingen")
    since = len(unapproved.town.teams.sent())
    await unapproved.presses(said.button(verb="focus.connect"))
    assert offers(unapproved.town, since) == 1
    unapproved.town.clock.move(timedelta(minutes=2))  # the same exchange again within a minute is another client's
    assert await unapproved.signs_in() == 412
    assert TOLD in unapproved.town.heard(ME)[-1].text
    unapproved.town.clock.move(timedelta(minutes=2))
    await unapproved.served.does("consent", state="signed_out")
    assert await unapproved.signs_in() == 200
    assert "✓ Teams-status" in unapproved.town.heard(ME)[-1].text
    assert [row["unapproved"] for row in await choices(unapproved)] == [False]
    assert connects(await unapproved.says("/focus instellingen")) == 0
    await unapproved.says("/afmelden")
    assert connects(await unapproved.says("/focus stop")) + connects(await unapproved.says("/focus")) == 1


async def test_of_whoever_chose_nothing_nothing_is_kept(unconnected: Place) -> None:
    await unconnected.served.does("consent", state="needs_admin")
    assert await unconnected.signs_in() == 412
    assert TOLD in unconnected.town.heard(ME)[-1].text
    assert ME.user_id not in json.dumps(await everything(unconnected.town.store), default=str)


class NotApproved(MicrosoftAccounts):
    """A token service that finds out only when it renews a token."""

    async def of(self, user_id: str, owner: Owner) -> Account:
        raise ConsentMissingError(400, admin=True)


async def test_found_out_by_the_card_it_is_told_on_it_once(sqlite_files, tmp_path: Path) -> None:
    clock = FakeClock(utc())
    store = Store(sqlite_files.ready(), clock.now, FakeOutbox())
    async with BotFramework() as framework:
        accounts = NotApproved(GraphClient("http://127.0.0.1:9/v1.0"), UserTokens(CONNECTION))
        async with Town(framework, store, clock, accounts=accounts) as town:
            said = await town.says("/focus 90")
            assert TOLD in said.text
            assert (connects(said), offers(town)) == (0, 0)
            said = await town.says("/focus")
            assert TOLD not in said.text
            assert "Ik ben niet verbonden" in said.text
        await accounts.close()
    await store.close()


async def test_taken_back_in_the_middle_it_says_so_and_what_it_left_goes_once_she_is_back(place: Place) -> None:
    await place.says("/focus 90 bezwaarschrift")
    await place.served.does("consent", state="revoked")
    said = await place.says("/focus")
    assert "Ik ben niet meer verbonden" in said.text
    assert connects(said) == 1
    said = await place.says("/focus stop")
    assert "Gestopt" in said.text
    assert len((await place.person())["events"]) == 1
    await place.served.does("consent", state="signed_out")
    assert await place.signs_in() == 200
    await place.passes(hours=1)
    assert await place.person() == NOTHING


async def test_a_scope_that_was_taken_back_is_asked_for_anew(place: Place) -> None:
    """There is a token, so the button would show the same card again and again."""
    await place.says("/focus 90")
    await place.served.does("consent", state="signed_in", scopes=["User.Read"])
    said = await place.says("/focus")
    assert "Ik ben niet meer verbonden" in said.text
    since = len(place.town.teams.sent())
    said = await place.presses(said.button(verb="focus.connect"))
    assert "ingetrokken" in said.text
    assert (connects(said), offers(place.town, since)) == (0, 1)
    await place.served.does("consent", state="signed_in")
    assert await place.signs_in() == 200
    assert "✓ Teams-status" in place.town.heard(ME)[-1].text


async def choices(place: Place) -> list[dict[str, Any]]:
    return (await everything(place.town.store))["focus_choice"]
