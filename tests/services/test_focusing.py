"""Focus sessions against the twin of Graph: brought in line, whatever breaks off on the way."""

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.focus.session import CalledOff, Claimed, Hold, Mode, Session
from bot.errors import Overtaken
from bot.services import FakeClock
from bot.services.accounts import NO_ACCOUNTS
from bot.services.focusing import BEFORE, Focusing, Wording, look, next_look
from bot.store import Store
from bot.store.outbox import FakeOutbox
from graph.account import Account
from graph.client import GraphClient
from graph.errors import BusyError, GraphError
from graph.types import Event
from graph.user_tokens import Owner, UserTokens
from tests.graph.sandbox.served import ANNEKE, CONNECTION, START, Served

TENANT = "t1"
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
END = START + 90 * MINUTE
WORDS = Wording("bezwaarschrift", "Focus tot 11:30.")


class Killed(BaseException):
    """The process ends here."""


class Kept:
    """The store's sessions; the process ends right after the nth thing that was kept."""

    def __init__(self, store: Store) -> None:
        self.store, self.left = store, -1

    async def note(self, claimed: Claimed, session: Session) -> bool:
        return self._kept(await self.store.focus.note(claimed, session))

    async def follow(self, claimed: Claimed, session: Session) -> bool:
        return self._kept(await self.store.focus.follow(claimed, session))

    def _kept(self, kept: bool) -> bool:
        self.left -= 1
        if self.left == 0:
            raise Killed
        return kept

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store.focus, name)


@dataclass
class House:
    """Everything that brings one session in line, and the person's own Microsoft account."""

    served: Served
    store: Store
    clock: FakeClock
    client: GraphClient
    tokens: UserTokens
    kept: Kept
    begun: int = 0
    named: str | None = None

    @property
    def id(self) -> str:
        return self.named or f"s{self.begun}"

    async def begin(self, **more: Any) -> None:
        now = self.clock.now()
        self.begun += 1
        session = Session(self.id, ANNEKE.user_id, now, now + 90 * MINUTE, **more)
        async with self.store.units.mirror(TENANT) as unit:
            await unit.focus.begin(session, "nobody", now)

    async def plan(self, minutes: int = 60, **more: Any) -> None:
        """One of an hour that begins so much later, in the calendar by now."""
        now = self.clock.now()
        self.begun += 1
        start = now + minutes * MINUTE
        session = Session(self.id, ANNEKE.user_id, start, start + 60 * MINUTE, **more)
        async with self.store.units.mirror(TENANT) as unit:
            await unit.focus.begin(session, "nobody", now)

    async def change(self, **wanted: datetime) -> None:
        async with self.store.units.mirror(TENANT) as unit:
            assert await unit.focus.change(self.id, **wanted)

    async def settle(self, words: Wording = WORDS) -> Session:
        now = self.clock.now()
        claimed = await self.store.focus.claim(TENANT, self.id, f"me {now}", now, now + 30 * SECOND)
        assert claimed
        token = await self.tokens.token(Owner(ANNEKE.channel_user_id))
        account = Account(self.client, ANNEKE.user_id, token)
        settled = await Focusing(self.kept, NO_ACCOUNTS, self.clock).settle(claimed, account, words)
        assert await self.store.focus.ended(claimed, now)
        if settled.error:
            raise settled.error
        return settled.session

    def passes(self, by: timedelta) -> None:
        self.clock.move(by)
        self.served.clock.passes(seconds=by.total_seconds())

    async def person(self) -> dict[str, Any]:
        """What the person has in Teams and their calendar, without what changes by itself."""
        _, world = await self.served.own("GET", "/_twin/world")
        (one,) = [one for one in world["people"] if one["userId"] == ANNEKE.user_id]
        events = [{k: v for k, v in event.items() if k not in ("id", "changed")} for event in one["events"]]
        status = one["status"] and {k: v for k, v in one["status"].items() if k != "published"}
        return {"preferred": one["preferred"], "status": status, "events": events}


@pytest.fixture
async def house(database_url: str, tmp_path: Path) -> AsyncIterator[House]:
    clock = FakeClock(START)
    async with Served(tmp_path) as served, UserTokens(CONNECTION, base_url=served.url) as tokens:
        client = GraphClient(f"{served.url}/v1.0")
        store = Store(database_url, clock.now, FakeOutbox())
        yield House(served, store, clock, client, tokens, Kept(store))
        await store.close()
        await client.close()


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
    asked = [(one["method"], one["path"].split("/")[-1][:8]) for one in await journal(house)]
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


