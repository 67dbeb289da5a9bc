"""What is planned, named by typing: called off, moved, ended at another time; and what Samen called off by itself."""

from typing import Any

import pytest

from tests.conversations.focus_steps import Place
from tests.conversations.town import Said

# It is ten o'clock on Monday 23 November; by UTC it is nine.


async def stands(place: Place) -> list[str]:
    """What is not called off: when it begins and ends, by UTC."""
    rows: list[dict[str, Any]] = [row for row in await place.sessions() if row["stopped_at"] is None]
    spans = [(str(row["starts_at"])[8:16], str(row["ends_at"])[11:16]) for row in rows]
    return sorted(f"{begin}-{end}" for begin, end in spans)


async def two(place: Place) -> None:
    await place.says("/focus 14:00 60 nota")
    await place.says("/focus morgen 9:00 2u rapport")
    assert await stands(place) == ["23 13:00-14:00", "24 08:00-10:00"]


def verbs(said: Said, verb: str) -> list[Any]:
    return [button for button in said.buttons if button.verb == verb]


@pytest.mark.parametrize(
    "typed", ["/focus afzeggen", "/focus annuleer", "/focus afzeggen morgen", "/focus cancel 9:00"]
)
async def test_the_only_one_is_called_off_at_once(place: Place, typed: str) -> None:
    await place.says("/focus morgen 9:00 2u rapport")
    await place.says(typed)
    await place.passes(seconds=1)
    assert (await stands(place), (await place.person())["events"]) == ([], [])


@pytest.mark.parametrize("typed", ["focus afzeggen", "focus afzeggen morgen"])
async def test_without_the_slash_it_is_asked(place: Place, typed: str) -> None:
    await place.says("/focus morgen 9:00 2u rapport")
    said = await place.says(typed)
    assert await stands(place) == ["24 08:00-10:00"]
    (button,) = verbs(said, "focus.stop")
    await place.presses(button)
    assert await stands(place) == []


async def test_of_several_it_is_asked_which(place: Place) -> None:
    await two(place)
    said = await place.says("/focus afzeggen")
    assert len(await stands(place)) == 2
    assert [button.title for button in verbs(said, "focus.stop")] == ["Afzeggen: 14:00", "Afzeggen: morgen 9:00"]
    await place.presses(verbs(said, "focus.stop")[1])
    assert await stands(place) == ["23 13:00-14:00"]


@pytest.mark.parametrize(
    "typed", ["/focus afzeggen morgen", "/focus zeg die van morgenochtend af", "/focus cancel 9:00"]
)
async def test_of_several_the_one_that_is_named(place: Place, typed: str) -> None:
    await two(place)
    await place.says(typed)
    assert await stands(place) == ["23 13:00-14:00"]


async def test_a_day_without_any_calls_nothing_off(place: Place) -> None:
    await place.says("/focus morgen 9:00 2u rapport")
    said = await place.says("/focus afzeggen vrijdag")
    assert await stands(place) == ["24 08:00-10:00"]
    assert len(verbs(said, "focus.stop")) == 1


async def test_with_one_under_way_too_it_is_asked_which(place: Place) -> None:
    await place.says("/focus 90")
    await place.says("/focus morgen 9:00 2u rapport")
    said = await place.says("/focus annuleer")
    assert len(await stands(place)) == 2
    first, second = verbs(said, "focus.stop")
    assert (first.title, second.title) == ("Nu stoppen", "Afzeggen: morgen 9:00")
    await place.presses(first)
    assert await stands(place) == ["24 08:00-10:00"]


async def test_stop_with_only_planned_ones_says_what_to_type(place: Place) -> None:
    await place.says("/focus morgen 9:00 2u rapport")
    said = await place.says("/focus stop")
    assert await stands(place) == ["24 08:00-10:00"]
    assert "/focus afzeggen morgen 9:00" in said.text


async def test_of_several_it_is_asked_which_one_moves(place: Place) -> None:
    await two(place)
    said = await place.says("/focus verplaats naar vrijdag 14:00")
    assert len(await stands(place)) == 2
    await place.presses(verbs(said, "focus.start")[1])
    assert await stands(place) == ["23 13:00-14:00", "27 13:00-15:00"]


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("/focus verplaats morgen 9:00 naar 14:00", ["23 13:00-14:00", "24 13:00-15:00"]),
        ("/focus move 14:00 to now", ["23 09:00-10:00", "24 08:00-10:00"]),
        ("/focus verkort morgen 9:00 tot 10:00", ["23 13:00-14:00", "24 08:00-09:00"]),
        ("/focus verleng 14:00 tot 16:00", ["23 13:00-15:00", "24 08:00-10:00"]),
    ],
)
async def test_the_one_that_is_named_gets_another_time(place: Place, typed: str, left: list[str]) -> None:
    await two(place)
    await place.says(typed)
    assert await stands(place) == left


