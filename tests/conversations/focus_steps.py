"""A town whose people have Microsoft accounts in the twin, with its clock beside the bot's own."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import jwt

from bot.services import FakeClock
from bot.store import Store
from bot.store.outbox import FakeOutbox
from graph.accounts import MicrosoftAccounts
from graph.client import GraphClient
from graph.user_tokens import UserTokens
from tests.canaries import everything
from tests.conversations.town import CHANNEL, Said, Town, personal
from tests.fakes.botframework import BotFramework, utc
from tests.fakes.teams_client import Who
from tests.graph.sandbox.served import ANNEKE, CONNECTION, JORIS, Served

ME = Who(ANNEKE.name, ANNEKE.channel_user_id, ANNEKE.user_id)
OTHER = Who(JORIS.name, JORIS.channel_user_id, JORIS.user_id)
# It is ten o'clock on Monday 23 November; by UTC it is nine.
PLANNED = "/focus 13:00 60 rapport Vermeulen"
NOTHING: dict[str, Any] = {"preferred": None, "status": None, "events": []}


@dataclass
class Place:
    """`says` and `presses` are Anneke's; `person` is what she has in Teams and her calendar."""

    town: Town
    served: Served

    async def says(self, text: str, **more: Any) -> Said:
        return await self.town.says(text, ME, **more)

    async def presses(self, button: Any, **more: Any) -> Said:
        return await self.town.presses(button, ME, **more)

    async def passes(self, **time: float) -> None:
        """Time goes by, and what is due is done: in the bot and at Microsoft."""
        self.served.clock.passes(**time)
        await self.town.tick(timedelta(**time))

    async def person(self) -> dict[str, Any]:
        _, world = await self.served.own("GET", "/_twin/world")
        (one,) = [one for one in world["people"] if one["userId"] == ANNEKE.user_id]
        return {"preferred": one["preferred"], "status": one["status"], "events": one["events"]}

    async def fails(self, **fault: Any) -> None:
        fault = {"kind": "unavailable", "method": "*", "path": "/v1.0/*", "times": None} | fault
        assert (await self.served.own("POST", "/_twin/faults", json=fault))[0] < 300

    async def works(self) -> None:
        await self.served.own("DELETE", "/_twin/faults")

    async def asked(self) -> list[str]:
        """What was written at Microsoft, in order."""
        _, told = await self.served.own("GET", "/_twin/journal")
        found = [one for one in told["value"] if one["path"].startswith("/v1.0/")]
        return [f"{one['method']} {one['path'].rsplit('/', 1)[-1]}" for one in found if one["method"] != "GET"]

    async def signs_in(self) -> int:
        value = {"id": "one", "connectionName": CONNECTION, "token": jwt.encode({"oid": ME.user_id}, "k" * 32, "HS256")}
        self.town._start = len(self.town.teams.sent())
        answer = await self.town.client.invoke("signin/tokenExchange", value, who=ME, where=personal(ME))
        await self.town.door.rest()
        return answer.status

    async def kept(self) -> str:
        """All that Samen keeps, and the jobs it asks for."""
        return json.dumps(await everything(self.town.store), default=str) + str(self.town.store.outbox.__dict__)

    async def sessions(self) -> list[dict[str, Any]]:
        return (await everything(self.town.store))["focus"]


PATIENCE = 2.0  # seconds for one call to Microsoft


@asynccontextmanager
async def made(database: str, folder: Path, sign_in: str = "signed_in") -> AsyncIterator[Place]:
    clock = FakeClock(utc())
    store = Store(database, clock.now, FakeOutbox())
    async with Served(folder, sign_in) as served, BotFramework() as framework:
        client = GraphClient(f"{served.url}/v1.0", patience=PATIENCE)
        accounts = MicrosoftAccounts(client, UserTokens(CONNECTION, base_url=served.url))
        await accounts.warm_up()
        async with Town(framework, store, clock, accounts=accounts) as town:
            for who in (ME, OTHER):
                framework._personal[personal(who).id] = who.channel_user_id
            town.settle(CHANNEL, ME, OTHER)
            yield Place(town, served)
        await accounts.close()
    await store.close()


def at(hour: int, minute: int = 0) -> str:
    """A time of that day, by UTC: an hour earlier than in Amsterdam."""
    return f"2026-11-23T{hour:02}:{minute:02}:00+00:00"


async def meets(place: Place, start: str = at(12, 30), end: str = at(12, 50)) -> str:
    """Somebody asks for a meeting in it; the event's id."""
    await place.served.does("book", subject="Overleg Vermeulen", start=start, end=end)
    return [event["id"] for event in (await place.person())["events"] if "Overleg" in event["subject"]][-1]


async def block(place: Place) -> dict[str, Any]:
    (found,) = [event for event in (await place.person())["events"] if "Overleg" not in event["subject"]]
    return found


async def until(place: Place, minutes: float) -> list[Said]:
    """So many minutes later by the clock, a minute at a time for the last twenty; what was heard by itself."""
    await place.passes(minutes=max(minutes - 20, 0))
    heard = list(place.town.heard(ME))
    for _ in range(int(min(minutes, 20))):
        await place.passes(minutes=1)
        heard += place.town.heard(ME)
    return heard
