"""What a focus session leaves behind: nothing of Samen's, and everything of the person's, whatever happens meanwhile."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.focus.session import Hold, Mode, Session
from bot.domain.focus.steps import AVAILABILITY, Act, Block, Seen, done, planned

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


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
    lost: list[str] = field(default_factory=list)  # what of the person's Samen wrote over

    def seen(self) -> Seen:
        preferred, status = self._current(self.presence), self._current(self.status)
        return Seen(
            preferred[0] if preferred else "Available", str(self.changes), status[0] if status else None, self.block
        )

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
                self.block = Block("event", session.ends_at)
            case Act.MOVE if self.block:
                self.block = replace(self.block, end=session.ends_at)
            case Act.UNBLOCK:
                self.block = None
        return self.block.id if self.block else None

    def _judge(self, act: Act) -> None:
        status = self._current(self.status)
        presence = act in (Act.PREFER, Act.UNPREFER) and self.hands_off
        said = act in (Act.SAY, Act.UNSAY) and status and not status[2]
        event = act in (Act.MOVE, Act.UNBLOCK) and self.block and self.block.changed
        self.lost += [act] if presence or said or event else []
        self.began = self.began or act is Act.PREFER

    def left_of_samen(self) -> list[object]:
        mine = [thing for thing in (self._current(self.presence), self._current(self.status)) if thing and thing[2]]
        return [*mine, *([self.block] if self.block and not self.block.changed else [])]

    def _current(self, thing: tuple[str, datetime | None, bool] | None) -> tuple[str, datetime | None, bool] | None:
        return thing if thing and (thing[1] is None or self.now < thing[1]) else None


@dataclass
class Story:
    """A session and everything that happens to it."""

    graph: Graph = field(default_factory=Graph)
    session: Session = field(default_factory=lambda: Session("s", "u", NINE, NINE + timedelta(minutes=90)))

    def settle(self, killed_at: int | None = None) -> None:
        """Do what is to be done; the process ends at its nth step: a note, a request, or right after a request."""
        plan = planned(self.session, self.graph.seen(), self.graph.now, text(self.session))
        if killed_at == 0:
            return
        self.session = plan.session
        for n, step in enumerate(plan.steps):
            if killed_at == 2 * n + 1:
                return
            event = self.graph.carry_out(step.act, self.session)
            if killed_at == 2 * n + 2:
                return
            self.session = done(self.session, step, event)

    def person(self, what: str) -> None:
        self.graph.changes += 1
        match what:
            case "Away" | "reset":
                self.graph.presence = ("Away", None, False) if what == "Away" else None
                self.graph.hands_off = self.graph.hands_off or self.graph.began
            case "status":
                self.graph.status = "Bel de centrale", None, False
            case "no status":
                self.graph.status = None
            case "moves" if self.graph.block:
                self.graph.block = replace(self.graph.block, changed=True)
            case "deletes" if self.session.block.hold is Hold.OURS:
                # Right after it was made, and before Samen knows, that cannot be told from one that was never made.
                self.graph.block = None


PERSON = st.sampled_from(["Away", "reset", "status", "no status", "moves", "deletes"])
HAPPENS = st.lists(
    st.one_of(
        PERSON,
        st.tuples(st.just("settle"), st.none() | st.integers(0, 6)),
        st.tuples(st.just("extend"), st.integers(1, 60)),
        st.tuples(st.just("wait"), st.integers(1, 40)),
        st.just("stop"),
    ),
    max_size=14,
)


def live(story: Story, happens: list[object]) -> None:
    for each in happens:
        match each:
            case ("settle", killed_at):
                story.settle(killed_at)
            case ("extend", minutes):
                if story.session.is_on(story.graph.now):
                    story.session = replace(story.session, ends_at=story.session.ends_at + minutes * MINUTE)
            case ("wait", minutes):
                story.graph.now += minutes * MINUTE
            case "stop":
                if story.session.is_on(story.graph.now):
                    story.session = replace(story.session, stopped_at=story.graph.now)
            case str():
                story.person(each)


@settings(max_examples=1500)
@given(HAPPENS, st.sampled_from(Mode), st.booleans())
def test_nothing_of_samen_is_left_and_nothing_of_the_persons_is_lost(happens: list[object], mode: Mode, ends: bool):
    story = Story()
    story.session = replace(story.session, mode=mode)
    live(story, happens)
    if ends or not story.session.is_on(story.graph.now):
        story.graph.now = max(story.graph.now, story.session.ends_at)
    else:
        story.session = replace(story.session, stopped_at=story.graph.now)
    for _ in range(2):
        story.settle()
    assert story.graph.lost == []
    assert story.session.is_clean()
    assert story.graph.left_of_samen() == []
