"""Focus time that is planned, and what becomes of it before it begins; with Teams and the calendar in the twin."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from bot.commands.focus.before import MEETING, meeting
from bot.domain.health import Failure
from bot.outgoing import Delivery, Receiver
from tests.conversations.focus_steps import ME, Place, made
from tests.conversations.town import TODAY, Said

# It is ten o'clock on Monday 23 November; by UTC it is nine.
PLANNED = "/focus 13:00 60 rapport Vermeulen"
NOTHING: dict[str, Any] = {"preferred": None, "status": None, "events": []}


@pytest.fixture
async def place(sqlite_files, tmp_path: Path) -> AsyncIterator[Place]:
    async with made(sqlite_files.ready(), tmp_path) as place:
        yield place


@pytest.fixture
async def unconnected(sqlite_files, tmp_path: Path) -> AsyncIterator[Place]:
    async with made(sqlite_files.ready(), tmp_path, "signed_out") as place:
        yield place


def at(hour: int, minute: int = 0) -> str:
    """A time of that day, by UTC: an hour earlier than in Amsterdam."""
    return f"2026-11-23T{hour:02}:{minute:02}:00+00:00"


async def meets(place: Place, start: str = at(12, 30), end: str = at(12, 50)) -> str:
    """Somebody asks for a meeting in it; the event's id."""
    await place.served.does("book", subject="Overleg Vermeulen", start=start, end=end)
    return [event["id"] for event in (await place.person())["events"] if "Overleg" in event["subject"]][-1]


async def block(place: Place) -> dict[str, Any]:
    (found,) = [event for event in (await place.person())["events"] if "Overleg" not in event["subject"]]
    return found


async def until(place: Place, minutes: float) -> list[Said]:
    """So many minutes later by the clock, a minute at a time for the last quarter; what was heard by itself."""
    await place.passes(minutes=max(minutes - 20, 0))
    heard = list(place.town.heard(ME))
    for _ in range(int(min(minutes, 20))):
        await place.passes(minutes=1)
        heard += place.town.heard(ME)
    return heard


class Dying:
    """The store's sessions; the process ends right before or after it notes that one is in line."""

    def __init__(self, kept: Any, *, noted: bool) -> None:
        self._kept, self._noted = kept, noted

    async def ended(self, claimed: Any, next_at: Any) -> bool:
        if self._noted:
            await self._kept.ended(claimed, next_at)
        raise ConnectionError

    def __getattr__(self, name: str) -> Any:
        return getattr(self._kept, name)


# The look before it begins.


async def test_a_meeting_in_it_is_told_once_a_quarter_before(place: Place) -> None:
    await place.says(PLANNED)
    await meets(place)
    assert await until(place, 164) == []
    heard = await until(place, 1)
    assert [said.text for said in heard if "13:30 tot 13:50" in said.text and "Vermeulen" not in said.text]
    assert len(heard) == 1
    assert await until(place, 30) == []


async def test_without_a_meeting_nothing_is_said(place: Place) -> None:
    await place.says(PLANNED)
    assert await until(place, 190) == []
    assert (await place.person())["preferred"]["availability"] == "DoNotDisturb"


async def told(place: Place) -> Said:
    await place.says(PLANNED)
    await meets(place)
    (said,) = await until(place, 165)
    return said


async def test_a_shorter_one_from_the_message(place: Place) -> None:
    said = await place.presses((await told(place)).button(verb="focus.extend"))
    assert "13:00 tot 13:30" in said.text
    assert (await block(place))["end"] == at(12, 30)


async def test_a_later_one_from_the_message(place: Place) -> None:
    await place.presses((await told(place)).button(verb="focus.start"))
    await place.passes(seconds=1)
    assert ((await block(place))["start"], (await block(place))["end"]) == (at(12, 50), at(13, 50))


async def test_left_as_it_is_nothing_changes(place: Place) -> None:
    said = await told(place)
    before = await block(place)
    said = await place.presses(said.button(title="Laat het zo"))
    assert "13:00 tot 14:00" in said.text
    assert await block(place) == before


async def test_a_meeting_that_is_called_off_meanwhile_is_not_told(place: Place) -> None:
    """The batch waits a moment, and in that moment the calendar is empty again."""
    await place.says(PLANNED)
    event = await meets(place)
    await place.says("/focus 10:15 155")  # in focus until 12:50: it has to wait
    assert await until(place, 166) == []
    await place.served.does("delete", event=event)
    assert await until(place, 20) == []


