"""What the cards of `/reach` show, in plain values. Times are minutes after midnight, as the reader's clock shows them."""

from dataclasses import dataclass
from datetime import date

from cards.drawing import View
from cards.where.stays import Stay, TeamChoice


@dataclass(frozen=True, slots=True)
class ReachRule:
    """My own rule: `urgency` "normal" or "urgent", `route` "chat", "call", "mail" or "desk" (None = no rule).

    `within` in minutes, a whole day = the same day, None = nothing promised; no hours = always while at work.
    """

    urgency: str
    route: str | None = None
    within: int | None = None
    start: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class MyReachView(View):
    """My own rules with inputs, who sees them, and what was just changed.

    `changed`: "saved", "undone", "same", "shared", "already_shared", "unshared" or "not_shared" (the last four with
    `team`). `problem`: "unclear", "address", "hours", "no_team" or "which_team". `undo` holds what an undo would set.
    """

    rules: tuple[ReachRule, ...]
    today: date
    shown_to: tuple[TeamChoice, ...] = ()
    others: tuple[TeamChoice, ...] = ()  # my teams that do not see them
    changed: str | None = None
    team: TeamChoice | None = None
    undo: tuple[ReachRule, ...] = ()
    problem: str | None = None
    quiet: bool = False  # I pause or stopped: nobody sees them now
    asked_openly: bool = False  # the words themselves stand in a group

    @property
    def first_day(self) -> date:
        return self.today


@dataclass(frozen=True, slots=True)
class Way:
    """How a colleague can be reached for one sort of question, for the rest of today.

    `state`: "now" (until `until` where that is known), "later" (from `start`), "over" (not any more today), "off" (not
    today), or "working" (whenever at work).
    """

    urgency: str
    route: str
    state: str
    within: int | None = None
    start: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class ReachView(View):
    """How to reach a colleague who shows it to a team of the asker's: for now and today only, for the asker alone."""

    name: str
    day: date
    ways: tuple[Way, ...]
    now: Stay | None = None  # where they are in this day-part, if the asker's board shows it
    later: Stay | None = None  # and where from `noon` on, if that differs
    noon: int = 0
    address: str | None = None  # how Teams addresses them: for the links
    mentioned: bool = False  # mentioned openly: Teams itself has told them
    focus: int | None = None  # they are in focus until then

    @property
    def first_day(self) -> date | None:
        return self.day


@dataclass(frozen=True, slots=True)
class UnknownReachView(View):
    """Nothing to tell: not shown, not filled in, pausing, or nobody of that name. Says the same for all of these."""

    mentioned: bool = False


@dataclass(frozen=True, slots=True)
class ChooseColleagueView(View):
    """Several colleagues have that name: (user id, name) each."""

    people: tuple[tuple[str, str], ...]
