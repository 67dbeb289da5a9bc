"""Focus sessions against the twin of Graph: brought in line, and what is the person's own is left alone."""

from datetime import timedelta

import pytest

from bot.domain.focus.session import Hold, Mode
from tests.graph.sandbox.served import START
from tests.services.house import END, MINUTE, House


async def test_a_focus_session_stands_in_teams_and_the_calendar(house: House):
    await house.begin()
    await house.settle()
    person = await house.person()
    assert person["preferred"]["availability"] == "DoNotDisturb"
    assert person["status"]["text"] == "Focus tot 11:30."
    (event,) = person["events"]
    assert (event["subject"], event["showAs"]) == ("bezwaarschrift", "busy")


async def test_its_normal_end_needs_no_call_for_presence_and_status(house: House):
    before = await house.person()
    await house.begin()
    await house.settle()
    house.passes(90 * MINUTE)
    await house.served.own("DELETE", "/_twin/journal")
    session = await house.settle()
    asked = [(one["method"], one["path"].split("/")[-1][:8]) for one in await house.journal()]
    assert [method for method, _ in asked if method != "GET"] == ["DELETE"]
    assert session.is_clean()
    assert await house.person() == before


async def test_stopped_early_everything_is_as_it_was(house: House):
    before = await house.person()
    await house.begin(mode=Mode.REACHABLE)
    await house.settle()
    house.passes(20 * MINUTE)
    await house.change(stopped_at=house.clock.now())
    assert (await house.settle()).is_clean()
    assert await house.person() == before


async def test_looked_at_again_nothing_is_asked(house: House):
    """Also where it began halfway a second, which no calendar keeps."""
    house.passes(timedelta(milliseconds=700))
    await house.begin()
    await house.settle()
    house.passes(MINUTE)
    await house.served.own("DELETE", "/_twin/journal")
    await house.settle()
    assert {one["method"] for one in await house.journal()} == {"GET"}


async def test_a_status_message_of_their_own_stays_and_samen_sets_none(house: House):
    await house.served.does("say", text="Bel de centrale")
    await house.begin()
    await house.settle()
    assert (await house.person())["status"]["text"] == "Bel de centrale"
    await house.change(stopped_at=house.clock.now())
    await house.settle()
    assert (await house.person())["status"]["text"] == "Bel de centrale"


async def test_do_not_disturb_of_their_own_is_left_alone(house: House):
    await house.served.does("prefer", availability="DoNotDisturb")
    before = (await house.person())["preferred"]
    await house.begin()
    session = await house.settle()
    assert session.presence.hold is Hold.THEIRS
    await house.change(stopped_at=house.clock.now())
    await house.settle()
    assert (await house.person())["preferred"] == before


OWN_CHANGES = {
    "another presence": ("preferred", {"act": "prefer", "availability": "Away"}),
    "another status message": ("status", {"act": "say", "text": "Tot zo"}),
    "another subject": ("events", {"act": "edit", "subject": "Bezwaarschrift, met Bart"}),
    "another time": ("events", {"act": "edit", "start": (START + 5 * MINUTE).isoformat()}),
    "open to all": ("events", {"act": "edit", "sensitivity": "normal"}),
}


@pytest.mark.parametrize("change", OWN_CHANGES)
@pytest.mark.parametrize("extended", [False, True])
async def test_what_they_change_meanwhile_is_theirs(house: House, change: str, extended: bool):
    part, act = OWN_CHANGES[change]
    act = dict(act)
    await house.begin()
    session = await house.settle()
    if part == "events":
        act["event"] = session.block.what
    await house.served.does(act.pop("act"), **act)
    own = (await house.person())[part]
    if extended:
        await house.change(ends_at=END + 30 * MINUTE)
        await house.settle()
        assert (await house.person())[part] == own
    await house.change(stopped_at=house.clock.now())
    assert (await house.settle()).is_clean()
    assert (await house.person())[part] == own


async def test_a_block_they_take_out_of_their_calendar_does_not_come_back(house: House):
    await house.begin()
    session = await house.settle()
    await house.served.does("delete", event=session.block.what)
    await house.change(ends_at=END + 30 * MINUTE)
    await house.settle()
    assert (await house.person())["events"] == []


@pytest.mark.parametrize("how", ["subject", "category"])
async def test_focus_time_that_they_booked_themselves_is_not_booked_twice(house: House, how: str):
    words = {"subject": "Focustijd"} if how == "subject" else {"subject": "Rapport", "categories": ["Focus time"]}
    await house.served.does("book", start=START.isoformat(), end=END.isoformat(), **words)
    await house.begin()
    session = await house.settle()
    assert session.block.hold is Hold.THEIRS
    assert len((await house.person())["events"]) == 1
