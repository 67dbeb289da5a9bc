"""Focus time that is planned: its owner's own plan, and the word that means what is under way; with Teams and the calendar in the twin."""

from tests.conversations.focus_steps import NOTHING, PLANNED, Place, at, block, meets, until

# Its owner's plan.


async def test_a_day_part_that_is_off_by_then_calls_it_off(place: Place) -> None:
    said = await place.says("/focus morgen 9:00 60")
    await meets(place, "2026-11-24T08:30:00+00:00", "2026-11-24T08:45:00+00:00")
    await place.says("/waar morgen vrij")
    assert await until(place, 23 * 60) == []
    person = await place.person()
    assert (person["preferred"], person["status"]) == (None, None)
    assert [event["subject"] for event in person["events"]] == ["Overleg Vermeulen"]
    said = await place.presses(said.button(verb="focus.show"))
    assert "dat je dan niet werkt" in said.text


async def test_the_other_day_part_off_it_begins(place: Place) -> None:
    await place.says("/focus morgen 9:00 60")
    await place.says("/waar morgenmiddag vrij")
    await until(place, 23 * 60)
    assert (await place.person())["preferred"]["availability"] == "DoNotDisturb"


async def test_off_when_it_was_agreed_to_it_holds(place: Place) -> None:
    await place.says("/waar morgen vrij")
    said = await place.says("/focus morgen 9:00 60")
    await place.presses(said.button(verb="focus.start", sure=True))
    await until(place, 23 * 60)
    assert (await place.person())["preferred"]["availability"] == "DoNotDisturb"


async def test_off_once_it_began_it_goes_on(place: Place) -> None:
    await place.says(PLANNED)
    await until(place, 181)
    await place.says("/waar vandaag vrij")
    await until(place, 30)
    assert (await place.person())["preferred"]["availability"] == "DoNotDisturb"


# A word means what is under way.


async def test_stop_with_only_a_planned_one_calls_nothing_off(place: Place) -> None:
    await place.says(PLANNED)
    said = await place.says("/focus stop")
    assert "Er is nu niets bezig" in said.text
    assert len((await place.person())["events"]) == 1
    said = await place.presses(said.button(verb="focus.stop"))
    assert "Afgezegd" in said.text
    assert await place.person() == NOTHING


async def test_stop_with_one_under_way_leaves_the_planned_one(place: Place) -> None:
    await place.says(PLANNED)
    await place.says("/focus 50")
    await place.says("/focus stop")
    assert (await place.person())["preferred"] is None
    assert (await block(place))["start"] == at(12)
