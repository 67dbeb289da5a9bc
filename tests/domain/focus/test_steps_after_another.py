"""Two focus sessions of one person, one after the other: what the first left is not taken for the person's own."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.focus.acts import Act
from bot.domain.focus.neighbours import LINGERS
from bot.domain.focus.seen import AVAILABILITY, Seen
from bot.domain.focus.session import Hold, Mode, Session, Trace
from bot.domain.focus.showing import digest
from bot.domain.focus.steps import planned
from tests.domain.focus.kept import MINUTE, NINE, Graph, text
from tests.domain.focus.story import FAILED, Story

SECOND = timedelta(seconds=1)
TEXT = "Focus tot 10:00."
ACTS = {Act.PREFER, Act.SAY}


def first(hold: Hold = Hold.OURS, minutes: int = 60, **more: object) -> Session:
    """Begun an hour ago, and until so many minutes after nine in Teams."""
    until = NINE + minutes * MINUTE
    traces = Trace(hold, until, "7"), Trace(hold, until, "7", digest(TEXT))
    begun = Session("x", "u", NINE - 60 * MINUTE, until, presence=traces[0], status=traces[1])
    return replace(begun, **more)


def second(**more: object) -> Session:
    return replace(Session("y", "u", NINE, NINE + 30 * MINUTE), **more)


def asked(session: Session, seen: Seen, *others: Session) -> set[Act]:
    return {step.act for step in planned(session, seen, NINE, "Focus tot 9:30.", others).steps} - {Act.BLOCK}


THERE = Seen("DoNotDisturb", "7", TEXT)


@pytest.mark.parametrize("hold", [Hold.ASKED, Hold.OURS, Hold.RENEWING, Hold.CLEARING])
def test_what_a_stopped_one_left_is_asked_for_anew(hold: Hold):
    assert asked(second(), THERE, first(hold, stopped_at=NINE)) == ACTS


def test_nobody_else_having_left_it_it_is_their_own():
    found = planned(second(), THERE, NINE, "Focus tot 9:30.")
    assert (found.session.presence.hold, found.session.status.hold) == (Hold.THEIRS, Hold.THEIRS)


@pytest.mark.parametrize("hold", [Hold.OURS, Hold.GONE])
def test_what_ended_by_itself_a_moment_ago_lingers(hold: Hold):
    assert asked(second(), THERE, first(hold, 0)) == ACTS
    long_ago = replace(first(hold, 0), ends_at=NINE - LINGERS)
    traces = (replace(each, until=NINE - LINGERS) for each in (long_ago.presence, long_ago.status))
    presence, status = traces
    assert asked(second(), THERE, replace(long_ago, presence=presence, status=status)) == set()


def test_what_they_set_after_an_early_stop_is_their_own():
    stopped = first(Hold.GONE, stopped_at=NINE - SECOND)
    assert asked(second(), THERE, stopped) == set()
    newer = replace(THERE, stamp="8", status=None)
    assert planned(second(), newer, NINE, None, [first(Hold.CLEARING, stopped_at=NINE)]).steps[0].act is Act.BLOCK


def test_another_text_than_the_first_ones_is_their_own():
    assert asked(second(), replace(THERE, status="Bel de centrale"), first(stopped_at=NINE)) == {Act.PREFER}


def test_a_stopped_one_leaves_to_the_next_what_that_one_has():
    until = NINE + 30 * MINUTE
    next_one = second(presence=Trace(Hold.OURS, until), status=Trace(Hold.OURS, until, None, digest("Focus tot 9:30.")))
    stopped = first(stopped_at=NINE)
    found = planned(stopped, Seen("DoNotDisturb", "9", "Focus tot 9:30."), NINE, None, [next_one])
    assert found.steps == ()
    assert found.session.is_clean()


@pytest.mark.parametrize(("activity", "theirs"), [("DoNotDisturb", True), ("Presenting", False), ("Focusing", False)])
def test_do_not_disturb_while_presenting_is_nobodys_choice(activity: str, theirs: bool):
    found = planned(second(), Seen("DoNotDisturb", "7", activity=activity), NINE, None)
    assert (found.session.presence.hold is Hold.THEIRS) is theirs


class Shared(Graph):
    """What both have in common; `away`: whose presence the person changed since it stood there."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: set[str] = set()
        self.away: set[str] = set()
        self.own = False  # the person chose Do not disturb, with nothing of Samen's there

    def carry_out(self, act: Act, session: Session) -> str | None:
        self.hands_off = session.id in self.away or (self.own and self.presence is not None)
        made = super().carry_out(act, session)
        if act is Act.PREFER:  # from now on Samen's own stands there again
            self.shown, self.away = self.shown | {session.id}, set()
        return made


