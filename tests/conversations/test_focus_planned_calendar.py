"""Focus time that is planned: its owner takes its block out of the calendar, or changes it there; with Teams and the calendar in the twin."""

import pytest

from tests.conversations.focus_steps import NOTHING, PLANNED, Place, at, block, until


async def test_taken_out_of_the_calendar_it_is_called_off(place: Place) -> None:
    said = await place.says(PLANNED)
    await place.served.does("delete", event=(await block(place))["id"])
    assert await until(place, 190) == []
    assert await place.person() == NOTHING
    said = await place.presses(said.button(verb="focus.show"))
    assert "Afgezegd" in said.text
    assert "haalde het blok uit je agenda" in said.text
    assert "Niet storen" not in said.text


async def test_taken_out_after_the_look_it_is_called_off_too(place: Place) -> None:
    said = await place.says(PLANNED)
    await until(place, 170)
    await place.served.does("delete", event=(await block(place))["id"])
    assert await until(place, 20) == []
    assert await place.person() == NOTHING
    said = await place.presses(said.button(verb="focus.show"))
    assert "Afgezegd\n\n13:00 tot 14:00" in said.text  # it never began, so it did not last


async def test_taken_out_once_it_began_it_goes_on(place: Place) -> None:
    await place.says(PLANNED)
    await until(place, 181)
    await place.served.does("delete", event=(await block(place))["id"])
    said = await place.says("/focus kaart")
    assert "Focus tot 14:00" in said.text
    person = await place.person()
    assert person["preferred"]["availability"] == "DoNotDisturb"
    assert person["events"] == []


async def test_moved_it_follows_when_it_is_opened(place: Place) -> None:
    said = await place.says(PLANNED)
    await place.served.does("edit", event=(await block(place))["id"], start=at(14), end=at(15, 30))
    said = await place.presses(said.button(verb="focus.show"))
    assert "van 15:00 tot 16:30" in said.text
    assert "Agenda: privéblok van 15:00 tot 16:30" in said.text
    assert await until(place, 190) == []
    assert (await place.person())["preferred"] is None
    await until(place, 111)
    person = await place.person()
    assert person["status"]["text"].startswith("Focus tot 16:30.")
    await place.says("/focus stop")
    assert await place.person() == NOTHING


async def test_moved_it_follows_when_it_is_looked_at(place: Place) -> None:
    await place.says(PLANNED)
    await place.served.does("edit", event=(await block(place))["id"], start=at(12, 30), end=at(13, 30))
    await until(place, 181)
    assert (await place.person())["preferred"] is None
    await until(place, 30)
    assert (await place.person())["status"]["text"].startswith("Focus tot 14:30.")


async def test_moved_to_where_it_is_under_way_it_begins(place: Place) -> None:
    said = await place.says(PLANNED)
    await until(place, 60)
    await place.served.does("edit", event=(await block(place))["id"], start=at(9, 50), end=at(11))
    await place.presses(said.button(verb="focus.show"))
    await place.passes(minutes=1)
    assert (await place.person())["status"]["text"].startswith("Focus tot 12:00.")
    assert [one["presence_hold"] for one in await place.sessions()] == ["ours"]


async def test_moved_over_another_one_it_still_follows(place: Place) -> None:
    await place.says("/focus 15:00 60")
    said = await place.says(PLANNED)
    mine = next(event for event in (await place.person())["events"] if event["start"] == at(12))
    await place.served.does("edit", event=mine["id"], start=at(14, 30), end=at(15, 30))
    said = await place.presses(said.button(verb="focus.show"))
    assert "van 15:30 tot 16:30" in said.text


@pytest.mark.parametrize(("start", "end"), [(at(13), at(13, 5)), (at(13), at(18)), (at(7), at(8))])
async def test_moved_to_where_none_can_be_it_is_called_off(place: Place, start: str, end: str) -> None:
    said = await place.says(PLANNED)
    await place.served.does("edit", event=(await block(place))["id"], start=start, end=end)
    said = await place.presses(said.button(verb="focus.show"))
    assert "Afgezegd" in said.text
    assert "die niet kan" in said.text
    assert (await block(place))["start"] == start  # theirs


@pytest.mark.parametrize("change", [{"subject": "Rapport met Bart"}, {"showAs": "free"}, {"sensitivity": "normal"}])
async def test_changed_otherwise_it_stays(place: Place, change: dict[str, str]) -> None:
    await place.says(PLANNED)
    await place.served.does("edit", event=(await block(place))["id"], **change)
    own = await block(place)
    await until(place, 181)
    assert (await place.person())["preferred"]["availability"] == "DoNotDisturb"
    await place.says("/focus stop")
    assert await block(place) == own


async def test_another_subject_and_then_taken_out_it_is_called_off(place: Place) -> None:
    said = await place.says(PLANNED)
    await place.served.does("edit", event=(await block(place))["id"], subject="Rapport met Bart")
    await place.presses(said.button(verb="focus.show"))
    await place.served.does("delete", event=(await block(place))["id"])
    await until(place, 181)
    assert await place.person() == NOTHING
