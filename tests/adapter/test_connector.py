"""What the bot asks of Teams, over real HTTP: paths, pages, and where no token goes."""

import asyncio
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.adapter.calls import Call
from bot.adapter.connector import Connector
from bot.domain.people import Member
from bot.errors import (
    NetworkInsideUnit,
    NotFound,
    Refused,
    Transient,
)
from bot.turn import Reference, Scope, unit_is_open
from tests.fakes.botframework import TENANT, BotFramework
from tests.fakes.doors import House, until
from tests.fakes.teams_client import ANOUK, BART, GROUP, PERSONAL

BODY = {"type": "message", "text": "hoi"}


async def test_speaking_changing_and_taking_back(
    connector: Connector, here: Reference, framework: BotFramework
) -> None:
    assert await connector.send(here, BODY) == "message-1"
    assert await connector.reply(here, "activity-7", BODY) == "message-2"
    await connector.update(here, "message-1", BODY)
    await connector.delete(here, "message-1")
    base = ("v3", "conversations", GROUP.id, "activities")
    assert [(asked.method, asked.path) for asked in framework.asked] == [
        ("POST", base),
        ("POST", (*base, "activity-7")),
        ("PUT", (*base, "message-1")),
        ("DELETE", (*base, "message-1")),
    ]
    assert framework.asked[0].body["text"] == "hoi"
    assert all(asked.token == "app-token-1" and not asked.query for asked in framework.asked)


async def test_targeted_messages_name_their_reader_only_when_sent(
    connector: Connector, here: Reference, framework: BotFramework
) -> None:
    await connector.send_targeted(here, "29:anouk", BODY)
    await connector.update_targeted(here, "message-1", {**BODY, "recipient": {"id": "29:anouk"}})
    await connector.delete_targeted(here, "message-1")
    sent, updated, deleted = framework.asked
    assert all(asked.query == {"isTargetedActivity": "true"} for asked in framework.asked)
    assert sent.body["recipient"]["id"] == "29:anouk"
    assert "recipient" not in updated.body
    assert deleted.body is None


async def test_a_chat_with_one_person(connector: Connector, here: Reference, framework: BotFramework) -> None:
    chat = await connector.create_conversation(here, "29:anouk")
    assert chat == replace(here, conversation="a:29:anouk", scope=Scope.PERSONAL)
    (asked,) = framework.asked
    assert asked.body["members"] == [{"id": "29:anouk"}]
    assert (asked.body["isGroup"], asked.body["tenantId"]) == (False, TENANT)


async def test_members_of_all_pages(connector: Connector, here: Reference, framework: BotFramework) -> None:
    framework.rosters[GROUP.id] = [
        ANOUK.account | {"tenantId": TENANT},
        BART.account | {"userRole": "guest"},
        {"id": "29:c", "objectId": "c", "name": "Chantal", "userRole": "user"},
        {"id": "29:d", "givenName": "Dirk", "userRole": "anonymous"},
        {"id": "29:e", "aadObjectId": "e", "name": "Els", "tenantId": "another"},
    ]
    thread = replace(here, conversation=f"{GROUP.id};messageid=17")
    assert await connector.members(thread) == [
        Member("29:anouk", ANOUK.user_id, ANOUK.name),
        Member("29:bart", BART.user_id, BART.name, guest=True),
        Member("29:c", "c", "Chantal"),
        Member("29:d", None, "Dirk", guest=True),
        Member("29:e", "e", "Els", guest=True),
    ]
    assert [asked.query.get("continuationToken") for asked in framework.asked] == [None, "page+/= 2", "page+/= 4"]
    assert {asked.path[2] for asked in framework.asked} == {GROUP.id}


async def test_a_roster_takes_only_what_is_well_formed(
    connector: Connector, here: Reference, framework: BotFramework
) -> None:
    framework.page = 20
    framework.rosters[GROUP.id] = [
        None,
        "29:x",
        {"name": "Niemand", "aadObjectId": "n"},
        {"id": "", "name": "Niemand"},
        {"id": 5, "name": "Niemand"},
        {"id": "29:a", "aadObjectId": 5, "objectId": {"a": 1}, "name": ["Anouk"], "givenName": 7},
        {"id": "29:B", "aadObjectId": "ABC-DEF", "name": "Bart", "tenantId": TENANT.upper()},
        {"id": "29:c", "aadObjectId": None, "objectId": "C", "name": None, "givenName": "Chantal", "userRole": "Guest"},
        {"id": "29:d", "name": "Dirk", "tenantId": 5},
    ]
    assert await connector.members(here) == [
        Member("29:a", None, ""),
        Member("29:B", "abc-def", "Bart"),
        Member("29:c", "c", "Chantal", guest=True),
        Member("29:d", None, "Dirk", guest=True),
    ]


@pytest.mark.parametrize("answer", [{"members": 5}, {"members": {"id": "29:a"}}, {"members": "29:a"}])
async def test_a_roster_that_is_no_list(
    connector: Connector, here: Reference, framework: BotFramework, answer: object
) -> None:
    framework.script(200, answer)
    with pytest.raises(Transient):
        await connector.members(here)


