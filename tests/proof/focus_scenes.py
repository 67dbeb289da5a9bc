"""What happens in a run of the proof of `/focus`, where it is killed, and what became of it."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Scene:
    """What happens in a run. `own`: with a Do not disturb and a status message of the person's own before.

    `stops`: they stop early; else it comes to its end, with a line, and only that part is killed.
    """

    name: str
    stops: bool
    own: bool = False


STOP, END = Scene("stop", stops=True), Scene("end", stops=False)
STOP_OWN, END_OWN = Scene("stop_own", stops=True, own=True), Scene("end_own", stops=False, own=True)
REQUESTS, COMMITS = "requests", "commits"
SWEPT = ((STOP, REQUESTS), (STOP, COMMITS), (END, REQUESTS), (END, COMMITS))
# With things of their own there is less to ask, and the same to keep: what differs has nothing to do with the database.
SWEPT_ON_ONE = ((STOP_OWN, REQUESTS), (END_OWN, REQUESTS))


@dataclass(frozen=True)
class Kill:
    """After which step: of the `requests`, or of the `commits`. Odd ones are about to be done, even ones are done."""

    what: str
    at: int


@dataclass
class Run:
    """What became of one run; `wrong` says what must not be.

    `let_go`: Teams was being asked to show the line at the end when it died, and that is not done twice.
    """

    kill: Kill | None
    killed: bool
    requests: int
    commits: int
    step: str
    wrong: list[str] = field(default_factory=list)
    let_go: bool = False
