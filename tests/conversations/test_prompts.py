"""What people asked to be sent at a time they chose: at that time where they live, in working time, once."""

import asyncio
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.services.prompting import follow_zone
from tests.conversations.town import ANOUK, BART, CHANTAL, Said, Town, Who
from tests.fakes.botframework import TENANT

AMSTERDAM, BONAIRE = "Europe/Amsterdam", "America/Kralendijk"
DAY, WEEK, MINUTE = timedelta(days=1), timedelta(days=7), timedelta(minutes=1)
FRIDAY = date(2026, 11, 27)


def at(day: date, hour: int, minute: int = 0, zone: str = AMSTERDAM) -> datetime:
    return datetime.combine(day, time(hour, minute), ZoneInfo(zone)).astimezone(UTC)


def questions(town: Town, who: Who = ANOUK) -> list[Said]:
    return [said for said in town.heard(who) if said.text.startswith("Hoe ziet je volgende week eruit?")]


async def live(town: Town, start: datetime, end: datetime, *people: Who) -> dict[str, list[datetime]]:
    """Let an hour pass, and another one; when each of them is asked, as the tick sees it."""
    found: dict[str, list[datetime]] = {who.name: [] for who in people}
    now = start
    while now <= end:
        await town.tick(now)
        for who in people:
            found[who.name] += [now] * len(questions(town, who))
        now += timedelta(minutes=30)
    return found


@pytest.mark.parametrize("monday", [date(2026, 10, 19), date(2027, 3, 22)])  # winter, and summer time begins on Sunday
async def test_the_local_time_stays_when_the_clock_changes(any_town: Town, monday: date):
    """Two Fridays, before and after: at two o'clock both."""
    town, friday = any_town, monday + 4 * DAY
    await town.tick(at(monday, 9))
    await town.says("/weekvraag")
    for day in (friday, friday + WEEK):
        await town.tick(at(day, 13, 59))
        assert questions(town) == []
        await town.tick(at(day, 14))
        assert len(questions(town)) == 1


async def test_everybody_at_their_own_time(any_town: Town):
    """A colleague on Bonaire is asked five hours later; one who works mornings before noon; one who is off on Thursday."""
    town = any_town
    await town.says("/weekvraag", BART, localTimezone=BONAIRE)
    await town.says("/waar patroon vr middag vrij", ANOUK)
    await town.says("/weekvraag", ANOUK)
    await town.says("/waar patroon vr vrij, do vrij", CHANTAL)
    await town.says("/weekvraag", CHANTAL)
    asked = await live(town, at(FRIDAY - 2 * DAY, 7), at(FRIDAY + DAY, 9), ANOUK, BART, CHANTAL)
    assert asked == {
        ANOUK.name: [at(FRIDAY, 11, 30)],
        BART.name: [at(FRIDAY, 14, zone=BONAIRE)],
        CHANTAL.name: [at(FRIDAY - 2 * DAY, 14)],
    }


async def test_who_moved_chooses_again_and_keeps_the_local_time(town: Town):
    await town.says("/weekvraag", localTimezone=AMSTERDAM)
    await town.says("/weekvraag", localTimezone=BONAIRE)
    asked = await live(town, at(FRIDAY, 7), at(FRIDAY + DAY, 6), ANOUK)
    assert asked == {ANOUK.name: [at(FRIDAY, 14, zone=BONAIRE)]}
    await town.says("/weekvraag", localTimezone=AMSTERDAM)  # back home, on Saturday
    await town.tick(at(FRIDAY + WEEK, 14))
    assert len(questions(town)) == 1


async def test_a_clock_that_jumps_asks_once_about_now(any_town: Town):
    town = any_town
    await town.says("/weekvraag")
    heard = []
    for now in (
        at(FRIDAY, 14),
        at(FRIDAY - 3 * DAY, 14),  # back: it was asked
        at(FRIDAY, 14),
        at(FRIDAY + 3 * WEEK, 16),  # three weeks ahead, late on a Friday: one, about what comes then
        at(FRIDAY + 3 * WEEK, 16, 1),
        at(FRIDAY + WEEK, 14),  # back: later weeks were asked about
        at(FRIDAY + 3 * WEEK, 17),
        at(FRIDAY + 4 * WEEK, 14),  # and on
    ):
        await town.tick(now)
        heard += [(now, said.text.splitlines()[2]) for said in questions(town)]
    assert [now for now, _ in heard] == [at(FRIDAY, 14), at(FRIDAY + 3 * WEEK, 16), at(FRIDAY + 4 * WEEK, 14)]
    assert [span[:5] for _, span in heard] == ["ma 30", "ma 21", "ma 28"]


