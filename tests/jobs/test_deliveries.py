"""Messages that Samen sends by itself: in the receiver's time and words, once, and to nobody who should not get them."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.admin import Switch
from bot.domain.capabilities import Capability
from bot.domain.jobs import Work
from tests.conversations.town import ANOUK, BART, CHANNEL, CHANTAL, TEAM_ID, TODAY, Town, personal
from tests.fakes.botframework import TENANT
from tests.jobs.street import FAR, MIDDAY, MINUTE, Bell, add, add_many, batches, failures, rows, waiting


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


async def test_not_on_a_day_for_which_somebody_is_done(street: Town):
    async with street.store.units.mirror(TENANT) as unit:
        await unit.quiet_days.begin(ANOUK.user_id, TODAY, "Europe/Amsterdam")
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


async def test_after_trouble_and_days_off_it_still_comes(street: Town):
    """Teams fails on Thursday at the end of the day, Friday and Monday are free: it comes on Tuesday."""
    await street.says("waar patroon vr vrij, ma vrij")
    await street.tick(datetime(2026, 11, 26, 16, 59, tzinfo=UTC))
    await add(street)
    street.teams.script(500)
    await street.tick()
    tuesday = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
    for hours in (110, 86, 62, 38, 14, 1):
        await street.tick(tuesday - timedelta(hours=hours))
        assert street.heard() == []
    await street.tick(tuesday)
    assert len(street.heard()) == 1
    assert await failures(street) == {}


async def test_what_is_due_in_a_week_comes_in_a_week(street: Town):
    """Its days count from then, and whoever looks how late it came counts from then too."""
    monday = street.clock.now() + timedelta(days=7)
    await add(street, at=monday)
    for _ in range(6):
        await street.tick(timedelta(days=1))
    (row,) = await rows(street)
    assert row.made_at == monday
    await street.tick(monday)
    assert len(street.heard()) == 1


async def test_what_nobody_could_send_for_three_days_is_counted_when_it_goes(street: Town):
    """No process was there to send it: the first one deletes it, and does not keep silent about that."""
    await add_many(street, 3)
    street.store.outbox.take()
    await street.tick(timedelta(days=3, minutes=1))
    assert street.heard() == []
    assert await waiting(street) == 0
    assert await failures(street) == {"delivery_expired": 3}


async def test_a_chat_that_was_never_opened_is_opened(street: Town):
    """Chantal only ever spoke in the team."""
    await street.says("waar vandaag thuis", CHANTAL, CHANNEL)
    await add(street, user_id=CHANTAL.user_id)
    await street.tick()
    assert len(street.heard(CHANTAL)) == 1
    assert street.heard(ANOUK) == []


async def test_a_chat_that_was_opened_is_remembered_with_how_to_reach_them(street: Town):
    """By whichever process says the next thing."""
    await street.says("waar vandaag thuis", CHANTAL, CHANNEL)
    await add(street, user_id=CHANTAL.user_id)
    await street.tick()
    async with street.store.units.read(TENANT) as unit:
        contact = (await unit.people.get(CHANTAL.user_id)).contact
    assert contact.conversation == f"a:{CHANTAL.channel_user_id}"
    opened = len(street.teams.asked)
    await add(street, "3", user_id=CHANTAL.user_id)
    await street.tick()
    assert [asked.path[-1] for asked in street.teams.asked[opened:]] == ["activities"]


async def test_a_chat_that_is_gone_is_opened_again(street: Town):
    await add(street)
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


async def test_what_may_go_later_today_is_found_by_one_job_a_second(street: Town):
    """Where Teams asks for a few seconds, nobody waits for the minute."""
    await add(street)
    await add(street, "3", user_id=BART.user_id)
    for _ in range(2):
        street.teams.script(429, Retry_After="4")
    await street.timed.round.due(street.clock.now())
    for job in batches(street):
        await street.timed.work[job.work](*job.arguments)
    jobs = street.store.outbox.take()
    assert {job.work for job in jobs} == {Work.COLLECT}
    assert 1 <= len(jobs) == len({job.key for job in jobs}) <= 2
    assert all(4 <= job.delay <= 8 for job in jobs)
    refused = len(street.teams.sent())
    street.clock.move(timedelta(seconds=max(job.delay for job in jobs)))
    await street.timed.work[Work.COLLECT]()
    await street.work_off()
    assert len(street.teams.sent()) == refused + 2
    assert await waiting(street) == 0