async def journal(house: House) -> list[dict[str, Any]]:
    _, told = await house.served.own("GET", "/_twin/journal")
    return [one for one in told["value"] if one["path"].startswith("/v1.0/")]


async def story(house: House, break_at: int, how: str) -> int:
    """Start, extend, stop; every part is broken off once at its nth step and done again. How often that happened."""
    broken, start = 0, house.clock.now()
    await house.begin()
    for part in ("start", "extend", "stop"):
        if part == "extend":
            house.passes(10 * MINUTE)
            await house.change(ends_at=start + 120 * MINUTE)
        elif part == "stop":
            house.passes(10 * MINUTE)
            await house.change(stopped_at=house.clock.now())
        broken += await broken_off(house, break_at, how)
        house.passes(31 * SECOND)  # whoever had it is gone: its time is over
        session = await house.settle(replace(WORDS, subject="Focus"))
    assert session.is_clean()
    return broken


async def broken_off(house: House, nth: int, how: str) -> int:
    if how == "killed":
        house.kept.left = nth
    else:
        fault = {"kind": how, "method": "*", "path": "/v1.0/*", "times": 1, "skip": nth - 1}
        assert (await house.served.own("POST", "/_twin/faults", json=fault))[0] < 300
    try:
        await house.settle()
    except (Killed, GraphError):
        return 1
    finally:
        house.kept.left = -1
        await house.served.own("DELETE", "/_twin/faults")
    return 0


@pytest.mark.parametrize("how", ["killed", "dropped", "dropped_after", "unavailable"])
async def test_broken_off_at_any_step_it_ends_as_if_nothing_had_happened(house: House, how: str):
    before = await house.person()
    for nth in range(1, 12):
        broken = await story(house, nth, how)
        assert await house.person() == before, nth
        if not broken:
            return
    pytest.fail("it never ran untouched")


WRITES = ("setUserPreferredPresence", "setStatusMessage", "events")
SOME = [some for number in range(4) for some in itertools.combinations(WRITES, number)]


@pytest.mark.parametrize("how", ["throttled", "unavailable", "dropped", "dropped_after"])
@pytest.mark.parametrize("failing", SOME, ids=lambda some: "+".join(some) or "none")
async def test_whichever_of_the_three_writes_fail_the_job_ends_in_line(
    house: House, failing: tuple[str, ...], how: str
):
    """Half a batch: some were done and others not, or done and never answered. Then all of it stands there once."""
    before = await house.person()
    await house.begin()
    for path in failing:
        fault = {"kind": how, "method": "POST", "path": f"/v1.0/*/{path}", "times": 1}
        assert (await house.served.own("POST", "/_twin/faults", json=fault))[0] < 300
    if failing:
        with pytest.raises(GraphError):
            await house.settle()
        house.passes(31 * SECOND)
    session = await house.settle()
    assert {session.presence.hold, session.status.hold, session.block.hold} == {Hold.OURS}
    person = await house.person()
    assert person["preferred"]["availability"] == "DoNotDisturb"
    assert person["status"]["text"] == "Focus tot 11:30."
    assert [(event["start"][:16], event["end"][:16]) for event in person["events"]] == [
        ("2026-11-23T09:00", "2026-11-23T10:30")
    ]
    _, faults = await house.served.own("GET", "/_twin/faults")
    assert faults["value"] == []
    house.passes(90 * MINUTE)
    assert (await house.settle()).is_clean()
    assert await house.person() == before


THROTTLED = {"kind": "throttled", "method": "POST", "path": "/v1.0/*", "times": None}


async def test_what_was_never_asked_for_is_not_kept_as_asked(house: House):
    """Else nobody would know afterwards whether there is a block, where Microsoft said for sure that it made none."""
    await house.begin()
    await house.served.own("POST", "/_twin/faults", json=THROTTLED)
    with pytest.raises(BusyError):
        await house.settle()
    async with house.store.units.read(TENANT) as unit:
        kept = await unit.focus.get(house.id)
    assert kept
    assert {kept.presence.hold, kept.status.hold, kept.block.hold} == {Hold.NONE}


UNDOES = ("POST clearUserPreferredPresence", "POST setStatusMessage", "DELETE *")


