"""A small town to talk in: the whole bot behind its door, a fake Teams around it, and people who type and press."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Self

import aiohttp
from aiohttp.test_utils import TestServer

from bot.adapter import Door, DoorConfig, Pace
from bot.commands import COMMANDS, OTHERWISE
from bot.dispatcher import Command, Dispatcher
from bot.domain.places import NamedPlace, Place
from bot.domain.words import Lexicon
from bot.jobs import Timed
from bot.services import NO_ACCOUNTS, Accounts, Defaults, FakeClock, Services
from bot.services.focusing import Focusing
from bot.services.pacing import FakePacing
from bot.services.rosters import MirroredRosters
from bot.store import Store
from bot.turn import Reply, Turn
from cards.words import load
from tests.fakes import teams_client as teams
from tests.fakes.botframework import TENANT, BotFramework, utc
from tests.fakes.teams_client import TeamsClient, Who

LEXICON = Lexicon.of(load())  # made once: it takes longer than most conversations
PACE = Pace()
TODAY = utc().date()  # Monday 23 November 2026
TOMORROW = date(2026, 11, 24)
ANOUK, BART = teams.ANOUK, teams.BART
CHANTAL = Who("Chantal Özdemir", "29:chantal", "aaaaaaaa-0000-4000-8000-000000000003")
DIRK = Who("Dirk de Gast", "29:dirk", "aaaaaaaa-0000-4000-8000-000000000004")
GROUP, CHANNEL, MEETING = teams.GROUP, teams.CHANNEL, teams.MEETING
TEAM_ID = "19:team@thread.tacv2"
STADSKANTOOR = NamedPlace("s1", "Stadskantoor", Place.SITE)
ROZET = NamedPlace("l1", "Bibliotheek De Kade", Place.LIBRARY)


def personal(who: Who) -> teams.Place:
    """Somebody's own chat with the bot."""
    return teams.Place(f"a:{who.channel_user_id}", "personal")


@dataclass(frozen=True)
class Button:
    title: str
    verb: str
    data: dict[str, Any]
    card: str | None = None  # the message it stands on


@dataclass(frozen=True)
class Said:
    """What one person was answered: a card with its text form, or a sentence."""

    card: dict[str, Any] | None
    text: str
    others: list[dict[str, Any]] = field(default_factory=list)  # what was said openly in the group besides
    id: str | None = None  # the message's
    file: dict[str, Any] | None = None  # the attachment that offers a file, or shows it

    @property
    def buttons(self) -> list[Button]:
        return [replace(button, card=self.id) for button in _buttons(self.card or {})]

    def button(self, *, verb: str | None = None, title: str | None = None, **data: Any) -> Button:
        """The first button that fits; a test that finds none shows what there is."""
        for button in self.buttons:
            fits = (verb in (None, button.verb)) and (title is None or title.casefold() in button.title.casefold())
            if fits and all(button.data.get(key) == value for key, value in data.items()):
                return button
        raise AssertionError(f"no such button among {[(b.title, b.verb, b.data) for b in self.buttons]}")


def _attached(body: dict[str, Any], kind: str) -> dict[str, Any] | None:
    return next((one for one in body.get("attachments", ()) if kind in one["contentType"]), None)


def _buttons(node: Any) -> Iterator[Button]:
    if isinstance(node, list):
        for one in node:
            yield from _buttons(one)
    if isinstance(node, dict):
        if node.get("type") == "Action.Execute":
            yield Button(node.get("title", ""), node["verb"], node.get("data", {}))
        for value in node.values():
            yield from _buttons(value)


class Unhurried:
    """What a store keeps for timed work, but for the pace: here any moment is free."""

    def __init__(self, store: Store) -> None:
        self.deletion, self.deliveries, self.cards = store.deletion, store.deliveries, store.cards
        self.living = store.living
        self.pace = FakePacing()


