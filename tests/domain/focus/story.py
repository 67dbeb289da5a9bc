"""A focus session and everything that can happen to it: the person changes things, requests fail, processes die."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from hypothesis import strategies as st

from bot.domain.focus.acts import Step
from bot.domain.focus.leading import followed, waits
from bot.domain.focus.seen import Calendar, Seen
from bot.domain.focus.session import LONGEST, SHORTEST, CalledOff, Hold, Session
from bot.domain.focus.steps import Plan, done, planned, restamped, undone
from tests.domain.focus.kept import MINUTE, NINE, Graph, text

NOT_MADE = (Hold.NONE, Hold.GONE, Hold.ABSENT)


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
