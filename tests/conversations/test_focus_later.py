"""What happens to focus time when nobody types: retried, ended, told, and gone; with Teams and the calendar in the twin."""

import pytest

from tests.conversations.focus_steps import ME, OTHER, Place
from tests.conversations.town import Said

START_OF_IT = "/focus 90 bezwaarschrift"
NOTHING = {"preferred": None, "status": None, "events": []}


async def test_what_failed_is_done_by_itself(place: Place) -> None:
    await place.fails()
    await place.says(START_OF_IT)
    await place.passes(seconds=20)
    await place.works()
    assert await place.person() == NOTHING
    await place.passes(minutes=1)
    person = await place.person()
    assert person["preferred"]["availability"] == "DoNotDisturb"
    # The process that heard what it is about has it in memory until then.
    assert person["events"][0]["subject"] == "Focus: bezwaarschrift"


async def test_the_end_takes_the_block_away_and_says_nothing(place: Place) -> None:
    await place.says(START_OF_IT)
    await place.passes(minutes=90)
    assert await place.person() == NOTHING
    assert place.town.heard(ME) == []
    assert (await place.sessions())[0]["due_at"] is None


async def test_one_line_at_the_end_for_whoever_wants_it(place: Place) -> None:
    await place.says("/focus eindregel aan")
    await place.says(START_OF_IT)
    await place.passes(minutes=90)
    assert [said.text for said in place.town.heard(ME)] == ["Je focustijd zit erop."]
    await place.passes(minutes=5)
    assert place.town.heard(ME) == []


async def test_while_microsoft_fails_it_comes_once_too(place: Place) -> None:
    await place.says("/focus eindregel aan")
    await place.says(START_OF_IT)
    await place.fails()
    heard = []
    for _ in range(8):
        await place.passes(minutes=30)
        heard += [said.text for said in place.town.heard(ME)]
    (line,) = heard
    assert "Je focustijd zit erop." in line


async def test_whoever_stopped_it_is_told_no_end(place: Place) -> None:
    await place.says("/focus eindregel aan")
    await place.says(START_OF_IT)
    await place.says("/focus stop")
    await place.passes(minutes=90)
    assert place.town.heard(ME) == []


async def test_one_that_is_planned_begins_by_itself(place: Place) -> None:
    await place.says("/focus morgen 9:00 2u rapport")
    assert (await place.person())["preferred"] is None
    await place.passes(hours=23)
    person = await place.person()
    assert person["preferred"]["availability"] == "DoNotDisturb"
    assert person["status"]["text"].startswith("Focus tot 11:00.")
    assert "rapport" in person["events"][0]["subject"]
    await place.passes(hours=2)
    assert await place.person() == NOTHING


async def test_a_day_later_the_row_is_gone(place: Place) -> None:
    await place.says(START_OF_IT)
    await place.passes(minutes=90)
    await place.passes(hours=24, minutes=1)
    assert await place.sessions() == []


async def test_what_cannot_be_taken_away_is_tried_less_and_less_and_then_counted(place: Place) -> None:
    await place.says(START_OF_IT)
    await place.fails()
    await place.passes(minutes=90)
    tries = []
    for _ in range(20):
        before = (await place.sessions())[0]["attempts"]
        await place.passes(minutes=1)
        tries.append((await place.sessions())[0]["attempts"] - before)
    assert sum(tries[:10]) > sum(tries[10:]) >= 1
    await place.passes(hours=23)
    assert (await place.sessions())[0]["due_at"] is None
    await place.town.store.health.flush()
    assert "focus_left" in await place.kept()


async def test_not_connected_it_is_not_tried_again_and_again(unconnected: Place) -> None:
    await unconnected.says(START_OF_IT)
    await unconnected.served.own("DELETE", "/_twin/journal")
    for _ in range(10):
        await unconnected.passes(minutes=1)
    _, told = await unconnected.served.own("GET", "/_twin/journal")
    assert [one["path"] for one in told["value"] if "GetToken" in one["path"]] == []
    await unconnected.passes(minutes=80)
    assert (await unconnected.sessions())[0]["due_at"] is None


async def test_whoever_stops_samen_has_nothing_of_it_left(place: Place) -> None:
    await place.says(START_OF_IT)
    await place.says("/focus morgen 9:00 2u rapport")
    await place.says("/stop")
    await place.passes(seconds=1)
    assert await place.person() == NOTHING


