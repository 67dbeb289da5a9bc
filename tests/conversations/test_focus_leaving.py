"""Whoever leaves, pauses, or is left without the capability: nothing of Samen's stays that nobody can take away any more."""

import pytest

from bot.domain.health import Failure
from tests.conversations.focus_steps import ME, OTHER, made
from tests.conversations.test_lifecycle import happens
from tests.conversations.town import ANOUK, CHANNEL, Button, personal
from tests.fakes.teams_client import BOT

REMOVED = [{"type": "installationUpdate", "action": "remove"}, {"membersRemoved": [BOT]}]
NOTHING = {"preferred": None, "status": None, "events": []}


@pytest.fixture
async def place(sqlite_files, tmp_path):
    async with made(sqlite_files.ready(), tmp_path) as place:
        yield place


async def is_signed_in(place) -> bool:
    return (await place.served.tokens("GET", "GetToken"))[0] == 200


async def under_way_and_planned(place):
    first = await place.says("/focus 90 geheim")
    await place.says("/focus morgen 9:00 2u rapport")
    return first


@pytest.mark.parametrize("event", REMOVED)
async def test_removed_from_ones_own_chat_it_takes_everything_away_and_signs_out(place, event):
    await under_way_and_planned(place)
    await happens(place.town, personal(ME), ME, **event)
    assert await place.person() == NOTHING
    assert not await is_signed_in(place)
    await happens(place.town, personal(ME), ME, **event)
    assert await place.person() == NOTHING


async def test_removed_it_may_come_back_and_a_late_event_ends_nothing_new(place):
    await under_way_and_planned(place)
    event = {"type": "installationUpdate", "action": "remove", "id": "the-same"}
    await happens(place.town, personal(ME), ME, **event)
    await happens(place.town, personal(ME), ME, type="installationUpdate", action="add")
    await place.signs_in()
    await place.says("/focus 90 nieuw")
    await happens(place.town, personal(ME), ME, **event)
    assert [one["subject"] for one in (await place.person())["events"]] == ["Focus: nieuw"]
    assert await is_signed_in(place)


async def test_removed_while_microsoft_fails_what_is_left_is_counted(place):
    await under_way_and_planned(place)
    await place.fails()
    await happens(place.town, personal(ME), ME, type="installationUpdate", action="remove")
    await place.works()
    await place.passes(minutes=1)
    assert (await place.town.services.health.report()).failures[Failure.FOCUS_LEFT] == 2


async def test_signing_out_tells_every_block_that_stays_and_how_to_be_rid_of_it(place):
    await under_way_and_planned(place)
    said = await place.says("/afmelden")
    assert "Deze 2 blokken blijven in je agenda staan" in said.text
    assert "Vandaag 10:00 tot 11:30" in said.text
    assert "Morgen 9:00 tot 11:00" in said.text
    assert len((await place.person())["events"]) == 2
    await place.says("/focus stop")
    await place.signs_in()
    assert [one["subject"] for one in (await place.person())["events"]] == ["Focus: rapport"]


async def test_signing_out_with_nothing_there_speaks_of_no_block(place):
    assert "blok" not in (await place.says("/afmelden")).text


async def test_being_forgotten_signs_out_and_says_so(place):
    await under_way_and_planned(place)
    said = await place.says("/vergeet")
    assert await place.person() == NOTHING
    assert not await is_signed_in(place)
    assert "niet meer verbonden met jouw Microsoft 365" in said.text
    assert "Microsoft 365" not in (await place.says("/vergeet")).text


async def test_being_forgotten_where_the_token_service_fails_says_how_to_undo_it(place):
    await place.says("/focus 90 geheim")
    await place.fails(path="/api/usertoken/*")
    said = await place.says("/vergeet")
    assert "Typ later /afmelden" in said.text
    await place.works()
    await place.says("/afmelden")
    assert not await is_signed_in(place)


