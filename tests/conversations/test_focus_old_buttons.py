"""Buttons on the card of a focus time that is over, while another is under way or none is."""

from dataclasses import replace

import pytest

from tests.conversations.focus_steps import made

STILL = "Er is niets veranderd."
NONE = "Er is nu niets bezig."


@pytest.fixture
async def place(database_url, tmp_path):
    async with made(database_url, tmp_path) as place:
        yield place


async def test_an_old_button_for_more_time_shows_what_is_under_way(place):
    old = await place.says("/focus 30 eerste")
    await place.says("/focus stop")
    await place.says("/focus 60 tweede")
    before = await place.person()
    told = await place.presses(old.button(verb="focus.extend"))
    assert "Focus tot 11:00" in told.text
    assert STILL in told.text
    assert await place.person() == before


async def test_a_button_of_what_is_kept_no_more_neither_stops_nor_hides_what_is_under_way(place):
    card = await place.says("/focus 60 nota")
    before = await place.person()
    for verb in ("focus.stop", "focus.show", "focus.extend"):
        press = card.button(verb=verb)
        told = await place.presses(replace(press, data=press.data | {"session": "0" * 32}))
        assert "Focus tot 11:00" in told.text
    assert await place.person() == before


async def test_stop_while_nothing_is_on_says_so(place):
    assert NONE in (await place.says("/focus stop")).text
    assert NONE not in (await place.says("/focus kaart")).text
    await place.says("/focus 30 nota")
    assert NONE not in (await place.says("/focus stop")).text
