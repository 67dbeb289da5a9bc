"""Files over HTTP that are not brought: what fails, what is not OneDrive's, and choices that are none."""

from typing import Any

import pytest
import structlog

from bot.adapter.network import Network
from bot.adapter.uploads import Uploads
from bot.errors import NetworkInsideUnit
from bot.turn import unit_is_open
from tests.adapter.files_steps import CONTENT, PRESS, choose, opened, said
from tests.fakes.botframework import BotFramework
from tests.fakes.doors import Doors, House, production_config
from tests.fakes.drive import PATH, Drive
from tests.fakes.teams_client import CHANNEL, GROUP, MEETING


@pytest.fixture
async def house(doors: Doors, framework: BotFramework, drive: Drive) -> House:
    return await opened(doors, framework, drive)


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
