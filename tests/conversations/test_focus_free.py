"""What `/focus kaart` offers while nothing is on: free times of today, out of the person's own calendar in the twin."""

from tests.conversations.focus_steps import Place
from tests.conversations.town import Said

CARD = "/focus kaart"


def offered(said: Said) -> list[str]:
    """The times of the buttons that begin later today; it is 10:00."""
    return [button.title for button in said.buttons if button.verb == "focus.start" and "at" in button.data]


async def books(place: Place, start: str, end: str, **more: object) -> None:
    times = {"start": f"2026-11-23T{start}:00+01:00", "end": f"2026-11-23T{end}:00+01:00"}
    await place.served.does("book", subject="Overleg Vermeulen", **times, **more)


async def test_three_free_times_of_today_and_none_over_a_meeting(place: Place) -> None:
    assert offered(await place.says(CARD)) == ["10:30", "11:30", "12:30"]
    await books(place, "11:00", "12:00")
    await books(place, "14:00", "14:30", show_as="free")
    said = await place.says(CARD)
    assert offered(said) == ["12:00", "13:00", "14:00"]
    assert "Vermeulen" not in said.text


async def test_none_over_what_is_planned(place: Place) -> None:
    await place.says("/focus 10:45 60")
    said = await place.presses(
        next(b for b in (await place.says("/focus instellingen")).buttons if b.verb == "focus.show")
    )
    assert offered(said) == ["12:00", "13:00", "14:00"]


async def test_a_free_time_begins_then(place: Place) -> None:
    said = await place.says(CARD)
    said = await place.presses(said.button(verb="focus.start", title="11:30"))
    assert "11:30 tot 12:20" in said.text
    assert (await place.person())["preferred"] is None
    assert [event["start"][:16] for event in (await place.person())["events"]] == ["2026-11-23T10:30"]


async def test_no_time_outside_working_hours(place: Place) -> None:
    """Their own plan's, and those that Outlook knows."""
    await place.says("/waar maandagmiddag vrij")
    assert offered(await place.says(CARD)) == ["10:30", "11:30"]
    await place.passes(hours=7, minutes=10)
    assert offered(await place.says(CARD)) == []


async def test_no_time_outside_the_hours_that_outlook_knows(place: Place) -> None:
    await place.served.does("working_hours", start="12:00:00", end="14:00:00", days=["monday"])
    assert offered(await place.says(CARD)) == ["12:00", "13:00"]
    await place.served.does("working_hours", start="09:00:00", end="17:00:00", days=["tuesday"])
    assert offered(await place.says(CARD)) == []


async def test_a_day_that_is_taken_whole_has_none(place: Place) -> None:
    await books(place, "00:00", "23:59", show_as="oof")
    said = await place.says(CARD)
    assert offered(said) == []
    assert said.button(verb="focus.start", title="50 min")


async def test_not_connected_there_are_the_usual_lengths(unconnected: Place) -> None:
    said = await unconnected.says(CARD)
    assert offered(said) == []
    assert said.button(verb="focus.start", title="50 min")
    assert said.button(verb="focus.connect")


async def test_without_an_answer_of_microsoft_there_are_the_usual_lengths(place: Place) -> None:
    await place.fails()
    said = await place.says(CARD)
    assert offered(said) == []
    assert said.button(verb="focus.start", title="50 min")


async def test_only_who_opens_it_has_their_calendar_read(place: Place) -> None:
    await place.says(CARD)
    await place.served.own("DELETE", "/_twin/journal")
    await place.passes(minutes=5)
    _, told = await place.served.own("GET", "/_twin/journal")
    assert [one["path"] for one in told["value"] if "calendarView" in one["path"]] == []
    assert "Vermeulen" not in await place.kept()