@pytest.mark.parametrize("how", ["throttled", "unavailable", "dropped", "dropped_after"])
@pytest.mark.parametrize("failing", [some for number in range(1, 4) for some in itertools.combinations(UNDOES, number)])
async def test_whichever_fails_of_an_early_stop_nothing_of_it_is_left(house: House, failing: tuple[str, ...], how: str):
    before = await house.person()
    await house.begin()
    await house.settle()
    house.passes(20 * MINUTE)
    await house.change(stopped_at=house.clock.now())
    for method, path in (each.split() for each in failing):
        fault = {"kind": how, "method": method, "path": f"/v1.0/*/{path}", "times": 1}
        assert (await house.served.own("POST", "/_twin/faults", json=fault))[0] < 300
    with pytest.raises(GraphError):
        await house.settle()
    house.passes(31 * SECOND)
    with contextlib.suppress(GraphError):  # the status message is only asked away once the presence is gone
        await house.settle()
    house.passes(31 * SECOND)
    assert (await house.settle()).is_clean()
    assert await house.person() == before


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


async def test_one_that_is_still_to_come_stands_in_the_calendar_alone(house: House):
    await house.plan()
    await house.settle()
    person = await house.person()
    assert (person["preferred"], person["status"], len(person["events"])) == (None, None, 1)


async def test_whoever_lost_it_while_asking_has_it_looked_at_again(house: House):
    """A process that stood still in the middle, and comes back when the person has long stopped."""
    await house.begin()
    held = {"kind": "slow", "method": "POST", "path": "/v1.0/*", "times": 3, "seconds": 2.0}
    await house.served.own("POST", "/_twin/faults", json=held)
    slow = asyncio.create_task(house.settle())
    await asyncio.sleep(0.3)
    house.passes(31 * SECOND)
    await house.change(stopped_at=house.clock.now())
    await house.settle()
    with pytest.raises(Overtaken):
        await slow
    house.passes(1 * SECOND)
    assert (await house.settle()).is_clean()
    person = await house.person()
    assert (person["preferred"], person["status"], person["events"]) == (None, None, [])


async def test_looked_at_again_nothing_is_asked(house: House):
    """Also where it began halfway a second, which no calendar keeps."""
    house.passes(timedelta(milliseconds=700))
    await house.begin()
    await house.settle()
    house.passes(MINUTE)
    await house.served.own("DELETE", "/_twin/journal")
    await house.settle()
    assert {one["method"] for one in await journal(house)} == {"GET"}


# Planned: until it begins the calendar leads.


async def moved(house: House, session: Session, minutes: int = 30) -> Session:
    """The person drags the block to so much later; the session after a look."""
    start, end = (at + minutes * MINUTE for at in (session.starts_at, session.ends_at))
    await house.served.does("edit", event=session.block.what, start=start.isoformat(), end=end.isoformat())
    return await house.settle()


async def test_it_follows_its_block(house: House):
    await house.plan()
    before = await house.settle()
    after = await moved(house, before)
    assert (after.starts_at, after.ends_at) == (before.starts_at + 30 * MINUTE, before.ends_at + 30 * MINUTE)
    assert (after.block.hold, after.outside) == (Hold.OURS, True)
    assert await house.settle() == after
    again = await moved(house, after, -15)
    assert again.starts_at == before.starts_at + 15 * MINUTE
    assert await moved(house, again, 15) == after  # and back


async def test_made_longer_after_it_followed_the_card_leads_its_end(house: House):
    await house.plan()
    after = await moved(house, await house.settle())
    await house.change(ends_at=after.ends_at + 20 * MINUTE)
    longer = await house.settle()
    assert longer.ends_at == after.ends_at + 20 * MINUTE
    (event,) = (await house.person())["events"]
    assert datetime.fromisoformat(event["end"]) == longer.ends_at
    assert (await moved(house, longer, 15)).starts_at == after.starts_at + 15 * MINUTE


async def test_changed_by_the_card_while_its_block_is_looked_at(house: House):
    """The card's word came later: what was seen before is looked at again."""
    await house.plan()
    session = await house.settle()
    await house.served.does("delete", event=session.block.what)
    now = house.clock.now()
    claimed = await house.store.focus.claim(TENANT, house.id, "slow", now, now + 30 * SECOND)
    await house.change(ends_at=session.ends_at + 20 * MINUTE)
    assert claimed
    found = await Focusing(house.kept, NO_ACCOUNTS, house.clock).settle(claimed, await account(house), WORDS)
    assert found.session.stopped_at is None
    assert not await house.store.focus.ended(claimed, None)
    house.passes(31 * SECOND)
    assert (await house.settle()).called_off is CalledOff.DELETED


