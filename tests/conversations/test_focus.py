"""`/focus` as people see it: typed and pressed, with Teams and the calendar in the twin."""

import json
from typing import Any

import pytest
import structlog

from tests.conversations.focus_steps import ME, OTHER, Place
from tests.conversations.town import CHANNEL, Button, Town, personal

SECRET = "bezwaarschrift Vermeulen"
START_OF_IT = "/focus 90 " + SECRET


NOTHING: dict[str, Any] = {"preferred": None, "status": None, "events": []}


async def test_ninety_minutes_for_a_letter(place: Place) -> None:
    said = await place.says(START_OF_IT)
    person = await place.person()
    assert person["preferred"]["availability"] == "DoNotDisturb"
    assert person["status"]["text"].startswith("Focus tot 11:30.")
    (event,) = person["events"]
    assert (event["sensitivity"], event["showAs"]) == ("private", "busy")
    assert SECRET in event["subject"]
    assert "11:30" in said.text
    assert "✓ Teams-status: Niet storen" in said.text
    assert "✓ Agenda" in said.text


async def test_nothing_of_the_subject_is_kept(place: Place) -> None:
    """Not in a row, a job, a log, nor in what Samen says."""
    with structlog.testing.capture_logs() as lines:
        await place.says(START_OF_IT)
        await place.says("/focus")
        await place.passes(minutes=1)
        await place.says("/focus stop")
    left = await place.kept() + str(lines) + json.dumps(place.town.teams.sent())
    assert [word for word in SECRET.split() if word in left] == []


async def test_stopped_early_everything_is_as_it_was(place: Place) -> None:
    await place.says(START_OF_IT)
    await place.passes(minutes=20)
    said = await place.says("/focus stop")
    assert await place.person() == NOTHING
    assert "Gestopt" in said.text


async def test_stopped_by_its_button_twice(place: Place) -> None:
    stop = (await place.says(START_OF_IT)).button(verb="focus.stop")
    first = await place.presses(stop)
    assert await place.person() == NOTHING
    asked = await place.asked()
    assert "Gestopt" in first.text
    assert "Gestopt" in (await place.presses(stop)).text
    assert await place.asked() == asked


async def test_half_an_hour_more(place: Place) -> None:
    said = await place.says(START_OF_IT)
    longer = said.button(verb="focus.extend")
    await place.passes(minutes=10)
    said = await place.presses(longer)
    assert "12:00" in said.text
    person = await place.person()
    assert person["events"][0]["end"].startswith("2026-11-23T11:00")
    assert person["status"]["text"].startswith("Focus tot 12:00.")
    await place.presses(longer)  # pressed again, it ends at the same moment
    assert (await place.person())["events"] == person["events"]


async def test_while_one_is_on_there_is_no_second(place: Place) -> None:
    await place.says(START_OF_IT)
    before = await place.person()
    said = await place.says("/focus 50")
    assert "Je was al bezig" in said.text
    assert await place.person() == before
    shown = await place.says("/focus")
    assert "11:30" in shown.text
    assert len(await place.sessions()) == 1


async def test_what_is_on_already_is_looked_at_as_on_opening_its_card(place: Place) -> None:
    await place.says(START_OF_IT)
    await place.served.does("say", text="Even bellen met Joris")
    await meets(place)
    said = await place.says("/focus 40 zaak")
    assert "Je was al bezig" in said.text
    assert "✓ Statusbericht" not in said.text
    assert "je eigen" in said.text
    assert "11:00" in said.text
    shown = await place.says("/focus kaart")
    without = [line for line in said.text.splitlines() if line and "al bezig" not in line]
    assert without == [line for line in shown.text.splitlines() if line]


async def test_delivered_twice_it_begins_once(place: Place) -> None:
    await place.says(START_OF_IT, id="the-same")
    said = await place.says(START_OF_IT, id="the-same")
    assert len((await place.person())["events"]) == 1
    assert len(await place.sessions()) == 1
    assert "11:30" in said.text


async def test_not_connected_it_holds_inside_samen_and_signing_in_brings_it_in_line(unconnected: Place) -> None:
    place = unconnected
    said = await place.says(START_OF_IT)
    assert "Binnen Samen geldt het wel" in said.text
    assert any("card.oauth" in json.dumps(body) for body in place.town.teams.sent())
    assert await place.person() == NOTHING
    assert await place.signs_in() == 200
    person = await place.person()
    assert person["preferred"]["availability"] == "DoNotDisturb"
    assert "✓ Teams-status: Niet storen" in place.town.heard(ME)[-1].text


