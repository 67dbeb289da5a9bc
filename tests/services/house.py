"""Somebody's Microsoft account in the twin, and everything that brings a focus session of theirs in line."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.domain.focus.session import Claimed, Mode, Session
from bot.services import FakeClock
from bot.services.accounts import NO_ACCOUNTS
from bot.services.focusing import Focusing, Wording
from bot.store import Store
from graph.account import Account
from graph.client import GraphClient
from graph.user_tokens import Owner, UserTokens
from tests.graph.sandbox.served import ANNEKE, START, Served

TENANT = "t1"
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
END = START + 90 * MINUTE
WORDS = Wording("bezwaarschrift", "Focus tot 11:30.")


class Killed(BaseException):
    """The process ends here."""


class Kept:
    """The store's sessions; the process ends right after the nth thing that was kept."""

    def __init__(self, store: Store) -> None:
        self.store, self.left = store, -1

    async def note(self, claimed: Claimed, session: Session) -> bool:
        return self._kept(await self.store.focus.note(claimed, session))

    async def follow(self, claimed: Claimed, session: Session) -> bool:
        return self._kept(await self.store.focus.follow(claimed, session))

    def _kept(self, kept: bool) -> bool:
        self.left -= 1
        if self.left == 0:
            raise Killed
        return kept

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store.focus, name)


@dataclass
class House:
    """Everything that brings one session in line, and the person's own Microsoft account."""

    served: Served
    store: Store
    clock: FakeClock
    client: GraphClient
    tokens: UserTokens
    kept: Kept
    begun: int = 0

    @property
    def id(self) -> str:
        return f"s{self.begun}"

    async def begin(self, mode: Mode = Mode.QUIET) -> None:
        """One of an hour and a half, now."""
        now = self.clock.now()
        await self._add(now, now + 90 * MINUTE, mode)

    async def plan(self) -> None:
        """One of an hour that begins an hour later."""
        start = self.clock.now() + 60 * MINUTE
        await self._add(start, start + 60 * MINUTE)

    async def _add(self, start: datetime, end: datetime, mode: Mode = Mode.QUIET) -> None:
        self.begun += 1
        async with self.store.units.mirror(TENANT) as unit:
            session = Session(self.id, ANNEKE.user_id, start, end, mode)
            await unit.focus.begin(session, "nobody", self.clock.now())

    async def change(self, **wanted: datetime) -> None:
        async with self.store.units.mirror(TENANT) as unit:
            assert await unit.focus.change(self.id, **wanted)

    async def settle(self, words: Wording = WORDS) -> Session:
        now = self.clock.now()
        claimed = await self.store.focus.claim(TENANT, self.id, f"me {now}", now, now + 30 * SECOND)
        assert claimed
        settled = await Focusing(self.kept, NO_ACCOUNTS, self.clock).settle(claimed, await self.account(), words)
        assert await self.store.focus.ended(claimed, now)
        if settled.error:
            raise settled.error
        return settled.session

    async def account(self) -> Account:
        return Account(self.client, ANNEKE.user_id, await self.tokens.token(Owner(ANNEKE.channel_user_id)))

    async def fails(self, kind: str, method: str, path: str, **more: Any) -> None:
        """Graph's next answer to this is such a failure, unless `more` says otherwise."""
        fault = {"kind": kind, "method": method, "path": f"/v1.0/{path}", "times": 1, **more}
        assert (await self.served.own("POST", "/_twin/faults", json=fault))[0] < 300

    async def journal(self) -> list[dict[str, Any]]:
        """What Graph was asked, since the journal was emptied."""
        _, told = await self.served.own("GET", "/_twin/journal")
        return [one for one in told["value"] if one["path"].startswith("/v1.0/")]

    def passes(self, by: timedelta) -> None:
        self.clock.move(by)
        self.served.clock.passes(seconds=by.total_seconds())

    async def person(self) -> dict[str, Any]:
        """What the person has in Teams and their calendar, without what changes by itself."""
        _, world = await self.served.own("GET", "/_twin/world")
        (one,) = [one for one in world["people"] if one["userId"] == ANNEKE.user_id]
        events = [{k: v for k, v in event.items() if k not in ("id", "changed")} for event in one["events"]]
        status = one["status"] and {k: v for k, v in one["status"].items() if k != "published"}
        return {"preferred": one["preferred"], "status": status, "events": events}
