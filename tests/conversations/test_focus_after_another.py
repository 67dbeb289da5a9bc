"""One focus time right after another of the same person: all of it stands in Teams, and none of it is taken for their own."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conversations.focus_steps import ME, Place, made
from tests.conversations.town import personal

NOTHING = {"preferred": None, "status": None, "events": []}


@pytest.fixture
async def place(database_url: str, tmp_path: Path) -> AsyncIterator[Place]:
    async with made(database_url, tmp_path) as place:
        yield place


async def shows(place: Place, until: str) -> None:
    """Do not disturb and Samen's message, until then, and the card says that they are Samen's."""
    person = await place.person()
    assert person["preferred"]["availability"] == "DoNotDisturb"
    assert person["status"]["text"] == f"Focus tot {until}."
    said = await place.says("/focus kaart")
    assert "je eigen" not in said.text
    assert f"Niet storen tot {until}" in said.text


@pytest.mark.usefixtures("hurried")
async def test_begun_while_the_one_before_is_being_stopped_it_has_teams_to_itself(place: Place) -> None:
    await place.says("/focus 60 x")
    await place.passes(minutes=5)
    await place.fails(kind="slow", seconds=1.0, method="POST")
    before = await place.asked()
    stop = asyncio.create_task(place.town.client.write("/focus stop", ME, personal(ME)))
    async with asyncio.timeout(30):
        while await place.asked() == before:
            pass  # each look is a request of its own
    start = asyncio.create_task(place.town.client.write("/focus 30 nota", ME, personal(ME)))
    await asyncio.gather(stop, start)
    await place.town.door.rest()
    await place.works()
    await shows(place, "10:35")
    assert [event["subject"] for event in (await place.person())["events"]] == ["Focus: nota"]
    await place.passes(minutes=10)
    await shows(place, "10:35")
    await place.says("/focus stop")
    assert await place.person() == NOTHING


async def test_begun_after_a_stop_that_microsoft_did_not_do_it_has_all_of_it(place: Place) -> None:
    await place.says("/focus 60 x")
    await place.passes(minutes=5)
    await place.fails(method="POST")
    await place.says("/focus stop")
    await place.works()
    await place.says("/focus 30 y")
    await shows(place, "10:35")
    for _ in range(3):
        await place.passes(minutes=5)
        await shows(place, "10:35")
    await place.passes(minutes=15)
    await place.passes(minutes=5)
    assert (await place.person())["preferred"] is None


@pytest.mark.parametrize("behind", [0.0, 0.6, 2.0])
async def test_back_to_back_the_second_has_all_of_it(place: Place, behind: float) -> None:
    """Microsoft takes away a moment late what ends by itself."""
    await place.says("/focus 30 x")
    await place.says("/focus 10:30 30 y")
    await place.passes(minutes=29)
    place.served.clock.now -= timedelta(seconds=behind)
    await place.passes(minutes=1)
    await place.passes(minutes=1)
    await shows(place, "11:00")
    await place.passes(minutes=10)
    await shows(place, "11:00")


async def test_it_is_not_made_longer_than_until_the_next_one(place: Place) -> None:
    await place.says("/focus 30 x")
    await place.says("/focus 10:45 60 y")
    before = await place.person()
    said = await place.says("/focus verleng 30")
    assert "begint je volgende focustijd al" in said.text
    assert await place.person() == before
    await place.presses(said.button(verb="focus.extend"))
    await shows(place, "10:45")
    again = await place.says("/focus verleng 30")
    assert not [button for button in again.buttons if button.verb == "focus.extend"]
    await place.passes(minutes=45)
    await place.passes(minutes=1)
    await shows(place, "11:45")


async def test_begin_now_on_a_card_from_before_it_began_changes_nothing(place: Place) -> None:
    begin = (await place.says("/focus 10:30 60 y")).button(verb="focus.start", title="Nu beginnen")
    await place.passes(minutes=31)
    before, sessions = await place.person(), await place.sessions()
    said = await place.presses(begin)
    assert "al" in said.text
    assert (await place.person(), len(await place.sessions())) == (before, len(sessions))
    await shows(place, "11:30")


async def test_what_they_chose_after_an_early_stop_stays_theirs(place: Place) -> None:
    await place.says("/focus 60 x")
    await place.passes(minutes=5)
    await place.says("/focus stop")
    await place.served.does("prefer", availability="DoNotDisturb", until="2026-11-23T17:00:00+00:00")
    await place.says("/focus 30 y")
    await place.says("/focus stop")
    assert (await place.person())["preferred"]["availability"] == "DoNotDisturb"


async def test_whoever_presents_gets_do_not_disturb_for_all_of_it(place: Place) -> None:
    await place.served.does("appear", availability="DoNotDisturb", activity="Presenting")
    await place.says("/focus 90 nota")
    await place.served.does("appear", availability="Available", activity="Available")
    await shows(place, "11:30")


async def test_after_signing_in_all_that_is_planned_is_in_the_calendar(place: Place) -> None:
    await place.fails(kind="status", status=401)
    await place.says("/focus 30 x")
    await place.says("/focus 13:00 60 y")
    await place.works()
    assert await place.signs_in() == 200
    assert len((await place.person())["events"]) == 2
