"""Our own clients, msgraph-sdk below one of them, against the twin."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from graph.account import Account
from graph.client import GraphClient
from graph.errors import BusyError, ConsentMissingError, NotSignedInError, UnreachableError
from graph.types import Draft
from graph.user_tokens import Owner, UserTokens
from tests.graph.sandbox.served import ANNEKE, CONNECTION, START, Served, sso

OWNER = Owner(ANNEKE.channel_user_id)


@pytest.fixture
async def tokens(served: Served) -> AsyncIterator[UserTokens]:
    async with UserTokens(CONNECTION, base_url=served.url) as one:
        yield one


@pytest.fixture
async def account(served: Served, tokens: UserTokens) -> AsyncIterator[Account]:
    client = GraphClient(f"{served.url}/v1.0")
    yield Account(client, ANNEKE.user_id, await tokens.token(OWNER))
    await client.close()


async def test_presence_goes_there_and_back(account: Account, served: Served) -> None:
    await account.presence.prefer("DoNotDisturb", "DoNotDisturb", timedelta(minutes=50))
    await account.presence.say("Focus tot 10:50.", START + timedelta(minutes=50))
    read = await account.presence.read()
    assert (read.availability, read.status and read.status.until) == ("DoNotDisturb", START + timedelta(minutes=50))
    served.clock.passes(minutes=50)
    read = await account.presence.read()
    assert (read.availability, read.status) == ("Available", None)


async def test_events_go_there_and_back(account: Account) -> None:
    draft = Draft("bezwaarschrift", START, START + timedelta(minutes=90), "Focus")
    made = await account.calendar.create(draft, "t1", "f1")
    assert (await account.calendar.create(draft, "t1", "f1")).id == made.id
    (found,) = await account.calendar.marked("f1")
    (seen,) = await account.calendar.view(START, START + timedelta(hours=1))
    assert (found.id, seen.id, seen.mark, seen.sensitivity) == (made.id, made.id, "f1", "private")
    moved = await account.calendar.move_end(made.id, START, START + timedelta(hours=2))
    assert moved is not None
    assert moved.end == START + timedelta(hours=2)
    await account.calendar.delete(made.id)
    await account.calendar.delete(made.id)
    assert await account.calendar.get(made.id) is None


async def test_an_event_tells_whether_the_person_changed_it(account: Account, served: Served) -> None:
    made = await account.calendar.create(Draft("rapport", START, START + timedelta(hours=1), "Focus"), "t-1", "s-1")
    (found,) = await account.calendar.marked("s-1")
    assert not found.renamed
    assert not found.moved
    await served.does("edit", event=made.id, subject="rapport, met Bart")
    (found,) = await account.calendar.marked("s-1")
    assert found.renamed
    assert not found.moved


async def test_the_version_of_presence_changes_with_presence_alone(account: Account, served: Served) -> None:
    before = (await account.presence.read()).version
    await account.calendar.create(Draft("rapport", START, START + timedelta(hours=1), "Focus"), "t-1", "s-1")
    assert before
    assert (await account.presence.read()).version == before
    await account.presence.say("tot zo")
    assert (await account.presence.read()).version != before


async def test_a_long_day_comes_in_whole(account: Account, served: Served) -> None:
    for minute in range(205):
        at = (START + timedelta(minutes=minute)).isoformat()
        await served.does("book", subject="x", start=at, end=at)
    assert len(await account.calendar.view(START, START + timedelta(hours=5))) == 205


async def test_mailbox_and_who_it_is(account: Account) -> None:
    mailbox = await account.mailbox.read()
    assert mailbox.zone == "Europe/Berlin"
    assert mailbox.hours is not None
    assert await account.me() == ANNEKE.user_id


async def test_the_token_service_says_what_is_missing(tokens: UserTokens, served: Served) -> None:
    for state, admin in (("needs_consent", False), ("needs_admin", True)):
        await served.does("consent", connection=CONNECTION, state=state)
        with pytest.raises(NotSignedInError):
            await tokens.token(OWNER)
        with pytest.raises(ConsentMissingError) as raised:
            await tokens.exchange(OWNER, sso(ANNEKE.user_id))
        assert raised.value.admin is admin
    await served.does("consent", connection=CONNECTION, state="signed_out")
    assert (await tokens.exchange(OWNER, sso(ANNEKE.user_id))).value == (await tokens.token(OWNER)).value
    await tokens.sign_out(OWNER)
    with pytest.raises(NotSignedInError):
        await tokens.token(OWNER)


async def test_the_sign_in_link_of_our_client_works(tokens: UserTokens, served: Served) -> None:
    await served.does("consent", connection=CONNECTION, state="needs_consent")
    link = (await tokens.sign_in(None, {"user": {"id": ANNEKE.channel_user_id}})).link
    _, page = await served.own("POST", link.removeprefix(served.url))
    assert await tokens.token(OWNER, code=page.decode().partition('class="code">')[2][:6])


async def test_faults_become_our_errors(account: Account, served: Served) -> None:
    for fault, error in (
        ({"kind": "throttled", "retryAfter": 3}, BusyError),
        ({"kind": "unavailable"}, BusyError),
        ({"kind": "dropped"}, UnreachableError),
    ):
        await served.own("POST", "/_twin/faults", json={"path": "/v1.0/*", **fault})
        with pytest.raises(error):
            await account.presence.read()
    await served.does("expire_tokens")
    with pytest.raises(NotSignedInError):
        await account.presence.read()
