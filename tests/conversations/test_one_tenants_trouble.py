"""Timed work of one organisation or one person that fails: it is told and counted, and everybody else gets theirs."""

import pytest
import structlog
from sqlalchemy import insert

from bot.commands.counter import COUNTER
from bot.commands.sites import SITES
from bot.domain.health import Failure
from bot.store.tables import counter_need, named_place, pattern, plan, prompt, team
from bot.store.tenants import ACROSS_TENANTS
from tests.canaries import everything
from tests.conversations.november import at
from tests.conversations.town import ANOUK, BART, CHANNEL, TODAY, Town
from tests.fakes.botframework import TENANT

FIRST = "00000000-0000-0000-0000-000000000000"  # asked before the town's own
TREEHOUSE = {"part": "morning", "place": "treehouse"}


async def put(town: Town, table, tenant=TENANT, **values):
    """A row as another version of Samen would have written it."""
    everywhere = town.store.engines.write.execution_options(**{ACROSS_TENANTS: True})
    async with everywhere.begin() as connection:
        await connection.execute(insert(table).values(tenant=tenant, **values))


async def failures(town: Town) -> dict[Failure, int]:
    return dict((await town.store.health.report()).failures)


async def test_a_place_of_a_newer_version_counts_as_none(any_town: Town):
    """After a roll-back: in a plan it hides the pattern, as what was said; in a pattern it says nothing. Nobody is held up."""
    town = any_town
    for who in (ANOUK, BART):
        await town.says("/vandaag elke dag 10:30", who)
    await town.says("/waar patroon ma thuis, di thuis", BART)
    await put(town, plan, user_id=BART.user_id, day=TODAY, zone="Europe/Amsterdam", **TREEHOUSE)
    await put(town, pattern, user_id=BART.user_id, weeks="every", weekday=2, **TREEHOUSE)
    with structlog.testing.capture_logs() as lines:
        await town.tick(at(23, 10, 30))
    assert [len(town.heard(who)) for who in (ANOUK, BART)] == [1, 1]
    assert {"event": "place_unknown", "log_level": "warning", "rows": 2} in lines
    assert await failures(town) == {}
    assert "2026-11-23 morning" not in await town.plan(BART)
    assert (await town.plan(BART))["2026-11-23 afternoon"] == "home"
    await town.says("/waar vandaag Stadskantoor", BART)
    assert (await town.plan(BART))["2026-11-23 morning"] == "site s1"


async def test_a_prompt_that_cannot_be_looked_at_is_nobody_elses(any_town: Town):
    """In the same batch: the others are sent theirs, it is counted once, and looked at again a day later."""
    town = any_town
    await town.says("/vandaag elke dag 10:30")
    odd = {"kind": "today", "minute": 630, "zone": "Mars/Olympus", "next_at": at(23, 10, 29)}
    await put(town, prompt, user_id=BART.user_id, **odd)
    with structlog.testing.capture_logs() as lines:
        await town.tick(at(23, 10, 30))
        heard = town.heard()
        await town.tick(at(23, 10, 31))
    assert len(heard) == 1
    assert await failures(town) == {Failure.TICK: 1}
    (line,) = [line for line in lines if line["event"] == "prompt_failed"]
    assert (line["kind"], line["error"]) == ("today", "ZoneInfoNotFoundError")
    (row,) = [row for row in (await everything(town.store))["prompt"] if row["user_id"] == BART.user_id]
    assert row["next_at"] == at(24, 10, 30)


async def test_a_tenant_that_cannot_be_read_holds_up_no_other_tenants_messages(any_town: Town):
    town = any_town
    await town.says("/vandaag elke dag 10:30")
    await put(town, prompt, FIRST, user_id="x", kind="today", minute=630, zone="UTC", next_at=at(23, 10, 30))
    await put(town, plan, FIRST, user_id="x", day=TODAY, part="night", place="home", zone="UTC")
    with structlog.testing.capture_logs() as lines:
        await town.tick(at(23, 10, 30))
    assert len(town.heard()) == 1
    assert [line["part"] for line in lines if line["event"] == "tenant_failed"] == ["prompts.today"]
    assert await failures(town) == {Failure.TICK: 1}


@pytest.mark.thorough
async def test_one_tenants_counter_holds_up_no_others(any_town: Town):
    town = any_town
    to = dict.fromkeys(("conversation", "service_url", "channel", "bot_id", "bot_name"), "")
    await put(town, team, FIRST, id="t", name="", kind="team", scope="channel", introduced=True, **to)
    await put(town, counter_need, FIRST, team_id="t", weekday=1, part="night", people=1)
    await town.says("/balie di ochtend 1", ANOUK, CHANNEL)
    town.clock.set(at(23, 10))
    with structlog.testing.capture_logs() as lines:
        await COUNTER.due(at(23, 10), town.services)
    assert [line["part"] for line in lines if line["event"] == "tenant_failed"] == ["counter"]
    assert [row["tenant"] for row in (await everything(town.store))["living_card"]] == [TENANT]


@pytest.mark.thorough
async def test_one_tenants_sites_hold_up_no_others(any_town: Town):
    town = any_town
    to = dict.fromkeys(("conversation", "service_url", "channel", "bot_id", "bot_name"), "")
    await put(town, team, FIRST, id="t", name="", kind="team", scope="channel", introduced=True, **to)
    await put(town, named_place, FIRST, id="p", name="p", name_key="p", place="treehouse", retired=False)
    await town.says("waar", ANOUK, CHANNEL)
    with structlog.testing.capture_logs() as lines:
        await SITES.due(at(23, 23), town.services)
    assert [line["part"] for line in lines if line["event"] == "tenant_failed"] == ["sites"]
    counted = (await everything(town.store))["headcount_run"]
    assert {row["tenant"] for row in counted} == {TENANT}
