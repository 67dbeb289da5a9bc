"""`/today` by itself, at the start of one's own day: where the clock changes, and in other zones than the organisation's."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.conversations.today_steps import days_of

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize("sunday", [date(2026, 10, 25), date(2027, 3, 28)])  # winter time and summer time begin
async def test_the_local_time_stays_when_the_clock_changes(any_town, sunday):
    """For somebody who works on that very Sunday, the day before it and the day after it: once each, at half past eight."""
    town = any_town
    friday = sunday - timedelta(days=2)
    await town.tick(datetime.combine(friday, time(12), AMSTERDAM).astimezone(UTC))
    await town.says("/waar za zo ma thuis")
    await town.says("/vandaag 8:30")
    for day in (sunday - timedelta(days=1), sunday, sunday + timedelta(days=1)):
        for hour, minute, cards in ((7, 30, 0), (8, 29, 0), (8, 30, 1), (9, 30, 0)):
            await town.tick(datetime.combine(day, time(hour, minute), AMSTERDAM).astimezone(UTC))
            assert [f" {day.day} " in said.text for said in days_of(town)] == [True] * cards


@pytest.mark.parametrize(
    ("home", "away"), [("Pacific/Auckland", "America/New_York"), ("America/Kralendijk", "Pacific/Auckland")]
)
async def test_it_begins_my_own_day_wherever_i_am(any_town, home, away):
    """Whoever lives in another zone than the organisation, and whoever of them travels on: at 8:30 there, of the day there."""
    town = any_town
    now = datetime(2026, 11, 23, 10, tzinfo=UTC)
    for zone in (home, away, home):
        await town.tick(now)
        await town.says("/vandaag elke dag 8:30" if now.day == 23 else "/waar", localTimezone=zone)
        day = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
        for hour, minute, cards in ((8, 29, 0), (8, 30, 1), (12, 0, 0)):
            now = datetime.combine(day, time(hour, minute), ZoneInfo(zone)).astimezone(UTC)
            await town.tick(now)
            assert [f" {day.day} november" in said.text for said in days_of(town)] == [True] * cards
