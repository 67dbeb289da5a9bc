"""The Agents Playground without a browser: what people do in it, and everything the bot sends through it.

The Playground shows one person's side. The others act through it as well, by activities made by hand; what the bot
sends to their own chats is on no screen, only in the Playground's log, which we read too.
"""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.stack import ROOT

DEMO = json.loads((ROOT / "infra" / "playground" / "demo.json").read_text("utf-8"))
PEOPLE = {person["givenName"]: person for person in (DEMO["currentUser"], *DEMO["users"])}
ME = DEMO["currentUser"]["givenName"]
PERSONAL = DEMO["personalChat"]["id"]
GROUP = DEMO["groupChat"]["id"]
GENERAL = DEMO["team"]["id"]
CHANNEL = DEMO["team"]["channels"][0]["id"]
TEAM_NAME = DEMO["team"]["name"]
BOT = DEMO["bot"]
CARD = "application/vnd.microsoft.card.adaptive"
MENTION = f"<at>{BOT['name']}</at>"


@dataclass(frozen=True)
class Seen:
    """A message or an update as it comes on a screen; `conversation` is None where it is on no screen of ours."""

    conversation: str | None
    id: str
    text: str
    card: dict[str, Any] | None
    updated: bool = False

    @property
    def words(self) -> str:
        """All there is to read: the text, and every word on the card and in its text form."""
        return "\n".join([self.text, *_strings(self.card)]).replace("\xa0", " ")

    def presses(self) -> list[dict[str, Any]]:
        """Everything that can be pressed on the card."""
        return [node for node in _nodes(self.card) if node.get("type") == "Action.Execute"]

    def button(self, verb: str, **data: Any) -> dict[str, Any]:
        """What can be pressed to do this; there must be exactly one."""
        (found,) = [
            press for press in self.presses() if press["verb"] == verb and data.items() <= press["data"].items()
        ]
        return found


