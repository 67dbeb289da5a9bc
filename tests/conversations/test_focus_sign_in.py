"""The ways into one's Microsoft account from `/focus`, and what happens where there is none, or no longer."""

import json
import logging
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
import structlog

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
from tests.conversations.town import Said, Town, personal
from tests.fakes.botframework import BotFramework, utc
from tests.graph.sandbox.served import CONNECTION

NOTHING: dict[str, Any] = {"preferred": None, "status": None, "events": []}
TOLD = "beheerder"  # an administrator


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


@pytest.mark.usefixtures("hurried")
async def test_where_nobody_knows_in_time_whoever_wants_to_connect_can(unconnected: Place) -> None:
    await unconnected.says("/focus 90")
    button = (await unconnected.says("/focus")).button(verb="focus.connect")
    await unconnected.fails(path="/api/usertoken/GetToken", kind="slow", seconds=1.2)
    since = offers(unconnected.town)
    await unconnected.presses(button)
    assert offers(unconnected.town) == since + 1


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
    # To take away what is left of it, and for the next.
    assert connects(await unapproved.says("/focus stop")) == connects(await unapproved.says("/focus")) == 1


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


async def test_given_back_opening_the_card_takes_away_what_was_left_and_says_so(place: Place) -> None:
    await place.says("/focus 90 bezwaarschrift")
    await place.served.does("consent", state="revoked")
    await place.says("/focus stop")
    lost = await place.says("/focus kaart")
    assert connects(lost) == 1
    assert len((await place.person())["events"]) == 1
    await place.served.does("consent", state="signed_in")
    said = await place.says("/focus kaart")
    assert "Gestopt" in said.text
    assert "✓ Agenda" in said.text
    assert await place.person() == NOTHING
    assert "Gestopt" not in (await place.says("/focus kaart")).text


@pytest.mark.parametrize("typed", ["/focus 50", "/focus"])
async def test_a_new_one_does_not_say_that_nothing_stands_while_the_last_one_does(place: Place, typed: str) -> None:
    await place.says("/focus 90 bezwaarschrift")
    await place.served.does("consent", state="revoked")
    await place.says("/focus stop")
    assert len((await place.person())["events"]) == 1
    said = await place.says(typed)
    assert "niet meer verbonden" in said.text
    assert "nog niet verbonden" not in said.text


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


@pytest.fixture
async def replica(unconnected: Place) -> AsyncIterator[Town]:
    """A second process of the same bot, on the same database."""
    town = unconnected.town
    async with Town(town.teams, town.store, town.clock, accounts=town.accounts) as another:
        yield another


async def invoked(town: Town, name: str, value: dict[str, Any]) -> int:
    answer = await town.client.invoke(name, value, who=ME, where=personal(ME))
    await town.door.rest()
    return answer.status


async def test_the_same_exchange_at_two_replicas_is_done_twice_and_changes_nothing(
    unconnected: Place, replica: Town
) -> None:
    """Each of a person's clients sends it, and a load balancer spreads them."""
    await unconnected.says("/focus 90")
    value = {"id": "one", "connectionName": CONNECTION, "token": sso()}
    both = [await invoked(town, "signin/tokenExchange", value) for town in (unconnected.town, replica)]
    assert both == [200, 200]
    assert len((await unconnected.person())["events"]) == 1
    assert (await unconnected.asked()).count("POST events") == 1
    assert len(await unconnected.sessions()) == 1


async def test_offered_by_one_replica_the_window_ends_at_another(unconnected: Place, replica: Town) -> None:
    await unconnected.says("/focus 90")
    code = await window(unconnected)
    assert await invoked(replica, "signin/verifyState", {"state": code}) == 200
    assert (await unconnected.person())["preferred"]["availability"] == "DoNotDisturb"


