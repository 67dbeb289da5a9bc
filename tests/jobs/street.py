"""A street with a bell: a capability that only rings, and what a test wants to know of the deliveries that are kept."""

import asyncio  # noqa: TC003 - the bell is used when tests run
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from bot.dispatcher import Command, Kind
from bot.domain.jobs import Job, Work
from bot.jobs import Timed
from bot.outgoing import Delivery, Receiver
from bot.services import Services
from bot.store.tables import delivery
from bot.store.tenants import ACROSS_TENANTS
from bot.turn import Answer
from cards.notices import OverView, SentPrivatelyView
from tests.conversations.town import ANOUK, TEAM_ID, TODAY, Town, Unhurried
from tests.fakes.botframework import TENANT

MINUTE = timedelta(minutes=1)
FAR = datetime(2036, 1, 1, tzinfo=UTC)
MIDDAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class DayView(OverView):
    """Something with a place on it, as far as the door is concerned."""

    @property
    def first_day(self):
        return self.day


class Bell:
    """Remembers for whom it was asked to word something. What it may say "once" comes never twice."""

    def __init__(self) -> None:
        self.receivers: list[Receiver] = []
        self.wrong: Exception | None = None
        self.slow: asyncio.Event | None = None
        self.due_at: datetime | None = None

    async def ring(self, delivery: Delivery, receiver: Receiver, _services: object) -> SentPrivatelyView | None:
        self.receivers.append(receiver)
        if self.wrong and delivery.subject == "1":
            raise self.wrong
        if self.slow:
            await self.slow.wait()
        return None if delivery.subject == "stale" else SentPrivatelyView(f"bel {delivery.subject}")

    async def show_day(self, _delivery: Delivery, _receiver: Receiver, _services: object) -> OverView:
        return DayView(TODAY)

    def command(self) -> Command:
        async def handle(*_: object) -> Answer:
            return Answer()

        kinds = {
            "bell.ring": Kind(self.ring, again=True),
            "bell.once": Kind(self.ring, again=False),
            "bell.day": Kind(self.show_day, again=True),
        }
        return Command("bell", lambda *_: None, handle, capability="reach", kinds=kinds, due=self.due)

    async def due(self, now: datetime, services: Services) -> None:
        if self.due_at and now >= self.due_at:
            for tenant in await services.units.tenants():
                async with services.units.mirror(tenant) as unit:
                    await unit.deliveries.add("bell.ring", "9", team_id=TEAM_ID, due_at=now)


async def add(town: Town, subject: str = "2", kind: str = "bell.ring", at: datetime | None = None, **to: str) -> None:
    to = to or {"user_id": ANOUK.user_id}
    async with town.store.units.mirror(TENANT) as unit:
        await unit.deliveries.add(kind, subject, **to, due_at=at or town.clock.now())


async def add_many(town: Town, many: int, kind: str = "bell.ring") -> None:
    """Anouk gets as many, numbered from 0, in one unit."""
    async with town.store.units.mirror(TENANT) as unit:
        for number in range(many):
            await unit.deliveries.add(kind, str(number), user_id=ANOUK.user_id, due_at=town.clock.now())


async def rows(town: Town) -> Sequence[Any]:
    """The deliveries that are kept."""
    async with town.store.engines.read.execution_options(**{ACROSS_TENANTS: True}).connect() as connection:
        return (await connection.execute(select(delivery))).all()


async def waiting(town: Town) -> int:
    return len(await rows(town))


async def alter(town: Town, *which: Any, **columns: Any) -> None:
    """Have the deliveries that are kept look like this, as another process would have left them."""
    async with town.store.engines.write.execution_options(**{ACROSS_TENANTS: True}).begin() as connection:
        await connection.execute(update(delivery).where(*which).values(**columns))


async def failures(town: Town) -> dict[str, int]:
    return dict((await town.store.health.report()).failures)


def another(town: Town, life: str = "another", pace: Any = None) -> Timed:
    """Another process on the same database."""
    kept = Unhurried(town.store)
    kept.pace = pace or kept.pace
    return Timed(town.commands, town.services, kept, town.door, life)


def batches(town: Town) -> list[Job]:
    """The jobs that send, taken from the outbox; those that collect are left out."""
    return [job for job in town.store.outbox.take() if job.work is Work.DELIVER]


def rung(town: Town) -> Counter[str]:
    """Everything that was ever said with the bell, and how often."""
    said = (body.get("text", "").split(",")[0] for body in town.teams.sent())
    return Counter(text for text in said if text.startswith("bel "))


def texts(town: Town) -> list[str]:
    """What was said since the last tick, without what is always said with it."""
    return [said.text.split(",")[0] for said in town.heard()]


def unanswered(town: Town, error: Exception, *, arrives: bool) -> list[datetime]:
    """Have every send end in this error from now on; when each was."""
    sends: list[datetime] = []
    send = town.door.connector.send

    async def failing(to, body):
        sends.append(town.clock.now())
        if arrives:
            await send(to, body)
        raise error

    town.door.connector.send = failing
    return sends
