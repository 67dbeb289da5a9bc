"""What a focus session leaves behind: nothing of Samen's, and everything of the person's, whatever happens meanwhile."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.focus.acts import Act, Step
from bot.domain.focus.leading import followed, led, waits
from bot.domain.focus.seen import AVAILABILITY, Block, Calendar, Seen
from bot.domain.focus.session import LONGEST, SHORTEST, CalledOff, Hold, Mode, Session, Trace
from bot.domain.focus.steps import Plan, done, planned, restamped, undone

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NOT_MADE = (Hold.NONE, Hold.GONE, Hold.ABSENT)


def text(session: Session) -> str:
    return f"Focus tot {session.ends_at:%H:%M}."


@dataclass
class Graph:
    """The person's presence, status and calendar as Graph keeps them; `None` for a time: until it is changed."""

    now: datetime = NINE
    presence: tuple[str, datetime | None, bool] | None = None  # what, until, whether Samen set it
    status: tuple[str, datetime | None, bool] | None = None
    block: Block | None = None
    changes: int = 0
    began: bool = False  # Samen's presence stood there once
    hands_off: bool = False  # and the person changed it since
    closed: bool = False  # Teams, on every device
    unsure: bool = False  # they changed something between a death while it was taken away and the next look
    followed: set[tuple[datetime, datetime]] = field(default_factory=set)
    lost: list[str] = field(default_factory=list)  # what of the person's Samen wrote over

    def seen(self, unseen: str = "") -> Seen:
        """Without what could not be read: the "presence", the "calendar", or it says that there is no "mailbox"."""
        preferred, status = self._current(self.presence), self._current(self.status)
        busy = self.block is not None and self.block.start <= self.now < self.block.end
        shown = preferred[0] if preferred else "Busy" if busy else "Available"
        seen = Seen(
            "Offline" if self.closed else shown,
            str(self.changes),
            status[0] if status else None,
            self.block,
            by_calendar=busy and not preferred and not self.closed,
        )
        if unseen == "presence":
            return replace(seen, availability=None, stamp=None, status=None, by_calendar=False)
        how_far = {"calendar": Calendar.UNREAD, "mailbox": Calendar.ABSENT}.get(unseen)
        return replace(seen, block=None, calendar=how_far) if how_far else seen

    def carry_out(self, act: Act, session: Session) -> str | None:
        self.changes += act in (Act.PREFER, Act.UNPREFER, Act.SAY, Act.UNSAY)
        self._judge(act)
        match act:
            case Act.PREFER:
                self.presence = AVAILABILITY[session.mode], session.ends_at, True
            case Act.UNPREFER:
                self.presence = None
            case Act.SAY:
                self.status = text(session), session.ends_at, True
            case Act.UNSAY:
                self.status = None
            case Act.BLOCK if self.block is None:  # the same transaction id makes it once
                self.block = Block("event", session.starts_at, session.ends_at)
            case Act.MOVE if self.block:
                self.block = replace(self.block, end=session.ends_at, moved=self.block.start != session.starts_at)
            case Act.UNBLOCK:
                self.block = None
        return self.block.id if self.block else None

    def _judge(self, act: Act) -> None:
        status = self._current(self.status)
        presence = act in (Act.PREFER, Act.UNPREFER) and self.hands_off
        said = act in (Act.SAY, Act.UNSAY) and status and not status[2]
        event = act in (Act.MOVE, Act.UNBLOCK) and self.block and self._is_theirs(self.block)
        self.lost += [act] if presence or said or event else []
        self.began = self.began or act is Act.PREFER

    def left_of_samen(self) -> list[object]:
        # Where nobody can know whose the presence is by now, it is left until it ends by itself (decision 25).
        presence = None if self.unsure else self._current(self.presence)
        mine = [thing for thing in (presence, self._current(self.status)) if thing and thing[2]]
        return [*mine, *([self.block] if self.block and not self._is_theirs(self.block) else [])]

    def _is_theirs(self, block: Block) -> bool:
        """Another one by now, or at times that they gave it and that the session does not follow."""
        return block.changed or (block.moved and (block.start, block.end) not in self.followed)

    def _current(self, thing: tuple[str, datetime | None, bool] | None) -> tuple[str, datetime | None, bool] | None:
        return thing if thing and (thing[1] is None or self.now < thing[1]) else None