async def test_a_pause_calls_off_what_is_planned_for_it_and_says_so(place):
    await place.says("/focus morgen 9:00 2u rapport")
    await place.says("/focus 22/12 9:00 60 later")
    said = await place.says("/pauze 2 weken")
    assert "gaat niet door: morgen 9:00 tot 11:00" in said.text
    await place.passes(minutes=1)
    await place.passes(hours=23)
    person = await place.person()
    assert (person["preferred"], person["status"]) == (None, None)
    assert [one["subject"] for one in person["events"]] == ["Focus: later"]


async def test_a_pause_leaves_what_is_under_way_and_says_so_and_a_new_one_works(place):
    await place.says("/focus 90 geheim")
    said = await place.says("/pauze 2 weken")
    assert "loopt door tot 11:30" in said.text
    assert "/focus stop" in said.text
    assert (await place.person())["preferred"]
    await place.says("/focus stop")
    await place.says("/focus morgen 9:00 60 toch")
    await place.passes(hours=23, minutes=10)
    assert (await place.person())["preferred"]["availability"] == "DoNotDisturb"


async def test_switched_off_by_the_organisation_everything_ends_within_a_minute(place):
    first = await under_way_and_planned(place)
    await place.town.says("/beheer uit focus", ANOUK)
    await place.passes(minutes=1)
    assert await place.person() == NOTHING
    said = await place.presses(first.button(verb="focus.stop"))
    assert "Je organisatie zette focustijd uit" in said.text
    assert "Je organisatie zette focustijd uit" in (await place.says("/focus stop")).text
    assert {one["called_off"] for one in await place.sessions()} == {"off"}


async def test_switched_off_one_can_still_stop_and_sign_out_but_not_begin(place):
    first = await under_way_and_planned(place)
    await place.town.says("/beheer uit focus", ANOUK)
    assert "Gestopt" in (await place.says("/focus stop")).text
    assert (await place.person())["preferred"] is None
    assert "uit" in (await place.says("/focus 30")).text
    assert len(await place.sessions()) == 2
    assert "Gestopt" in (await place.presses(first.button(verb="focus.stop"))).text
    await place.presses(Button("", "focus.signout", {}))
    assert not await is_signed_in(place)


async def test_switched_off_nobody_ends_anothers(place):
    first = await under_way_and_planned(place)
    await place.town.says("/beheer uit focus", ANOUK)
    await place.town.presses(first.button(verb="focus.stop"), OTHER)
    assert (await place.person())["preferred"]


async def test_the_status_message_has_the_urgent_rule_only_where_a_team_may_know_it(place):
    await place.says("/bereik spoed bel")
    said = await place.says("/focus 90 geheim")
    assert (await place.person())["status"]["text"] == "Focus tot 11:30."
    assert "Iedereen in je organisatie kan dit in Teams zien" in said.text
    assert "‘Focus tot 11:30.’" in said.text
    await place.says("/focus stop")
    await place.town.says("/bereik delen aan", ME, CHANNEL)
    said = await place.says("/focus 90 geheim")
    assert (await place.person())["status"]["text"] == "Focus tot 11:30. Spoed: bellen."
    assert "‘Focus tot 11:30. Spoed: bellen.’" in said.text


@pytest.mark.parametrize("before", ["/beheer uit bereik", "/pauze 2 weken"])
async def test_the_urgent_rule_is_public_no_more_once_it_is_shown_to_nobody(place, before):
    await place.says("/bereik spoed bel")
    await place.town.says("/bereik delen aan", ME, CHANNEL)
    await (place.town.says(before, ANOUK) if "beheer" in before else place.says(before))
    await place.says("/focus 90 geheim")
    assert (await place.person())["status"]["text"] == "Focus tot 11:30."


async def test_what_a_job_writes_of_a_planned_one_goes_by_the_same_rules(place):
    await place.says("/bereik spoed bel")
    said = await place.says("/focus morgen 9:00 2u rapport")
    assert "‘Focus tot 11:00.’" in said.text
    await place.passes(hours=23, minutes=10)
    assert (await place.person())["status"]["text"] == "Focus tot 11:00."
