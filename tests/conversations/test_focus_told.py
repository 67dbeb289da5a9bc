"""What the card of a focus time tells is what stands in Teams and the calendar, and nothing more."""

from tests.conversations.focus_steps import ME, Place

START_OF_IT = "/focus 90 bezwaarschrift"
GOOD_TO_KNOW = "Goed om te weten"


async def test_what_could_not_be_lengthened_is_not_told_as_done(place: Place) -> None:
    said = await place.says(START_OF_IT)
    assert "✓ Teams-status: Niet storen tot 11:30" in said.text
    await place.fails()
    said = await place.presses(said.button(verb="focus.extend"))
    assert "12:00" in said.text
    assert "✓" not in said.text
    await place.works()
    said = await place.presses(said.button(verb="focus.retry"))
    assert "✓ Teams-status: Niet storen tot 12:00" in said.text


async def test_whoever_connects_reads_what_is_good_to_know_then(unconnected: Place) -> None:
    assert GOOD_TO_KNOW not in (await unconnected.says(START_OF_IT)).text
    await unconnected.signs_in()
    assert GOOD_TO_KNOW in "\n".join(said.text for said in unconnected.town.heard(ME))
    assert GOOD_TO_KNOW not in (await unconnected.says("/focus kaart")).text


async def test_of_one_that_was_moved_the_old_one_is_no_longer_planned(place: Place) -> None:
    await place.says("/focus morgen 9:00 2u rapport")
    said = await place.says("/focus verplaats naar morgen 14:00")
    assert "14:00 tot 16:00" in said.text
    assert "9:00" not in said.text.partition("Of typ")[0]


async def test_of_one_that_never_reached_microsoft_nothing_of_teams_is_promised(unconnected: Place) -> None:
    await unconnected.says("/focus morgen 10:00 25")
    said = await unconnected.says("/focus morgen 9:00 2u")
    assert "nog niet verbonden" in said.text
    assert "Agenda" not in said.text


async def test_stopped_early_it_lasted_until_then(place: Place) -> None:
    await place.says(START_OF_IT)
    await place.passes(minutes=20)
    assert "10:00 tot 10:20" in (await place.says("/focus stop")).text
