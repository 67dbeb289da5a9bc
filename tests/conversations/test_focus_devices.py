"""Focus time on two devices at once, and with a token that ends halfway; with Teams and the calendar in the twin."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.conversations.focus_steps import ME, Place, made
from tests.conversations.town import personal

START_OF_IT = "/focus 90 bezwaarschrift"
NOTHING = {"preferred": None, "status": None, "events": []}


@pytest.fixture
async def place(database_url: str, tmp_path: Path) -> AsyncIterator[Place]:
    async with made(database_url, tmp_path) as place:
        yield place


async def both(place: Place, *texts: str) -> None:
    """Typed on several devices, at the same moment."""
    typed = (place.town.client.write(text, ME, personal(ME)) for text in texts)
    assert [answer.status for answer in await asyncio.gather(*typed)] == [200] * len(texts)
    await place.town.door.rest()


async def test_started_on_two_devices_at_once_it_begins_once(place: Place) -> None:
    await both(place, START_OF_IT, START_OF_IT, "/focus 50")
    assert len(await place.sessions()) == 1
    assert len((await place.person())["events"]) == 1
    await place.says("/focus stop")
    assert await place.person() == NOTHING


async def test_planned_on_two_devices_at_once_it_is_planned_once(place: Place) -> None:
    await both(place, "/focus 13:00 60", "/focus 13:30 60")
    assert len(await place.sessions()) == 1
    assert len((await place.person())["events"]) == 1


async def test_stopped_on_two_devices_at_once_it_is_stopped(place: Place) -> None:
    button = (await place.says(START_OF_IT)).button(verb="focus.stop")
    pressed = (place.town.client.press(button.verb, button.data, ME, personal(ME)) for _ in range(2))
    answers = await asyncio.gather(*pressed)
    assert [answer.status for answer in answers] == [200, 200]
    assert all("Gestopt" in json.dumps(answer.body) for answer in answers)
    await place.town.door.rest()
    await place.passes(seconds=1)
    assert await place.person() == NOTHING


async def test_longer_on_an_old_card_after_the_stop_changes_nothing(place: Place) -> None:
    longer = (await place.says(START_OF_IT)).button(verb="focus.extend")
    await place.says("/focus stop")
    before = await place.sessions()
    said = await place.presses(longer)
    assert "loopt nu geen focustijd" in said.text
    assert await place.sessions() == before
    assert await place.person() == NOTHING


# The token ends between two requests.


async def ends_at(place: Place, nth: int, method: str = "*") -> None:
    """Graph no longer takes the token from the nth request on."""
    await place.fails(kind="status", status=401, method=method, skip=nth - 1)


@pytest.mark.parametrize("nth", range(1, 4))
async def test_a_start_cut_off_halfway_is_done_after_signing_in_again(place: Place, nth: int) -> None:
    await ends_at(place, nth, "POST")
    said = await place.says(START_OF_IT)
    assert "niet meer verbonden" in said.text
    assert said.button(verb="focus.connect")
    await place.works()
    assert await place.signs_in() == 200
    person = await place.person()
    assert person["preferred"]["availability"] == "DoNotDisturb"
    assert person["status"]["text"].startswith("Focus tot 11:30.")
    assert len(person["events"]) == 1
    shown = place.town.heard(ME)[-1].text
    assert "niet meer verbonden" not in shown
    assert shown.count("✓") == 3
    await place.says("/focus stop")
    assert await place.person() == NOTHING


@pytest.mark.parametrize("nth", range(1, 4))
async def test_a_stop_cut_off_halfway_is_done_after_signing_in_again(place: Place, nth: int) -> None:
    await place.says(START_OF_IT)
    await ends_at(place, 2 + nth)  # two reads, and then what is taken away
    said = await place.says("/focus stop")
    assert "Gestopt" in said.text
    assert await place.person() != NOTHING
    await place.works()
    assert await place.signs_in() == 200
    assert await place.person() == NOTHING
    assert "Gestopt" in place.town.heard(ME)[-1].text


async def test_a_longer_one_cut_off_halfway_is_done_after_signing_in_again(place: Place) -> None:
    longer = (await place.says(START_OF_IT)).button(verb="focus.extend")
    await ends_at(place, 1, "PATCH")
    said = await place.presses(longer)
    assert "Focus tot 12:00" in said.text
    await place.works()
    assert await place.signs_in() == 200
    (event,) = (await place.person())["events"]
    assert event["end"].startswith("2026-11-23T11:00")


async def test_a_planned_one_cut_off_halfway_is_done_after_signing_in_again(place: Place) -> None:
    await ends_at(place, 1, "POST")
    await place.says("/focus 13:00 60")
    assert await place.person() == NOTHING
    await place.works()
    assert await place.signs_in() == 200
    assert len((await place.person())["events"]) == 1


@pytest.mark.usefixtures("hurried")
async def test_pressed_while_another_press_is_under_way_its_card_tells_in_the_end_what_came_of_both(
    place: Place,
) -> None:
    said = await place.says(START_OF_IT)
    longer, stop = said.button(verb="focus.extend"), said.button(verb="focus.stop")
    await place.fails(kind="slow", seconds=0.6)
    pressed = (
        place.town.client.press(one.verb, one.data, ME, personal(ME), replyToId=said.id) for one in (longer, stop)
    )
    first, second = await asyncio.gather(*pressed)
    assert "✓" not in second.body["value"]["fallbackText"]
    await place.town.door.rest()
    assert "✓ Agenda: het blok is weg" in place.town.screen(ME)
    assert await place.person() == NOTHING
    assert first.status == second.status == 200