@pytest.mark.parametrize(
    ("back", "asked"),
    [
        (at(FRIDAY, 17, 59), 1),
        (at(FRIDAY, 18), 0),  # the working day is over
        (at(FRIDAY + DAY, 9), 0),
        (at(FRIDAY + 3 * DAY, 9), 0),  # that week has begun
    ],
)
async def test_after_a_standstill_it_comes_the_same_day_or_not_that_week(town: Town, back: datetime, asked: int):
    await town.says("/weekvraag")
    await town.tick(at(FRIDAY, 13, 59))
    await town.tick(back)
    assert len(questions(town)) == asked
    await town.tick(at(FRIDAY + WEEK, 14))
    assert len(questions(town)) == 1


async def test_several_ticks_at_once_ask_once(any_town: Town):
    """As replicas do: all of them find the same people at the same minute."""
    town = any_town
    for who in (ANOUK, BART, CHANTAL):
        await town.says("/weekvraag", who)
    town.clock.set(at(FRIDAY, 14))
    town._renew()
    start = len(town.teams.sent())
    await asyncio.gather(*(town.timed.round.due(town.clock.now()) for _ in range(3)))
    await town.work_off()
    await town.timed.round.due(town.clock.now() + MINUTE)
    await town.work_off()
    said = [str(body) for body in town.teams.sent()[start:]]
    assert sum("Hoe ziet je volgende week eruit?" in one for one in said) == len((ANOUK, BART, CHANTAL))


NEW_YORK = "America/New_York"


async def test_a_journey_does_not_stay_in_what_is_sent_at_home(any_town: Town):
    """Switched on in New York; back home it comes at nine there, today is today, and nothing comes at night."""
    town = any_town
    await town.tick(at(FRIDAY - 4 * DAY, 16))
    await town.says("/vandaag elke dag 9:00", localTimezone=NEW_YORK)
    await town.tick(at(FRIDAY - 2 * DAY, 2, 30))
    assert "25 november" in (await town.says("/vandaag", localTimezone=AMSTERDAM)).text
    await town.says("/waar vrijdag Stadskantoor", localTimezone=AMSTERDAM)
    await town.tick(at(FRIDAY - 2 * DAY, 8, 59))
    assert town.heard() == []
    await town.tick(at(FRIDAY - 2 * DAY, 9))
    assert len(town.heard()) == 1
    await town.tick(at(FRIDAY - 2 * DAY, 22))
    async with town.store.units.mirror(TENANT) as unit:
        await unit.deliveries.add("today.card", str(FRIDAY - 2 * DAY), user_id=ANOUK.user_id, due_at=town.clock.now())
    await town.tick(MINUTE)
    assert town.heard() == []


async def test_who_lives_elsewhere_and_was_here_is_asked_there_again(town: Town):
    await town.says("/weekvraag", localTimezone=BONAIRE)
    await town.says("/waar vandaag thuis", localTimezone=AMSTERDAM)
    await town.says("/waar morgen thuis", localTimezone=BONAIRE)
    await town.says("/waar", localTimezone="")  # a client that does not say where it is
    asked = await live(town, at(FRIDAY, 7), at(FRIDAY + DAY, 6), ANOUK)
    assert asked == {ANOUK.name: [at(FRIDAY, 14, zone=BONAIRE)]}


async def test_of_whom_no_zone_is_kept_none_is_kept_by_a_journey(town: Town):
    """Only who asked for messages at a time of theirs from another zone has one."""
    for zone in (AMSTERDAM, NEW_YORK, AMSTERDAM):
        await town.says("/waar vandaag thuis", localTimezone=zone)
    async with town.store.units.read(TENANT) as unit:
        person = await unit.people.get(ANOUK.user_id)
    assert person
    assert person.zone is None


async def test_who_was_forgotten_meanwhile_is_not_known_again_by_a_journey(town: Town):
    """Their last word was under way, and `/forget` was quicker."""
    async with town.store.units.mirror(TENANT) as unit:
        await follow_zone(ANOUK.user_id, unit, BONAIRE, town.clock.now())
    async with town.store.units.read(TENANT) as unit:
        assert await unit.people.get(ANOUK.user_id) is None
