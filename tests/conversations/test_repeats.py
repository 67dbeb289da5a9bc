"""Delivered twice, tapped twice, at once or later: one effect, on both databases."""

import asyncio

import pytest

from tests.conversations.town import ANOUK, CHANNEL, personal
from tests.fakes.botframework import TENANT


async def rows(town, table):
    async with town.store.engines.read.connect() as connection:
        return (await connection.exec_driver_sql(f"select * from {table}")).all()


async def test_a_message_delivered_twice_has_one_effect(any_town):
    """Teams repeats what it thinks was lost; the second is answered from how things are now."""
    activity = any_town.client.activity(text="waar morgen thuis")
    assert (await any_town.client.post(activity)).status == 200
    await any_town.says("waar morgen stadskantoor")
    assert (await any_town.client.post(activity)).status == 200
    assert set((await any_town.plan()).values()) == {"site s1"}
    last = any_town.teams.sent()[-1]["attachments"][0]["content"]["fallbackText"]
    assert "Stadskantoor" in last
    assert "thuis" not in last.partition("Of typ")[0]


async def test_delivered_twice_at_once(any_town):
    """Two replicas, or one, get the same activity in the same moment."""
    activity = any_town.client.activity(text="waar morgen thuis")
    answers = await asyncio.gather(*(any_town.client.post(activity) for _ in range(4)))
    assert {answer.status for answer in answers} == {200}
    assert len(await rows(any_town, "plan")) == 2
    assert len(await rows(any_town, "seen_activity")) == 1


async def test_a_double_tap_is_harmless(any_town):
    """Two presses are two activities; changes are absolute, so the second changes nothing."""
    said = await any_town.says("waar plan")
    opened = await any_town.presses(said.button(verb="where.plan", slot="2026-11-24"))
    home = opened.button(verb="where.set", title="Thuis")
    await asyncio.gather(*(any_town.presses(home) for _ in range(3)))
    assert await any_town.plan() == {"2026-11-24 morning": "home", "2026-11-24 afternoon": "home"}


async def test_many_people_at_once(any_town):
    """Forty changes at the same moment: none fails, none is lost."""
    sentences = [f"waar {day} {part} thuis" for day in ("24 nov", "25 nov", "26 nov") for part in ("ochtend", "middag")]
    await asyncio.gather(*(any_town.client.write(text, ANOUK, personal(ANOUK)) for text in sentences * 6))
    assert len(await any_town.plan()) == 6


async def test_reading_leaves_no_trace(any_town):
    """A question records nothing: no person, no activity."""
    for text in ("waar", "waar morgen", "help", "waar plan", "quatsch", "taal"):
        await any_town.says(text, ANOUK, CHANNEL)
    for table in ("person", "plan", "sharing", "seen_activity", "audit"):
        assert await rows(any_town, table) == []


async def test_sharing_twice(any_town):
    activity = any_town.client.activity(text="waar delen aan", where=CHANNEL)
    activity |= {"entities": [any_town.client.mention()], "text": "<at>Samen</at> waar delen aan"}
    await any_town.client.post(activity)
    await any_town.says("waar delen uit", ANOUK, CHANNEL)
    await any_town.client.post(activity)
    async with any_town.store.units.read(TENANT) as unit:
        assert await unit.sharing.teams_of(ANOUK.user_id) == frozenset()


async def test_a_language_chosen_twice(any_town):
    """The repeat of an older choice changes nothing, and says what holds now."""
    activity = any_town.client.activity(text="taal en")
    await any_town.client.post(activity)
    await any_town.says("taal nl")
    await any_town.client.post(activity)
    last = any_town.teams.sent()[-1]["attachments"][0]["content"]["fallbackText"]
    assert "Nederlands" in last
    async with any_town.store.units.read(TENANT) as unit:
        assert (await unit.people.get(ANOUK.user_id)).language == "nl"


@pytest.mark.parametrize(
    ("text", "then", "untrue"),
    [
        ("/balie di ochtend 2", "/balie di ochtend 0", "Vanaf nu 2 mensen nodig"),
        ("/balie di ochtend 0", "/balie di ochtend 2", "Er is niemand meer nodig"),
        ("/kantoor dicht Stadskantoor di", "/kantoor open Stadskantoor di", "Stadskantoor is dicht"),
        ("/kantoor open Stadskantoor di", "/kantoor dicht Stadskantoor di", "Stadskantoor is weer open"),
        (
            "/locaties beheerder Stadskantoor Bart",
            "/locaties beheerder Stadskantoor Chantal",
            "Bart Jansen is nu locatiebeheerder",
        ),
    ],
)
async def test_delivered_again_after_a_newer_word_it_is_told_as_it_is(any_town, text, then, untrue):
    """Whoever reads it must not believe what holds no more."""
    town = any_town
    await town.says("waar", ANOUK, CHANNEL)
    if "open" in text:
        await town.says("/kantoor dicht Stadskantoor di")
    activity = town.client.activity("message", ANOUK, personal(ANOUK), text=text)
    await town.client.post(activity)
    assert untrue in town.heard()[-1].text
    await town.says(then)
    await town.client.post(activity)
    assert untrue not in town.heard()[-1].text