async def test_whoever_is_forgotten_has_nothing_of_it_left(place: Place) -> None:
    await place.says(START_OF_IT)
    await place.says("/focus morgen 9:00 2u rapport")
    await place.says("/vergeet")
    assert await place.person() == NOTHING
    assert await place.sessions() == []
    assert ME.user_id not in await place.kept()


@pytest.mark.parametrize("typed", ["/vergeet", "/stop"])
async def test_a_block_that_cannot_be_taken_away_is_told(place: Place, typed: str) -> None:
    """While Microsoft fails: the block stays, its owner can delete it, and the rest ends by itself."""
    await place.says(START_OF_IT)
    await place.says("/focus morgen 9:00 2u rapport")
    await place.fails()
    told = (await place.says(typed)).text
    assert "het blok van 10:00 tot 11:30" in told
    assert "het blok van morgen 9:00 tot 11:00" in told
    assert told.count("zelf verwijderen") == 2
    assert "eindigen vanzelf om 11:30" in told
    assert ("Ik blijf het proberen" in told) is (typed == "/stop")
    assert len((await place.person())["events"]) == 2


@pytest.mark.parametrize("typed", ["/vergeet", "/stop"])
@pytest.mark.parametrize("kind", ["unavailable", "dropped"])
async def test_what_nobody_knows_of_is_told_so(place: Place, typed: str, kind: str) -> None:
    """Asked to take the block away Microsoft fails or hangs up: it may stand there still, or be gone."""
    await place.says(START_OF_IT)
    await place.fails(kind=kind, method="DELETE")
    told = (await place.says(typed)).text
    assert "Ik weet niet of het blok van 10:00 tot 11:30 uit je agenda weg is" in told
    assert "eindigen vanzelf" not in told  # that is gone


@pytest.mark.parametrize("typed", ["/vergeet", "/stop"])
async def test_with_nothing_left_there_is_nothing_to_tell(place: Place, typed: str) -> None:
    await place.says(START_OF_IT)
    told = (await place.says(typed)).text
    assert await place.person() == NOTHING
    assert "het blok van" not in told
    assert "eindigen" not in told


async def test_what_can_wait_waits_until_the_end(place: Place) -> None:
    await place.says(START_OF_IT)
    await place.says("/vandaag elke dag 10:30")
    await place.passes(minutes=31)
    assert place.town.heard(ME) == []
    await place.passes(minutes=60)
    assert len(place.town.heard(ME)) == 1
    assert place.town.heard(OTHER) == []


async def test_my_data_tells_them_in_order_and_in_words(place: Place) -> None:
    """No name of a column, nothing that is only Samen's own; what Samen left alone is said to be left as it is."""
    await place.served.does("say", text="Op kantoor")
    for text in ("/focus vr 14:00 60", "/focus morgen 9:00 2u", START_OF_IT):
        await place.says(text)
    (told,) = [said.text for said in await _my_data(place) if "Je focustijden" in said.text]
    lines = [line for line in told.partition("Je focustijden")[2].splitlines() if "begint om" in line]
    begun = [line.partition("begint om: ")[2].partition(" \u00b7")[0] for line in lines]
    assert begun == ["23 nov 2026 10:00", "24 nov 2026 09:00", "27 nov 2026 14:00"]
    assert "statusbericht: niet van Samen, blijft zoals het is" in lines[0]
    assert "mag buiten je werktijd: nee" in lines[0]
    for raw in ("outside", "told", "called_off", "van jezelf"):
        assert raw not in told


async def test_my_data_says_why_samen_called_it_off(place: Place) -> None:
    await place.says("/focus morgen 9:00 2u")
    (event,) = (await place.person())["events"]
    await place.served.does("delete", event=event["id"])
    await place.passes(hours=23, minutes=30)
    told = "".join(said.text for said in await _my_data(place))
    assert "afgezegd: je haalde het blok uit je agenda" in told


async def _my_data(place: Place) -> list[Said]:
    await place.says("/mijngegevens")
    return place.town.heard(ME)


async def test_privacy_names_who_keeps_the_sign_in(place: Place) -> None:
    told = (await place.says("/privacy alles")).text
    assert "bewaart de tokenservice van Microsoft die aanmelding, ik niet. Typ /afmelden" in told
