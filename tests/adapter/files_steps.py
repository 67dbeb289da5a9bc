"""A production door whose handler answers every press with a file, and what somebody chooses there."""

from typing import Any

from bot.turn import Reply, Upload
from tests.fakes.botframework import BotFramework
from tests.fakes.doors import Doors, House, Sentence, production_config
from tests.fakes.drive import Drive

CONTENT = b'{"tables": {}}'
PRESS = {"verb": "x.file", "l": "nl"}


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


async def opened(doors: Doors, framework: BotFramework, drive: Drive) -> House:
    framework.demands_token = True
    house = await doors.open(production_config(framework, upload_addresses=(drive.url,)))
    brings(house, CONTENT)
    return house
