"""The twin of Microsoft Graph beside the Playground: what people have there, and what they do there themselves."""

import asyncio
import re
from collections.abc import Callable
from typing import Any

import aiohttp

from tests.end_to_end.playground import ME, PEOPLE, Playground

Person = dict[str, Any]
SOON = 30  # seconds, on a busy machine; what is promised is measured where that is the subject


class Twin:
    """Looks at the twin as its page does."""

    def __init__(self, http: aiohttp.ClientSession) -> None:
        self._http = http

    async def person(self, who: str = ME) -> Person:
        """Presence, status, calendar and sign-in of one of the six, as they are now."""
        async with self._http.get("/_twin/world") as answer:
            people = (await answer.json())["people"]
        return next(one for one in people if one["userId"] == PEOPLE[who]["aadObjectId"])

    async def until(self, holds: Callable[[Person], bool], seconds: float = SOON) -> Person:
        """The person as they are once that holds; raises TimeoutError when it takes longer."""
        async with asyncio.timeout(seconds):
            while not holds(person := await self.person()):  # noqa: ASYNC110 - the twin tells nothing by itself
                await asyncio.sleep(0.02)
        return person

    async def does(self, act: str, who: str = ME, **more: Any) -> None:
        """Does something by hand in Teams or Outlook, as graph/sandbox/acts.py has it."""
        body = {"act": act, **more}
        async with self._http.post(f"/_twin/people/{PEOPLE[who]['aadObjectId']}/acts", json=body) as answer:
            assert answer.status == 200, await answer.text()

    async def fails(self, **fault: Any) -> None:
        """Has Graph fail until `works`: graph/sandbox/faults.py has the kinds."""
        fault = {"kind": "unavailable", "path": "/v1.0/*", "times": None} | fault
        async with self._http.post("/_twin/faults", json=fault) as answer:
            assert answer.status < 300, await answer.text()

    async def works(self) -> None:
        async with self._http.delete("/_twin/faults") as answer:
            assert answer.status < 300

    async def code_at(self, link: str) -> str:
        """Allows what the page behind a sign-in link asks, and gives the six digits that it shows then."""
        async with self._http.post(link) as answer:
            page = await answer.text()
        found = re.search(r'class="code">(\d{6})<', page)
        assert found, page
        return found[1]


async def sign_in_link(teams: Playground, since: int) -> str:
    """The link on the newest card to sign in with that the bot sent, waited for."""

    def find() -> str | None:
        bodies = [entry["request"]["body"] for entry in teams.log[since:] if entry["activityName"] == "message"]
        for body in reversed(bodies):
            for card in body.get("attachments") or ():
                if card["contentType"] == "application/vnd.microsoft.card.oauth":
                    return str(card["content"]["buttons"][0]["value"])
        return None

    return str(await teams.until(find))