class Town:
    """The bot with everything it needs; `teams` remembers all that was sent."""

    def __init__(
        self,
        framework: BotFramework,
        store: Store,
        clock: FakeClock,
        config: DoorConfig | None = None,
        accounts: Accounts = NO_ACCOUNTS,
        **defaults: Any,
    ) -> None:
        self.commands: Sequence[Command] = COMMANDS
        self.accounts = accounts
        self._config = config or DoorConfig()
        self._start = 0
        self.teams, self.store, self.clock = framework, store, clock
        self.defaults = Defaults(
            **{
                "language": "nl",
                "country": "NL",
                "zone": "Europe/Amsterdam",
                "languages": frozenset({"nl", "en"}),
                "admins": frozenset({ANOUK.user_id}),
                "all_on": True,
            }
            | defaults
        )

    async def __aenter__(self) -> Self:
        door = self._make_door()
        self.door = door
        rosters = MirroredRosters(self.store.units, door.members, self.clock)
        focusing = Focusing(self.store.focus, self.accounts, self.clock)
        services = Services(
            self.clock, self.store.units, rosters, self.defaults, self.store.health, focusing, self.accounts
        )
        self.services = services
        for who in (ANOUK, BART, CHANTAL, DIRK):
            self.teams._personal[personal(who).id] = who.channel_user_id
        self.dispatcher = Dispatcher(self.commands, services, LEXICON, OTHERWISE)
        self.timed = Timed(self.commands, services, Unhurried(self.store), door, life="town")
        self._server = TestServer(door.application())
        await self._server.start_server()
        self._session = aiohttp.ClientSession()
        self.client = TeamsClient(self._session, str(self._server.make_url("")).rstrip("/"), self.teams.service_url)
        self._renew()
        return self

    def _make_door(self) -> Door:
        return Door(
            self._config,
            self._handle,
            ready=self._ready,
            clock=self.clock,
            targeted=not self._config.sandbox,
            cards=self.store.cards,
            health=self.store.health,
            accounts=self.accounts,
            pace=PACE,
        )

    def _renew(self) -> None:
        """Teams' tokens last an hour by the clock that is moved here."""
        self.client.token = None if self._config.sandbox else self.teams.token(self.clock.now())

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()
        await self._server.close()

    async def _handle(self, turn: Turn) -> Reply:
        return await self.dispatcher(turn)

    async def _ready(self) -> dict[str, bool]:
        return {"database": await self.store.ready()}

    async def furnish(self) -> None:
        """Name a site and a library, as an administrator would have done."""
        async with self.store.units.mirror(TENANT) as unit:
            for place in (STADSKANTOOR, ROZET):
                await unit.places.save(place)

    def settle(self, where: teams.Place, *people: Who, **more: Any) -> None:
        """Make these people the members of a conversation's team."""
        rows = [{**who.account, "tenantId": TENANT, "userRole": "user", **more.get(who.name, {})} for who in people]
        team = (where.channel_data or {}).get("team", {}).get("id")
        self.teams.rosters[team or where.id] = rows
        self.teams.rosters[where.id.partition(";")[0]] = rows  # what is said in a channel, all of them can read

    async def says(self, text: str, who: Who = ANOUK, where: teams.Place | None = None, **more: Any) -> Said:
        """Somebody types; what they are answered."""
        where = where or personal(who)
        self._start = start = len(self.teams.sent())
        answer = await self.client.write(text, who, where, **more)
        assert answer.status == 200, answer
        return self._heard(start, who)

    async def presses(self, button: Button, who: Who = ANOUK, where: teams.Place | None = None, **more: Any) -> Said:
        """Somebody presses a button; what their card becomes."""
        self._start = len(self.teams.sent())
        more = {"replyToId": button.card} | more
        answer = await self.client.press(button.verb, button.data, who, where or personal(who), **more)
        assert answer.status == 200, answer
        await self.door.rest()
        value = answer.body["value"]
        if not isinstance(value, dict):
            return Said(None, value)
        if button.card:
            self.teams.pressed(who.channel_user_id, button.card, value)
        return Said(value, value["fallbackText"], id=button.card)

    async def tick(self, to: datetime | timedelta = timedelta(0)) -> None:
        """Move the clock, and let everything happen that is due then."""
        self.clock.set(to if isinstance(to, datetime) else self.clock.now() + to)
        self._start = len(self.teams.sent())
        self._renew()
        await self.timed.round.due(self.clock.now())
        await self.work_off()

    async def work_off(self) -> None:
        """Do the jobs that were asked for, in the engine's place, and those that they ask for: delayed ones at once."""
        while jobs := self.store.outbox.take():
            for job in jobs:
                await self.timed.work[job.work](*job.arguments)

    def heard(self, who: Who = ANOUK) -> list[Said]:
        """What somebody can read of all that was sent since the last word, press or tick, in order."""
        recent = self.teams.sent()[self._start :]
        mine = [body for body in self.teams.heard_by(who.channel_user_id) if any(body is one for one in recent)]
        return [self._said(body) for body in mine]

    def _said(self, body: dict[str, Any]) -> Said:
        card = _attached(body, "card.adaptive")
        text = card["content"]["fallbackText"] if card else body.get("text", "")
        file = _attached(body, "teams.card.file.")
        return Said(card["content"] if card else None, text, id=self.teams.id_of(body), file=file)

    def screen(self, who: Who = ANOUK) -> str:
        """Everything that stands in somebody's chats now, as one text."""
        return json.dumps(self.teams.screen(who.channel_user_id), ensure_ascii=False)

    def _heard(self, start: int, who: Who) -> Said:
        mine = [body for body in self.teams.heard_by(who.channel_user_id) if body in self.teams.sent()[start:]]
        cards = [body for body in mine if _attached(body, "card.adaptive")]
        lines = [body for body in self.teams.sent()[start:] if not body.get("attachments")]
        if cards:
            return replace(self._said(cards[-1]), others=lines)
        return Said(None, lines[-1]["text"] if lines else "", lines)

    async def plan(self, who: Who = ANOUK, first: date = TODAY, last: date = date(2027, 11, 30)) -> dict[str, Any]:
        """What the store holds of somebody's plan: "2026-11-24 morning" -> "home", "site s1 counter", ..."""
        async with self.store.units.read(TENANT) as unit:
            plan = await unit.plans.of(who.user_id, first, last)
        return {
            f"{slot.day} {slot.part}": " ".join(filter(None, (at.place, at.named, at.kind)))
            for slot, at in plan.items()
        }