async def test_one_member_without_an_id_is_no_answer(
    connector: Connector, here: Reference, framework: BotFramework
) -> None:
    framework.script(200, {"name": "Niemand"})
    with pytest.raises(Transient):
        await connector.member(here, "29:x")
    framework.script(200, {"user": {"name": "Niemand"}})
    with pytest.raises(Transient):
        await connector.participant(here, "MCMx", "user-1")


async def test_a_member_list_without_end_ends(connector: Connector, here: Reference, framework: BotFramework) -> None:
    for _ in range(200):
        framework.script(200, {"members": [], "continuationToken": "again"})
    with pytest.raises(Transient):
        await connector.members(here)


async def test_one_member_a_team_and_a_participant(
    connector: Connector, here: Reference, framework: BotFramework
) -> None:
    framework.rosters[GROUP.id] = [ANOUK.account]
    assert await connector.member(here, "29:anouk") == Member("29:anouk", ANOUK.user_id, ANOUK.name)
    with pytest.raises(NotFound):
        await connector.member(here, "29:nobody")
    assert (await connector.team(here, "19:team@thread.tacv2")).name == "Team Wijkzaken"
    participant = await connector.participant(here, "MCMx/y==", "user-1")
    assert (participant.role, participant.in_meeting, participant.member.user_id) == ("Organizer", True, "user-1")
    assert framework.asked[-1].path == ("v1", "meetings", "MCMx/y==", "participants", "user-1")
    assert framework.asked[-1].query == {"tenantId": TENANT}


@pytest.mark.parametrize(
    "odd", ["..", ".", "../../v1/meetings", "a/b?c#d", "a%2e%2e", "é;messageid=1", "é", "a b", "%00"]
)
async def test_ids_stay_ids(connector: Connector, here: Reference, framework: BotFramework, odd: str) -> None:
    await connector.send(replace(here, conversation=odd), BODY)
    (asked,) = framework.asked
    assert asked.path == ("v3", "conversations", odd, "activities")
    assert "." not in asked.raw_path.removeprefix("/teams")


@given(odd=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20))
@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_id_is_one_part_of_the_path(here: Reference, odd: str) -> None:
    url = Call("GET", here.service_url, ("v3", "conversations", odd, "members")).url
    assert url.raw_path.count("/") == 5
    assert url.raw_parts[1:4] == ("teams", "v3", "conversations")
    assert str(url).startswith(here.service_url)


async def test_what_cannot_be_an_address_is_refused(office: House, here: Reference, connector: Connector) -> None:
    with pytest.raises(Refused):
        await connector.send(replace(here, conversation="\ud83d"), BODY)
    with pytest.raises(Refused):
        await connector.send(replace(here, service_url="http://localhost:99999/"), BODY)
    with pytest.raises(Refused):
        _ = Call("GET", "http://localhost:99999/", ()).url
    assert office.framework.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net.evil.example/",
        "{base}/elsewhere/",
        "{base}/teams/../elsewhere/",
        "{base}/teams/%2e%2e/elsewhere/",
        "{base}/teams-elsewhere/",
        "{base}/teams?x=",
        "{base}/teams#",
        "http://user@{host}/teams/",
        "http://localhost:{port}/teams/",
    ],
)
async def test_no_token_goes_to_a_service_url_outside_the_allow_list(
    connector: Connector, here: Reference, framework: BotFramework, url: str
) -> None:
    host = framework.url.removeprefix("http://")
    elsewhere = url.format(base=framework.url, host=host, port=host.rpartition(":")[2])
    with pytest.raises(Refused):
        await connector.send(replace(here, service_url=elsewhere), BODY)
    assert (framework.asked, framework.foreign, framework.logins) == ([], [], [])


async def test_nothing_is_sent_while_a_unit_is_open(
    connector: Connector, here: Reference, framework: BotFramework
) -> None:
    mark = unit_is_open.set(True)
    with pytest.raises(NetworkInsideUnit):
        await connector.send(here, BODY)
    unit_is_open.reset(mark)
    assert framework.asked == []


async def test_many_calls_share_a_few_connections(
    connector: Connector, here: Reference, framework: BotFramework
) -> None:
    for _ in range(5):
        await asyncio.gather(*(connector.send(here, BODY) for _ in range(8)))
    assert framework.connections <= 8
    assert len(framework.logins) == 1


@pytest.mark.usefixtures("hurried")
async def test_a_closing_door_lets_work_finish_and_ends_what_does_not(sandbox: House) -> None:
    ended = []

    async def stubborn(_: object) -> None:
        try:
            await asyncio.sleep(30)
        except asyncio.CancelledError:
            ended.append(True)
            raise

    sandbox.handler.act = stubborn
    assert (await sandbox.client.write("waar", where=PERSONAL)).status == 202
    await sandbox.door._background.close(0.1)
    await until(lambda: ended == [True])
