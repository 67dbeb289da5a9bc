"""Focus time that is planned: a quarter before it begins somebody looks whether a meeting is in it; with Teams and the calendar in the twin."""

from typing import Any

import pytest
import structlog

from bot.commands.focus.before import MEETING, meeting
from bot.domain.health import Failure
from bot.outgoing import Delivery, Receiver
from tests.conversations.focus_steps import ME, PLANNED, Place, at, block, meets, until
from tests.conversations.town import TODAY, Said


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