async def test_in_another_focus_it_is_told_after_it_or_not_at_all(place: Place) -> None:
    await place.says(PLANNED)
    await meets(place)
    await place.says("/focus 10:15 155")
    assert await until(place, 169) == []
    assert len(await until(place, 2)) == 1


async def test_what_can_no_longer_be_told_before_it_begins_is_not_told(place: Place) -> None:
    await place.says(PLANNED)
    await meets(place)
    await place.says("/focus 10:30 150")  # until it begins
    assert await until(place, 200) == []


async def test_whoever_pauses_is_not_told(place: Place) -> None:
    await place.says(PLANNED)
    await meets(place)
    await place.says("/pauze 1 week")
    assert await until(place, 190) == []


async def test_outside_working_hours_it_is_not_told(place: Place) -> None:
    said = await place.says("/focus 20:00 60")
    await place.presses(said.button(verb="focus.start", sure=True))
    await meets(place, at(19, 15), at(19, 30))
    assert await until(place, 610) == []
    assert (await place.person())["preferred"]["availability"] == "DoNotDisturb"


async def failed(place: Place) -> int:
    await place.town.store.health.flush()
    return (await place.town.store.health.report()).failures.get(Failure.FOCUS_UNSEEN, 0)


async def test_where_graph_fails_nothing_is_sent_and_it_is_counted_once(place: Place) -> None:
    await place.says(PLANNED)
    await meets(place)
    await place.fails()
    with structlog.testing.capture_logs() as lines:
        assert await until(place, 181) == []
    assert await failed(place) == 1
    assert "focus_not_looked_at" in {line["event"] for line in lines}
    assert ME.user_id not in str(lines)
    assert "Vermeulen" not in str(lines)


async def test_what_fails_for_a_moment_is_told_all_the_same(place: Place) -> None:
    await place.says(PLANNED)
    await meets(place)
    await place.fails(times=2)
    assert len(await until(place, 180)) == 1
    assert await failed(place) == 0


async def test_without_a_token_nothing_is_sent(place: Place) -> None:
    await place.says(PLANNED)
    await meets(place)
    await place.served.does("consent", state="signed_out")
    assert await until(place, 185) == []
    assert await failed(place) == 1


async def test_signed_in_again_it_begins_in_time(place: Place) -> None:
    await place.says(PLANNED)
    await place.served.does("consent", state="signed_out")
    await until(place, 170)
    await place.served.does("consent", state="signed_in")
    await place.served.does("expire_tokens")
    await until(place, 10)
    assert (await place.person())["preferred"]["availability"] == "DoNotDisturb"


async def test_worded_once_it_began_nothing_is_said(place: Place) -> None:
    await place.says(PLANNED)
    await meets(place)
    await place.passes(minutes=179)
    (session,) = await place.sessions()
    services = place.town.services
    async with services.units.read(session["tenant"]) as unit:
        person = await unit.people.get(ME.user_id)
    delivery = Delivery(session["tenant"], "d", MEETING, session["id"], services.clock.now(), ME.user_id)
    receiver = Receiver("nl", "NL", "Europe/Amsterdam", TODAY, person)
    assert await meeting(delivery, receiver, services)
    await place.passes(minutes=1)
    assert await meeting(delivery, receiver, services) is None


async def test_who_never_connected_misses_nothing(unconnected: Place) -> None:
    await unconnected.says(PLANNED)
    assert await until(unconnected, 185) == []
    assert await failed(unconnected) == 0


@pytest.mark.parametrize("noted", [False, True])
async def test_whenever_the_job_dies_it_is_told_once(place: Place, noted: bool) -> None:
    """It runs again where the session was not noted as in line yet."""
    await place.says(PLANNED)
    await meets(place)
    await until(place, 164)
    focusing = place.town.services.focusing
    focusing._kept = Dying(place.town.store.focus, noted=noted)  # type: ignore[assignment]
    with pytest.raises(ConnectionError):
        await place.passes(minutes=1)
    focusing._kept = place.town.store.focus
    assert (await place.sessions())[0]["owner"] is None or not noted
    heard = place.town.heard(ME) + await until(place, 5)
    assert len(heard) == 1


# Its owner's calendar.


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
    await place.says(PLANNED)
    await until(place, 170)
    await place.served.does("delete", event=(await block(place))["id"])
    assert await until(place, 20) == []
    assert await place.person() == NOTHING


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
