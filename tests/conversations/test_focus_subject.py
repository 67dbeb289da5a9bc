"""What a focus time is about, until its owner's own calendar can have it: remembered for a moment, kept nowhere."""

from tests.conversations.focus_steps import Place

SUBJECT = "bezwaarschrift Vermeulen"
START_OF_IT = f"/focus 90 {SUBJECT}"


async def called(place: Place) -> str:
    (event,) = (await place.person())["events"]
    return str(event["subject"])


async def test_whoever_signs_in_after_it_finds_it_in_the_calendar(unconnected: Place) -> None:
    await unconnected.says(START_OF_IT)
    assert "Vermeulen" not in await unconnected.kept()
    assert await unconnected.signs_in() == 200
    assert await called(unconnected) == f"Focus: {SUBJECT}"


async def test_after_twenty_minutes_it_is_forgotten(unconnected: Place) -> None:
    await unconnected.says(START_OF_IT)
    await unconnected.passes(minutes=21)
    assert await unconnected.signs_in() == 200
    assert await called(unconnected) == "Focustijd"


async def test_where_microsoft_failed_it_is_there_with_the_next_try(place: Place) -> None:
    await place.fails()
    said = await place.says(START_OF_IT)
    await place.works()
    await place.presses(said.button(verb="focus.retry"))
    assert await called(place) == f"Focus: {SUBJECT}"


async def test_stopped_before_it_could_be_made_it_is_forgotten(unconnected: Place) -> None:
    await unconnected.says(START_OF_IT)
    await unconnected.says("/focus stop")
    assert unconnected.town.services.focusing._names._names == {}