async def account(house: House) -> Account:
    return Account(house.client, ANNEKE.user_id, await house.tokens.token(Owner(ANNEKE.channel_user_id)))


class Blind:
    """An account whose calendar is searched in vain."""

    def __init__(self, account: Account) -> None:
        self._calendar, self.calendar, self.presence = account.calendar, self, account.presence

    async def marked(self, _: str) -> tuple[()]:
        return ()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._calendar, name)


async def test_a_search_that_misses_it_does_not_call_it_off(house: House):
    await house.plan()
    session = await house.settle()
    blind: Any = Blind(await account(house))
    found = (await look(session, blind, house.clock.now()))[0].block
    assert found
    assert found.id == session.block.what


async def planned_story(house: House, break_at: int, how: str) -> int:
    """Plan, move, extend, begin, stop; as `story`."""
    broken = 0
    await house.plan()
    session = None
    for part in ("plan", "move", "extend", "begin", "stop"):
        if session and part == "move":
            start, end = session.starts_at + 30 * MINUTE, session.ends_at + 30 * MINUTE
            await house.served.does("edit", event=session.block.what, start=start.isoformat(), end=end.isoformat())
        elif session and part == "extend":
            await house.change(ends_at=session.ends_at + 20 * MINUTE)
        elif session and part == "begin":
            house.passes(session.starts_at - house.clock.now())
        elif part == "stop":
            await house.change(stopped_at=house.clock.now())
        broken += await broken_off(house, break_at, how)
        house.passes(31 * SECOND)
        session = await house.settle(replace(WORDS, subject="Focus"))
        assert session.called_off is None
        assert part != "begin" or (await house.person())["preferred"]
    assert session.is_clean()
    return broken


@pytest.mark.parametrize("how", ["killed", "dropped", "dropped_after", "unavailable"])
async def test_planned_and_broken_off_at_any_step_it_ends_as_if_nothing_had_happened(house: House, how: str):
    before = await house.person()
    for nth in range(1, 12):
        broken = await planned_story(house, nth, how)
        assert await house.person() == before, nth
        if not broken:
            return
    pytest.fail("it never ran untouched")


@pytest.mark.parametrize("how", ["killed", "dropped", "unavailable"])
@pytest.mark.parametrize("nth", [1, 2, 3])
async def test_called_off_and_broken_off_nothing_is_shown(house: House, how: str, nth: int):
    await house.plan()
    session = await house.settle()
    await house.served.does("delete", event=session.block.what)
    await broken_off(house, nth, how)
    house.passes(60 * MINUTE)
    assert (await house.settle()).called_off is CalledOff.DELETED
    person = await house.person()
    assert (person["preferred"], person["status"], person["events"]) == (None, None, [])


def test_when_a_planned_one_is_looked_at():
    session = Session("s", "u", START, END)
    assert next_look(session, START - 60 * MINUTE) == START - BEFORE
    assert next_look(session, START - BEFORE) == START
    assert next_look(session, START) == END
    assert next_look(replace(session, stopped_at=START - 60 * MINUTE), START - 30 * MINUTE) is None


class Copied(Blind):
    """An account whose owner copied Samen's event, marks and all, to two days later; the copy is found first."""

    async def marked(self, mark: str) -> list[Event]:
        (event,) = await self._calendar.marked(mark)
        later = {side: getattr(event, side) + timedelta(days=2) for side in ("start", "end")}
        changed = (event.changed_at or START) + MINUTE
        return [replace(event, id="copy", moved=True, transaction_id=None, changed_at=changed, **later), event]


@pytest.mark.parametrize("known", [True, False])
async def test_a_copy_of_the_block_is_not_taken_for_it(house: House, known: bool):
    await house.plan()
    session = await house.settle()
    asked = session if known else replace(session, block=replace(session.block, hold=Hold.ASKED, what=None))
    found = (await look(asked, Copied(await account(house)), house.clock.now()))[0].block
    assert found
    assert (found.id, found.start, found.moved) == (session.block.what, session.starts_at, False)
