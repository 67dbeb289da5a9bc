"""What is typed about focus time without `/focus`, and what has a button and can be typed as well."""

import json
from typing import Any

import pytest

from tests.conversations.focus_steps import Place

NOTHING: dict[str, Any] = {"preferred": None, "status": None, "events": []}


STOPPED = ("stop", "Stop!", "stoppen", "stop focus", "stop de focus", "einde focus", "stop mijn focustijd", "end focus")
ENDED = ("stop ermee", "stop er mee", "Stop it", "stop nu")


@pytest.mark.parametrize("typed", [*STOPPED, *ENDED])
async def test_without_its_word_stop_means_what_is_under_way(place: Place, typed: str) -> None:
    await place.says("/focus 90 nota")
    await place.says(typed)
    assert (await place.sessions())[0]["stopped_at"]
    assert await place.person() == NOTHING


@pytest.mark.parametrize("typed", ["stop", *ENDED])
async def test_with_nothing_under_way_a_bare_stop_asks(place: Place, typed: str) -> None:
    await place.says("/focus morgen 9:00 2u")
    said = await place.says(typed)
    assert said.button(verb="stop.now")
    assert (await place.sessions())[0]["stopped_at"] is None


async def test_with_its_slash_stop_is_all_of_samen(place: Place) -> None:
    await place.says("/focus 90 nota")
    await place.says("/stop")
    assert '"stopped": true' in await place.kept() or "'stopped': True" in await place.kept()


async def test_with_its_slash_and_more_it_still_asks_about_samen(place: Place) -> None:
    await place.says("/focus 90 nota")
    said = await place.says("/stop focus")
    assert said.button(verb="stop.now")
    assert (await place.sessions())[0]["stopped_at"] is None


async def test_another_end_is_no_end_now(place: Place) -> None:
    await place.says("/focus 90")
    await place.says("/focus stop om 11:00")
    (session,) = await place.sessions()
    assert (session["stopped_at"], str(session["ends_at"])[11:16]) == (None, "10:00")


@pytest.mark.parametrize(
    ("typed", "minutes"), [("start focus", 50), ("start focus 90", 90), ("start mijn focustijd", 50)]
)
async def test_it_starts_without_its_slash(place: Place, typed: str, minutes: int) -> None:
    await place.says(typed)
    (session,) = await place.sessions()
    assert (session["ends_at"] - session["starts_at"]).total_seconds() == minutes * 60


@pytest.mark.parametrize(
    "typed",
    ["/focus aanmelden", "/focus verbind microsoft 365", "/aanmelden", "aanmelden", "/focus sign in", "Sign in"],
)
async def test_connecting_can_be_typed(unconnected: Place, typed: str) -> None:
    await unconnected.says(typed)
    assert sum("card.oauth" in json.dumps(body) for body in unconnected.town.teams.sent()) == 1
    assert await unconnected.sessions() == []


@pytest.mark.parametrize("typed", ["/focus opnieuw proberen", "/focus try again"])
async def test_what_is_left_of_one_that_is_over_can_be_tried_again(place: Place, typed: str) -> None:
    await place.says("/focus 90 nota")
    await place.fails()
    await place.says("/focus stop")
    assert await place.person() != NOTHING
    await place.works()
    await place.says(typed)
    assert await place.person() == NOTHING


@pytest.mark.parametrize(
    ("typed", "offered", "left"),
    [
        ("mrgen 11:00 2u rapport", 0, "2026-11-23 10:00"),
        ("mrgen 11:00 2u rapport", 1, "2026-11-24 10:00"),
        ("tommorow 11:00 2h report", 2, "2026-11-23 09:00"),
    ],
)
async def test_a_day_with_a_slip_in_it_starts_nothing_unasked(
    place: Place, typed: str, offered: int, left: str
) -> None:
    said = await place.says(f"/focus {typed}")
    assert await place.sessions() == []
    offers = [button for button in said.buttons if button.verb == "focus.start"]
    await place.presses(offers[offered])
    (session,) = await place.sessions()
    assert str(session["starts_at"])[:16] == left
    assert (typed in str((await place.person())["events"])) is (offered == 2)


async def test_what_is_planned_is_moved(place: Place) -> None:
    await place.says("/focus bereikbaar morgen 9:00 2u rapport")
    await place.says("/focus verplaats naar morgen 14:00")
    (one,) = [one for one in await place.sessions() if one["stopped_at"] is None]
    assert [str(one[name])[:16] for name in ("starts_at", "ends_at")] == ["2026-11-24 13:00", "2026-11-24 15:00"]
    assert one["mode"] == "reachable"
    await place.passes(minutes=1)
    assert ["rapport" in event["subject"] for event in (await place.person())["events"]] == [True]


async def test_what_is_planned_today_starts_now(place: Place) -> None:
    await place.says("/focus 14:00 2u rapport")
    await place.says("/focus start nu")
    (one,) = [one for one in await place.sessions() if one["stopped_at"] is None]
    assert (one["ends_at"] - one["starts_at"]).total_seconds() == 120 * 60
    assert str(one["starts_at"])[:16] == "2026-11-23 09:00"


async def test_what_is_planned_tomorrow_stays_there(place: Place) -> None:
    await place.says("/focus morgen 9:00 2u rapport")
    await place.says("/focus start nu")
    assert len([one for one in await place.sessions() if one["stopped_at"] is None]) == 2
