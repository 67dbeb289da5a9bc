"""Messages that Samen sends by itself: in the receiver's time and words, once, and to nobody who should not get them."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.commands import COMMANDS
from bot.dispatcher import Command, Kind
from bot.domain.admin import Switch
from bot.domain.capabilities import Capability
from bot.errors import NotSent, Transient
from bot.jobs import Nudge, Timed
from bot.jobs.deliveries import LONGEST, MOST_ATTEMPTS
from bot.services import FakeClock, Services
from bot.store import Store
from bot.store.outbox import FakeOutbox
from bot.turn import Answer, Delivery, Receiver, TurnKey
from cards.notices import OverView, SentPrivatelyView
from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, GROUP, TEAM_ID, TODAY, Town, personal
from tests.fakes.botframework import TENANT, BotFramework, utc
from tests.fakes.doors import until

MINUTE = timedelta(minutes=1)
FAR = datetime(2036, 1, 1, tzinfo=UTC)
MIDDAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class Bell:
    """A capability that only rings: remembers for whom it was asked to word something."""

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

        kinds = {"bell.ring": Kind(self.ring, again=True), "bell.day": Kind(self.show_day, again=True)}
        return Command("bell", lambda *_: None, handle, capability="reach", kinds=kinds, due=self.due)

    async def due(self, now: datetime, services: Services) -> None:
        if self.due_at and now >= self.due_at:
            for tenant in await services.units.tenants():
                async with services.units.mirror(tenant) as unit:
                    await unit.deliveries.add("bell.ring", "9", team_id=TEAM_ID, due_at=now)


class DayView(OverView):
    """Something with a place on it, as far as the door is concerned."""

    @property
    def first_day(self):
        return self.day


@pytest.fixture(autouse=True)
def _own_view():
    from cards.renderers import RENDERERS

    RENDERERS[DayView] = RENDERERS[OverView]
    yield
    del RENDERERS[DayView]


@pytest.fixture
def bell() -> Bell:
    return Bell()


@pytest.fixture
async def street(database_url: str, bell: Bell) -> AsyncIterator[Town]:
    """A town with a bell; Anouk and Bart chose something, so that they can be reached. It is Monday, 10:00."""
    clock = FakeClock(utc())
    store = Store(database_url, clock.now, FakeOutbox())
    async with BotFramework() as framework:
        town = Town(framework, store, clock)
        town.commands = (*COMMANDS, bell.command())
        async with town:
            town.settle(CHANNEL, ANOUK, BART, CHANTAL)
            town.settle(GROUP, ANOUK, BART, CHANTAL)
            await town.says("taal nl", ANOUK)
            await town.says("taal en", BART)
            await town.says("waar", ANOUK, CHANNEL)
            for card in await store.cards.take(FAR, FAR, 10):
                await store.cards.done(card)
            yield town
    await store.close()


async def add(town: Town, subject: str = "2", kind: str = "bell.ring", at: datetime | None = None, **to: str) -> None:
    to = to or {"user_id": ANOUK.user_id}
    async with town.store.units.mirror(TENANT) as unit:
        await unit.deliveries.add(kind, subject, **to, due_at=at or town.clock.now())


async def add_in_vain(town: Town) -> None:
    async with town.store.units.mirror(TENANT) as unit:
        await unit.deliveries.add("bell.ring", "7", user_id=ANOUK.user_id, due_at=town.clock.now())
        raise ZeroDivisionError


async def waiting(town: Town) -> int:
    """How many deliveries are kept."""
    return len(await town.store.deliveries.take(FAR, FAR, 1000))


async def failures(town: Town) -> dict[str, int]:
    return dict((await town.store.health.report()).failures)


async def test_a_message_comes_when_it_is_due_once_and_to_nobody_else(street: Town):
    await add(street, at=MIDDAY)
    await street.tick(MIDDAY - MINUTE)
    assert street.heard() == []
    await street.tick(MIDDAY)
    assert [said.text.split(",")[0] for said in street.heard()] == ["bel 2"]
    assert street.heard(BART) == []
    await street.tick(MINUTE)
    assert street.heard() == []
    assert await waiting(street) == 0
    assert await failures(street) == {}


async def test_what_timed_work_asks_for_goes_in_the_same_minute(street: Town, bell: Bell):
    """And a heartbeat tells an administrator when that was."""
    bell.due_at = MIDDAY
    await street.tick(MIDDAY - MINUTE)
    assert street.heard(BART) == []
    await street.tick(MIDDAY)
    assert len(street.heard(BART)) == 1
    report = await street.store.health.report()
    assert (report.ticked_at, report.failures) == (MIDDAY, {})


async def test_added_twice_it_comes_once(street: Town):
    await add(street)
    await add(street)
    await street.tick()
    assert len(street.heard()) == 1


async def test_it_is_worded_in_the_receivers_language_of_then(street: Town, bell: Bell):
    await add(street, user_id=BART.user_id)
    await add(street)
    await street.says("taal en", ANOUK)
    await street.tick()
    assert {receiver.language for receiver in bell.receivers} == {"en"}
    assert "in your own chat" in street.heard()[0].text
    (anouk,) = [receiver for receiver in bell.receivers if receiver.person.user_id == ANOUK.user_id]
    assert (anouk.zone, anouk.country, anouk.today) == ("Europe/Amsterdam", "NL", TODAY)


async def test_not_before_work_begins(street: Town):
    """In the evening it waits for the morning, in the weekend for Monday."""
    await street.tick(datetime(2026, 11, 27, 20, 0, tzinfo=UTC))
    await add(street)
    await street.tick()
    assert street.heard() == []
    await street.tick(datetime(2026, 11, 29, 12, 0, tzinfo=UTC))
    assert street.heard() == []
    await street.tick(datetime(2026, 11, 30, 6, 59, tzinfo=UTC))
    assert street.heard() == []
    await street.tick(datetime(2026, 11, 30, 7, 0, tzinfo=UTC))
    assert len(street.heard()) == 1


async def test_not_on_a_day_off(street: Town):
    await street.says("waar vandaag vrij")
    await add(street)
    await street.tick()
    assert street.heard() == []
    await street.tick(datetime(2026, 11, 24, 7, 0, tzinfo=UTC))
    assert len(street.heard()) == 1


async def test_after_a_long_weekend_it_still_comes(street: Town):
    """Its days count from the first moment that it may be sent, and trouble then is trouble of three days."""
    await street.says("waar patroon ma vrij, di vrij, wo vrij")
    await street.tick(datetime(2026, 11, 27, 18, 0, tzinfo=UTC))
    await add(street)
    await street.tick()
    thursday = datetime(2026, 12, 3, 7, 0, tzinfo=UTC)
    for day in range(1, 5):
        await street.tick(thursday - timedelta(days=day))
    assert street.heard() == []
    street.teams.script(500)
    await street.tick(thursday)
    await street.tick(timedelta(seconds=20))
    assert street.heard() == []
    await street.tick(MINUTE)
    assert len(street.heard()) == 1
    assert await waiting(street) == 0


async def test_its_days_count_once(street: Town):
    """A night between two attempts begins nothing anew."""
    await add(street)
    made_at = street.clock.now()
    street.teams.script(500)
    await street.tick()
    await street.tick(datetime(2026, 11, 23, 18, 0, tzinfo=UTC))
    (delivery,) = await street.store.deliveries.take(FAR, FAR, 10)
    assert delivery.made_at == made_at


async def test_a_chat_that_was_never_opened_is_opened(street: Town):
    """Chantal only ever spoke in the team."""
    await street.says("waar vandaag thuis", CHANTAL, CHANNEL)
    await add(street, user_id=CHANTAL.user_id)
    await street.tick()
    assert len(street.heard(CHANTAL)) == 1
    assert street.heard(ANOUK) == []


async def test_a_chat_that_is_gone_is_opened_again(street: Town):
    await add(street)
    for _ in range(2):  # the one that was kept, and the same one as the door remembers it
        street.teams.script(404)
    await street.tick()
    assert [asked.path[-1] for asked in street.teams.asked[-3:]] == ["activities", "conversations", "activities"]
    assert "bel 2" in street.screen()


async def change(town: Town, **settings: object) -> None:
    async with town.store.units.mirror(TENANT) as unit:
        await unit.people.change(ANOUK.user_id, **settings)


@pytest.mark.parametrize(
    "settings",
    [
        {"stopped": True},
        {"paused_until": datetime(2026, 12, 1, tzinfo=UTC)},
        {"leaving_since": datetime(2026, 11, 20, tzinfo=UTC)},
        {"contact": None},
    ],
    ids=["stopped", "paused", "leaving", "unreachable"],
)
async def test_who_wants_nothing_gets_nothing(street: Town, settings: dict):
    """And it does not come later either."""
    await add(street)
    await change(street, **settings)
    await street.tick()
    assert street.heard() == []
    assert await waiting(street) == 0
    assert await failures(street) == {}


async def test_who_is_not_known_gets_nothing(street: Town):
    await add(street, user_id="nobody")
    await street.tick()
    assert street.heard() == []
    assert await waiting(street) == 0


async def test_what_is_no_longer_worth_saying_is_not_said(street: Town):
    await add(street, "stale")
    await street.tick()
    assert street.heard() == []
    assert await waiting(street) == 0


async def test_a_capability_that_was_switched_off_is_silent(street: Town, bell: Bell):
    await add(street)
    async with street.store.units.mirror(TENANT) as unit:
        await unit.organisation.switch(Capability.REACH, Switch(on=False, changed_at=street.clock.now()))
    await street.tick()
    assert bell.receivers == []
    assert await waiting(street) == 0


async def test_a_kind_that_this_version_does_not_know_is_dropped_and_counted(street: Town):
    await add(street, kind="bell.of.last.year")
    await street.tick()
    assert await waiting(street) == 0
    assert await failures(street) == {"delivery_fault": 1}


async def test_a_team_is_told_in_its_conversation_and_language(street: Town, bell: Bell):
    await street.says("taal team en", ANOUK, CHANNEL)
    await add(street, team_id=TEAM_ID)
    await street.tick()
    assert len(street.heard(BART)) == 1
    assert street.teams.asked[-1].path[2] == TEAM_ID
    (receiver,) = bell.receivers
    assert (receiver.language, receiver.team.id) == ("en", TEAM_ID)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (datetime(2026, 11, 23, 19, 0, tzinfo=UTC), datetime(2026, 11, 24, 6, 0, tzinfo=UTC)),
        (datetime(2026, 11, 27, 19, 0, tzinfo=UTC), datetime(2026, 11, 30, 6, 0, tzinfo=UTC)),
        (datetime(2026, 11, 28, 5, 59, tzinfo=UTC), datetime(2026, 11, 28, 6, 0, tzinfo=UTC)),
        (datetime(2026, 11, 28, 19, 0, tzinfo=UTC), datetime(2026, 11, 30, 6, 0, tzinfo=UTC)),
    ],
    ids=["evening", "friday evening", "asked for that saturday", "saturday evening"],
)
async def test_a_team_is_told_nothing_at_night_or_at_the_weekend(street: Town, asked: datetime, told: datetime):
    await street.tick(asked)
    await add(street, team_id=TEAM_ID)
    await street.tick()
    assert street.heard(BART) == []
    await street.tick(told - MINUTE)
    assert street.heard(BART) == []
    await street.tick(told)
    assert len(street.heard(BART)) == 1


async def test_a_team_is_told_nothing_at_night_after_trouble_either(street: Town):
    await street.tick(datetime(2026, 11, 23, 18, 55, tzinfo=UTC))
    await add(street, team_id=TEAM_ID)
    street.teams.script(429, Retry_After="1800")
    await street.tick()
    await street.tick(datetime(2026, 11, 23, 19, 30, tzinfo=UTC))
    assert street.heard(BART) == []
    await street.tick(datetime(2026, 11, 24, 6, 0, tzinfo=UTC))
    assert len(street.heard(BART)) == 1


async def test_a_team_that_sleeps_is_not_told(street: Town):
    await add(street, team_id=TEAM_ID)
    async with street.store.units.mirror(TENANT) as unit:
        await unit.teams.sleep(TEAM_ID, street.clock.now())
    await street.tick()
    assert street.heard(BART) == []
    assert await waiting(street) == 0


@pytest.mark.parametrize(
    ("status", "kind"), [(403, "delivery_blocked"), (400, "delivery_refused"), (413, "delivery_refused")]
)
async def test_what_teams_refuses_is_dropped_and_counted(street: Town, status: int, kind: str):
    await add(street)
    street.teams.script(status)
    await street.tick()
    await street.tick(timedelta(hours=1))
    assert street.heard() == []
    assert await waiting(street) == 0
    assert await failures(street) == {kind: 1}


async def test_a_moments_trouble_is_tried_again_later(street: Town):
    await add(street)
    street.teams.script(500)
    await street.tick()
    await street.tick(timedelta(seconds=20))
    assert street.heard() == []
    await street.tick(MINUTE)
    assert len(street.heard()) == 1


async def test_when_teams_asks_to_wait_that_is_how_long(street: Town):
    await add(street)
    street.teams.script(429, Retry_After="1800")
    await street.tick()
    await street.tick(29 * MINUTE)
    assert street.heard() == []
    await street.tick(MINUTE)
    assert len(street.heard()) == 1


async def test_after_three_days_of_trouble_it_is_given_up(street: Town):
    await add(street)
    for _ in range(200):
        street.teams.script(500)
    for _ in range(80):
        await street.tick(timedelta(hours=1))
    assert await waiting(street) == 0
    assert (await failures(street)).get("delivery_expired", 1) == 1
    street.teams._script.clear()
    await street.tick(timedelta(hours=18))
    assert street.heard() == []


def unanswered(street: Town, error: Exception, *, arrives: bool) -> list[datetime]:
    """Have every send end in this error from now on; when each was."""
    sends: list[datetime] = []
    send = street.door.connector.send

    async def failing(to, body):
        sends.append(street.clock.now())
        if arrives:
            await send(to, body)
        raise error

    street.door.connector.send = failing
    return sends


async def test_what_may_have_arrived_is_repeated_once(street: Town):
    await add(street)
    sends = unanswered(street, Transient("no answer"), arrives=True)
    for _ in range(100):
        await street.tick(timedelta(minutes=3))
    assert len(sends) == 2
    assert await waiting(street) == 0
    assert await failures(street) == {"delivery_expired": 1}


async def test_what_was_never_sent_is_tried_on(street: Town):
    """A login service that is away for an hour costs no message."""
    await add(street)
    sends = unanswered(street, NotSent(), arrives=False)
    for _ in range(20):
        await street.tick(timedelta(minutes=3))
    assert len(sends) > 4
    del street.door.connector.send
    for _ in range(30):
        await street.tick(timedelta(minutes=3))
        if street.heard():
            break
    assert len(street.heard()) == 1


async def test_what_cannot_be_ended_is_not_said_again(street: Town):
    """Also where the store fails for hours after a good send."""
    await add(street)
    done, said = street.store.deliveries.done, 0

    async def failing(_delivery: Delivery) -> None:
        raise OSError

    street.store.deliveries.done = failing
    for _ in range(40):
        await street.tick(3 * MINUTE)
        said += len(street.heard())
    assert said == 1
    street.store.deliveries.done = done
    await street.tick(3 * MINUTE)
    assert street.heard() == []
    assert await waiting(street) == 0


async def test_what_replicas_keep_dying_with_is_given_up(street: Town):
    await add(street)
    for _ in range(MOST_ATTEMPTS):
        now = street.clock.now()
        await street.store.deliveries.take(now, now + MINUTE, 10)
        street.clock.move(MINUTE)
    await street.tick()
    assert street.heard() == []
    assert await waiting(street) == 0
    assert await failures(street) == {"delivery_expired": 1}


async def test_one_that_cannot_be_worded_does_not_hold_up_the_others(street: Town, bell: Bell, caplog):
    bell.wrong = ValueError("Anouk is ziek")
    await add(street, "1")
    for number in range(2, 9):
        await add(street, str(number))
    await street.tick()
    assert len(street.heard()) == 7
    for _ in range(10):
        await street.tick(timedelta(minutes=20))
    assert await waiting(street) == 0
    assert await failures(street) == {"delivery_fault": 5}
    assert "ziek" not in caplog.text


async def test_two_replicas_send_each_message_once(street: Town):
    for number in range(60):
        await add(street, str(number))
    other = Timed(street.commands, street.services, street.store, street.door)
    await asyncio.gather(street.tick(), other.round.due(street.clock.now()))
    texts = [said.text for said in street.heard()]
    assert len(texts) == len(set(texts)) == 60


async def test_a_replica_that_died_with_it_is_taken_over(street: Town):
    """After two minutes: what it took was not sent."""
    await add(street)
    now = street.clock.now()
    assert len(await street.store.deliveries.take(now, now + 2 * MINUTE, 10)) == 1
    await street.tick(MINUTE)
    assert street.heard() == []
    await street.tick(MINUTE)
    assert len(street.heard()) == 1


async def test_who_slept_through_its_turn_has_no_say(street: Town):
    """A replica that wakes up after its row was taken over does not put it off."""
    await add(street)
    now = street.clock.now()
    (mine,) = await street.store.deliveries.take(now, now + MINUTE, 10)
    (theirs,) = await street.store.deliveries.take(now + MINUTE, now + 2 * MINUTE, 10)
    await street.store.deliveries.later(mine, now + LONGEST, attempts=1)
    assert theirs.attempts == 2
    assert len(await street.store.deliveries.take(now + 2 * MINUTE, now + 3 * MINUTE, 10)) == 1


async def test_a_card_that_was_delivered_is_remembered(street: Town):
    await add(street, kind="bell.day")
    await street.tick()
    (said,) = street.heard()
    night = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    assert await street.store.cards.take(night - MINUTE, FAR, 10) == ()
    (card,) = await street.store.cards.take(night, FAR, 10)
    assert (card.activity, card.user_id, card.day) == (said.id, ANOUK.user_id, TODAY)
    assert card.to.conversation == personal(ANOUK).id


async def test_a_card_for_a_team_belongs_to_nobody(street: Town):
    await add(street, kind="bell.day", team_id=TEAM_ID)
    await street.tick()
    (card,) = await street.store.cards.take(FAR, FAR, 10)
    assert (card.user_id, card.to.conversation) == (None, TEAM_ID)


async def test_a_nudge_sends_at_once_and_only_after_the_commit(street: Town):
    nudge = Nudge(street.timed.deliveries.due, street.clock)
    nudge.start()
    street.store.units.when_added(nudge)
    try:
        street._start = len(street.teams.sent())
        with pytest.raises(ZeroDivisionError):
            await add_in_vain(street)
        await add(street, at=MIDDAY)
        await asyncio.sleep(0.1)
        assert street.heard() == []
        async with street.store.units.write(TurnKey(TENANT, "c", "a")) as unit:
            await unit.deliveries.add("bell.ring", "8", user_id=ANOUK.user_id, due_at=street.clock.now())
        await until(lambda: len(street.heard()) == 1)
    finally:
        await nudge.stop()


async def test_stopping_ends_what_is_being_sent_and_leaves_the_rest(street: Town, bell: Bell):
    """What was taken and not begun is sent by whoever comes after the lease."""
    bell.slow = asyncio.Event()
    for number in range(10):
        await add(street, str(number))
    tick = asyncio.create_task(street.tick())
    await until(lambda: len(bell.receivers) == 5)
    tick.cancel()
    closing = asyncio.create_task(street.timed.close(3))
    await asyncio.sleep(0.05)
    assert not closing.done()
    bell.slow.set()
    await closing
    assert len(street.heard()) == 5
    later = Timed(street.commands, street.services, street.store, street.door)
    street.clock.move(3 * MINUTE)
    await later.round.due(street.clock.now())
    texts = [said.text for said in street.heard()]
    assert len(texts) == len(set(texts)) == 10
