"""What the cards of the counter show: what a team needs and when, and asking for help."""

from dataclasses import dataclass
from datetime import date

from cards.drawing import View
from cards.where.stays import TeamChoice

SHOW, NEED, BUSY, HELP = "counter.show", "counter.need", "counter.busy", "counter.help"


@dataclass(frozen=True, slots=True)
class NeedRow:
    """When a need comes by next: how many, where if said, and whether what colleagues share covers it."""

    day: date
    part: str  # "morning" or "afternoon"
    people: int
    covered: bool
    site: str | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class NeedSet:
    """What was just set: days of the week (Monday = 0) with their day-parts, and how many from now on."""

    parts: tuple[tuple[int, str], ...]
    people: int
    site: str | None = None


@dataclass(frozen=True, slots=True)
class CounterView(View):
    """A team's counter for the week ahead. `others`: my other teams. `problem` is a key of PROBLEMS."""

    team: TeamChoice
    today: date
    rows: tuple[NeedRow, ...]
    changed: NeedSet | None = None
    problem: str | None = None
    others: tuple[TeamChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class WhichCounterView(View):
    """Several teams: which one is meant? `verb` is what to do there, `need` what to set."""

    teams: tuple[TeamChoice, ...]
    verb: str
    need: NeedSet | None = None
    named: str | None = None


@dataclass(frozen=True, slots=True)
class HelpWantedView(View):
    """Said to the whole team: help is needed. Neither who is planned nor how many are missing stands in it.

    `people` is how many are needed there; None: it is busy now.
    """

    team_id: str
    day: date
    part: str
    today: date
    people: int | None = None
    site: str | None = None


@dataclass(frozen=True, slots=True)
class HelpSettledView(View):
    """What the question to the team becomes: it is settled, or the half of the day is `over`, or the site `closed`.

    By whom it was settled stands nowhere.
    """

    day: date
    part: str
    site: str | None = None
    over: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class CounterSiteView(View):
    """For who helps where nothing says at which site: a button for each, (id, name)."""

    day: date
    part: str
    today: date
    sites: tuple[tuple[str, str], ...]

    @property
    def first_day(self) -> date:
        return self.day


@dataclass(frozen=True, slots=True)
class AskedView(View):
    """For who said that it is busy: when the team was asked; `again`: somebody did so within the hour."""

    team: TeamChoice
    at: str  # "14:05", in the team's zone
    again: bool = False


@dataclass(frozen=True, slots=True)
class CounterProblemView(View):
    """Why nothing was done; `problem` is a key of PROBLEMS."""

    problem: str
    site: str | None = None  # the one that is closed
