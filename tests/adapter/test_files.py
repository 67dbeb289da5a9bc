"""Files over HTTP: offered in a personal chat, brought to OneDrive and nowhere else, whatever an activity says."""

from typing import Any

import pytest
import structlog

from bot.adapter.uploads import LARGEST
from cards.owndata import FileOfferView
from tests.adapter.files_steps import CONTENT, PRESS, brings, choose, opened, said
from tests.fakes.botframework import BotFramework, utc
from tests.fakes.doors import Doors, House, Sentence, production_config, until
from tests.fakes.drive import PATH, Drive, no
from tests.fakes.teams_client import CHANNEL, GROUP, MEETING, PERSONAL

INFO = "application/vnd.microsoft.teams.card.file.info"


@pytest.fixture
async def house(doors: Doors, framework: BotFramework, drive: Drive) -> House:
    return await opened(doors, framework, drive)


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
