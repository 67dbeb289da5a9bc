"""A person in Teams: makes the activities that a client makes, and brings them to the door."""

import itertools
import json
from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.fakes.botframework import TENANT

BOT = {"id": "28:bot", "name": "Samen"}
TAG = "<at>Samen</at>"


@dataclass(frozen=True)
class Who:
    """Somebody in Teams."""

    name: str
    channel_user_id: str
    user_id: str | None

    @property
    def account(self) -> dict[str, Any]:
        known = {"aadObjectId": self.user_id} if self.user_id else {}
        return {"id": self.channel_user_id, "name": self.name, **known}


ANOUK = Who("Anouk de Vries", "29:anouk", "aaaaaaaa-0000-4000-8000-000000000001")
BART = Who("Bart Jansen", "29:bart", "aaaaaaaa-0000-4000-8000-000000000002")


@dataclass(frozen=True)
class Place:
    """A conversation: "personal", "groupChat" or "channel", with what Teams says of it."""

    id: str
    kind: str
    channel_data: Any = None


PERSONAL = Place("a:29:anouk", "personal")
GROUP = Place("19:group@thread.v2", "groupChat")
CHANNEL = Place(
    "19:channel@thread.tacv2;messageid=1700000000000",
    "channel",
    {"team": {"id": "19:team@thread.tacv2", "name": "Wijkzaken"}, "channel": {"id": "19:channel@thread.tacv2"}},
)
MEETING = Place("19:meeting_abc@thread.v2", "groupChat", {"meeting": {"id": "MCMx"}})


@dataclass(frozen=True)
class Answer:
    """The door's answer over HTTP."""

    status: int
    body: Any
    headers: Any


class TeamsClient:
    """Brings activities to a door at `url`, with `token` where the door wants one."""

    def __init__(self, session: aiohttp.ClientSession, url: str, service_url: str, token: str | None = None) -> None:
        self._session, self.url, self.service_url, self.token = session, url, service_url, token
        self._numbers = itertools.count(1)

    def activity(self, kind: str = "message", who: Who = ANOUK, where: Place = PERSONAL, **more: Any) -> dict[str, Any]:
        """An activity as Teams sends it; `more` replaces or adds fields, None leaves one out."""
        usual = {
            "type": kind,
            "id": f"activity-{next(self._numbers)}",
            "timestamp": "2026-11-23T08:00:00.1234567Z",
            "channelId": "msteams",
            "serviceUrl": self.service_url,
            "from": who.account,
            "recipient": BOT,
            "conversation": {
                "id": where.id,
                "conversationType": where.kind,
                "tenantId": TENANT,
                **({} if where.kind == "personal" else {"isGroup": True}),
            },
            "channelData": {"tenant": {"id": TENANT}, **(where.channel_data or {})},
            "locale": "nl-NL",
            "localTimezone": "Europe/Amsterdam",
        }
        return {key: value for key, value in (usual | more).items() if value is not None}

    def mention(self, who: Who | None = None) -> dict[str, Any]:
        """The entity of a mention; nobody = the bot."""
        account = who.account if who else BOT
        return {"type": "mention", "mentioned": account, "text": f"<at>{account['name']}</at>"}

    async def write(self, text: str, who: Who = ANOUK, where: Place = PERSONAL, **more: Any) -> Answer:
        """Somebody writes; in a group the bot is mentioned, as Teams demands."""
        if where.kind != "personal" and "recipient" not in more:
            more = {"entities": [self.mention()], **more}
            text = f"{TAG} {text}"
        return await self.post(self.activity("message", who, where, text=text, **more))

    async def press(
        self, verb: str, data: Any = None, who: Who = ANOUK, where: Place = PERSONAL, **more: Any
    ) -> Answer:
        """Somebody presses an Action.Execute."""
        value = {"action": {"type": "Action.Execute", "verb": verb, "data": data}, "trigger": "manual"}
        return await self.invoke("adaptiveCard/action", value, who=who, where=where, **more)

    async def invoke(self, name: str, value: Any = None, **more: Any) -> Answer:
        return await self.post(self.activity("invoke", name=name, value=value, **more))

    async def post(self, activity: Any, **headers: str) -> Answer:
        return await self.post_raw(json.dumps(activity).encode(), **headers)

    async def post_raw(self, raw: Any, **headers: str) -> Answer:
        """Any bytes at all; header names with underscores."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        token = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        sent = {"Content-Type": "application/json"} | token | given
        async with self._session.post(f"{self.url}/api/messages", data=raw, headers=sent) as answer:
            text = await answer.text()
            return Answer(answer.status, json.loads(text) if text.startswith(("{", "[")) else text, answer.headers)

    async def get(self, path: str, **headers: str) -> Answer:
        async with self._session.get(f"{self.url}{path}", headers=headers) as answer:
            return Answer(answer.status, json.loads(await answer.text()), answer.headers)