@pytest.mark.parametrize(
    ("planned", "typed", "left"),
    [
        ("morgen 9:00 2u rapport", "/focus verplaats naar 15:00", ["24 14:00-16:00"]),
        ("morgen 9:00 2u rapport", "/focus move to 3pm", ["24 14:00-16:00"]),
        ("morgen 9:00 2u rapport", "/focus verzet 9:00 naar 15u", ["24 14:00-16:00"]),
        ("morgen 9:00 2u rapport", "/focus verplaats naar vandaag 15:00", ["23 14:00-16:00"]),
        ("14:00 1u rapport", "/focus verplaats naar 15:00", ["23 14:00-15:00"]),
    ],
)
async def test_a_time_alone_is_on_the_day_it_was_planned_for(
    place: Place, planned: str, typed: str, left: list[str]
) -> None:
    await place.says(f"/focus {planned}")
    await place.says(typed)
    assert await stands(place) == left


async def test_of_several_each_moves_on_its_own_day(place: Place) -> None:
    await two(place)
    said = await place.says("/focus verplaats naar 15:00")
    await place.presses(verbs(said, "focus.start")[1])
    assert await stands(place) == ["23 13:00-14:00", "24 14:00-16:00"]


async def test_outside_working_hours_all_the_same_can_be_typed(place: Place) -> None:
    said = await place.says("/focus 20:00 60 nota")
    assert await stands(place) == []
    assert "/focus toch 20:00 1 uur" in said.text
    await place.says("/focus toch 20:00 1 uur")
    assert await stands(place) == ["23 19:00-20:00"]


async def test_what_can_begin_can_be_typed_beside_what_is_planned(place: Place) -> None:
    await place.says("/focus morgen 9:00 2u rapport")
    assert "Focustijd gepland" in (await place.says("/focus kaart")).text
    said = await place.says("/focus nieuw")
    assert "Tijd om ongestoord te werken" in said.text
    assert await stands(place) == ["24 08:00-10:00"]


async def test_what_samen_called_off_is_said_for_a_day(place: Place) -> None:
    await place.says("/focus 14:00 60 nota")
    (event,) = (await place.person())["events"]
    await place.served.does("delete", event=event["id"])
    line = "Je focustijd van 14:00 is afgezegd: je haalde het blok uit je agenda."
    for _ in range(20):
        await place.passes(minutes=15)
    assert await stands(place) == []
    assert line in (await place.says("/focus kaart")).text
    await place.says("/focus morgen 16:00 60")
    assert line in (await place.says("/focus kaart")).text
    await place.passes(hours=25)
    assert "afgezegd" not in (await place.says("/focus kaart")).text


async def test_what_i_called_off_myself_is_not_said(place: Place) -> None:
    await place.says("/focus 14:00 60 nota")
    await place.says("/focus afzeggen")
    assert "afgezegd" not in (await place.says("/focus kaart")).text


async def test_what_i_called_off_myself_did_not_stop(place: Place) -> None:
    said = await place.says("/focus 14:00 60 nota")
    await place.says("/focus afzeggen")
    await place.passes(hours=4, minutes=5)
    said = await place.presses(said.button(verb="focus.show"))
    assert "Afgezegd\n\n14:00 tot 15:00" in said.text


@pytest.mark.parametrize("typed", ["/focus " + "rapport " * 625, "/focus " + "é" * 5000, "/focus 90 " + "x" * 5000])
async def test_a_pasted_text_is_too_long_for_a_subject(place: Place, typed: str) -> None:
    said = await place.says(typed)
    assert "hoogstens 120 tekens" in said.text
    assert await stands(place) == []


async def test_any_other_pasted_text_gets_the_help(place: Place) -> None:
    for typed in ("focus " + "rapport " * 625, "/waar " + "thuis " * 900):
        assert "hoogstens 120 tekens" not in (await place.says(typed)).text
    assert await stands(place) == []