class Both:
    """Two stories of one person, each with what the other has left; one at a time is brought in line."""

    def __init__(self, modes: tuple[Mode, Mode]) -> None:
        self.graph = Shared()
        begins, gone = (NINE, NINE + 60 * MINUTE), Trace(Hold.GONE)  # no block: each has one of its own
        self.stories = [
            Story(self.graph, Session(name, "u", begin, begin + 60 * MINUTE, mode, block=gone))
            for name, begin, mode in zip("xy", begins, modes, strict=True)
        ]

    def settle(self, which: int, *how: object, among: frozenset[int] = frozenset()) -> None:
        self.stories[which].others = (self.stories[1 - which].session,)
        self.stories[which].settle(*how, among=among)  # type: ignore[arg-type]

    def stop(self, which: int) -> None:
        story = self.stories[which]
        if story.session.is_on(self.graph.now):
            story.session = replace(story.session, stopped_at=self.graph.now)

    def begin(self) -> None:
        """The second one, at once, where the first is over."""
        before, story, now = self.stories[0].session, self.stories[1], self.graph.now
        if not before.is_ahead(now) and now < story.session.starts_at:
            story.session = replace(story.session, starts_at=now, ends_at=now + 30 * MINUTE)

    def person(self, what: str) -> None:
        graph, traces = self.graph, [story.session.presence for story in self.stories]
        if what == "own" and any(each.hold not in (Hold.NONE, Hold.THEIRS, Hold.GONE) for each in traces):
            return  # nobody can tell that from Samen's (decision 25)
        if what == "own" and any(each.until and graph.now < each.until + LINGERS for each in traces):
            return
        for story in self.stories:
            story.person("Away" if what == "own" else what)
            if what in ("Away", "reset", "own"):
                mine = {story.session.id} & graph.shown
                graph.away = graph.away | mine if graph.hands_off else graph.away - mine
        graph.own = what == "own" or (graph.own and "status" in what)
        if what == "own":
            graph.presence = "DoNotDisturb", None, False


WHICH = st.integers(0, 1)
PERSON = st.sampled_from(["Away", "reset", "status", "no status", "own"])
SAMEN = st.one_of(
    st.tuples(st.just("settle"), WHICH, st.none() | st.integers(0, 4), st.none() | FAILED),
    st.tuples(st.just("breaks"), WHICH, st.frozensets(st.integers(0, 2), min_size=1)),
    st.tuples(st.just("wait"), st.integers(1, 40)),
    st.tuples(st.just("stop"), WHICH),
    st.just("begin"),
)


def live(both: Both, happens: list[object]) -> None:
    for each in happens:
        match each:
            case ("settle", int(which), killed_at, failed):
                both.settle(which, killed_at, failed)
            case ("breaks", int(which), among):
                both.settle(which, among=among)  # type: ignore[arg-type]
            case ("wait", int(minutes)):
                both.graph.now += minutes * MINUTE
            case ("stop", int(which)):
                both.stop(which)
            case "begin":
                both.begin()
            case str():
                both.person(each)


MODES = st.tuples(st.sampled_from(Mode), st.sampled_from(Mode))


@settings(max_examples=1500)
@given(st.lists(SAMEN, max_size=14), MODES)
def test_whoever_changes_nothing_has_all_of_the_one_that_is_on(happens: list[object], modes: tuple[Mode, Mode]):
    both = Both(modes)
    live(both, happens)
    for which in (0, 1, 0, 1):
        both.settle(which)
    for story in both.stories:
        one = story.session
        if one.is_on(both.graph.now):
            assert (one.presence.hold, one.status.hold) == (Hold.OURS, Hold.OURS)
            assert both.graph.presence == (AVAILABILITY[one.mode], one.ends_at, True)
            assert both.graph.status == (text(one), one.ends_at, True)


@settings(max_examples=1500)
@given(st.lists(SAMEN | PERSON, max_size=14), MODES, st.booleans())
def test_of_two_nothing_is_left_and_nothing_of_the_persons_is_lost(
    happens: list[object], modes: tuple[Mode, Mode], ends: bool
):
    both = Both(modes)
    live(both, happens)
    for which in () if ends else (0, 1):
        both.stop(which)
    for n in range(8):
        both.settle(n % 2)
        if n == 3:
            both.graph.now = max(both.graph.now, both.stories[1].session.ends_at)
    assert both.graph.lost == []
    assert all(story.session.is_clean() for story in both.stories)
    assert both.graph.left_of_samen() == []
