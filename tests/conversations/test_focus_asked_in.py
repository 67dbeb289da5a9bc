"""What Samen writes of a focus time later is in the language and by the clock that it was asked in."""

import pytest

from tests.conversations.focus_steps import ME, made
from tests.conversations.town import personal

LONDON = {"localTimezone": "Europe/London", "locale": "en-GB"}


@pytest.fixture
async def place(sqlite_files, tmp_path):
    async with made(sqlite_files.ready(), tmp_path) as place:
        yield place


async def asks(place, text, where=LONDON):
    await place.town.client.write(text, ME, personal(ME), **where)


async def test_a_planned_one_begins_with_their_own_words_and_time(place):
    await asks(place, "/focus tomorrow 9:00 2h report")
    await place.passes(hours=24, minutes=10)
    assert (await place.person())["status"]["text"] == "Focus until 11:00."


async def test_what_failed_is_written_later_as_it_was_asked(place):
    await place.fails()
    await asks(place, "/focus 60 report")
    await place.works()
    await place.passes(minutes=1)
    person = await place.person()
    assert person["status"]["text"] == "Focus until 10:00."
    assert person["events"][0]["subject"].startswith("Focus")


async def test_the_line_at_the_end_and_the_message_before_it_are_in_it_too(place):
    await place.says("/focus eindregel aan")
    await asks(place, "/focus tomorrow 9:00 2h report")
    await place.served.does(
        "book", subject="overleg", start="2026-11-24T10:00:00+00:00", end="2026-11-24T10:30:00+00:00"
    )
    heard = []
    for _ in range(24 * 12):
        await place.passes(minutes=10)
        heard += [said.text for said in place.town.heard(ME)]
        if len(heard) == 2:
            break
    assert "begins at 9:00" in heard[0]
    assert "10:00 to 10:30" in heard[0]
    assert "Your focus time is over" in heard[1]


async def test_another_end_chosen_on_a_journey_is_told_by_the_clock_at_home(place):
    await place.says("/focus 90 geheim")
    await asks(place, "/focus extend 30")
    assert (await place.person())["status"]["text"] == "Focus tot 12:00."


async def test_it_is_kept_with_the_session_and_shown_with_labels(place):
    await asks(place, "/focus 60 report")
    (one,) = await place.sessions()
    assert (one["zone"], one["language"]) == ("Europe/London", "en")
    said = await place.says("/mijngegevens")
    assert "tijdzone: Europe/London" in said.text
    assert "outside" not in said.text
    assert "told" not in said.text


async def test_one_that_was_called_off_is_kept_for_a_day_after_that(place):
    await place.says("/focus 22/12 9:00 60 x")
    card = await place.says("/focus kaart")
    await place.presses(card.button(verb="focus.stop"))
    await place.passes(hours=23)
    assert len(await place.sessions()) == 1
    await place.passes(hours=2)
    assert await place.sessions() == []


async def test_one_whose_block_is_still_there_is_kept_until_that_is_gone(place):
    await place.says("/focus 22/12 9:00 60 x")
    card = await place.says("/focus kaart")
    await place.fails()
    await place.presses(card.button(verb="focus.stop"))
    await place.passes(days=5)
    assert len(await place.sessions()) == 1
    await place.works()
    await place.passes(hours=1)
    assert (await place.person())["events"] == []
    await place.passes(hours=1)
    assert await place.sessions() == []