async def test_signing_in_is_not_offered_each_time(unconnected: Place) -> None:
    await unconnected.says(START_OF_IT)
    await unconnected.says("/focus")
    said = await unconnected.says("/focus stop")
    offers = [body for body in unconnected.town.teams.sent() if "card.oauth" in json.dumps(body)]
    assert len(offers) == 1
    assert "Gestopt" in said.text


async def test_the_card_connects(unconnected: Place) -> None:
    await unconnected.says(START_OF_IT)
    said = await unconnected.says("/focus")
    before = len(unconnected.town.teams.sent())
    await unconnected.presses(said.button(verb="focus.connect"))
    assert any("card.oauth" in json.dumps(body) for body in unconnected.town.teams.sent()[before:])


async def test_without_graph_it_holds_inside_samen(town: Town) -> None:
    said = await town.says("/focus 50")
    assert "Binnen Samen geldt het wel" in said.text
    assert "card.oauth" not in json.dumps(town.teams.sent())
    said = await town.says("/focus stop")
    assert "Gestopt" in said.text


async def test_outside_working_hours_it_is_asked_once(place: Place) -> None:
    said = await place.says("/focus morgen 20:00 60 " + SECRET)
    assert await place.sessions() == []
    said = await place.presses(said.button(verb="focus.start", sure=True))
    assert "20:00" in said.text
    assert len(await place.sessions()) == 1
    person = await place.person()
    assert SECRET in person["events"][0]["subject"]
    assert person["preferred"] is None


async def test_over_one_that_is_planned_nothing_is_done(place: Place) -> None:
    await place.says("/focus morgen 9:00 2u rapport")
    said = await place.says("/focus morgen 10:00 50")
    assert len(await place.sessions()) == 1
    assert len((await place.person())["events"]) == 1
    assert "9:00" in said.text


async def test_what_is_usual_can_be_set_and_undone(place: Place) -> None:
    said = await place.says("/focus standaard 25")
    assert "Meestal 25 min" in (await place.says("/focus instellingen")).text
    await place.presses(said.button(verb="focus.settings", title="Ongedaan"))
    assert "Meestal 50 min" in (await place.says("/focus instellingen")).text


async def test_no_status_message_where_they_want_none(place: Place) -> None:
    await place.says("/focus statusbericht uit")
    await place.says(START_OF_IT)
    person = await place.person()
    assert person["status"] is None
    assert person["preferred"]["availability"] == "DoNotDisturb"


async def test_another_member_of_the_team_sees_nothing(place: Place) -> None:
    await place.town.says(START_OF_IT, ME, CHANNEL)
    heard = json.dumps(place.town.teams.heard_by(OTHER.channel_user_id))
    assert "11:30" not in heard
    assert "bezwaarschrift" not in heard


async def test_somebody_elses_button_ends_nothing(place: Place) -> None:
    stop = (await place.says(START_OF_IT)).button(verb="focus.stop")
    await place.town.presses(stop, OTHER)
    assert (await place.sessions())[0]["stopped_at"] is None
    assert (await place.person())["preferred"] is not None


async def test_what_fails_at_microsoft_is_told_and_done_later(place: Place) -> None:
    await place.fails()
    said = await place.says(START_OF_IT)
    assert "lukte nog niet" in said.text
    await place.works()
    said = await place.presses(said.button(verb="focus.retry"))
    assert "✓ Teams-status: Niet storen" in said.text
    assert (await place.person())["preferred"]["availability"] == "DoNotDisturb"


async def test_a_colleague_is_told_only_where_it_is_shown(place: Place) -> None:
    """Who shows a team how to be reached shows it that they are in focus, and until when; never what about."""
    await place.says(START_OF_IT)
    name = ME.name.split()[0]
    assert "11:30" not in (await place.town.says(f"/bereik {name}", OTHER, CHANNEL)).text
    await place.town.says("/bereik delen aan", ME, CHANNEL)
    told = (await place.town.says(f"/bereik {name}", OTHER, CHANNEL)).text
    assert "Focustijd tot 11:30" in told
    assert "Vermeulen" not in told
    assert "Leden van" in (await place.says("/focus kaart")).text
    await place.says("/focus stop")
    assert "11:30" not in (await place.town.says(f"/bereik {name}", OTHER, CHANNEL)).text


