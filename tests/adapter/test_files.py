"""Files over HTTP: offered in a personal chat, brought to OneDrive and nowhere else, whatever an activity says."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import structlog
from hypothesis import example, given
from hypothesis import strategies as st
from yarl import URL

from bot.adapter import DoorConfig
from bot.adapter.network import Network
from bot.adapter.uploads import LARGEST, Uploads, is_upload_address
from bot.errors import NetworkInsideUnit, SettingsError
from bot.turn import Reply, Upload, unit_is_open
from cards.owndata import FileOfferView
from tests.fakes.botframework import BotFramework, utc
from tests.fakes.doors import Doors, House, Sentence, production_config, until
from tests.fakes.drive import PATH, Drive, no
from tests.fakes.teams_client import CHANNEL, GROUP, MEETING, PERSONAL

INFO = "application/vnd.microsoft.teams.card.file.info"
CONTENT = b'{"tables": {}}'
PRESS = {"verb": "x.file", "l": "nl"}


@pytest.fixture
async def drive() -> AsyncIterator[Drive]:
    async with Drive() as drive:
        yield drive


@pytest.fixture
async def house(doors: Doors, framework: BotFramework, drive: Drive) -> House:
    """A production door whose handler answers every press with a file."""
    framework.demands_token = True
    house = await doors.open(production_config(framework, upload_addresses=(drive.url,)))
    brings(house, CONTENT)
    return house


def brings(house: House, content: bytes) -> None:
    upload = Upload(content, done=Sentence("hier is het"), failed=Sentence("mislukt"))
    house.handler.reply = Reply(None, "nl", "nl", upload=upload)


async def choose(house: House, value: Any, **more: Any) -> Any:
    """Somebody chooses; what follows has happened."""
    answer = await house.client.invoke("fileConsent/invoke", value, **{"replyToId": "offer-1"} | more)
    await house.door.rest()
    return answer


def said(house: House) -> list[tuple[str, str | None, str]]:
    """Method, the message that is replaced, and text of all that Teams was asked to show."""
    shown = [asked for asked in house.framework.asked if "activities" in asked.path]
    return [(one.method, one.path[4] if one.method == "PUT" else None, one.body["text"]) for one in shown]


async def test_an_offer_is_a_consent_card(house: House) -> None:
    house.handler.shows(FileOfferView(utc().date(), 1029))
    await house.client.write("mijngegevens")
    [body] = house.framework.sent()
    assert body["attachments"] == [
        {
            "contentType": "application/vnd.microsoft.teams.card.file.consent",
            "name": "samen-mijn-gegevens-2026-11-23.json",
            "content": {
                "description": "Alles wat ik over je bewaar, voor andere programma’s (JSON). Het komt in je eigen OneDrive.",
                "sizeInBytes": 1029,
                "acceptContext": {"verb": "mydata.file", "l": "nl"},
                "declineContext": {"verb": "mydata.nofile", "l": "nl"},
            },
        }
    ]
    assert body["summary"].startswith("Alles wat ik over je bewaar")
    assert "text" not in body


@pytest.mark.parametrize(("where", "files"), [(PERSONAL, True), (GROUP, False), (CHANNEL, False), (MEETING, False)])
async def test_a_file_can_be_offered_in_a_personal_chat_only(house: House, where: Any, files: bool) -> None:
    await house.client.write("x", where=where)
    assert house.handler.turn.files is files


async def test_the_sandbox_and_other_channels_have_no_files(
    doors: Doors, framework: BotFramework, sandbox: House
) -> None:
    await sandbox.client.write("x")
    framework.keys = {"key-1": ["webchat"]}
    elsewhere = await doors.open(production_config(framework, allowed_channels=frozenset({"webchat"})))
    await elsewhere.client.write("x", channelId="webchat")
    assert not sandbox.handler.turn.files
    assert not elsewhere.handler.turn.files


async def test_a_yes_brings_the_file_and_shows_it_in_place_of_the_offer(house: House, drive: Drive) -> None:
    answer = await choose(house, drive.yes(PRESS))
    assert (answer.status, answer.body) == (200, "")
    press = house.handler.turn.press
    assert press is not None
    assert (press.verb, press.data, press.activity_id) == ("x.file", PRESS, "offer-1")
    [put] = drive.puts
    assert (put.raw_path, put.content) == (PATH, CONTENT)
    assert put.headers["Content-Range"] == f"bytes 0-{len(CONTENT) - 1}/{len(CONTENT)}"
    assert put.headers["Content-Length"] == str(len(CONTENT))
    [asked] = [asked for asked in house.framework.asked if "activities" in asked.path]
    assert (asked.method, asked.path[4]) == ("PUT", "offer-1")
    assert asked.body["text"] == "hier is het"
    assert asked.body["attachments"] == [
        {
            "contentType": INFO,
            "contentUrl": "https://contoso-my.sharepoint.com/personal/anouk_example_org/Documents/Apps/data.json",
            "name": "data.json",
            "content": {"uniqueId": "1150D938-8870-4044-9F2C-5BBDEBA70C8C", "fileType": "json"},
        }
    ]


async def test_neither_token_nor_cookie_goes_along(house: House, drive: Drive) -> None:
    drive.headers = {"Set-Cookie": "a=b; Path=/"}
    for _ in range(2):
        await choose(house, drive.yes(PRESS))
    assert len(drive.puts) == 2
    assert not {"Authorization", "Cookie"} & {name for put in drive.puts for name in put.headers}


async def test_a_no_takes_the_offer_away(house: House, drive: Drive) -> None:
    house.handler.shows(Sentence("dan niet"))
    answer = await choose(house, no({"verb": "x.nofile"}))
    assert (answer.status, answer.body) == (200, "")
    assert house.handler.turn.press is not None
    assert house.handler.turn.press.verb == "x.nofile"
    assert (said(house), drive.puts) == ([("PUT", "offer-1", "dan niet")], [])


async def test_a_no_brings_no_file_whatever_it_answers(house: House, drive: Drive) -> None:
    with structlog.testing.capture_logs() as lines:
        await choose(house, {**drive.yes(PRESS), "action": "decline"})
    assert (drive.puts, said(house), lines) == ([], [], [])


@pytest.mark.parametrize("status", [404, 403, 400])
async def test_an_offer_that_cannot_be_replaced_is_answered_below_it(house: House, drive: Drive, status: int) -> None:
    house.framework.script(status)
    await choose(house, drive.yes(PRESS))
    assert said(house) == [("PUT", "offer-1", "hier is het"), ("POST", None, "hier is het")]


async def test_without_the_offers_id_the_file_is_shown_below_it(house: House, drive: Drive) -> None:
    await choose(house, drive.yes(PRESS), replyToId=None, deliveryMode="expectReplies")
    assert said(house) == [("POST", None, "hier is het")]


@pytest.mark.parametrize("missing", ["contentUrl", "name", "uniqueId", "fileType"])
async def test_where_teams_says_too_little_there_is_no_card_of_the_file(
    house: House, drive: Drive, missing: str
) -> None:
    await choose(house, drive.yes(PRESS, **{missing: None}))
    assert said(house) == [("PUT", "offer-1", "hier is het")]
    assert house.framework.asked[-1].body.get("attachments", []) == []


@pytest.mark.parametrize("status", [500, 503, 401, 404, 202, 204, 409])
async def test_an_upload_that_fails_is_said_and_the_offer_stays(house: House, drive: Drive, status: int) -> None:
    drive.status = status
    with structlog.testing.capture_logs() as lines:
        answer = await choose(house, drive.yes(PRESS))
    assert answer.status == 200
    assert len(drive.puts) == 1
    assert said(house) == [("POST", None, "mislukt")]
    [line] = [line for line in lines if line["event"] == "file_not_brought"]
    assert line["status"] == status
    assert not any(word in str(lines) for word in ("tempauth", "anouk", "127.0.0.1", "data.json"))
    assert sum(house.health.counted.values()) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed(house: House, drive: Drive, status: int) -> None:
    async with Drive() as other:
        drive.status, drive.headers = status, {"Location": other.url + PATH}
        await choose(house, drive.yes(PRESS))
        assert other.puts == []
    assert said(house) == [("POST", None, "mislukt")]


@pytest.mark.parametrize(
    "url",
    ["https://evil.example/x", "http://contoso-my.sharepoint.com/x", "https://127.0.0.1/x", "http://localhost:1/x", ""],
)
async def test_an_address_that_is_not_onedrives_gets_nothing(house: House, drive: Drive, url: str) -> None:
    answer = await choose(house, drive.yes(PRESS, uploadUrl=url))
    assert answer.status == 200
    assert (drive.puts, house.framework.foreign) == ([], [])
    assert said(house) == [("POST", None, "mislukt")]


async def test_the_bots_own_neighbours_are_no_upload_address(house: House, drive: Drive) -> None:
    """Another port of the same machine: nothing is asked of it."""
    before = len(house.framework.asked)
    await choose(house, drive.yes(PRESS, uploadUrl=house.framework.service_url))
    assert [asked.method for asked in house.framework.asked[before:]] == ["POST"]
    assert said(house) == [("POST", None, "mislukt")]


async def test_the_client_does_not_wait_for_a_slow_upload(house: House, drive: Drive) -> None:
    drive.seconds = 2.0
    answer = await house.client.invoke("fileConsent/invoke", drive.yes(PRESS), replyToId="offer-1")
    assert answer.status == 200
    assert said(house) == []
    await until(lambda: bool(said(house)))
    assert said(house) == [("PUT", "offer-1", "hier is het")]


async def test_an_answer_without_an_end_is_not_read(house: House, drive: Drive) -> None:
    drive.endless = True
    await house.client.invoke("fileConsent/invoke", drive.yes(PRESS), replyToId="offer-1")
    await until(lambda: bool(said(house)))
    assert said(house) == [("PUT", "offer-1", "hier is het")]


async def test_a_large_file_comes_in_one_piece_and_one_too_large_not_at_all(house: House, drive: Drive) -> None:
    brings(house, b"x" * (2 * 1024 * 1024))
    await choose(house, drive.yes(PRESS))
    assert [len(put.content) for put in drive.puts] == [2 * 1024 * 1024]
    brings(house, b"x" * (LARGEST + 1))
    await choose(house, drive.yes(PRESS))
    assert len(drive.puts) == 1
    assert said(house)[-1] == ("POST", None, "mislukt")


async def test_a_handler_that_fails_brings_nothing(house: House, drive: Drive) -> None:
    async def fail(_: object) -> None:
        raise RuntimeError

    house.handler.act = fail
    answer = await choose(house, drive.yes(PRESS))
    assert (answer.status, drive.puts) == (200, [])
    [(method, _, text)] = said(house)
    assert method == "POST"
    assert text not in ("", "hier is het", "mislukt")


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        {"action": "accept"},
        {"action": "accept", "uploadInfo": None},
        {"action": "accept", "uploadInfo": "x"},
        {"action": "accept", "uploadInfo": []},
        {"action": "accept", "uploadInfo": {}},
        {"action": "accept", "uploadInfo": {"uploadUrl": 5}},
        {"action": "accept", "uploadInfo": {"uploadUrl": ["https://contoso-my.sharepoint.com/x"]}},
        {"action": "accept", "uploadInfo": {"uploadUrl": "https://contoso-my.sharepoint.com/x", "name": {}}},
        {"action": "accept", "context": "x", "uploadInfo": {"uploadUrl": "https://contoso-my.sharepoint.com/x"}},
        {"action": "decline", "context": ["x"]},
        {"action": "maybe", "uploadInfo": {"uploadUrl": "https://contoso-my.sharepoint.com/x"}},
        {"action": ["accept"]},
        {"action": None},
        "text",
        7,
        [],
    ],
)
async def test_a_malformed_choice_is_400_and_nobodys_turn(house: House, value: Any) -> None:
    answer = await choose(house, value)
    assert (answer.status, answer.body["value"]["code"]) == (400, "BadRequest")
    assert (house.handler.turns, house.framework.sent()) == ([], [])


@pytest.mark.parametrize("context", [None, {}, {"verb": 5}, {"verb": None}, {"l": "nl"}])
async def test_a_choice_without_a_verb_is_the_handlers_to_answer(house: House, drive: Drive, context: Any) -> None:
    assert (await choose(house, drive.yes(context))).status == 200
    assert house.handler.turn.press is not None
    assert house.handler.turn.press.verb == ""


@pytest.mark.parametrize("where", [GROUP, CHANNEL, MEETING])
async def test_a_choice_where_nothing_can_be_offered_does_nothing(house: House, drive: Drive, where: Any) -> None:
    answer = await choose(house, drive.yes(PRESS), where=where)
    assert (answer.status, answer.body) == (200, "")
    assert (house.handler.turns, drive.puts) == ([], [])


async def test_a_button_with_the_same_verb_brings_no_file(house: House, drive: Drive) -> None:
    answer = await house.client.press("x.file", {"uploadInfo": {"uploadUrl": drive.url + PATH}})
    await house.door.rest()
    assert (answer.status, answer.body["value"]) == (200, "")
    assert (drive.puts, said(house)) == ([], [])


async def test_no_file_leaves_inside_a_unit(framework: BotFramework, drive: Drive) -> None:
    network = Network()
    network.open()
    uploads = Uploads(network, production_config(framework, upload_addresses=(drive.url,)))
    token = unit_is_open.set(True)
    try:
        with pytest.raises(NetworkInsideUnit):
            await uploads.put(drive.url + PATH, CONTENT)
    finally:
        unit_is_open.reset(token)
        await network.close()
    assert drive.puts == []


GOOD = [
    "https://contoso-my.sharepoint.com" + PATH,
    "https://contoso.sharepoint.com//personal/a_b/_api/v2.0/drive/items/01FED/uploadSession?guid=x",
    "https://Contoso-My.SharePoint.com:443/_api/v2.0/drives/b!x-Y_z/items/01ABC/uploadSession?guid='1'&dc=0",
]
BAD = [
    "",
    "contoso-my.sharepoint.com/x",
    "//contoso-my.sharepoint.com/x",
    "http://contoso-my.sharepoint.com/x",
    "ftp://contoso-my.sharepoint.com/x",
    "https://sharepoint.com/x",
    "https://.sharepoint.com/x",
    "https://-.sharepoint.com/x",
    "https://notsharepoint.com/x",
    "https://contoso.notsharepoint.com/x",
    "https://contoso.sharepoint.com.evil.example/x",
    "https://contoso.sharepoint.com./x",
    "https://a.b.sharepoint.com/x",
    "https://evil.example/contoso.sharepoint.com/x",
    "https://evil.example#contoso.sharepoint.com/x",
    "https://evil.example?contoso.sharepoint.com/x",
    "https://evil.example\\.sharepoint.com/x",
    "https://contoso.sharepoint.com@evil.example/x",
    "https://contoso.sharepoint.com:443@evil.example/x",
    "https://user@contoso.sharepoint.com/x",
    "https://user:word@contoso.sharepoint.com/x",
    "https://contoso.sharepoint.com:8443/x",
    "https://contoso.sharepoint.com:80/x",
    "https://contoso.sharepoint.com:/x",
    "https://contoso.sharepoint.com:0/x",
    "https://contoso.sharepoint.com:99999/x",
    "https://contoso.sharepoint.com",
    "https://contoso.sharepoint.com/x#y",
    "https://contoso.sharepoint.com/x y",
    "https://contoso.sharepoint.com/x\r\nHost: evil.example",
    "https://contoso.sharepoint.com/x\n",
    " https://contoso.sharepoint.com/x",
    "https://contoso.sharepoint.com/\u00e9",
    "https://xn--contoso-my.sharepoint.com/x",
    "https://contoso.\u017fharepoint.com/x",
    "https://c\u043entoso.sharepoint.com/x",
    "https://contoso\u3002sharepoint.com/x",
    "https://contoso%2esharepoint.com/x",
    "https://contoso_my.sharepoint.com/x",
    "https://127.0.0.1/x",
    "https://[::1]/x",
    "https://[::ffff:127.0.0.1]/x",
    "https://2130706433/x",
    "https://169.254.169.254/metadata",
    "https://localhost/x",
    "http://127.0.0.1/x",
    "https://contoso.sharepoint.us/x",
    "https://graph.microsoft.com/x",
    "https://contoso.sharepoint.com/" + "x" * 8192,
]


@pytest.mark.parametrize("url", GOOD)
def test_onedrives_own_addresses_are_upload_addresses(url: str) -> None:
    assert is_upload_address(url)
    assert str(URL(url, encoded=True)).partition("/_api")[2] == url.partition("/_api")[2]


@pytest.mark.parametrize("url", BAD)
def test_nothing_else_is_one(url: str) -> None:
    assert not is_upload_address(url)
    assert not is_upload_address(url, ("http://127.0.0.1:5000",))


@given(st.text(alphabet="htps:/.@#?\\-contoso.sharepoint.com 0[]%&'\n\r\tſ。evil", max_size=40))
@example("contoso.sharepoint.com/x")
@example("contoso.sharepoint.com/?x=https://user@evil.example")
def test_what_is_taken_is_onedrive_to_the_one_who_connects_too(rest: str) -> None:
    """Whatever it is made of: the address that is called has exactly one tenant's name before Microsoft's."""
    url = "https://" + rest
    if is_upload_address(url):
        read = URL(url, encoded=True)
        assert (read.scheme, read.port, read.user, read.password) == ("https", 443, None, None)
        assert (read.host or "").count(".") == 2
        assert (read.host or "").endswith(".sharepoint.com")


@pytest.mark.parametrize("url", ["https://contoso-my.sharepoint.com", "http://192.168.0.1", "http://example.org", ""])
def test_upload_addresses_of_tests_are_on_this_machine(url: str) -> None:
    with pytest.raises(SettingsError):
        DoorConfig(upload_addresses=(url,))
