"""A production door with the twin as the token service and as Graph, and what somebody does there to sign in."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jwt

from bot.adapter import DoorConfig
from bot.turn import EventKind, Reply
from graph.accounts import MicrosoftAccounts
from graph.client import GraphClient
from graph.errors import NotSignedInError
from graph.user_tokens import Owner, UserTokens
from tests.fakes.botframework import APP_ID, BotFramework
from tests.fakes.doors import Doors, House, Sentence
from tests.fakes.teams_client import BART, GROUP, PERSONAL, Answer, Place, Who
from tests.graph.sandbox.served import ANNEKE, CONNECTION, Served

OAUTH = "application/vnd.microsoft.card.oauth"
ME = Who(ANNEKE.name, ANNEKE.channel_user_id, ANNEKE.user_id)
MINE = Place(f"a:{ME.channel_user_id}", "personal")
OWNER = Owner(ME.channel_user_id)
GOES_ON = Sentence("verder waar we waren")
CONNECT = Sentence("verbind me met Microsoft")


def sso(user_id: str) -> str:
    """What a Teams client gives; the twin reads whose it is, the bot before it too."""
    return jwt.encode({"oid": user_id}, "k" * 32, "HS256")


@dataclass
class Office:
    """A production door with the twin behind it, and Anneke, who has not signed in."""

    house: House
    served: Served
    accounts: MicrosoftAccounts

    @property
    def events(self) -> list[EventKind]:
        return [turn.event.kind for turn in self.house.handler.turns if turn.event]

    async def asks(self, who: Who = ME, where: Place = MINE, **more: Any) -> None:
        """Somebody asks for what needs a sign-in."""
        self.house.handler.reply = Reply(CONNECT, "nl", "nl", sign_in=True)
        assert (await self.house.client.write("focus", who, where, **more)).status == 200
        self.house.handler.reply = Reply(GOES_ON, "nl", "nl")

    def offers(self, who: Who = ME) -> list[dict[str, Any]]:
        """The sign-in cards that somebody can see."""
        heard = self.house.framework.heard_by(who.channel_user_id)
        attached = (one for body in heard for one in body.get("attachments", ()))
        return [one["content"] for one in attached if one["contentType"] == OAUTH]

    async def exchange(self, **told: Any) -> Answer:
        """What Anneke's Teams client does with a sign-in card by itself."""
        value = {"id": "exchange-1", "connectionName": CONNECTION, "token": sso(ME.user_id or "")} | told
        answer = await self.house.client.invoke("signin/tokenExchange", value, who=ME, where=MINE)
        await self.house.door.rest()
        return answer

    async def window(self, offer: dict[str, Any]) -> str:
        """The code that Microsoft's window ends with, once somebody agreed there."""
        async with self.served.session.post(offer["buttons"][0]["value"]) as page:
            (code,) = re.findall(r'class="code">(\d+)<', await page.text())
        return str(code)

    async def verify(self, state: Any, who: Who = ME, where: Place = MINE) -> Answer:
        answer = await self.house.client.invoke("signin/verifyState", {"state": state}, who=who, where=where)
        await self.house.door.rest()
        return answer

    async def signed_in(self) -> bool:
        try:
            await self.accounts.of(ME.user_id or "", OWNER)
        except NotSignedInError:
            return False
        return True

    async def fault(self, path: str, kind: str, **more: Any) -> None:
        await self.served.own("POST", "/_twin/faults", json={"path": path, "kind": kind, **more})

    def said(self) -> list[Any]:
        return [body.get("text") for body in self.house.framework.sent()]


@asynccontextmanager
async def opened(doors: Doors, production: DoorConfig, framework: BotFramework, folder: Path) -> AsyncIterator[Office]:
    """Hers alone is the chat; in the group are Bart and she."""
    framework.demands_token = True
    framework._personal |= {MINE.id: ME.channel_user_id, PERSONAL.id: BART.channel_user_id}
    framework.rosters[GROUP.id] = [ME.account, BART.account]
    async with Served(folder, "signed_out") as served:

        async def bearer() -> str | None:
            return await house.door.bearer()

        def forget(token: str) -> None:
            house.door.forget(token)

        client = GraphClient(f"{served.url}/v1.0", patience=2.0)
        accounts = MicrosoftAccounts(client, UserTokens(CONNECTION, bearer, served.url, forget=forget), APP_ID)
        house = await doors.open(production, accounts=accounts)
        yield Office(house, served, accounts)
        await accounts.close()


async def journal_of(office: Office, path: str) -> list[dict[str, Any]]:
    _, told = await office.served.own("GET", "/_twin/journal")
    kept = [entry for entry in told["value"] if entry["path"].startswith(path.removesuffix("*"))]
    return [entry for entry in kept if path.endswith("*") or entry["path"] == path]
