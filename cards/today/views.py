"""What the cards of `/today` and `/done` show, in plain values."""

from dataclasses import dataclass
from datetime import date

from cards.drawing import View
from cards.where import AtClosed, ChangedView, PartStay, PlaceRow, Spot, TeamChoice, Who


@dataclass(frozen=True, slots=True)
class TeamTime:
    """The halves of today that a team spends together."""

    team: TeamChoice
    halves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Who is where I am; `half` is the day-part that I am there, None = all day; `closed`: nobody can be there."""

    spot: Spot
    half: str | None
    people: tuple[Who, ...]
    closed: bool = False


@dataclass(frozen=True, slots=True)
class HelpAsked:
    """A team of mine that asked for help at its counter, today and still without an answer."""

    team: TeamChoice
    part: str
    site: str | None = None


@dataclass(frozen=True, slots=True)
class Choosing:
    """Day-parts with nothing in them, and the places offered for them with one tap."""

    parts: tuple[PartStay, ...]
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class TodayView(View):
    """My day, for me alone: my place, my teams' time together, who works today of those who show it, what waits for me.

    `free`: "weekend" or "off" where I do not work today; then `next` is the day I work again. `daily`: "8:30", when it
    is sent by itself. `problem`: "time", "hours" or "words", why it was not.
    """

    today: date
    parts: tuple[PartStay, ...]
    choosing: Choosing | None = None
    free: str | None = None
    next: tuple[PartStay, ...] = ()
    together: tuple[TeamTime, ...] = ()
    closed: AtClosed | None = None  # today, where I planned to be
    near: tuple[Near, ...] = ()
    others: tuple[PlaceRow, ...] = ()
    teams: tuple[TeamChoice, ...] = ()
    sharing: bool = False  # with one of them at least
    helps: tuple[HelpAsked, ...] = ()
    later_closed: AtClosed | None = None  # the same for the two weeks after today
    open_days: tuple[date, ...] = ()  # of next week, for whoever asked to be asked about it
    daily: str | None = None
    problem: str | None = None
    late: bool = False  # the morning is over, and who works may soon be done
    changed: ChangedView | None = None  # what was just set on this card
    quiet: bool = False  # I pause or stopped

    @property
    def first_day(self) -> date:
        return self.today


@dataclass(frozen=True, slots=True)
class DailyView(View):
    """`/today` is sent by itself from now on, at `at` ("8:30"; None: it is not), for the first time on `first`."""

    today: date
    at: str | None
    first: date | None = None
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class DoneView(View):
    """The end of my day: where I am on the next one I work, and silence until then.

    `step`: "done", "asked" (typed without the slash: first asked) or "undone". `silent`: messages to me wait, or will
    once I say yes; False for whoever gets none anyway. `kind` picks the kind sentence. `words`: more was typed than
    the command has.
    """

    today: date
    step: str
    next: tuple[PartStay, ...] = ()
    choosing: Choosing | None = None
    where: bool = True  # whether the organisation has places switched on
    silent: bool = False
    kind: int = 0
    words: bool = False
    changed: ChangedView | None = None  # what was just set on this card
    quiet: bool = False

    @property
    def first_day(self) -> date | None:
        days = [part.day for part in (*self.next, *self._changed_parts) if part.stay]
        return min(days, default=None)

    @property
    def _changed_parts(self) -> tuple[PartStay, ...]:
        return (*self.changed.parts, *self.changed.undo) if self.changed else ()