@pytest.mark.usefixtures("hurried")
async def test_slow_at_microsoft_it_is_busy_first_and_edited_then(place: Place) -> None:
    await place.fails(kind="slow", seconds=0.9)
    said = await place.says(START_OF_IT)
    assert "✓" not in said.text
    await place.town.door.rest()
    assert "✓ Teams-status: Niet storen" in place.town.screen(ME)
    pressed = await place.town.client.press("focus.stop", {}, ME, personal(ME), replyToId=said.id)
    assert "✓" not in json.dumps(pressed.body, ensure_ascii=False)
    await place.town.door.rest()
    assert "✓ Agenda: het blok is weg" in place.town.screen(ME)


async def meets(place: Place) -> None:
    times = {"start": "2026-11-23T10:00:00+00:00", "end": "2026-11-23T10:30:00+00:00"}
    await place.served.does("book", subject="Overleg Vermeulen", **times)


async def own_blocks(place: Place) -> list[tuple[str, str]]:
    """Samen's own in the calendar, from when to when."""
    events = (await place.person())["events"]
    return [(event["start"][:16], event["end"][:16]) for event in events if "Overleg" not in event["subject"]]


async def test_a_meeting_in_it_is_shown_with_a_shorter_one(place: Place) -> None:
    await meets(place)
    said = await place.says("/focus 90")
    assert "11:00 tot 11:30" in said.text
    assert "Vermeulen" not in said.text
    said = await place.presses(said.button(verb="focus.extend", title="Korter"))
    assert "Focus tot 11:00" in said.text
    assert await own_blocks(place) == [("2026-11-23T09:00", "2026-11-23T10:00")]


async def test_or_a_later_one_in_its_place(place: Place) -> None:
    await meets(place)
    said = await place.says("/focus 90")
    await place.presses(said.button(verb="focus.start", title="Later"))
    await place.passes(seconds=1)
    assert (await place.person())["preferred"] is None
    assert await own_blocks(place) == [("2026-11-23T10:30", "2026-11-23T12:00")]


async def test_moved_it_is_about_the_same_and_that_is_kept_nowhere(place: Place) -> None:
    """The subject is read out of the person's own block: "Later", and then "start now"."""
    await meets(place)
    with structlog.testing.capture_logs() as lines:
        said = await place.says(START_OF_IT)
        said = await place.presses(said.button(verb="focus.start", title="Later"))
        await place.passes(seconds=1)
        (event,) = [one for one in (await place.person())["events"] if "Overleg" not in one["subject"]]
        assert (event["subject"], event["start"][:16]) == (f"Focus: {SECRET}", "2026-11-23T10:30")
        await place.presses(said.button(verb="focus.start", title="Nu beginnen"))
        await place.passes(seconds=1)
    (event,) = [one for one in (await place.person())["events"] if "Overleg" not in one["subject"]]
    assert (event["subject"], event["start"][:16]) == (f"Focus: {SECRET}", "2026-11-23T09:00")
    left = await place.kept() + str(lines) + json.dumps(place.town.teams.sent())
    assert [word for word in SECRET.split() if word in left] == []


async def test_moved_while_microsoft_does_not_tell_it_has_no_subject(place: Place) -> None:
    said = await place.says("/focus morgen 9:00 90 " + SECRET)
    await place.fails(method="GET")
    said = await place.presses(said.button(verb="focus.start", title="Nu beginnen"))
    assert "Focus tot 11:30" in said.text
    await place.works()
    await place.passes(minutes=1)
    assert [event["subject"] for event in (await place.person())["events"]] == ["Focustijd"]


async def test_moved_outside_working_hours_it_is_still_the_only_one(place: Place) -> None:
    """Asked back first, it takes the place of the other all the same."""
    said = await place.says("/focus morgen 9:00 90 " + SECRET)
    await place.passes(hours=10)
    asked = await place.presses(said.button(verb="focus.start", title="Nu beginnen"))
    assert "Toch beginnen?" in asked.text
    await place.presses(asked.button(verb="focus.start", sure=True))
    await place.passes(seconds=1)
    assert [event["subject"] for event in (await place.person())["events"]] == [f"Focus: {SECRET}"]


async def test_a_button_disconnects(place: Place) -> None:
    said = await place.presses(Button("", "focus.signout", {}))
    assert "Afgemeld" in said.text
    assert (await place.served.tokens("GET", "GetToken"))[0] == 404
