"""What the bot asks of Teams, over real HTTP: paths, pages, retries, errors by name, and where no token goes."""

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.adapter.calls import Call, Calls
from bot.adapter.connector import Connector
from bot.adapter.network import Network
from bot.domain.people import Member
from bot.errors import (
    Blocked,
    ConnectorError,
    CredentialRefused,
    NetworkInsideUnit,
    NotFound,
    Refused,
    Throttled,
    TooLarge,
    Transient,
)
from bot.turn import Reference, Scope, unit_is_open
from tests.fakes.botframework import TENANT, BotFramework
from tests.fakes.doors import House, production_config, until
from tests.fakes.teams_client import ANOUK, BART, GROUP, PERSONAL
from tests.in_line import in_line

BODY = {"type": "message", "text": "hoi"}


@pytest.fixture
def here(office: House) -> Reference:
    return Reference(TENANT, GROUP.id, office.framework.service_url, "msteams", "28:bot", "Samen", Scope.GROUP)


@pytest.fixture
def connector(office: House) -> Connector:
    return office.door.connector


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


@pytest.mark.parametrize("status", [412, 429, 502, 504])
async def test_a_moments_trouble_is_tried_again(
    connector: Connector, here: Reference, framework: BotFramework, status: int
) -> None:
    framework.script(status)
    framework.script(status)
    assert await connector.send(here, BODY) == "message-1"
    first, second, third = (asked.at for asked in framework.asked)
    assert second - first >= 0.2
    assert third - second >= 0.4


async def test_a_short_wait_that_teams_asks_for_is_kept(
    connector: Connector, here: Reference, framework: BotFramework
) -> None:
    framework.script(429, Retry_After="1")
    assert await connector.send(here, BODY) == "message-1"
    first, second = (asked.at for asked in framework.asked)
    assert second - first >= 1.0


async def test_a_long_wait_is_the_callers_to_plan(
    connector: Connector, here: Reference, framework: BotFramework
) -> None:
    framework.script(429, Retry_After="17")
    started = time.monotonic()
    with pytest.raises(Throttled) as caught:
        await connector.send(here, BODY)
    assert (caught.value.seconds, caught.value.status) == (17.0, 429)
    assert time.monotonic() - started < 10  # of seventeen
    assert len(framework.asked) == 1


async def test_a_wait_in_any_form(connector: Connector, here: Reference, framework: BotFramework) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=900), usegmt=True)
    for header, low, high in ((moment, 600, 900), ("999999999", 3600, 3600)):
        framework.script(429, Retry_After=header)
        with pytest.raises(Throttled) as caught:
            await connector.send(here, BODY)
        assert low <= caught.value.seconds <= high


@pytest.mark.parametrize("header", ["", "soon", "nan", "inf", "-5"])
async def test_a_wait_that_says_nothing_is_about_a_second(
    connector: Connector, here: Reference, framework: BotFramework, header: str
) -> None:
    framework.script(429, Retry_After=header)
    stood = in_line()
    assert await connector.send(here, BODY) == "message-1"
    first, second = (asked.at for asked in framework.asked)
    assert 0.2 <= second - first < 1.5 + in_line() - stood


async def test_trouble_that_stays_is_named_after_three_tries(
    connector: Connector, here: Reference, framework: BotFramework
) -> None:
    for _ in range(5):
        framework.script(502)
    with pytest.raises(Transient) as caught:
        await connector.send(here, BODY)
    assert (caught.value.status, len(framework.asked)) == (502, 3)


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (400, {"error": {"code": "BadSyntax"}}, Refused),
        (400, {"error": {"code": "MessageSizeTooBig"}}, TooLarge),
        (401, None, Refused),
        (403, {"error": {"code": "Forbidden", "subCode": "MessageWritesBlocked"}}, Blocked),
        (404, {"error": {"code": "ConversationNotFound"}}, NotFound),
        (405, None, Refused),
        (413, {"error": {"code": "MessageSizeTooBig"}}, TooLarge),
        (500, None, Transient),
        (501, {"error": {"code": "NotImplemented"}}, Transient),
        (503, None, Transient),
    ],
)
async def test_errors_by_name_and_never_tried_again(
    connector: Connector,
    here: Reference,
    framework: BotFramework,
    status: int,
    body: object,
    error: type[ConnectorError],
) -> None:
    framework.script(status, body)
    if status == 401:
        framework.script(status, body)  # one more try with a fresh token
    with pytest.raises(ConnectorError) as caught:
        await connector.update(here, "message-1", BODY)
    assert type(caught.value) is error
    assert caught.value.status == status
    assert len(framework.asked) == (2 if status == 401 else 1)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_no_redirect_is_followed(
    connector: Connector, here: Reference, framework: BotFramework, status: int
) -> None:
    framework.script(status, Location=f"{framework.url}/elsewhere")
    with pytest.raises(Refused):
        await connector.send(here, BODY)
    assert framework.foreign == []


async def test_an_answer_that_is_no_json(connector: Connector, here: Reference, framework: BotFramework) -> None:
    framework.script(200, [1])
    assert await connector.send(here, BODY) is None
    framework.script(200, "text")
    with pytest.raises(Transient):
        await connector.member(here, "29:x")


async def test_no_answer_is_not_sent_again(framework: BotFramework, here: Reference) -> None:
    network = Network(aiohttp.ClientTimeout(total=0.3))
    network.open()
    framework.script(0)
    with pytest.raises(Transient) as caught:
        await Connector(Calls(network, production_config(framework), None)).send(here, BODY)
    await network.close()
    assert caught.value.status is None
    assert len(framework.asked) == 1


async def test_nobody_there(connector: Connector, here: Reference, office: House) -> None:
    await office.framework.__aexit__()
    with pytest.raises(Transient):
        await connector.send(here, BODY)


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


async def test_a_refused_credential_is_named(connector: Connector, here: Reference, framework: BotFramework) -> None:
    framework.login_answer.status = 401
    with pytest.raises(CredentialRefused):
        await connector.send(here, BODY)
    framework.login_answer.status = 503
    with pytest.raises(Transient):
        await connector.send(here, BODY)


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