async def test_a_code_typed_at_another_replica_is_only_a_text_and_still_good(unconnected: Place, replica: Town) -> None:
    """Teams brings codes by itself; whoever has to type one may have to type it again."""
    await unconnected.says("/focus 90")
    code = await window(unconnected)
    said = await replica.says(code, ME)
    assert said.text
    assert code not in said.text
    assert await unconnected.person() == NOTHING
    assert code not in await unconnected.kept()
    await unconnected.says(code)
    assert (await unconnected.person())["preferred"]["availability"] == "DoNotDisturb"


async def test_what_one_replica_was_told_by_an_administrator_policy_the_other_knows(
    unapproved: Place, replica: Town
) -> None:
    said = await replica.says("/focus", ME)
    assert TOLD not in said.text
    assert connects(said) == 0


async def test_no_token_is_kept_or_logged_not_even_by_a_library_at_its_most_talkative(
    sqlite_files, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Nor in the database's own file, in what the twin writes down of requests, or in what was said."""
    url = sqlite_files.ready()
    async with made(url, tmp_path, "signed_out") as place:
        for name in [None, *logging.root.manager.loggerDict]:
            caplog.set_level(logging.DEBUG, name)
        with structlog.testing.capture_logs() as lines:
            await place.says("/focus 90 bezwaarschrift")
            code = await window(place)
            assert await place.signs_in() == 200
            await invoked(place.town, "signin/verifyState", {"state": code})
            for typed in ("/focus +30", "/focus stop", "/afmelden", "/focus"):
                await place.says(typed)
            await place.passes(minutes=1)
        given = [*place.served.twin.store.world.tokens, sso(), code]
        journal, world = [str(await place.served.own("GET", f"/_twin/{what}")) for what in ("journal", "world")]
        said = [json.dumps(body) for body in place.town.teams.sent() if "card.oauth" not in json.dumps(body)]
        kept = await place.kept()
        database = Path(url.partition("///")[2])
        files = b"".join(path.read_bytes() for path in database.parent.glob(f"{database.name}*"))
    # The access log is that of the test's own servers: bot and twin run without one.
    records = [record for record in caplog.records if record.name != "aiohttp.access"]
    libraries = "".join(f"{record.name} {record.getMessage()} {record.exc_text}\n" for record in records)
    assert len(given) > 2
    assert "httpcore" in libraries
    assert b"focus_choice" in files
    told = {"libraries": libraries, "ours": str(lines), "journal": journal, "world": world, "said": str(said)}
    told |= {"kept": kept, "files": files.decode("latin-1")}
    # Six digits by themselves, not those of an address in memory or of a moment.
    found = {one: re.compile(rf"(?<![0-9a-fA-F.]){re.escape(one)}(?![0-9a-fA-F])") for one in given}
    assert {place: one for place, text in told.items() for one in given if found[one].search(text)} == {}


def sso() -> str:
    """What a Teams client gives."""
    return jwt.encode({"oid": ME.user_id}, "k" * 32, "HS256")


async def window(place: Place) -> str:
    """The code that Microsoft's window shows, opened from the card that was sent last."""
    bodies = [json.dumps(body) for body in place.town.teams.sent()]
    (link,) = re.findall(r'"(http[^"]*/_twin/sign-in[^"]*)"', next(one for one in reversed(bodies) if "oauth" in one))
    async with place.served.session.post(link) as page:
        (code,) = re.findall(r'class="code">(\d+)<', await page.text())
    return str(code)


async def choices(place: Place) -> list[dict[str, Any]]:
    return (await everything(place.town.store))["focus_choice"]


async def test_stopped_after_signing_out_it_says_to_connect_and_then_takes_away_what_is_left(place):
    await place.says("/focus 60 x")
    await place.says("/afmelden")
    stopped = await place.says("/focus stop")
    assert "Verbind me opnieuw" in stopped.text
    assert "Ik blijf het proberen" not in stopped.text
    await place.presses(stopped.button(verb="focus.connect"))
    await place.served.does("consent", state="signed_in")
    assert await place.signs_in() == 200
    assert await place.person() == {"preferred": None, "status": None, "events": []}