@dataclass
class Playground:
    http: aiohttp.ClientSession
    seen: list[Seen] = field(default_factory=list)  # on the screens that all connected pages share
    log: list[dict[str, Any]] = field(default_factory=list)  # every request in both directions
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    async def say(self, text: str, conversation: str = PERSONAL, who: str = ME) -> str:
        """Types a message, to the bot where others read along, and returns when the bot's turn has ended.

        Returns the message's id.
        """
        since = len(self.log)
        if conversation != PERSONAL:
            text = f"{MENTION} {text}"
        if who == ME:
            await self._type(text, conversation)
            return await self._turn_ended(since, lambda body: body.get("text") == text)
        activity_id = await self._act(text, conversation, PEOPLE[who])
        return await self._turn_ended(since, lambda body: body.get("id") == activity_id)

    async def press(self, message: Seen, action: dict[str, Any], who: str = ME) -> Seen:
        """Presses a button of this card, or as it was on an earlier one, and gives the card that takes the place."""
        body = {
            "name": "adaptiveCard/action",
            "value": {"action": {key: action[key] for key in ("type", "title", "verb", "data")}},
            "from": {"id": PEOPLE[who]["id"]},
            "conversation": {"id": message.conversation},
            "replyToId": message.id,
        }
        async with self.http.post("/_conversation/v1/invoke", json=body) as answer:
            assert answer.status == 200, await answer.text()
            told = await answer.json()
        value = told["value"]
        is_card = told["type"] == CARD
        return Seen(message.conversation, message.id, "" if is_card else str(value), value if is_card else None, True)

    async def ask(self, text: str, conversation: str = PERSONAL, who: str = ME, seen_in: str = PERSONAL) -> Seen:
        """Types a message and gives the answer, which appears in `seen_in`."""
        start = len(self.seen)
        await self.say(text, conversation, who)
        return await self.until(lambda: next((new for new in self.seen[start:] if new.conversation == seen_in), None))

    async def until(self, find: Callable[[], Any], seconds: float = 30) -> Any:
        async with asyncio.timeout(seconds):
            while (found := find()) is None:
                self._news.clear()
                await self._news.wait()
        return found

    def off_screen(self, since: int = 0) -> Iterator[Seen]:
        """What the bot sent to where no screen shows it: the other people's own chats."""
        shown = {message.id for message in self.seen}
        for entry in self.log[since:]:
            if entry["from"] == "User Application" and entry["activityName"] == "message":
                seen = _seen(None, entry["messageId"], entry["request"]["body"])
                if seen.id not in shown:
                    yield seen

    def opened_with(self, since: int = 0) -> list[str]:
        """Whom the bot opened a chat of their own with, by channel user id."""
        return [
            entry["request"]["body"]["members"][0]["id"]
            for entry in self.log[since:]
            if entry["activityName"] == "createConversation"
        ]

    async def _type(self, text: str, conversation: str) -> None:
        body: dict[str, Any] = {"from": {"id": PEOPLE[ME]["id"]}, "text": text, "textFormat": "plain"}
        if conversation != PERSONAL:
            body["mentions"] = [{"mentioned": {"id": BOT["id"]}, "text": MENTION}]
        url = f"/_conversation/v1/conversations/{conversation}/messages"
        async with self.http.post(url, json=body) as answer:
            assert answer.status == 200, await answer.text()

    async def _act(self, text: str, conversation: str, person: dict[str, str]) -> str:
        """Posts a message of somebody else than the person this Playground stands for; returns its id."""
        of = {"conversationId": conversation}
        async with self.http.get("/_internal/v1/customActivities/template", params=of) as answer:
            activity = await answer.json()
        activity |= {
            "id": str(uuid.uuid4()),
            "type": "message",
            "text": text,
            "textFormat": "plain",
            "from": {"id": person["id"], "name": person["name"], "aadObjectId": person["aadObjectId"]},
            "channelData": {"tenant": {"id": DEMO["tenantId"]}},
            "entities": [{"type": "mention", "text": MENTION, "mentioned": {"id": BOT["id"], "name": BOT["name"]}}],
        }
        if conversation in {GENERAL, CHANNEL}:
            activity["channelData"] |= {"team": {"id": DEMO["team"]["id"]}, "channel": {"id": conversation}}
        async with self.http.post("/_internal/v1/customActivities", json=activity) as answer:
            assert answer.status == 200, await answer.text()
        return str(activity["id"])

    async def _turn_ended(self, since: int, ours: Callable[[dict[str, Any]], bool]) -> str:
        """Waits for the log's line of this message, which is written once the bot has answered the request."""

        def find() -> str | None:
            for entry in self.log[since:]:
                if entry["to"] == "User Application" and ours(entry["request"]["body"]):
                    assert entry["response"]["statusCode"] < 300, entry["response"]
                    return str(entry["request"]["body"]["id"])
            return None

        return await self.until(find)

    async def _watch(self, screen: aiohttp.ClientWebSocketResponse) -> None:
        async for frame in screen:
            told = json.loads(frame.data)
            if told["action"] in {"createMessage", "updateMessage"}:
                body = told["message"]
                updated = told["action"] == "updateMessage"
                where = told["actionConversationId"].partition(";messageid=")[0]
                self.seen.append(_seen(where, body["messageId"], body, updated=updated))
                self._news.set()

    async def _read_log(self, log: aiohttp.ClientWebSocketResponse) -> None:
        async for frame in log:
            told = json.loads(frame.data)
            if told["logAction"] == "appendLog" and told["log"]["type"] == "bot":
                self.log.append(told["log"])
                self._news.set()


@asynccontextmanager
async def playground(url: str) -> AsyncIterator[Playground]:
    """Connects to a running Playground."""
    async with (
        aiohttp.ClientSession(url, timeout=aiohttp.ClientTimeout(total=20)) as http,
        http.ws_connect("/_ws_conversation/v1/conversations/stream") as screen,
        http.ws_connect("/_ws/log/stream") as log,
        asyncio.TaskGroup() as tasks,
    ):
        client = Playground(http)
        watching = [tasks.create_task(client._watch(screen)), tasks.create_task(client._read_log(log))]
        yield client
        for task in watching:
            task.cancel()


def _seen(conversation: str | None, message_id: str, body: dict[str, Any], *, updated: bool = False) -> Seen:
    cards = [each["content"] for each in body.get("attachments") or () if each["contentType"] == CARD]
    return Seen(conversation, message_id, body.get("text") or "", cards[0] if cards else None, updated)


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a card, from the outside in."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _nodes(each)


def _strings(value: Any) -> Iterator[str]:
    for node in _nodes(value):
        for key in ("text", "title", "fallbackText", "label", "placeholder", "altText"):
            if isinstance(node.get(key), str):
                yield node[key]