@dataclass
class Story:
    """A session and everything that happens to it."""

    graph: Graph = field(default_factory=Graph)
    session: Session = field(default_factory=lambda: Session("s", "u", NINE, NINE + timedelta(minutes=90)))
    others: tuple[Session, ...] = ()
    says: bool = True  # whether they want a status message

    def settle(  # noqa: C901 - one line for each way to break off
        self,
        killed_at: int | None = None,
        failed: tuple[str, int] | None = None,
        among: frozenset[int] = frozenset(),
        unseen: str = "",
    ) -> None:
        """Do what is to be done; the process ends at its nth step: a note, a request, or right after a request.

        The request that failed was "refused" for sure, or nobody knows: it was "dropped", or "done" without an answer.
        Where it ends `among` requests that are sent at once, these had been done by then. `unseen` could not be read.
        """
        if killed_at == 0:
            return
        before, there = self.session, self.graph.seen(unseen)
        self.session = followed(before, there, self.graph.now)
        self._is_led(before, there)
        if waits(self.session, there):
            return
        if self.graph.closed and not before.is_on(self.graph.now):
            self.graph.unsure = True  # nobody can see whether Samen's presence stands there still
        if self.graph.closed and before.presence.hold in (Hold.ASKED, Hold.RENEWING, Hold.OURS):
            self.graph.hands_off = False  # what nobody can see is asked for once more (decision 25)
        said = text(self.session) if self.says else None
        plan = planned(self.session, self.graph.seen(unseen), self.graph.now, said, self.others)
        self._leaves(unseen, self.session, plan.session)
        led_to, self.session = self.session, plan.session
        if among:
            self._half(plan, among)
            return
        for n, step in enumerate(step for wave in plan.waves for step in wave):
            if killed_at == 2 * n + 1:
                return
            if failed == ("refused", n) or (failed and failed[1] == 0 and _is_second(plan, step)):
                # The status message is only asked away once the presence is gone.
                self.session = undone(self.session, step, led_to)
                continue
            event = None if failed == ("dropped", n) else self.graph.carry_out(step.act, self.session)
            if failed in (("dropped", n), ("done", n)):
                continue
            if killed_at == 2 * n + 2:
                return
            self.session = done(self.session, step, event)
        if failed and failed[0] != "refused" and unseen != "presence":  # whoever is refused cannot look again either
            self.session = restamped(self.session, self.graph.seen())

    def _leaves(self, unseen: str, before: Session, after: Session) -> None:
        """Of what could not be read nothing is noted or asked."""
        if unseen == "presence":
            assert (after.presence, after.status) == (before.presence, before.status)
        if unseen == "calendar":
            assert after.block == before.block

    def _half(self, plan: Plan, done_by_then: frozenset[int]) -> None:
        """What came of a first wave that broke off, or of a second one that did: all of the first, then."""
        first, *second = plan.waves
        whole = first if second and 0 in done_by_then else ()
        for n, step in enumerate((*whole, *second[0]) if whole else first):
            if whole or n + 1 in done_by_then:
                self.graph.carry_out(step.act, self.session)

    def _is_led(self, before: Session, seen: Seen) -> None:
        """Before it begins the calendar leads, where it is read; from then on it does not."""
        after, there, unmade = self.session, seen.block, before.block.hold in (*NOT_MADE, Hold.ASKED)
        unread = seen.calendar is not Calendar.READ
        if unread or before.stopped_at or before.has_begun() or before.block.hold in NOT_MADE:
            assert after == before
        elif there is None:
            assert (after.called_off is CalledOff.DELETED) is (not unmade and before.is_ahead(self.graph.now))
        elif there.moved and (there.start, there.end) not in self.graph.followed:
            fits = SHORTEST <= there.end - there.start <= LONGEST and self.graph.now < there.end
            assert (after.called_off is CalledOff.MOVED) is not fits
            assert ((after.starts_at, after.ends_at) == (there.start, there.end)) is fits
            self.graph.followed |= {(there.start, there.end)} if fits else set()
        else:
            assert (after.starts_at, after.ends_at, after.stopped_at) == (before.starts_at, before.ends_at, None)

    def person(self, what: str) -> None:
        self.graph.changes += 1
        self.graph.unsure = self.graph.unsure or self.session.presence.hold is Hold.CLEARING
        match what:
            case "Away" | "reset":
                self.graph.closed = False  # it is chosen in Teams
                self.graph.presence = ("Away", None, False) if what == "Away" else None
                # Put back to exactly what it was before anybody knows what came of the asking: not to be told apart (decision 25).
                asked = self.session.presence.hold is Hold.ASKED
                seen = self.graph.seen()
                as_before = asked and (seen.by_calendar or self.session.presence.what in (seen.availability, "Offline"))
                self.graph.hands_off = self.graph.began and not as_before
            case "closes" | "opens":
                self.graph.closed = what == "closes"
            case "status":
                self.graph.status = "Bel de centrale", None, False
            case "no status":
                self.graph.status = None
            case "renames" if self.graph.block:
                self.graph.block = replace(self.graph.block, changed=True)
            case "deletes" if self.session.block.hold in (Hold.OURS, Hold.THEIRS):
                # Right after it was made, and before Samen knows, that cannot be told from one that was never made.
                self.graph.block = None

    def moves(self, start: int, length: int) -> None:
        """The person drags the block, and this many minutes are between its old and its new start."""
        block = self.graph.block  # of which Graph's version of the presence knows nothing
        if block:
            begin = block.start + start * MINUTE
            self.graph.followed.discard((begin, begin + length * MINUTE))
            self.graph.block = replace(block, start=begin, end=begin + length * MINUTE, moved=True)


def _is_second(plan: Plan, step: Step) -> bool:
    """Whether it waits for the first of all to be done."""
    return len(plan.waves) > 1 and step in plan.waves[1]


PERSON = st.sampled_from(["Away", "reset", "status", "no status", "renames", "deletes", "closes", "opens"])
FAILED = st.tuples(st.sampled_from(["refused", "dropped", "done"]), st.integers(0, 2))
HAPPENS = st.lists(
    st.one_of(
        PERSON,
        st.tuples(st.just("settle"), st.none() | st.integers(0, 6), st.none() | FAILED),
        st.tuples(st.just("half blind"), st.sampled_from(["presence", "calendar", "mailbox"]), st.none() | FAILED),
        st.tuples(st.just("breaks"), st.frozensets(st.integers(0, 3), min_size=1)),
        st.tuples(st.just("extend"), st.integers(1, 60)),
        st.tuples(st.just("wait"), st.integers(1, 40)),
        st.just("stop"),
        st.sampled_from(["status off", "status on"]),
        st.tuples(st.just("moves"), st.integers(-60, 60), st.sampled_from([5, 45, 90, 300])),
    ),
    max_size=14,
)


def live(story: Story, happens: list[object]) -> None:  # noqa: C901 - a line for each thing that happens
    for each in happens:
        match each:
            case ("settle", killed_at, failed):
                story.settle(killed_at, failed)
            case ("half blind", unseen, failed):
                story.settle(failed=failed, unseen=unseen)
            case ("breaks", among):
                story.settle(among=among)
            case ("moves", start, length):
                story.moves(start, length)
            case "status off" | "status on":
                story.says = each == "status on"
            case ("extend", minutes):
                story.graph.closed = False
                if story.session.is_ahead(story.graph.now):
                    story.session = replace(story.session, ends_at=story.session.ends_at + minutes * MINUTE)
            case ("wait", minutes):
                story.graph.now += minutes * MINUTE
            case "stop":
                story.graph.closed = False  # it is typed in Teams
                if story.session.is_ahead(story.graph.now):
                    story.session = replace(story.session, stopped_at=story.graph.now)
            case str():
                story.person(each)


@settings(max_examples=1500)
@given(HAPPENS, st.sampled_from(Mode), st.booleans(), st.sampled_from([0, 0, 20, 60]))
# The block alone made them busy before Samen asked for Busy, and of that nobody knows whether it was done.
@example([("half blind", "presence", None), ("settle", None, ("done", 0))], Mode.REACHABLE, False, 0)
def test_nothing_of_samen_is_left_and_nothing_of_the_persons_is_lost(
    happens: list[object], mode: Mode, ends: bool, ahead: int
):
    story = Story()
    begin = NINE + ahead * MINUTE
    story.session = replace(story.session, mode=mode, starts_at=begin, ends_at=begin + 90 * MINUTE)
    live(story, happens)
    if story.session.called_off:
        assert not story.graph.began
    story.graph.closed = story.graph.closed and ends
    if not ends and story.session.is_ahead(story.graph.now):
        story.session = replace(story.session, stopped_at=story.graph.now)
    for _ in range(6):
        story.settle()
        if ends:
            story.graph.now = max(story.graph.now, story.session.ends_at)  # the calendar may have led it on
    assert story.graph.lost == []
    assert story.session.is_clean()
    assert story.graph.left_of_samen() == []


def planned_one(hold: Hold = Hold.OURS, what: str | None = "event") -> Session:
    block = Trace(hold, NINE + 2 * 60 * MINUTE, what=what)
    return Session("s", "u", NINE + 60 * MINUTE, NINE + 120 * MINUTE, block=block)


def test_asked_and_not_there_is_not_taken_out():
    """The process may have died before Graph was asked for it."""
    session = planned_one(Hold.ASKED, None)
    assert led(session, None, NINE) == session
    assert planned(session, Seen("Available"), NINE, None).steps[0].act is Act.BLOCK


def test_a_block_with_another_subject_still_leads():
    session = planned_one(Hold.THEIRS)
    assert led(session, None, NINE).called_off is CalledOff.DELETED
    assert led(planned_one(Hold.THEIRS, None), None, NINE).stopped_at is None  # focus time of their own


@pytest.mark.parametrize(("minutes", "fits"), [(9, False), (10, True), (240, True), (241, False)])
def test_it_follows_to_where_a_session_can_be(minutes: int, fits: bool):
    there = Block("event", NINE + 200 * MINUTE, NINE + (200 + minutes) * MINUTE, moved=True)
    found = led(planned_one(), there, NINE)
    assert (found.stopped_at is None) is fits
    assert (found.starts_at == there.start) is fits
    assert led(found, there, NINE) == found


@pytest.mark.parametrize("nth", [0, 1, 2])
@pytest.mark.parametrize("how", ["refused", "dropped", "done"])
def test_what_failed_is_done_the_next_time(how: str, nth: int):
    """The others were done meanwhile, and the version of the presence is another."""
    story = Story()
    story.settle(failed=(how, nth))
    for _ in range(2):
        story.settle()
    session = story.session
    assert {session.presence.hold, session.status.hold, session.block.hold} == {Hold.OURS}


@pytest.mark.parametrize("among", [set(), {1}, {2}, {3}, {1, 2}, {1, 3}, {2, 3}, {1, 2, 3}])
def test_broken_off_among_requests_sent_at_once_all_is_done_the_next_time(among: set[int]):
    story = Story()
    story.settle(among=frozenset({9, *among}))
    story.settle()
    story.settle()
    session = story.session
    assert {session.presence.hold, session.status.hold, session.block.hold} == {Hold.OURS}
    assert len(story.graph.left_of_samen()) == 3


@pytest.mark.parametrize("among", [set(), {1}, {2}, {1, 2}, {0}])
def test_broken_off_while_it_is_taken_away_all_is_taken_away_the_next_time(among: set[int]):
    story = Story()
    story.settle()
    story.session = replace(story.session, stopped_at=NINE)
    story.settle(among=frozenset({9, *among}))
    story.settle()
    story.settle()
    assert story.graph.left_of_samen() == []
    assert story.session.is_clean()


def test_without_a_calendar_to_read_all_else_is_done_and_the_block_is_left():
    story = Story()
    story.settle(unseen="calendar")
    assert story.session.presence.hold is story.session.status.hold is Hold.OURS
    assert story.session.block == Trace()
    story.settle()
    story.settle()
    assert story.session.block.hold is Hold.OURS


def test_without_a_mailbox_there_is_no_block_and_nothing_is_left_to_do():
    story = Story()
    story.settle(unseen="mailbox")
    assert story.session.block == Trace(Hold.ABSENT)
    story.session = replace(story.session, stopped_at=NINE)
    story.settle(unseen="mailbox")
    assert story.session.is_clean()


def test_without_presence_to_read_the_block_is_made_and_removed():
    story = Story()
    story.settle(unseen="presence")
    assert story.session.block.hold is Hold.OURS
    assert not story.session.has_begun()
    story.session = replace(story.session, stopped_at=NINE)
    story.settle(unseen="presence")
    assert story.session.is_clean()


@pytest.mark.parametrize(("unseen", "begins"), [("calendar", False), ("mailbox", True)])
def test_where_the_calendar_leads_and_cannot_be_read_nothing_begins(unseen: str, begins: bool):
    """Its owner may have moved the block or taken it out."""
    story = Story(session=planned_one())
    story.graph.block = Block("event", story.session.starts_at, story.session.ends_at)
    story.graph.now = story.session.starts_at
    story.settle(unseen=unseen)
    assert story.session.has_begun() is begins
    assert story.session.stopped_at is None


def test_with_teams_closed_it_stays_ours():
    story = Story()
    story.settle()
    story.graph.closed = True
    story.settle()
    story.graph.closed = False
    story.session = replace(story.session, stopped_at=NINE)
    story.settle()
    assert story.graph.left_of_samen() == []


def test_a_status_message_follows_what_its_owner_wants_now():
    story = Story()
    story.settle()
    story.says = False
    story.settle()
    assert story.graph.status is None
    story.says = True
    story.settle()
    assert story.graph.status
    assert story.session.status.hold is Hold.OURS
    other = planned(story.session, story.graph.seen(), NINE, "Focus tot 10:30. Spoed: bellen.")
    assert [step.act for step in other.steps] == [Act.SAY]


def test_made_longer_than_their_own_focus_time_a_block_is_made():
    session = planned(Session("s", "u", NINE, NINE + 60 * MINUTE), Seen("Available", covered=True), NINE, None).session
    assert planned(session, Seen("DoNotDisturb"), NINE, None).session.block.hold is Hold.THEIRS  # they took theirs out
    longer = replace(session, ends_at=NINE + 90 * MINUTE)
    assert planned(longer, Seen("DoNotDisturb"), NINE, None).session.block.hold is Hold.ASKED
    assert planned(longer, Seen("DoNotDisturb", covered=True), NINE, None).session.block.hold is Hold.THEIRS
